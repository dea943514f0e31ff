"""What carers, the adults who live with them and the home itself must have, and until when each of it lasts."""

from django.db import models
from django.db.models import F, Q

from carers.codes import About, CheckLevel, Decision
from people.models import Organisation
from sharedlives.permissions import Permission
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .carer import Carer
from .home import Household, HouseholdMember


class RequirementKind(Row):
    """One thing that is asked, and how often. Set-up: no case content, no owner. Courses have a table of their own."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField("asked of", max_length=5, choices=About)
    months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Calendar months until it is done again; empty: once only."
    )
    blocks = models.BooleanField(
        "stops new placements when it lapses", default=False, help_text="Who lives there stays."
    )
    before_panel = models.BooleanField("needed before the assessment visits", default=False)
    is_check = models.BooleanField("a DBS check: number and level are kept", default=False)

    class Meta:
        ordering = ["name"]

    class Privacy:
        ordinary = ("id", "version", "slug", "name", "about", "months", "blocks", "before_panel", "is_check")
        personal = ()
        special = ()

    def __str__(self):
        return self.name


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, user):
        homes = Household.objects.visible_to(user, Permission.CARER_VIEW)
        carers = Carer.objects.visible_to(user)
        return self.filter(Q(carer__in=carers) | Q(household__in=homes) | Q(member__household__in=homes))

    def to_renew(self):
        """The newest of each kind of those who are still carers or live there, where it does not last for ever."""
        return self.filter(due_on__isnull=False, carer__ended_on=None, member__until=None)

    def lapsed(self, on):
        """What stops new placements on a day: it has run out, or was owed by then."""
        return self.to_renew().filter(due_on__lte=on, kind__blocks=True)

    def of_carer(self, carer, household):
        """What touches one carer: their own, that of every adult in their home, and the home's. Takes OuterRef too."""
        return self.filter(
            Q(carer=carer)
            | Q(carer__household=household, kind__about=About.ADULT)
            | Q(member__household=household)
            | Q(household=household)
        )

    def of_home(self, household):
        """All that was asked in a home, of whomever."""
        return self.filter(
            Q(carer__household=household) | Q(member__household=household) | Q(household=household)
        )


class Requirement(FallsDue, Row):
    """Something that was asked is done, is owed, or somebody is exempt from it for a time. Owner: `organisation`, the scheme.

    Done on a day, it lasts up to the day before `expires_on`. Without `done_on` it is owed by `due_on`. `due_on` stands
    on the newest row of a kind alone. Of a check: number, date, level and what the scheme decided, never what it said.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(RequirementKind, on_delete=models.PROTECT, related_name="rows")
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    member = models.ForeignKey(
        HouseholdMember, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    done_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer counts."
    )
    due_on = models.DateField("to be done again by", null=True, blank=True, editable=False)
    number = models.CharField("number of the certificate", max_length=40, blank=True)
    level = models.CharField(max_length=10, choices=CheckLevel, blank=True)
    decision = models.CharField(
        "what the scheme decided", max_length=15, choices=Decision, default=Decision.SATISFIED
    )
    words = models.TextField("notes", blank=True)
    exempt_because = models.CharField("exempt, because", max_length=300, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carer__isnull=False, member=None, household=None)
                | Q(carer=None, member__isnull=False, household=None)
                | Q(carer=None, member=None, household__isnull=False),
                name="carers_requirement_of_one",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(done_on=None) | Q(expires_on__gt=F("done_on")),
                name="carers_requirement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(exempt_because="") | Q(expires_on__isnull=False),
                name="carers_requirement_exempt_until",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False) | Q(due_on__isnull=False),
                name="carers_requirement_done_or_owed",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="carers_requirement_due")
        ]

    class Privacy:
        ordinary = (
            "id",
            "version",
            "organisation",
            "kind",
            "done_on",
            "expires_on",
            "due_on",
            "next_stage_on",
        )
        personal = ("carer", "member", "household", "number", "level", "words", "exempt_because")
        special = ("decision",)

    def __str__(self):
        return f"{self.kind}, {self.done_on or self.due_on}"

    @property
    def subject_pk(self):
        """The key of whom it is about."""
        return self.carer_id or self.member_id or self.household_id

    def counts(self, on):
        """Is it done, and does it last on a day? What did not satisfy the scheme never counts."""
        lasting = self.expires_on is None or self.expires_on > on
        return self.done_on is not None and lasting and self.decision != Decision.NOT_SATISFIED

    @property
    def subject(self):
        """The carer, the member of the family, or the home."""
        return self.carer or self.member or self.household

    @property
    def home(self):
        """The dwelling that it is about."""
        return self.household or self.subject.household
