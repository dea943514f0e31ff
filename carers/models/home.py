"""Dwellings, whose they are, how many places they have, and when places are not available."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from carers.codes import Pet
from people.models import Organisation
from people.models.organisation import current
from sharedlives.permissions import GRANTS, Permission
from sharedlives.records.models import Row

AT_MOST = 3  # adults at any one time: SCIE At a glance 02


def own_schemes(user, permission):
    """The schemes in which a user's membership holds a permission. Says nothing about a person."""
    if not user.is_authenticated:
        return []
    return [m.organisation_id for m in user.current_memberships() if permission in GRANTS[m.role]]


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.HOUSEHOLD_VIEW, on=None):
        """The homes of the user's own schemes. A home that two schemes share is seen by both."""
        on = on or timezone.localdate()
        links = HouseholdScheme.objects.filter(current(on), scheme__in=own_schemes(user, permission))
        return self.filter(pk__in=links.values("household"))

    def approved_for(self, kind, on):
        """The homes with a carer who is approved for a kind of placement on a day."""
        able = {"carers__approvals__kinds__contains": [kind], "carers__approvals__since__lte": on}
        holds = Q(carers__approvals__until=None) | Q(carers__approvals__until__gt=on)
        return self.filter(pk__in=self.model.objects.filter(holds, **able).values("pk"))


class Household(Row):
    """A dwelling: places are counted per dwelling, whoever manages it. Unique by UPRN or by address.

    What nobody has asked yet is None, or for pets the empty list: not known, which is not the same as no.
    The schemes that attach to it (`HouseholdScheme`) are its owners; a removal to another dwelling is another row.
    """

    label = models.CharField("name of the home", max_length=120, help_text="Such as: the Okafor home.")
    address = models.CharField(max_length=250)
    postcode = models.CharField(max_length=8)
    normalised_address = models.CharField(max_length=270, editable=False)
    uprn = models.CharField(
        "unique property reference number", max_length=12, blank=True, help_text="Up to 12 digits, if known."
    )
    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="council area"
    )
    step_free = models.BooleanField("step-free entrance", null=True, blank=True)
    ground_floor_bedroom = models.BooleanField("bedroom on the ground floor", null=True, blank=True)
    wheelchair = models.BooleanField("wheelchair can move about the home", null=True, blank=True)
    pet_kinds = ArrayField(
        models.CharField(max_length=8, choices=Pet), verbose_name="pets", default=list, blank=True
    )
    pets = models.CharField("more about the pets", max_length=120, blank=True)
    smoking = models.BooleanField("somebody smokes in the home", null=True, blank=True)
    assistants = models.BooleanField("a personal assistant may come into the home", null=True, blank=True)
    notes = models.TextField(
        "what a visitor should know", blank=True, help_text="Such as parking, or how to get in."
    )

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["normalised_address"], name="carers_one_home_per_address"),
            models.UniqueConstraint(fields=["uprn"], condition=~Q(uprn=""), name="carers_one_home_per_uprn"),
            models.CheckConstraint(
                condition=~Q(pet_kinds__contains=["none"]) | Q(pet_kinds=["none"]),
                name="carers_no_pets_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(uprn="") | Q(uprn__regex=r"^[1-9][0-9]{0,11}$"), name="carers_uprn_is_digits"
            ),
        ]
        indexes = [models.Index(fields=["council"], name="carers_home_council")]

    class Privacy:
        ordinary = (
            "id",
            "version",
            "council",
            "step_free",
            "ground_floor_bedroom",
            "wheelchair",
            "assistants",
        )
        personal = (
            "label",
            "address",
            "postcode",
            "normalised_address",
            "uprn",
            "pet_kinds",
            "pets",
            "smoking",
            "notes",
        )
        special = ()

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("carers:household", args=[self.pk])

    def pets_in_words(self):
        """The kinds of pets, and what else is said of them; empty where nobody has asked."""
        return "; ".join(
            part for part in (", ".join(Pet(k).label for k in self.pet_kinds), self.pets) if part
        )

    @property
    def area(self):
        """The first half of the postcode: near enough for a list, too coarse to find the door."""
        return self.postcode.split()[0] if self.postcode else ""


class HouseholdScheme(Row):
    """A scheme places people in this home, from a day until a day. Two schemes may share one home."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="scheme_links")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="household_links")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "scheme"], condition=Q(until=None), name="carers_scheme_attached_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_scheme_link_dates_in_order"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "scheme", "since", "until")
        personal = ("household",)
        special = ()

    def __str__(self):
        return f"{self.scheme} since {self.since:%-d %B %Y}"


class HouseholdMemberQuerySet(models.QuerySet):
    def current(self, on):
        """Those who live there on a day."""
        return self.filter(current(on))


class HouseholdMember(Row):
    """Somebody of the carer's own family who lives there. Not counted: the limit is about people supported.

    First name and month of birth only. Owner: the schemes of the household.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    given_name = models.CharField("first name", max_length=80)
    relation = models.CharField(max_length=80, help_text="Such as son, mother, lodger.")
    born_in = models.DateField("month of birth", null=True, blank=True, help_text="The first of that month.")
    consulted_on = models.DateField(
        "asked, and agrees, on", null=True, blank=True, help_text="Everybody of 16 and over."
    )
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(
        null=True, blank=True, help_text="The first day on which they no longer live there."
    )

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        ordering = ["given_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_member_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(born_in=None) | Q(born_in__day=1), name="carers_member_birth_is_a_month"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "consulted_on", "since", "until")
        personal = ("household", "given_name", "relation", "born_in")
        special = ()

    def __str__(self):
        return f"{self.given_name} ({self.relation})"


class PlaceLimit(Row):
    """How many people a home may support at one time, in a period. Without a row it is three.

    Lowering it under residents is allowed: nobody is put out, nobody new comes in.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="limits")
    places = models.PositiveSmallIntegerField(help_text="At most three.")
    period = DateRangeField(help_text="From the first day, up to but without the last.")

    class Meta:
        ordering = ["period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=AT_MOST), name="carers_limit_one_to_three"
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="carers_limit_period_not_empty"),
            ExclusionConstraint(
                name="carers_one_limit_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "places", "period")
        personal = ("household",)
        special = ()

    def __str__(self):
        return f"{self.places} places"


class Closure(Row):
    """Places of a home that are not available for a time. Nobody who lives there is put out.

    Several closures on one day add up. Others only read "not available"; the reason is the scheme's.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="closures")
    places = models.PositiveSmallIntegerField("places not available")
    period = DateRangeField(help_text="From the first day, up to but without the last.")
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=AT_MOST), name="carers_closure_one_to_three"
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="carers_closure_begins_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["household"], name="carers_closure_home")]

    class Privacy:
        ordinary = ("id", "version", "places", "period")
        personal = ("household",)
        special = ("reason",)

    def __str__(self):
        return f"{self.places} places not available"
