"""Who is given a signed version of a risk assessment: one row a copy."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from carers.models import Carer
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .assessment import RiskAssessment
from .own import own_organisations


class RiskCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people, and what is for one's own scheme."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS)
        own = Q(scheme__in=own_organisations(user), person__in=supported)
        return self.filter(funded | own)

    def waiting(self):
        """Neither given nor acknowledged, of the version that holds, of a person who lives."""
        return self.filter(
            done_on=None,
            assessment__superseded_by=None,
            assessment__entered_in_error=None,
            person__date_of_death=None,
        )

    def for_schemes(self):
        return self.filter(reader=RiskCopy.Reader.SCHEME)

    def to_hand_over(self):
        """Copies for the person and for carers: somebody of the council gives them."""
        return self.exclude(reader=RiskCopy.Reader.SCHEME)


class RiskCopy(FallsDue, Row):
    """One copy of a signed version: for the person, for a carer, or for a scheme that supports the person.

    A scheme acknowledges it; the others are given it. `due_on` is the day by which that is done, `done_on` when it
    was. `organisation` wrote the assessment.
    """

    class Reader(models.TextChoices):
        PERSON = "person", "The person"
        CARER = "carer", "A carer"
        SCHEME = "scheme", "A scheme"

    class How(models.TextChoices):
        PAPER = "paper", "On paper"
        EASY_READ = "easy_read", "In easy read"
        READ_OUT = "read_out", "Read out"
        OTHER = "other", "In another way that they understand"
        NOT_WANTED = "not_wanted", "They did not want one"

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField("for whom", max_length=10, choices=Reader)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scheme = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField("given or acknowledged on", null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField("how it was given", max_length=10, choices=How, blank=True)

    objects = RiskCopyQuerySet.as_manager()

    class Meta:
        ordering = ["reader", "id"]
        verbose_name_plural = "risk copies"
        constraints = [
            models.CheckConstraint(
                condition=Q(reader="person", carer=None, scheme=None)
                | Q(reader="carer", carer__isnull=False, scheme=None)
                | Q(reader="scheme", carer=None, scheme__isnull=False),
                name="risk_copy_is_for_one_reader",
            ),
            models.UniqueConstraint(
                fields=["assessment", "reader", "carer", "scheme"], nulls_distinct=False, name="risk_one_copy_each"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, how="")
                | Q(reader="scheme", how="", done_on__isnull=False, done_by__isnull=False)
                | ~Q(reader="scheme") & ~Q(how="") & Q(done_on__isnull=False, done_by__isnull=False),
                name="risk_copy_given_by_somebody",
            ),
        ]  # fmt: skip

    class Privacy:
        ordinary = (
            "id", "version", "assessment", "organisation", "reader", "scheme", "sent_on", "due_on", "next_stage_on",
            "done_on", "how",
        )  # fmt: skip
        personal = ("person", "carer", "done_by")
        special = ()

    def __str__(self):
        return f"Copy sent on {self.sent_on:%-d %B %Y}"

    @property
    def for_whom(self):
        """The person, the carer or the scheme that the copy is for."""
        return self.scheme or self.carer or self.person
