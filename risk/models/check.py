"""Between two versions of a risk assessment: that it was checked and still holds, and why it is wanted sooner."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Organisation, Person, User
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .assessment import RiskAssessment
from .incident import Incident


class CheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever reads the assessment."""
        return self.filter(assessment__in=RiskAssessment.objects.visible_to(user))


class RiskCheck(FallsDue, Row):
    """A signed version was checked with the person and is still right. `due_on` is when it is looked at again.

    The version itself stays as it was signed; the newest check tells its next date.
    """

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(default=timezone.localdate)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    seen_where = models.CharField("where you saw the person", max_length=160)
    why = models.TextField("why it is still right the second time running", blank=True)
    is_newest = models.BooleanField(default=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("checked_on")), name="risk_check_looks_ahead"),
            models.CheckConstraint(condition=~Q(seen_where=""), name="risk_check_saw_the_person"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(is_newest=True), name="risk_one_newest_check"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "assessment", "organisation", "checked_on", "due_on", "next_stage_on", "is_newest",
        )  # fmt: skip
        personal = ("person", "checked_by", "seen_where")
        special = ("why",)

    def __str__(self):
        return f"Still right on {self.checked_on:%-d %B %Y}"


class LookAgain(FallsDue, Row):
    """Something happened: the risks are wanted before their date. A newer version or a check closes it."""

    class Why(models.TextChoices):
        INCIDENT = "incident", "An incident"
        HOUSEHOLD = "household", "A change in the home"
        HOSPITAL = "hospital", "A stay in hospital"
        CHANGE = "change", "A change that the scheme noticed"

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="look_agains")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(done_on=None), name="risk_looked_at_again_once"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "assessment", "organisation", "incident", "opened_on", "due_on", "next_stage_on", "done_on",
        )  # fmt: skip
        personal = ("person",)
        special = ("why",)

    def __str__(self):
        return f"Look again by {self.due_on:%-d %B %Y}: {self.get_why_display().lower()}"
