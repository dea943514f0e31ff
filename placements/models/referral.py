"""A referral: what a person wants and needs, what was sent about them, to whom, and what came back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from carers.codes import PlacementKind
from people.models import Organisation, Person
from people.visibility import Level
from sharedlives.records.models import Row

from .. import codes
from .scope import own_schemes


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's referrals: of persons whom the team funds. Schemes read `ReferralScheme`, not this."""
        return self.filter(person__in=Person.objects.visible_to(user, least=Level.FUNDS))

    def open(self):
        return self.exclude(state=Referral.State.CLOSED)


class Referral(Row):
    """A funding team asks schemes for a home or support for a person. Owned by `organisation`, that team."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"
        CLOSED = "closed", "Closed"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="funding team"
    )
    reference = models.CharField(max_length=12, unique=True)
    kinds = ArrayField(models.CharField(max_length=15, choices=PlacementKind), verbose_name="kinds wanted")
    purpose = models.CharField(max_length=10, choices=codes.Purpose, default=codes.Purpose.HOME)
    route = models.CharField(
        "how it comes about", max_length=12, choices=codes.Route, default=codes.Route.PLANNED
    )
    urgency = models.CharField(max_length=10, choices=codes.Urgency, default=codes.Urgency.PLANNED)
    wanted_from = models.DateField("wanted from", null=True, blank=True)
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name="areas wanted")
    wishes = models.TextField("what the person wants, in their own words")
    needs = ArrayField(
        models.CharField(max_length=15, choices=codes.Need),
        default=list,
        blank=True,
        verbose_name="needs of the home",
    )
    two_carers = models.BooleanField("needs two carers at once", default=False)
    language = models.CharField("language the person asks for", max_length=60, blank=True)
    culture = models.CharField("culture or faith the person asks for", max_length=60, blank=True)
    interests = models.CharField("interests to share", max_length=200, blank=True)
    skills = models.CharField("skills the carer needs", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=20, choices=codes.ClosedReason, blank=True)
    closed_words = models.TextField("more about the reason", blank=True)
    tried = models.JSONField(
        "what stood in the way", default=list, blank=True,
        help_text="Closed for want of a carer: for how many carers each need fitted that day. None is named.",
    )  # fmt: skip

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closed_reason="")
                | ~Q(state="closed") & Q(closed_on=None, closed_reason=""),
                name="placements_referral_closed_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_on__isnull=False),
                name="placements_sent_referral_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("sent_on")),
                name="placements_referral_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="placements_referral_wants_something"),
            models.CheckConstraint(
                condition=~Q(closed_reason="advice_only") | ~Q(closed_words=""),
                name="placements_advice_says_which_options",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="placements_referral_team")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "reference", "kinds", "purpose", "route", "urgency", "state", "sent_on",
            "wanted_from", "closed_on", "closed_reason",
        )  # fmt: skip
        personal = ("person", "areas", "interests", "language")
        special = ("wishes", "needs", "two_carers", "culture", "skills", "closed_words", "tried")

    def __str__(self):
        return f"Referral {self.reference}"

    def get_absolute_url(self):
        return reverse("placements:referral", args=[self.pk])

    def kinds_in_words(self):
        """The kinds wanted, as the screen says them."""
        return ", ".join(str(PlacementKind(kind).label) for kind in self.kinds)

    def tried_in_words(self):
        """What stood in the way, each kind with its words: [{label, carers, needs}]."""
        return [{**part, "label": str(PlacementKind(part["kind"]).label)} for part in self.tried]

    def needs_in_words(self):
        return [str(codes.Need(need).label) for need in self.needs]


class ReferralInformation(Row):
    """One item of the checklist: given with the pack, in words, or why it is missing. Owned by the referral's team."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="information")
    item = models.CharField(max_length=20, choices=codes.Information)
    given = models.BooleanField(default=False)
    words = models.TextField("what the scheme should know", blank=True)
    why_missing = models.CharField("why it is missing", max_length=250, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "item"], name="placements_information_once"),
            models.CheckConstraint(
                condition=Q(given=True) | ~Q(why_missing=""), name="placements_information_given_or_why_not"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "referral", "item", "given")
        personal = ()
        special = ("words", "why_missing")

    def __str__(self):
        return str(self.get_item_display())


class ReferralSchemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Answers on the team's own referrals; for a scheme its own open ones, while it sees the person.

        A scheme that declined, or was not chosen, is left with `own_answers` only.
        """
        team = Q(referral__person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        scheme = Q(scheme__in=own_schemes(user), closed_on=None) & Q(
            referral__person__in=Person.objects.visible_to(user, least=Level.REFERRAL)
        )
        return self.filter(team | scheme)

    def own_answers(self, user):
        """What the user's schemes answered, once the referral is no longer theirs: reference, dates and reason."""
        return self.filter(scheme__in=own_schemes(user)).exclude(closed_on=None)

    def accepted(self):
        return self.filter(answer=codes.Answer.ACCEPTED, closed_on=None)


class ReferralScheme(Row):
    """A referral as one scheme got it: the pack that was sent, and the answer. Owned by `scheme`.

    `pack` is frozen when sent: what this scheme reads about the person is this, not the record.
    `closed_on` is the day on which the scheme's part ended: declined, not chosen, or the referral was closed.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="schemes")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    pack = models.JSONField(default=list, help_text="What was sent: a list of {title, words}.")
    answer = models.CharField(max_length=10, choices=codes.Answer, default=codes.Answer.NONE)
    reason = models.CharField(max_length=20, choices=codes.DeclineReason, blank=True)
    words = models.TextField("what the scheme says", blank=True)
    missing = ArrayField(models.CharField(max_length=20, choices=codes.Information), default=list, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = ReferralSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "scheme__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "scheme"], name="placements_referral_once_to_a_scheme"
            ),
            models.CheckConstraint(
                condition=Q(answer="none", answered_on=None)
                | ~Q(answer="none") & Q(answered_on__isnull=False, answered_on__gte=F("sent_on")),
                name="placements_answer_after_sending",
            ),
            models.CheckConstraint(
                condition=Q(answer="declined") & ~Q(reason="") | ~Q(answer="declined") & Q(reason=""),
                name="placements_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(answer="returned") | Q(missing__len__gt=0),
                name="placements_returned_says_what_is_missing",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "answer"], name="placements_referral_scheme")]

    class Privacy:
        ordinary = (
            "id", "version", "referral", "scheme", "sent_on", "answer", "reason", "missing", "answered_on", "closed_on",
        )  # fmt: skip
        personal = ()
        special = ("pack", "words")

    def __str__(self):
        return f"{self.referral} to {self.scheme}"

    def get_absolute_url(self):
        return reverse("placements:sent", args=[self.pk])

    @property
    def person(self):
        return self.referral.person

    @property
    def person_id(self):
        return self.referral.person_id

    def missing_in_words(self):
        return [str(codes.Information(item).label) for item in self.missing]
