"""A review very like the last says why it is still right; how soon a wanted one is arranged is the council's policy."""

from django.db import migrations, models

from sharedlives.migrating import Together

LIKENESS = {"verbose_name": "how much of it stood in the last one, per cent"}
WHY = "why what was said last time is still right"


def likeness():
    return models.PositiveSmallIntegerField(blank=True, editable=False, null=True, **LIKENESS)


def wanted_days():
    return models.PositiveSmallIntegerField(
        default=28, help_text="From the day on which it is wanted.", verbose_name="days to arrange a review wanted sooner"
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_wanted_before_its_date")]

    operations = [
        Together([
            *(
                operation
                for review, policy in (("historicalreview", "historicalreviewpolicy"), ("review", "reviewpolicy"))
                for operation in (
                    migrations.AddField(model_name=review, name="likeness", field=likeness()),
                    migrations.AddField(
                        model_name=review,
                        name="why_alike",
                        field=models.TextField(blank=True, verbose_name=WHY),
                    ),
                    migrations.AddField(model_name=policy, name="wanted_days", field=wanted_days()),
                )
            ),
            migrations.AddConstraint(
                model_name="review",
                constraint=models.CheckConstraint(
                    condition=models.Q(("likeness", None), ("likeness__lt", 90), models.Q(("why_alike", ""), _negated=True), _connector="OR"),
                    name="reviews_very_like_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="reviewpolicy",
                constraint=models.CheckConstraint(
                    condition=models.Q(("wanted_days__range", (1, 56))), name="reviews_policy_wanted_soon"
                ),
            ),
        ]),
    ]
