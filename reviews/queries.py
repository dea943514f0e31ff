"""Questions about reviews, asked by pages, actions and the floors above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    DateField,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from careplans.models import CarePlan, Outcome
from careplans.queries import signed_and_budgeted_on
from placements.models import AgreementRequirement, Placement, PlacementAgreement
from risk.models import Incident
from risk.queries import incidents_between
from sharedlives.records.rules import FEWEST, Alike, alike
from sharedlives.records.rules import words as in_words
from sharedlives.together import fetch

from . import rules
from .codes import Standing
from .models import ActionAccount, Review, ReviewAction, ReviewDue, ReviewPolicy


def policy_for(council, on):
    """The policy in force for a council on a day: its own newest version, else the shipped default. None if neither."""
    return ReviewPolicy.objects.in_force(council, on).first()


def open_dues(person):
    """What is still owed to a person, soonest first."""
    return ReviewDue.objects.open().filter(person=person).select_related("placement__scheme", "policy")


def last_held(person, before=None):
    """The last meeting that was held, or None."""
    held = Review.objects.held().filter(person=person)
    if before is not None:
        held = held.exclude(pk=before.pk)
    return held.order_by("-held_on").first()


def texts_of_review(review):
    """What a review says in words: what two are held against each other by. Options are rightly explained each time."""
    return (
        review.persons_views, review.how_views_counted, review.carers_views, review.s27_impact, review.s27_outcomes,
        review.s27_contribution, review.s27_needs, review.decisions,
    )  # fmt: skip


def against_the_last(review, shown):
    """How much of what is `shown` (a review with its answers) was said at the last one that was held (`Alike`).

    Of few words it cannot be told: then nothing is looked up.
    """
    if len(in_words(texts_of_review(shown))) < FEWEST:
        return Alike(None)
    return alike(last_held(review.person, before=review), shown, texts_of_review)


def signed_for(due):
    """The day from which a meeting may meet this due: the sign-off of plan and budget; None while not signed."""
    return signed_and_budgeted_on(due.person)


@dataclass(frozen=True)
class Asked:
    """What one meeting has to answer before it can be closed. Rows are (key, label), keys are ids as text."""

    today: date
    reviewing_officer: bool
    carer: bool
    latest_next: Callable = field(repr=False)
    guests: tuple = ()
    invited: tuple = ()
    independent: tuple = ()
    outcomes: tuple = ()
    requirements: tuple = ()
    incidents: tuple = ()
    earlier: tuple = ()
    agreements: tuple = ()
    returned: bool = False


def asked_of(review, *, today, held_on=None):
    """Everything this meeting has to answer, read from the plan, the agreements, the incidents and the last meeting."""
    dues = [subject.due for subject in subjects_of(review)]
    placements = [due.placement for due in dues if due.placement_id]
    running = Placement.objects.active().filter(person=review.person_id).select_related("carer")
    guests = review.participants.select_related("contact")
    fetch(guests, running)
    return Asked(
        today=today,
        reviewing_officer=review.by_reviewing_officer,
        carer=bool(placements or running),
        returned=review.in_england,
        latest_next=latest_next(dues),
        guests=tuple((str(guest.pk), guest.name) for guest in guests),
        invited=tuple(str(guest.pk) for guest in guests if guest.invited_on),
        independent=tuple(str(guest.pk) for guest in guests if guest.is_independent_support),
        agreements=tuple((str(row.pk), f"The placement agreement with {row.carer}") for row in running),
        **rows_asked(review, dues, placements, held_on or today),
    )


def rows_asked(review, dues, placements, until):
    """{outcomes, requirements, incidents, earlier}: what is answered row by row, in one statement."""
    parts = [
        columns("outcomes", outcomes_to_rate(review, dues), place="number"),
        columns("requirements", requirements_to_rate(placements), place="number"),
        columns("incidents", incidents_to_consider(review, dues, until), words="kind", on="happened_on"),
        columns("earlier", earlier_actions(review), on="due_on"),
    ]
    found = {of: [] for of in ("outcomes", "requirements", "incidents", "earlier")}
    # Python sorts, for a union of unlike tables has no order that an index could give.
    for of, _place, on, key, words in sorted(parts[0].union(*parts[1:], all=True), key=in_order):
        found[of].append((str(key), label(of, words, on)))
    return {of: tuple(rows) for of, rows in found.items()}


def in_order(row):
    _of, place, on, key, _words = row
    return place, on or date.min, key


def label(of, words, on):
    return f"{Incident.Kind(words).label}, {on.day} {on:%B %Y}" if of == "incidents" else words


def columns(of, rows, *, words="words", place=None, on=None):
    return (
        rows.order_by()
        .annotate(
            w_of=Value(of),
            w_place=F(place) if place else Cast(Value(0), PositiveSmallIntegerField()),
            w_on=F(on) if on else Cast(Value(None), DateField()),
            w_words=Cast(F(words), TextField()),
        )
        .values_list("w_of", "w_place", "w_on", "pk", "w_words")
    )


def subjects_of(review):
    """What a meeting is about, with the dues."""
    rows = review.subjects.exclude(outcome="not_met")
    return list(rows.select_related("due__placement", "due__policy", "due__person"))


def latest_next(dues):
    """A function of the day of the meeting: the latest day on which the next one may be."""

    def latest(held_on):
        days = [rules.next_due_on(due.due_on, held_on, due.policy.interval_months) for due in dues]
        return min(days, default=rules.add_months(held_on, 12))

    return latest


def outcomes_to_rate(review, dues):
    """The outcomes of the signed plan, where the meeting is about the plan."""
    if not any(due.subject == ReviewDue.Subject.CARE_PLAN for due in dues):
        return Outcome.objects.filter(pk__in=[])
    plans = CarePlan.objects.latest_version().filter(person=review.person_id)
    return Outcome.objects.filter(plan__in=plans.values("pk"))


def requirements_to_rate(placements):
    """The requirements of the agreements in force, where the meeting is about placements."""
    agreements = PlacementAgreement.objects.in_force().filter(placement__in=[row.pk for row in placements])
    return AgreementRequirement.objects.filter(agreement__in=agreements.values("pk"))


def incidents_to_consider(review, dues, until):
    """Emergencies and incidents since the last meeting, else since what is reviewed began."""
    held = Review.objects.held().filter(person=review.person_id).exclude(pk=review.pk)
    since = Subquery(held.order_by("-held_on").values("held_on")[:1])
    began = min((due.counted_from for due in dues), default=until)
    return incidents_between(review.person_id, Coalesce(since, Value(began, DateField())), until)


def earlier_actions(review):
    """Actions agreed at earlier meetings that no meeting has yet closed."""
    closed = [Standing.DONE, Standing.GAVE_UP]
    rows = ReviewAction.objects.filter(person=review.person_id).exclude(review=review)
    return rows.exclude(Exists(ActionAccount.objects.filter(action=OuterRef("pk"), standing__in=closed)))
