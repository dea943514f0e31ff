"""Lists of people that schemes, services and payment offices send, row by row as they came."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, User
from sharedlives.records.models import Row

from .scope import own_councils, own_senders


class RosterSourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A scheme's own sources; for a data officer all that send lists to the council."""
        return self.filter(Q(organisation__in=own_senders(user)) | Q(council__in=own_councils(user)))

    def shared_on(self, day):
        """The sources whose sharing agreement holds on a day."""
        return self.filter(agreement_until__gte=day)


class RosterSource(Row):
    """Somebody who sends lists: a scheme, a day service, payments, benefits. Owner: `organisation`.

    `council` decides what the rules leave open. `columns` maps our columns to the headings of this source's files.
    """

    class Kind(models.TextChoices):
        SCHEME = "scheme", "A scheme’s own list of the people it supports"
        SERVICE = "service", "Another service’s list"
        PAYMENTS = "payments", "Payments to carers"
        BENEFITS = "benefits", "Housing benefit or other benefits"
        COUNCIL = "council", "The council’s own case system"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roster_sources")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SCHEME)
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    agreement_until = models.DateField(
        "sharing agreement holds until", help_text="The last day on which lists may be sent."
    )
    columns = models.JSONField(
        default=dict,
        blank=True,
        help_text='Our column to the heading in the files, such as {"family_name": "Surname"}. Empty: our own headings.',
    )

    objects = RosterSourceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "source of lists", "sources of lists"
        ordering = ["name"]

    class Privacy:
        ordinary = (
            "id",
            "version",
            "organisation",
            "council",
            "kind",
            "name",
            "slug",
            "agreement_until",
            "columns",
        )
        personal = ()
        special = ()

    def __str__(self):
        return self.name


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(source__in=RosterSource.objects.visible_to(user))


class Roster(Row):
    """One list as it was sent: the same file is taken once. Owner: the organisation of `source`."""

    source = models.ForeignKey(RosterSource, on_delete=models.PROTECT, related_name="rosters")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    filename = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField("rows")
    refused_count = models.PositiveIntegerField("rows refused")
    replaced_at = models.DateTimeField("replaced by a newer list", null=True, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = "list"
        ordering = ["-uploaded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="safetynet_same_file_once"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(replaced_at=None), name="safetynet_one_newest_list"
            ),
            models.CheckConstraint(
                condition=Q(refused_count__lte=F("row_count")), name="safetynet_refused_rows_are_rows"
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "source", "uploaded_by", "uploaded_at", "sha256", "row_count", "refused_count", "replaced_at",
        )  # fmt: skip
        personal = ("filename",)
        special = ()

    def __str__(self):
        return f"{self.source} of {self.uploaded_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("safetynet:roster", args=[self.pk])


class RosterRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(roster__in=Roster.objects.visible_to(user))

    def to_decide(self, user):
        """For data officers: rows of lists sent to their council, and those that may be a person of their council."""
        councils = own_councils(user)
        perhaps = Q(decisions__undone_at=None, decisions__person__responsible_council__in=councils)
        mine = self.filter(perhaps).values("pk")
        return self.filter(Q(roster__source__council__in=councils) | Q(pk__in=mine)).exclude(state="refused")

    def newest(self):
        """Rows of the newest list of each source: older lists no longer say how things are."""
        return self.filter(roster__replaced_at=None)

    def to_match(self):
        """Rows of newest lists that are not linked yet."""
        return self.newest().filter(state__in=("waiting", "possible", "missing"))


class RosterRow(Row):
    """One row of a list: what it said, cleaned, and how it stands to our records. Owner: the list's source.

    `raw` is kept whatever happens: {heading: cell}. `fingerprint` is the same for the same human being in the next
    list of this source.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not compared yet"
        LINKED = "linked", "Linked"
        POSSIBLE = "possible", "Perhaps on our records"
        MISSING = "missing", "Not on our records"
        REFUSED = "refused", "Refused"

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("row in the file")
    raw = models.JSONField(default=dict)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    service = models.CharField("what they receive", max_length=120, blank=True)
    notes = models.JSONField("what was put right while reading", default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why_refused = models.CharField("why it was refused", max_length=400, blank=True)

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "row of a list", "rows of lists"
        ordering = ["roster", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="safetynet_row_once"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(why_refused="") | ~Q(state="refused") & Q(why_refused=""),
                name="safetynet_refused_row_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") | ~Q(fingerprint=""), name="safetynet_row_can_be_known_again"
            ),
        ]
        indexes = [
            models.Index(fields=["fingerprint"], name="safetynet_row_fingerprint"),
            models.Index(
                fields=["roster", "state"],
                condition=Q(state__in=["waiting", "possible", "missing"]),
                name="safetynet_row_open",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "roster", "number", "state", "fingerprint")
        personal = (
            "given_name",
            "family_name",
            "date_of_birth",
            "nhs_number",
            "postcode",
            "notes",
            "why_refused",
        )
        special = ("raw", "service")

    def __str__(self):
        return f"Row {self.number} of {self.roster}"

    @property
    def said_name(self):
        """The name as the list says it."""
        return f"{self.given_name} {self.family_name}".strip() or "No name"

    @property
    def said_by_list(self):
        """The name; of a refused row the cells as they came, so that its sender finds it again."""
        if self.given_name or self.family_name:
            return self.said_name
        return ", ".join(str(cell) for cell in self.raw.values())[:120] or self.said_name

    @property
    def nhs_number_spaced(self):
        n = self.nhs_number
        return f"{n[:3]} {n[3:6]} {n[6:]}" if n else ""
