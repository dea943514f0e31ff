"""My work finds the few shares that wait for a scheme's acknowledgement without reading all there ever were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careplans", "0013_needs_entered_in_error")]

    operations = [
        migrations.AddIndex(
            model_name="planshare",
            index=models.Index(
                condition=models.Q(("acknowledged_at", None)), fields=["person"], name="careplans_share_waiting"
            ),
        ),
    ]
