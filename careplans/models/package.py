"""The whole package: every service and every other help of a person's week, not only Shared Lives."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from sharedlives.records.models import Row

from .plan import CarePlan, PlanShare
from .scope import own_organisations

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ServiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the plan versions that the user reads, but for a package that was kept back from their scheme."""
        kept_back = PlanShare.objects.filter(
            scheme__in=own_organisations(user), withheld__contains=["how_met"]
        ).values("plan")
        return self.filter(plan__in=CarePlan.objects.visible_to(user)).exclude(plan__in=kept_back)

    def in_plans_that_hold(self):
        """Of the signed versions that nothing has superseded, of people who live."""
        plans = CarePlan.objects.latest_version().filter(person__date_of_death=None)
        return self.filter(plan__in=plans)

    def ended_unnoticed(self, on):
        """Those of plans that hold whose end came after the signing, by a day, and that opened no change yet."""
        return self.in_plans_that_hold().filter(
            until__lte=on, until__gt=F("plan__signed_on"), change__isnull=True
        )

    def running(self, on):
        """Those that have not ended by a day."""
        return self.filter(Q(until=None) | Q(until__gt=on))


class Service(Row):
    """One service, or other help, in a version of the plan: what, by whom, when in the week, for how much.

    Shared Lives without times means that the person lives there: the carer is there whenever nobody else is.
    """

    class Kind(models.TextChoices):
        SHARED_LIVES = "shared_lives", "Shared Lives"
        DAY = "day", "Day service"
        COLLEGE = "college", "College or course"
        WORK = "work", "Work or volunteering"
        SHORT_BREAK = "short_break", "Short break with somebody else"
        HOME_CARE = "home_care", "Care or support at home"
        HEALTH = "health", "Health service"
        FAMILY = "family", "Family and friends"
        OWN_TIME = "own_time", "Time of their own, without support"
        OTHER = "other", "Other provider"

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="services")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind)
    name = models.CharField("what it is", max_length=120)
    provider = models.CharField("who gives it", max_length=120, blank=True)
    contact = models.CharField("whom to ask there", max_length=200, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("until", null=True, blank=True)
    hours_a_week = models.DecimalField("hours a week", max_digits=4, decimal_places=1, null=True, blank=True)
    weekly_pounds = models.DecimalField(
        "pounds a week", max_digits=8, decimal_places=2, null=True, blank=True
    )
    since = models.DateField("since", null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it is no longer given.")

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="careplans_service_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="careplans_service_has_a_name"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")),
                name="careplans_service_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(weekdays=[], starts_at=None, ends_at=None)
                | (
                    ~Q(weekdays=[])
                    & Q(starts_at__isnull=False, ends_at__isnull=False)
                    & ~Q(starts_at=F("ends_at"))
                ),
                name="careplans_service_times_with_days",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="careplans_service_on_weekdays",
            ),
            models.CheckConstraint(
                condition=(Q(weekly_pounds=None) | Q(weekly_pounds__gte=0))
                & (Q(hours_a_week=None) | Q(hours_a_week__range=(0, 168))),
                name="careplans_service_figures_sensible",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="careplans_service_name")]

    class Privacy:
        ordinary = ("id", "version", "plan", "number", "kind", "since", "until")
        personal = (
            "name", "provider", "contact", "weekdays", "starts_at", "ends_at", "hours_a_week", "weekly_pounds",
        )  # fmt: skip
        special = ()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("careplans:edit_service", args=[self.pk])

    @property
    def when(self):
        """Its times in words: *Monday, Tuesday 9:30am to 3:30pm*; empty without times."""
        if not self.weekdays:
            return ""
        days = ", ".join(WEEKDAYS[day] for day in sorted(self.weekdays))
        return f"{days}, {clock(self.starts_at)} to {clock(self.ends_at)}"

    @property
    def in_words(self):
        """Everything about it but its price, on one line: what two versions are compared by."""
        facts = [self.get_kind_display(), self.provider, self.contact, self.when]
        if self.hours_a_week is not None:
            facts.append(f"{self.hours_a_week:f} hours a week")
        if self.since:
            facts.append(f"since {self.since:%-d %B %Y}")
        if self.until:
            facts.append(f"until {self.until:%-d %B %Y}")
        return "; ".join(fact for fact in facts if fact)


def clock(time):
    """A time of the day in words: *9:30am*."""
    return time.strftime("%I:%M%p").lstrip("0").lower()
