"""A person's claim on a home: what the capacity trigger counts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

from carers.codes import EVERY_DAY, WEEKDAYS, Claim
from people.models import Person
from people.visibility import Level
from sharedlives.records.models import Row

from .home import Household

BINDING = ("held", "booked")  # what counts and may clash
COUNTED = (*BINDING, "found")  # what takes a place


class StayQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))

    def counted(self):
        """Stays that take a place: held, booked, and found out of rule."""
        return self.filter(state__in=COUNTED)

    def binding(self):
        return self.filter(state__in=BINDING)

    def overlapping(self, period):
        return self.filter(period__overlap=period)

    def on(self, day):
        """Stays whose period holds a day (day claims: whatever the weekday)."""
        return self.filter(period__contains=day)

    def expired_holds(self, day):
        """Holds whose date has come without a booking."""
        return self.filter(state=Stay.State.HELD, hold_until__lte=day)


def one_at_a_time(name, claim, *more):
    """Nobody in two places at once: held and booked claims of one kind by one person do not overlap."""
    return ExclusionConstraint(
        name=name,
        expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
        condition=Q(*more, claim=claim, state__in=BINDING),
    )


class Stay(Row):
    """A person claims a home: lives there, sleeps there, or spends days there.

    `period` is [first day, leaving day): the day of arrival counts, the day of leaving does not; a day claim ends
    the day after its last. A claim after a date of death counts for nothing. Found: really there, out of rule;
    counted, never refused, never a booking. A database trigger (migration 0002) counts the human beings of every
    newly covered day: at most three (SCIE At a glance 02), and at most the home's own limit less its closures.

    One place at a time is kept for one record by the exclusion constraints here, whoever writes. Several records
    linked as one human being count once, and the trigger keeps them from being booked in two homes at once; a
    link made afterwards may uncover such a clash, refuses nothing, and nothing more can be booked upon it.

    Owner: the scheme that supports the person in this home (its `HouseholdScheme`).
    """

    class State(models.TextChoices):
        HELD = "held", "Held"
        BOOKED = "booked", "Booked"
        FOUND = "found", "Found there, out of rule"
        RELEASED = "released", "Released"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="stays")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    claim = models.CharField(max_length=5, choices=Claim)
    weekdays = models.PositiveSmallIntegerField(
        default=EVERY_DAY,
        help_text="Day claims: the sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64; others 127.",
    )
    period = DateRangeField(help_text="From the first day, up to but without the day of leaving.")
    state = models.CharField(max_length=8, choices=State)
    hold_until = models.DateField(
        null=True,
        blank=True,
        help_text="The day on which a hold is released by itself, if nobody books it before.",
    )
    purpose = models.CharField(max_length=120, blank=True, help_text="Such as overnight introduction.")

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["period", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="carers_stay_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(weekdays=EVERY_DAY) | Q(claim=Claim.DAY, weekdays__gte=1, weekdays__lt=EVERY_DAY),
                name="carers_stay_weekdays_are_for_days",
            ),
            models.CheckConstraint(
                condition=Q(hold_until=None) | Q(state__in=("held", "released")),
                name="carers_stay_only_holds_run_out",
            ),
            one_at_a_time("carers_one_home_at_a_time", Claim.HOME),
            one_at_a_time("carers_one_night_at_a_time", Claim.NIGHT),
            *(
                one_at_a_time(
                    f"carers_one_{name.lower()}_at_a_time",
                    Claim.DAY,
                    GreaterThan(F("weekdays").bitand(1 << bit), 0),
                )
                for bit, name in enumerate(WEEKDAYS)
            ),
        ]
        indexes = [
            models.Index(fields=["household", "state"], name="carers_stay_home"),
            models.Index(fields=["hold_until"], condition=Q(state="held"), name="carers_stay_holds"),
        ]

    class Privacy:
        ordinary = ("id", "version", "claim", "weekdays", "period", "state", "hold_until")
        personal = ("person", "household", "purpose")
        special = ()

    def __str__(self):
        return f"{self.get_claim_display()} from {self.period.lower}"

    @property
    def is_binding(self):
        return self.state in BINDING

    @property
    def last_day(self):
        """The last day that counts, or None for an open end."""
        return self.period.upper and self.period.upper.fromordinal(self.period.upper.toordinal() - 1)
