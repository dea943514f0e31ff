"""Something that somebody has to sort out, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from carers.models import Carer, Household
from people.models import Organisation, Person, User
from people.models.access import Restriction
from people.visibility import Level
from placements.models import Placement
from sharedlives.permissions import Permission, Role
from sharedlives.records.models import Row

from .roster import RosterRow
from .scope import SCHEME_ROLES, own, own_councils

SUBJECTS = ("person", "carer", "placement", "roster_row", "household")


def exactly_one_subject():
    """The condition that one of the subject keys is set, and only that one."""
    found = Q()
    for subject in SUBJECTS:
        found |= Q(**{f"{name}__isnull": name != subject for name in SUBJECTS})
    return found


def once_while_open():
    """One open flag of a kind and code about one subject; duplicates: about one pair."""
    return [
        models.UniqueConstraint(
            fields=["kind", "code", subject, "other_person"],
            condition=Q(closed_on=None, **{f"{subject}__isnull": False}),
            nulls_distinct=False,
            name=f"safetynet_open_flag_once_per_{subject}",
        )
        for subject in SUBJECTS
    ]


class FlagQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on=None)

    def closed(self):
        return self.exclude(closed_on=None)

    def visible_to(self, user, permission=Permission.FLAG_VIEW):
        """Teams and schemes: what their own organisation has to sort out, about persons they may see.

        Data officers: all of their council. A record that few may open shows to those few only. `permission`
        counts only in the membership that makes the flag visible: two never add up.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Person.objects.visible_to(user, least=Level.REFERRAL, permission=permission)
        case = Q(about__isnull=True) | Q(about__in=seen.values("pk"))
        staff = Q(owner_organisation__in=owners(user, permission)) & case
        opened = Q(about__isnull=True) | ~Q(about__in=restricted())
        officer = Q(council__in=own_councils(user, permission)) & opened
        return self.with_about().filter(staff | officer)

    def with_about(self):
        """Each flag with the id of the person whom it is about, whichever subject leads there."""
        about = Coalesce("person_id", "placement__person_id", output_field=models.UUIDField())
        return self.alias(about=about)

    def of_person(self, person):
        """Flags about one person, through whichever subject."""
        return self.filter(Q(person=person) | Q(placement__person=person))


def owners(user, permission):
    """The organisations whose flags a care manager, a team manager or a scheme's worker sees."""
    teams = Q(pk__in=[o.pk for o in own(user, permission, Role.CARE_MANAGER, *SCHEME_ROLES)])
    for organisation in own(user, permission, Role.TEAM_MANAGER):
        teams |= Q(path__startswith=organisation.path) & ~Q(kind=Organisation.Kind.SCHEME)
    return Organisation.objects.filter(teams).values("pk")


def restricted():
    today = timezone.localdate()
    rows = Restriction.objects.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    return rows.values("person")


class Flag(Row):
    """Somebody has to sort something out. Exactly one subject; owner: `owner_organisation`, within `council`.

    A closed flag says why. “Not yet, because” keeps it open. What the nightly sweep finds mended, it closes.
    """

    class Kind(models.TextChoices):
        NOT_ON_OUR_RECORDS = "not_on_our_records", "Not on our records"
        POSSIBLE = "possible", "Perhaps on our records"
        GAP = "gap", "Something is missing"
        DUPLICATE = "duplicate", "Perhaps recorded twice"
        NOBODY_TO_TELL = "nobody_to_tell", "Nobody to tell"

    class Because(models.TextChoices):
        MENDED = "mended", "Put right"
        ON_RECORDS = "on_records", "Is on our records now"
        SAME_PERSON = "same_person", "The same person: linked"
        NOT_SAME = "not_same", "Not the same person"
        NOT_OURS = "not_ours", "Not ours: lives elsewhere, or another council’s"
        LEFT = "left", "No longer on the list, or has left the service"
        NOTHING_WRONG = "nothing_wrong", "Nothing is wrong"
        OTHER = "other", "Another reason, in words"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="flags")
    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, null=True, blank=True, related_name="flags")
    placement = models.ForeignKey(
        Placement, on_delete=models.CASCADE, null=True, blank=True, related_name="flags"
    )
    roster_row = models.ForeignKey(
        RosterRow, on_delete=models.CASCADE, null=True, blank=True, related_name="flags"
    )
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, null=True, blank=True, related_name="flags"
    )
    other_person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="The other of two records.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(
        max_length=80, blank=True, help_text="The gap, or the deadline that found nobody."
    )
    owner_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="flags")
    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="flags"
    )
    found_on = models.DateField(default=timezone.localdate)
    not_yet_because = models.CharField("not yet, because", max_length=300, blank=True)
    not_yet_on = models.DateField("said on", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField("why it was closed", max_length=15, choices=Because, blank=True)
    closed_words = models.CharField("more about the reason", max_length=300, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "thing to sort out", "things to sort out"
        ordering = ["found_on", "id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_subject(), name="safetynet_flag_about_exactly_one"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | Q(closed_on__isnull=False, closed_on__gte=F("found_on")) & ~Q(closed_because=""),
                name="safetynet_closed_flag_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(closed_because="other") | ~Q(closed_words=""),
                name="safetynet_other_reason_in_words",
            ),
            models.CheckConstraint(
                condition=Q(other_person=None) | Q(kind="duplicate", person__lt=F("other_person")),
                name="safetynet_duplicate_pair_in_order",
            ),
            *once_while_open(),
        ]
        indexes = [
            models.Index(
                fields=["owner_organisation", "found_on"],
                condition=Q(closed_on=None),
                name="safetynet_flag_owner",
            ),
            models.Index(
                fields=["council", "found_on"], condition=Q(closed_on=None), name="safetynet_flag_council"
            ),
            models.Index(fields=["owner_user"], condition=Q(closed_on=None), name="safetynet_flag_user"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "kind", "code", "owner_organisation", "council", "found_on", "not_yet_on", "closed_on",
            "closed_because",
        )  # fmt: skip
        personal = (
            "person", "carer", "placement", "roster_row", "household", "other_person", "owner_user", "closed_by",
            "not_yet_because", "closed_words",
        )  # fmt: skip
        special = ()

    def __str__(self):
        return f"{self.get_kind_display()}, found {self.found_on}"

    def get_absolute_url(self):
        return reverse("safetynet:flag", args=[self.pk])

    @property
    def subject_name(self):
        """Which of the subject keys is set."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id"))

    @property
    def subject(self):
        return getattr(self, self.subject_name)

    @property
    def about_id(self):
        """The id of the person whom it is about, for the access log; None where it is about nobody on our records."""
        return self.person_id or (self.placement.person_id if self.placement_id else None)

    def age(self, on):
        """Days since it was found, up to a day or to when it was closed."""
        return ((self.closed_on or on) - self.found_on).days
