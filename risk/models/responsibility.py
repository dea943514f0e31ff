"""Who is responsible for which part of risk assessment."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row

from .own import own_organisations


class ResponsibilityAgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people; and the own scheme's agreements, from the referral on."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        own = Q(scheme__in=own_organisations(user), person__in=Person.objects.visible_to(user))
        return self.not_in_error().filter(funded | own)

    def not_in_error(self):
        """All but the agreements about somebody else."""
        return self.filter(entered_in_error=None)

    def agreed(self):
        both = Q(agreed_by_team_on__isnull=False, agreed_by_scheme_on__isnull=False)
        return self.not_in_error().filter(both)

    def open(self):
        """Not yet agreed by both sides: one for a person and a scheme at most."""
        return self.not_in_error().filter(Q(agreed_by_team_on=None) | Q(agreed_by_scheme_on=None))


class ResponsibilityAgreement(Row):
    """Who is responsible for which parts of risk assessment, in three answers (SCIE At a glance 02).

    `team` owns it. Once both sides have agreed it is final; a new one takes its place.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibility_agreements")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField(default=timezone.localdate)
    joint_needed = models.BooleanField("a joint risk assessment is needed")
    joint_words = models.TextField("why, and who does which part")
    carer_risk_words = models.TextField("risk issues when assessing the carer")
    change_words = models.TextField("how change over time, or things going wrong, will be assessed")
    agreed_by_team = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by_team_on = models.DateField(null=True, blank=True)
    agreed_by_scheme = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by_scheme_on = models.DateField(null=True, blank=True)

    objects = ResponsibilityAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(joint_words="") & ~Q(carer_risk_words="") & ~Q(change_words=""),
                name="risk_three_answers",
            ),
            models.CheckConstraint(
                condition=(Q(agreed_by_team=None, agreed_by_team_on=None) | Q(agreed_by_team__isnull=False, agreed_by_team_on__isnull=False))
                & (Q(agreed_by_scheme=None, agreed_by_scheme_on=None) | Q(agreed_by_scheme__isnull=False, agreed_by_scheme_on__isnull=False)),
                name="risk_agreed_by_somebody_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["person", "scheme"],
                condition=Q(agreed_by_team_on=None) | Q(agreed_by_scheme_on=None),
                name="risk_one_open_agreement",
            ),
        ]  # fmt: skip

    class Privacy:
        ordinary = (
            "id", "version", "scheme", "team", "begun_on", "joint_needed", "agreed_by_team_on", "agreed_by_scheme_on",
        )  # fmt: skip
        personal = ("person", "agreed_by_team", "agreed_by_scheme")
        special = ("joint_words", "carer_risk_words", "change_words")

    def __str__(self):
        return f"Risk responsibilities with {self.scheme}"

    def get_absolute_url(self):
        return reverse("risk:responsibility", args=[self.pk])

    @property
    def is_agreed(self):
        return self.agreed_by_team_on is not None and self.agreed_by_scheme_on is not None
