"""What was available on a day, and what was asked for and not found. Never about a single person."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from carers.codes import PlacementKind
from people.models import Organisation
from placements.models import Referral
from sharedlives.records.models import Row


class Need(models.TextChoices):
    """Ten services found missing locally (SCIE Guide 14, Local needs), two of SCIE At a glance 02, and the rest."""

    PLANNED_SHORT_STAY = "planned_short_stay", "Specialist planned short stays"
    FLOATING_SUPPORT = "floating_support", "Good-neighbour support at home or in the community"
    ABI_ASD = "abi_asd", "People with an acquired brain injury or autism"
    HOSPITAL_AT_HOME = "hospital_at_home", "Getting well again in a home instead of a hospital"
    DEMENTIA = "dementia", "Younger and older people with dementia"
    COMPLEX = "complex_multiple", "Complex needs, such as two carers at once"
    TRANSITION = "transition", "Young people coming from children’s services"
    DISCHARGE_OLDER = "discharge_older", "Older people leaving hospital or residential care"
    MENTAL_HEALTH_STEP = "mh_step_down", "People leaving a mental health hospital"
    WHEELCHAIR = "wheelchair", "A home for somebody who uses a wheelchair"
    CULTURE = "culturally_specific", "A home that shares a culture, faith or language"
    MENTAL_HEALTH = "mental_health", "People with mental health needs"
    NONE_OF_THESE = "none_of_these", "None of these"


class SnapshotQuerySet(models.QuerySet):
    def latest(self):
        """The rows of the newest snapshot."""
        return self.filter(taken_on=self.order_by("-taken_on").values("taken_on")[:1])

    def all_kinds(self):
        """One row per scheme and area, each home counted once: kinds share homes and cannot be added up."""
        return self.filter(kind="")


class AvailabilitySnapshot(Row):
    """What one scheme had in one council area on one day, for one kind; `kind` is empty for all kinds together.

    Homes and places are no persons: they are never suppressed. Never changed once taken. Owner: `scheme`.
    """

    taken_on = models.DateField()
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="council area"
    )
    kind = models.CharField(max_length=15, choices=PlacementKind, blank=True)
    homes = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    free = models.PositiveIntegerField("free places")
    accessible_homes = models.PositiveIntegerField("homes with step-free entrance")
    accessible_free = models.PositiveIntegerField("free places in homes with step-free entrance")
    emergency_homes = models.PositiveIntegerField("homes ready for emergencies")
    emergency_free = models.PositiveIntegerField("free places in homes ready for emergencies")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "council__name", "scheme__name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["taken_on", "scheme", "council", "kind"], name="commissioning_one_snapshot_a_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    free__lte=F("places"), accessible_free__lte=F("free"), emergency_free__lte=F("free")
                ),
                name="commissioning_free_places_are_places",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "taken_on", "scheme", "council", "kind", "homes", "places", "free", "accessible_homes",
            "accessible_free", "emergency_homes", "emergency_free",
        )  # fmt: skip
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.scheme} on {self.taken_on}"


class PlacesCount(models.Model):
    """When the places of a day were counted, and up to which changes. State of the machine: a new count replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField(unique=True)
    counted_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(help_text="How long the counting took.")
    changes = models.TextField(help_text="Where the histories of all that was counted stood.")

    class Privacy:
        ordinary = ("id", "on", "counted_at", "seconds", "changes")
        personal = ()
        special = ()

    def __str__(self):
        return f"Places on {self.on}"


class CountedPlaces(models.Model):
    """Homes of one scheme in one council area that are alike in all that the list can be narrowed by, added up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    count = models.ForeignKey(PlacesCount, on_delete=models.CASCADE, related_name="rows")
    scheme = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    council = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kinds = ArrayField(models.CharField(max_length=15, choices=PlacementKind))
    step_free = models.BooleanField()
    ready = models.BooleanField("ready for emergencies")
    homes = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    free = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "counted places"

    class Privacy:
        ordinary = (
            "id",
            "count",
            "scheme",
            "council",
            "kinds",
            "step_free",
            "ready",
            "homes",
            "places",
            "free",
        )
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.free} of {self.places} free"


class UnmetNeed(Row):
    """A referral that found no carer, as a count in the making. Owner: `organisation`, the team that asked.

    Leads to the referral, never to a person, and repeats none of its words. On screen only as suppressed counts.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="unmet_need")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=15, choices=PlacementKind))
    categories = ArrayField(models.CharField(max_length=20, choices=Need))
    recorded_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-recorded_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(categories__len__gt=0, kinds__len__gt=0),
                name="commissioning_need_says_what_was_missing",
            ),
        ]
        indexes = [models.Index(fields=["council", "recorded_on"], name="commissioning_need_council")]

    class Privacy:
        ordinary = ("id", "version", "referral", "organisation", "council", "kinds", "recorded_on")
        personal = ()
        special = ("categories",)

    def __str__(self):
        return f"Not found on {self.recorded_on}"


class DisclosureLimit(Row):
    """How a council withholds small counts of people. Without a row: 1 to 7 withheld, others to the nearest 5."""

    council = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    withhold_up_to = models.PositiveSmallIntegerField("withhold counts from 1 up to", default=7)
    nearest = models.PositiveSmallIntegerField("round others to the nearest", default=5)

    class Meta:
        ordering = ["council__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withhold_up_to__gte=4, withhold_up_to__lte=20, nearest__in=[5, 10]),
                name="commissioning_limits_that_protect",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "withhold_up_to", "nearest")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.council}: 1 to {self.withhold_up_to} withheld"
