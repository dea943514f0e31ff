"""Organisations as a tree, the people who work in them, and who stands in for whom."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from people.visibility import memberships_of
from sharedlives.permissions import Permission, Role, has_permission
from sharedlives.records.models import KeptHistoryManager, Row
from sharedlives.rules import ENGLAND, NATIONS


def current(on, prefix=""):
    """Rows that hold on a day: begun, and not yet ended. `until` is the first day on which they no longer hold."""
    return Q(**{f"{prefix}since__lte": on}) & (
        Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": on})
    )


class OrganisationQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def teams(self):
        return self.filter(kind=Organisation.Kind.TEAM)

    def schemes(self):
        return self.filter(kind=Organisation.Kind.SCHEME)

    def councils(self):
        return self.filter(kind=Organisation.Kind.COUNCIL)

    def beneath(self, path):
        """An organisation and all beneath it in the tree, by its path."""
        return self.filter(path__startswith=path)


class Organisation(Row):
    """A region, council, team, scheme or other service. `council` is the council it belongs to, itself included."""

    class Kind(models.TextChoices):
        REGION = "region", "Region"
        COUNCIL = "council", "Council"
        TEAM = "team", "Funding social work team"
        SCHEME = "scheme", "Shared Lives scheme"
        SERVICE = "service", "Other service"
        NHS = "nhs", "NHS body"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    council = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", editable=False
    )
    path = models.CharField(max_length=500, editable=False, db_index=True)
    ons_code = models.CharField("ONS code of the council", max_length=9, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    accepts_emergencies = models.BooleanField("takes emergency placements", default=False)
    age_from = models.PositiveSmallIntegerField(
        "youngest age supported", default=18, help_text="In years; schemes only."
    )
    cqc_location_id = models.CharField("CQC location id", max_length=20, blank=True)
    past_access_days = models.PositiveSmallIntegerField(
        "days a former team or scheme may still read", default=90, help_text="Councils only."
    )
    closed_on = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from__gte=16, age_from__lte=65), name="people_youngest_age_16_to_65"
            ),
        ]
        indexes = [models.Index(fields=["kind", "council"], name="people_org_kind")]

    class Privacy:
        ordinary = (
            "id", "version", "kind", "name", "parent", "council", "path", "ons_code", "phone", "email",
            "accepts_emergencies", "age_from", "cqc_location_id", "past_access_days", "closed_on",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return self.name

    @property
    def nation(self):
        """The nation that a council lies in, by its ONS code; England where it has none."""
        return NATIONS.get(self.ons_code[:1], ENGLAND)

    @property
    def change_address(self):
        """Where an administrator merges, splits or closes a team."""
        return reverse("people:change_team", args=[self.pk])


class UserManager(BaseUserManager):
    """Users are known by their email address, in lower case."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from memberships alone; no superusers, no groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    wants_digest = models.BooleanField("one mail a working day instead of many", default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()
    history = HistoricalRecords(
        excluded_fields=["password", "last_login"], history_manager=KeptHistoryManager
    )

    class Meta:
        ordering = ["name", "email"]

    class Privacy:
        ordinary = ("id", "version", "is_active", "wants_digest", "date_joined", "last_login")
        personal = ("email", "name", "phone", "password")
        special = ()

    def __str__(self):
        return self.name or self.email

    def current_memberships(self):
        """The memberships that hold today, with what widens their sight. Asked once a request, kept on the object."""
        if not hasattr(self, "_current_memberships"):
            self._current_memberships = memberships_of(self)
        return self._current_memberships

    # Django's admin asks these. Administrators look after set-up; case models answer for themselves there.
    @property
    def is_staff(self):
        return self.is_active and has_permission(self, Permission.ADMINISTER)

    def has_perm(self, perm, obj=None):
        return self.is_staff

    def has_module_perms(self, app_label):
        return self.is_staff


class MembershipQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))


class Membership(Row):
    """A user's role in one organisation, from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "organisation", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(until=None),
                name="people_one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_membership_dates_in_order"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "role", "since", "until")
        personal = ("user",)
        special = ()

    def __str__(self):
        return f"{self.user}, {self.get_role_display().lower()}, {self.organisation}"


class AbsenceQuerySet(models.QuerySet):
    def on(self, day):
        """Absences on a day; `until` is the last day away."""
        return self.filter(since__lte=day, until__gte=day)


class Absence(Row):
    """A worker is away, and somebody covers: sees the worker's people and gets the worker's reminders. No chains."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    since = models.DateField()
    until = models.DateField(help_text="The last day away.")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="people_absence_dates_in_order"),
            models.CheckConstraint(condition=~Q(user=F("cover")), name="people_absence_covered_by_another"),
        ]

    class Privacy:
        ordinary = ("id", "version", "since", "until")
        personal = ("user", "cover")
        special = ()

    def __str__(self):
        return f"{self.user} away {self.since}–{self.until}"
