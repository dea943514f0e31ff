"""The meeting: who is wanted there, who came, what was said, what was decided."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, F, Func, Q
from django.urls import reverse

from people.models import Organisation, Person, PersonalContact
from people.visibility import Level
from placements.models.scope import own_schemes, own_teams
from reviews.codes import (
    Achieved,
    Format,
    GuestRole,
    HeldHow,
    Options,
    ReturnMethod,
    ReturnOutcome,
    ReturnReason,
    ReviewerRole,
    SeenHow,
)
from sharedlives.records.models import Compared, Row, very_like_says_why
from sharedlives.records.rules import VERY_LIKE
from sharedlives.rules import ENGLAND

from .due import ReviewDue

HELD = Q(state__in=["held", "sent"])
SEEN_WITHIN = timedelta(days=28)  # before or after the meeting


def filled(*names):
    """None of these texts is empty."""
    condition = Q()
    for name in names:
        condition &= ~Q(**{name: ""})
    return condition


def once_held(condition, name):
    """Something that must be there as soon as the review was held."""
    return models.CheckConstraint(condition=~HELD | condition, name=name)


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of the own people; a scheme sees reviews it was invited to, a former team those that it held itself.

        A record entered in error is shown to nobody here.
        """
        funds = Person.objects.visible_to(user, least=Level.FUNDS)
        supports = Person.objects.visible_to(user, least=Level.SUPPORTS)
        invited = Participant.objects.filter(
            Q(organisation__in=own_schemes(user)) | Q(user=user.pk), review=models.OuterRef("pk")
        ).exclude(invited_on=None)
        past = Person.objects.visible_to(user, least=Level.PAST)
        return self.filter(entered_in_error=None).filter(
            Q(person__in=funds.values("pk"))
            | Q(person__in=supports.values("pk")) & models.Exists(invited)
            | Q(person__in=past.values("pk"), organisation__in=own_teams(user)) & HELD
        )

    def scheduled(self):
        return self.filter(state=Review.State.SCHEDULED)

    def held(self):
        """Those that were held, without records entered in error."""
        return self.filter(HELD, entered_in_error=None)

    def without_care_manager(self):
        """Neither held by the care manager nor with one among those who came."""
        came = Participant.objects.filter(
            review=models.OuterRef("pk"), role=GuestRole.CARE_MANAGER, attended=True
        )
        return self.exclude(reviewer_role=ReviewerRole.CARE_MANAGER).exclude(models.Exists(came))

    def by_reviewing_officers(self):
        return self.filter(reviewer_role=ReviewerRole.REVIEWING_OFFICER)

    def not_seen(self):
        """The person was not seen face to face within four weeks of the meeting: by video only, or long before."""
        near = Q(seen_on__gte=F("held_on") - SEEN_WITHIN, seen_on__lte=F("held_on") + SEEN_WITHIN)
        return self.exclude(near & ~Q(seen_how=SeenHow.VIDEO))

    def person_not_there(self):
        """The person was not at the own meeting, invited or not."""
        stayed_away = Participant.objects.filter(
            review=models.OuterRef("pk"), role=GuestRole.PERSON, attended=False
        )
        return self.filter(models.Exists(stayed_away))

    def very_like(self):
        """What was said at them stood nearly word for word in the record before."""
        return self.filter(likeness__gte=VERY_LIKE)


class Review(Compared, Row):
    """One meeting. It meets the dues it covered, and only those. `organisation` is the funding team: it owns the row.

    A held review is never changed (trigger): its words are the record.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "First review"
        ANNUAL = "annual", "Yearly review"
        UNPLANNED = "unplanned", "Unplanned review"
        REQUESTED = "requested", "Requested review"
        EMERGENCY = "emergency", "Review after an emergency"

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Arranged"
        HELD = "held", "Held"
        SENT = "sent", "Held, record sent"
        CANCELLED = "cancelled", "Did not take place"

    class Outcome(models.TextChoices):
        NO_CHANGE = "no_change", "No change"
        PLAN = "plan", "The plan changes, the budget stays"
        PLAN_AND_BUDGET = "plan_and_budget", "The plan and the budget change"

    class Cancelled(models.TextChoices):
        DECLINED = "declined", "The person declined"
        HOSPITAL = "hospital", "The person was in hospital"
        MOVED = "moved", "The person moved"
        DIED = "died", "The person died"
        PUT_OFF = "put_off", "Put off by the council"
        OTHER = "other", "Something else"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    planned_on = models.DateField("day of the meeting")
    planned_at = models.TimeField("time", null=True, blank=True)
    place = models.CharField("place", max_length=200)
    why_late = models.CharField("why after the due date", max_length=300, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_role = models.CharField(max_length=20, choices=ReviewerRole, default=ReviewerRole.CARE_MANAGER)
    why_not_care_manager = models.CharField(max_length=300, blank=True)
    known_since = models.CharField("known to the person since", max_length=100, blank=True)
    asked_on = models.DateField("when the person was asked whom they want there", null=True, blank=True)
    asked_how = models.CharField("how the person was asked", max_length=300, blank=True)
    cancelled_because = models.CharField(max_length=10, choices=Cancelled, blank=True)
    cancelled_words = models.CharField(max_length=300, blank=True)

    held_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=15, choices=HeldHow, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_where = models.CharField(max_length=200, blank=True)
    seen_how = models.CharField(max_length=15, choices=SeenHow, blank=True)
    advocate_refused = models.TextField(blank=True)
    refusal_capacity = models.TextField(blank=True)
    persons_views = models.TextField(blank=True)
    how_views_counted = models.TextField(blank=True)
    carers_views = models.TextField(blank=True)
    s27_impact = models.TextField(blank=True)
    s27_outcomes = models.TextField(blank=True)
    s27_contribution = models.TextField(blank=True)
    s27_needs = models.TextField(blank=True)
    persons_preference = models.CharField(max_length=20, choices=Options, blank=True)
    options_explained = models.TextField(blank=True)
    options_format = models.CharField(max_length=15, choices=Format, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    why_as_now = models.TextField("what was considered, and why as now", blank=True)
    decisions = models.TextField(blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_due_why = models.TextField(blank=True)
    return_reason = models.CharField(max_length=15, choices=ReturnReason, blank=True)
    return_method = models.CharField(max_length=10, choices=ReturnMethod, blank=True)
    return_achieved = models.CharField(max_length=10, choices=Achieved, blank=True)
    return_outcome = models.CharField(max_length=15, choices=ReturnOutcome, blank=True)
    why_alike = models.TextField("why what was said last time is still right", blank=True)
    sent_on = models.DateField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer_role="care_manager") | ~Q(why_not_care_manager=""),
                name="reviews_reason_when_not_the_care_manager",
            ),
            models.CheckConstraint(
                condition=Q(advocate_refused="", refusal_capacity="")
                | filled("advocate_refused", "refusal_capacity"),
                name="reviews_refusal_says_how_capacity_was_known",
            ),
            models.CheckConstraint(
                condition=(HELD & Q(held_on__isnull=False) & ~Q(method="")) | (~HELD & Q(held_on=None)),
                name="reviews_held_has_its_date",
            ),
            once_held(
                Q(seen_on__isnull=False) & filled("seen_where", "seen_how"),
                "reviews_held_says_the_person_was_seen",
            ),
            once_held(filled("persons_views", "how_views_counted"), "reviews_held_has_the_persons_views"),
            once_held(
                filled("s27_impact", "s27_outcomes", "s27_contribution", "s27_needs"),
                "reviews_held_has_s27_answers",
            ),
            once_held(
                filled("options_explained", "options_format"), "reviews_held_says_options_were_explained"
            ),
            once_held(filled("outcome"), "reviews_held_has_an_outcome"),
            once_held(
                Q(next_due_on__isnull=False) & filled("next_due_why"), "reviews_held_sets_the_next_date"
            ),
            models.CheckConstraint(
                condition=Q(next_due_on=None)
                | Q(
                    next_due_on__gt=F("held_on"),
                    next_due_on__lte=Func(
                        F("held_on"),
                        template="(%(expressions)s + interval '12 months')",
                        output_field=DateTimeField(),
                    ),
                ),
                name="reviews_next_within_twelve_months",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & filled("cancelled_because"))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                name="reviews_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_on__gte=F("held_on")) | (~Q(state="sent") & Q(sent_on=None)),
                name="reviews_sent_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(return_achieved="") | Q(return_reason="planned"),
                name="reviews_return_achieved_of_planned_ones",
            ),
            very_like_says_why("reviews_very_like_says_why", "why_alike"),
        ]
        indexes = [
            models.Index(fields=["person", "-planned_on"], name="reviews_review_person"),
            models.Index(
                fields=["organisation", "planned_on"],
                condition=Q(state="scheduled"),
                name="reviews_scheduled",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "kind", "state", "planned_on", "held_on", "sent_on", "next_due_on",
            "reviewer_role", "method", "cancelled_because", "likeness",
            "return_method",
        )  # fmt: skip
        personal = (
            "person", "planned_at", "place", "why_late", "reviewer", "why_not_care_manager", "known_since", "asked_on",
            "asked_how", "cancelled_words", "seen_on", "seen_where", "seen_how", "next_due_why", "options_format",
        )  # fmt: skip
        special = (
            "advocate_refused", "refusal_capacity", "persons_views", "how_views_counted", "carers_views", "s27_impact",
            "s27_outcomes", "s27_contribution", "s27_needs", "persons_preference", "options_explained", "outcome",
            "decisions", "why_alike", "why_as_now", "return_reason", "return_achieved", "return_outcome",
        )  # fmt: skip

    def __str__(self):
        day = self.held_on or self.planned_on
        return f"{self.get_kind_display()}, {day.day} {day:%B %Y}"

    def get_absolute_url(self):
        return reverse("reviews:review", args=[self.pk])

    @property
    def is_held(self):
        return self.state in (self.State.HELD, self.State.SENT)

    @property
    def is_scheduled(self):
        return self.state == self.State.SCHEDULED

    @property
    def in_england(self):
        """The national return asks about this review: of a council in England."""
        council = self.organisation.council
        return council is None or council.nation == ENGLAND

    @property
    def by_reviewing_officer(self):
        return self.reviewer_role == ReviewerRole.REVIEWING_OFFICER


class ReviewSubject(Row):
    """A due that a meeting is about, and whether the meeting met it."""

    class Outcome(models.TextChoices):
        PLANNED = "planned", "To be looked at"
        AWAITING = "awaiting", "Awaiting sign-off of plan and budget"
        MET = "met", "Met"
        MET_LATE = "met_late", "Met late"
        NOT_MET = "not_met", "Not met"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="subjects")
    due = models.ForeignKey(ReviewDue, on_delete=models.PROTECT, related_name="subjects")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PLANNED)

    class Meta:
        ordering = ["due__subject"]
        constraints = [
            models.UniqueConstraint(fields=["review", "due"], name="reviews_subject_once_per_meeting"),
            models.UniqueConstraint(
                fields=["due"], condition=Q(outcome="planned"), name="reviews_one_meeting_planned_per_due"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "due", "outcome")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.due.what}: {self.get_outcome_display().lower()}"


class Participant(Row):
    """Somebody whom the person wants there or does not, who was invited, who came, and the copy they get."""

    class Wanted(models.TextChoices):
        YES = "yes", "The person wants them there"
        NO = "no", "The person does not want them there"
        NOT_SAID = "not_said", "The person did not say"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="participants")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=GuestRole)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Such as the scheme.",
    )
    contact = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wanted = models.CharField(max_length=10, choices=Wanted, default=Wanted.NOT_SAID)
    why_differs = models.CharField("why the person's wish was not followed", max_length=300, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    format = models.CharField("format of the record", max_length=15, choices=Format, default=Format.STANDARD)

    class Meta:
        ordering = ["role", "name"]
        constraints = [
            models.UniqueConstraint(fields=["review", "name", "role"], name="reviews_participant_once"),
            models.CheckConstraint(
                condition=~Q(wanted="no", invited_on__isnull=False, why_differs=""),
                name="reviews_difference_from_wishes_has_a_reason",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "review", "role", "invited_on", "attended")
        personal = ("name", "user", "organisation", "contact", "wanted", "why_differs", "format")
        special = ()

    def __str__(self):
        return self.name

    @property
    def is_independent_support(self):
        """A named person or advocate with no tie to the services (SCIE At a glance 02)."""
        if self.role not in (GuestRole.NAMED_PERSON, GuestRole.ADVOCATE):
            return False
        return self.contact is None or self.contact.is_independent

    @property
    def gets_a_copy(self):
        """Those invited or present; never somebody whom the person does not want, unless a reason was given."""
        return bool(self.invited_on or self.attended) and (
            self.wanted != self.Wanted.NO or bool(self.why_differs)
        )
