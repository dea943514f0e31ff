"""A review is not a paper exercise: each thing it owes the person, left out by itself, refuses the record."""

from datetime import date, timedelta

import pytest

from people.models import Involvement
from reviews import actions
from reviews.models import Participant, Review, ReviewAction, ReviewDue
from reviews.queries import asked_of
from sharedlives.records.actions import save_draft
from sharedlives.records.models import Draft
from sharedlives.rules import REGISTRY, RuleBroken, Stale

from . import factories
from .factories import ago, today

pytestmark = pytest.mark.django_db


def refused_codes(review, by, **changes):
    with pytest.raises(RuleBroken) as refused:
        actions.hold(review=review, answers=factories.answers(review, **changes), by=by)
    return {error.code for error in refused.value.error_list}


@pytest.fixture
def full(both, placement, plan_due, team, care_manager):
    """A meeting that has everything to answer: outcomes, requirements, an emergency, an earlier action."""
    factories.agreed(placement, "Meals together", "A lift to the station")
    factories.incident(placement.person, team)
    promise = {
        "action-1-words": "Bus training",
        "action-1-owner": "Priya",
        "action-1-by": today().isoformat(),
    }
    factories.held([plan_due], care_manager, held_on=ago(10), **promise)
    return factories.meeting(
        list(ReviewDue.objects.open().filter(subject="placement_agreement")), care_manager
    )


@pytest.mark.rule(
    "reviews.held_date",
    "reviews.seen",
    "reviews.views",
    "reviews.s27",
    "reviews.options",
    "reviews.outcome",
    "reviews.next_date",
    "reviews.carers_views",
)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("held_on", "held_date"),
        ("method", "held_date"),
        ("seen_on", "seen"),
        ("seen_where", "seen"),
        ("seen_how", "seen"),
        ("persons_views", "views"),
        ("how_views_counted", "views"),
        ("carers_views", "carers_views"),
        ("s27_impact", "s27"),
        ("s27_outcomes", "s27"),
        ("s27_contribution", "s27"),
        ("s27_needs", "s27"),
        ("options_explained", "options"),
        ("options_format", "options"),
        ("outcome", "outcome"),
        ("next_due_on", "next_date"),
        ("next_due_why", "next_date"),
    ],
)
def test_left_out_by_itself_it_refuses(both, care_manager, name, code):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, **{name: ""}) == {f"reviews.{code}"}
    review.refresh_from_db()
    assert review.state == "scheduled"
    assert ReviewDue.objects.open().count() == 2


@pytest.mark.rule("reviews.attendance")
def test_of_everybody_invited_the_record_says_whether_they_were_there(both, care_manager, person):
    review = factories.meeting(both, care_manager)
    guest = review.participants.get(role="person")
    assert refused_codes(review, care_manager, **{f"attended-{guest.pk}": ""}) == {"reviews.attendance"}


def test_words_of_spaces_are_no_words(both, care_manager):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, persons_views="  \n ") == {"reviews.views"}


def test_a_meeting_of_tomorrow_was_not_held(both, care_manager):
    review = factories.meeting(both, care_manager)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert refused_codes(review, care_manager, held_on=tomorrow) == {"reviews.held_date"}


@pytest.mark.rule("reviews.outcomes_rated")
def test_each_outcome_of_the_plan_is_rated(plan_due, care_manager):
    review = factories.meeting([plan_due], care_manager)
    key, words = asked_of(review, today=today()).outcomes[0]
    for said in ("", "not_yet"):  # the second without why
        assert refused_codes(
            review, care_manager, **{f"outcome-{key}-rating": said, f"outcome-{key}-words": ""}
        ) == {"reviews.outcomes_rated"}
    held = actions.hold(review=review, answers=factories.answers(review), by=care_manager)
    assert [row.outcome.words for row in held.outcome_ratings.all()] == [words]


@pytest.mark.rule("reviews.requirements_rated", "reviews.incidents_considered", "reviews.earlier_actions")
def test_each_requirement_incident_and_earlier_action_is_answered(full, care_manager):
    asked = asked_of(full, today=today())
    assert [label for _key, label in asked.requirements] == ["Meals together", "A lift to the station"]
    assert len(asked.incidents) == len(asked.earlier) == 1
    requirement, incident, earlier = asked.requirements[1][0], asked.incidents[0][0], asked.earlier[0][0]
    changes = {
        f"requirement-{requirement}-rating": "",
        f"incident-{incident}-words": "",
        f"earlier-{earlier}-rating": "",
    }
    expected = {"reviews.requirements_rated", "reviews.incidents_considered", "reviews.earlier_actions"}
    assert refused_codes(full, care_manager, **changes) == expected
    given_up = {f"earlier-{earlier}-rating": "gave_up", f"earlier-{earlier}-words": ""}
    assert refused_codes(full, care_manager, **given_up) == {"reviews.earlier_actions"}


def test_a_full_meeting_is_kept_row_by_row(full, care_manager):
    key = asked_of(full, today=today()).earlier[0][0]
    review = actions.hold(
        review=full, answers=factories.answers(full, **{f"earlier-{key}-rating": "done"}), by=care_manager
    )
    assert review.requirement_ratings.count() == 2
    assert review.incidents_considered.get().words == "Some words."
    action = ReviewAction.objects.get(pk=key)
    assert (action.done_on, action.next_stage_on) == (today(), None)
    assert review.accounts.get().standing == "done"
    assert review.participants.filter(attended=True).count() == review.participants.count()


def test_an_action_that_was_closed_is_not_asked_about_again(full, care_manager):
    key = asked_of(full, today=today()).earlier[0][0]
    actions.hold(
        review=full, answers=factories.answers(full, **{f"earlier-{key}-rating": "done"}), by=care_manager
    )
    again = factories.meeting([ReviewDue.objects.open().first()], care_manager)
    assert asked_of(again, today=today()).earlier == ()


@pytest.mark.rule("reviews.action_owned")
def test_an_action_without_an_owner_or_a_day_refuses(both, care_manager):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, **{"action-1-words": "Buy a bed"}) == {"reviews.action_owned"}


def test_an_owner_who_was_there_gets_the_reminders(both, care_manager, scheme_worker):
    promise = {"action-1-words": "Bus", "action-1-owner": "Priya Nair", "action-1-by": today().isoformat()}
    other = {"action-2-words": "Bed", "action-2-owner": "Anna herself", "action-2-by": today().isoformat()}
    review = factories.held(both, care_manager, **promise, **other)
    bus, bed = review.actions.order_by("-words")
    assert (bus.owner, bed.owner) == (scheme_worker, None)
    assert bus.next_stage_on == today() - timedelta(days=7)


@pytest.mark.rule("reviews.next_within")
def test_the_next_date_is_twelve_months_away_at_most(both, care_manager):
    review = factories.meeting(both, care_manager)
    latest = asked_of(review, today=today()).latest_next(today())
    late = (latest + timedelta(days=1)).isoformat()
    assert refused_codes(review, care_manager, next_due_on=late) == {"reviews.next_within"}
    assert refused_codes(review, care_manager, next_due_on=today().isoformat()) == {"reviews.next_within"}


# -- A reviewing officer ---------------------------------------------------------------------------


@pytest.fixture
def officers(both, care_manager, reviewing_officer):
    return factories.meeting(
        both,
        care_manager,
        reviewer=reviewing_officer,
        reviewer_role="reviewing_officer",
        why_not_care_manager="On leave for a month",
    )


def guest(review, role, **facts):
    return Participant.objects.create(review=review, name=f"The {role}", role=role, **facts)


@pytest.mark.rule("reviews.named_person")
def test_a_reviewing_officer_needs_an_independent_named_person_or_advocate(
    officers, reviewing_officer, person
):
    assert refused_codes(officers, reviewing_officer) == {"reviews.named_person"}
    tied = person.contacts.create(kind="advocate", name="The carer’s sister", tie="carer")
    guest(officers, "advocate", contact=tied)
    assert refused_codes(officers, reviewing_officer) == {"reviews.named_person"}
    row = guest(officers, "named_person")
    assert refused_codes(officers, reviewing_officer, **{f"attended-{row.pk}": "no"}) == {
        "reviews.named_person"
    }
    held = actions.hold(review=officers, answers=factories.answers(officers), by=reviewing_officer)
    assert held.state == "held"


@pytest.mark.rule("reviews.refusal_with_capacity")
def test_a_refusal_of_an_advocate_counts_when_it_says_how_capacity_was_known(officers, reviewing_officer):
    refused = {"advocate_refused": "I speak for myself."}
    assert refused_codes(officers, reviewing_officer, **refused) >= {"reviews.refusal_with_capacity"}
    whole = refused | {"refusal_capacity": "Could weigh it and say why."}
    held = actions.hold(review=officers, answers=factories.answers(officers, **whole), by=reviewing_officer)
    assert held.advocate_refused == "I speak for myself."


@pytest.mark.rule("reviews.not_open")
def test_what_was_held_is_not_held_again(both, care_manager, reviewing_officer):
    review = factories.held(both, care_manager)
    facts = {"review": review, "by": care_manager}
    for again in (
        lambda: actions.hold(answers={}, **facts),
        lambda: actions.cancel(because="other", words="", **facts),
        lambda: actions.add_guest(name="Late", role="other", **facts),
        lambda: actions.set_guests(asked_on=None, asked_how="", guests={}, **facts),
        lambda: actions.assign_reviewing_officer(
            officer=reviewing_officer, why_not_care_manager="x", **facts
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            again()
        assert broken.value.rule is REGISTRY["reviews.not_open"]


def test_two_people_with_one_meeting_open_the_second_is_told(both, care_manager):
    review = factories.meeting(both, care_manager)
    actions.set_guests(review=review, asked_on=today(), asked_how="By phone", guests={}, by=care_manager)
    with pytest.raises(Stale):
        actions.hold(review=review, answers=factories.answers(review), by=care_manager, version=1)


def test_the_draft_has_served_when_the_review_is_closed(both, care_manager):
    review = factories.meeting(both, care_manager)
    save_draft(user=care_manager, form="reviews.hold", object_id=review.pk, answers={"held_on": "2027-01-01"})
    actions.hold(review=review, answers=factories.answers(review), by=care_manager)
    assert not Draft.objects.exists()


# -- Sight of a reviewing officer ------------------------------------------------------------------


def test_sight_begins_with_the_assignment_and_ends_28_days_after_the_record(
    officers, reviewing_officer, person
):
    row = Involvement.objects.get(person=person, role="holds_review")
    assert (row.worker, row.since) == (reviewing_officer, today())
    guest(officers, "named_person")
    actions.hold(review=officers, answers=factories.answers(officers), by=reviewing_officer)
    actions.send_record(review=officers, by=reviewing_officer)
    row.refresh_from_db()
    assert row.until == today() + timedelta(days=28)


def test_a_meeting_that_did_not_take_place_gives_no_sight(officers, care_manager, person):
    actions.cancel(review=officers, because="hospital", words="Broke a leg", by=care_manager)
    assert not Involvement.objects.current(today()).filter(person=person, role="holds_review").exists()
    assert ReviewDue.objects.open().count() == 2
    assert isinstance(ReviewDue.objects.open().first().due_on, date)
    assert Review.objects.get().cancelled_because == "hospital"


def test_assigned_later_the_officer_sees_from_then_on(both, care_manager, reviewing_officer, person):
    review = factories.meeting(both, care_manager)
    actions.assign_reviewing_officer(
        review=review, officer=reviewing_officer, why_not_care_manager="Ill", by=care_manager
    )
    review.refresh_from_db()
    assert (review.reviewer, review.reviewer_role) == (reviewing_officer, "reviewing_officer")
    assert Review.objects.visible_to(reviewing_officer).get() == review
