"""PostgreSQL refuses what must never be, whoever writes; and who may see which rows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from people import actions as people
from placements.models import Placement
from reviews import actions
from reviews.models import (
    Participant,
    RecordOwed,
    Review,
    ReviewAction,
    ReviewDue,
    ReviewPolicy,
    ReviewSubject,
)
from reviews.rules import DUE_DATE_STAYS, ONE_DUE, RECORD_STAYS
from sharedlives.permissions import Role
from sharedlives.rules import for_constraint

from .. import factories as cast
from . import factories
from .factories import ago, today

pytestmark = pytest.mark.django_db


def to_the_end(call):
    with transaction.atomic():
        call()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def assert_refused(constraint, call):
    """The call is refused by the constraint of this name, also one that waits for the end of the transaction."""
    with pytest.raises(IntegrityError) as error:
        to_the_end(call)
    assert error.value.__cause__.diag.constraint_name == constraint


def changed(row, **values):
    """A bare write to the table, past every action."""
    return lambda: type(row).objects.filter(pk=row.pk).update(**values)


# -- Dues ------------------------------------------------------------------------------------------


@pytest.mark.rule("reviews.one_due")
def test_one_due_per_subject_and_cycle(plan_due):
    twin = ReviewDue.objects.get(pk=plan_due.pk)
    twin.pk, twin._state.adding, twin.state, twin.closed_on, twin.why = None, True, "void", today(), "Twice"
    twin.id, twin.next_stage_on = "00000000-0000-4000-8000-000000000001", None
    assert_refused("reviews_one_due_per_subject_and_cycle", lambda: twin.save(force_insert=True))
    assert for_constraint("reviews_one_due_per_subject_and_cycle") is ONE_DUE


def test_one_open_due_per_subject(plan_due):
    twin = ReviewDue.objects.get(pk=plan_due.pk)
    twin.id, twin.cycle = "00000000-0000-4000-8000-000000000001", 2
    assert_refused("reviews_one_open_due_per_subject", lambda: twin.save(force_insert=True))


@pytest.mark.rule("reviews.due_date_stays")
def test_a_due_date_moves_only_with_a_policy(plan_due):
    later = plan_due.due_on + timedelta(days=7)
    constraint = "reviews_due_date_moves_only_with_policy"
    assert_refused(constraint, changed(plan_due, due_on=later))
    assert_refused(constraint, changed(plan_due, first_due_on=later))
    assert_refused(constraint, changed(plan_due, counted_from=plan_due.counted_from - timedelta(days=1)))
    policy = ReviewPolicy.objects.create(in_force_from=today())
    changed(plan_due, due_on=later, policy=policy)()
    assert for_constraint(constraint) is DUE_DATE_STAYS


def test_closed_stays_closed_and_is_not_forgotten(plan_due):
    constraint = "reviews_closed_due_stays_closed"
    changed(plan_due, state="void", closed_on=today(), why="Moved", next_stage_on=None)()
    assert_refused(constraint, changed(plan_due, state="open", closed_on=None))
    assert_refused(constraint, changed(plan_due, closed_on=ago(3)))
    assert_refused(constraint, lambda: ReviewDue.objects.filter(pk=plan_due.pk).delete())


def test_late_is_recorded_late(plan_due):
    closed = {"next_stage_on": None, "closed_on": plan_due.due_on + timedelta(days=1)}
    assert_refused("reviews_late_is_recorded_late", changed(plan_due, state="met", **closed))
    closed["closed_on"] = plan_due.due_on
    assert_refused("reviews_late_is_recorded_late", changed(plan_due, state="met_late", **closed))
    assert_refused("reviews_late_is_recorded_late", changed(plan_due, state="missed", **closed))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("reviews_void_due_says_why", {"state": "void", "closed_on": "2099-01-01", "next_stage_on": None}),
        ("reviews_closed_due_has_its_day", {"closed_on": "2099-01-01"}),
        ("reviews_closed_due_reminds_nobody", {"state": "void", "closed_on": "2099-01-01", "why": "x"}),
        ("reviews_due_names_its_subject", {"service": "Day service"}),
        ("reviews_due_names_its_subject", {"subject": "placement_agreement"}),
        ("reviews_due_dates_in_order", {"cycle": 0}),
    ],
)
def test_a_due_that_makes_no_sense(plan_due, constraint, values):
    assert_refused(constraint, changed(plan_due, **values))


# -- Policies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("reviews_policy_within_the_law", {"first_review_days": 57}),
        ("reviews_policy_within_the_law", {"interval_months": 0}),
        ("reviews_policy_sensible", {"record_days": 61}),
        ("reviews_policy_wanted_soon", {"wanted_days": 57}),
    ],
)
def test_a_policy_that_is_not_one(council, constraint, values):
    assert_refused(
        constraint, lambda: ReviewPolicy.objects.create(council=council, in_force_from=today(), **values)
    )


def test_two_defaults_do_not_begin_on_one_day():
    begin = ReviewPolicy.objects.get(council=None).in_force_from
    assert_refused(
        "reviews_one_policy_version_a_day", lambda: ReviewPolicy.objects.create(in_force_from=begin)
    )


# -- Meetings --------------------------------------------------------------------------------------

HELD = {
    "state": "held",
    "held_on": "2027-01-10",
    "method": "face_to_face",
    "seen_on": "2027-01-10",
    "seen_where": "At home",
    "seen_how": "visit",
    "persons_views": "I like it",
    "how_views_counted": "It stays",
    "s27_impact": "a",
    "s27_outcomes": "b",
    "s27_contribution": "c",
    "s27_needs": "d",
    "options_explained": "All",
    "options_format": "standard",
    "outcome": "no_change",
    "next_due_on": "2028-01-10",
    "next_due_why": "Nothing changes",
}


@pytest.fixture
def meeting(both, care_manager):
    return factories.meeting(both, care_manager)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("reviews_held_has_its_date", {"held_on": None, "next_due_on": "2027-01-11"}),
        ("reviews_held_has_its_date", {"method": ""}),
        ("reviews_held_says_the_person_was_seen", {"seen_on": None}),
        ("reviews_held_says_the_person_was_seen", {"seen_where": ""}),
        ("reviews_held_has_the_persons_views", {"persons_views": ""}),
        ("reviews_held_has_the_persons_views", {"how_views_counted": ""}),
        ("reviews_held_has_s27_answers", {"s27_impact": ""}),
        ("reviews_held_has_s27_answers", {"s27_outcomes": ""}),
        ("reviews_held_has_s27_answers", {"s27_contribution": ""}),
        ("reviews_held_has_s27_answers", {"s27_needs": ""}),
        ("reviews_held_says_options_were_explained", {"options_explained": ""}),
        ("reviews_held_has_an_outcome", {"outcome": ""}),
        ("reviews_held_sets_the_next_date", {"next_due_on": None}),
        ("reviews_held_sets_the_next_date", {"next_due_why": ""}),
        ("reviews_next_within_twelve_months", {"next_due_on": "2028-01-11"}),
        ("reviews_next_within_twelve_months", {"next_due_on": "2027-01-10"}),
        ("reviews_refusal_says_how_capacity_was_known", {"advocate_refused": "No thanks"}),
        ("reviews_reason_when_not_the_care_manager", {"reviewer_role": "other"}),
        ("reviews_cancelled_says_why", {"cancelled_because": "other"}),
        ("reviews_sent_has_its_day", {"sent_on": "2027-01-12"}),
    ],
)
def test_a_held_review_has_everything_or_is_refused(meeting, constraint, values):
    assert_refused(constraint, changed(meeting, **(HELD | values)))


def test_twelve_months_end_on_28_february_after_a_29th(meeting):
    leap = {"held_on": "2028-02-29", "seen_on": "2028-02-29", "next_due_on": "2029-03-01"}
    assert_refused("reviews_next_within_twelve_months", changed(meeting, **(HELD | leap)))
    assert changed(meeting, **(HELD | leap | {"next_due_on": "2029-02-28"}))() == 1


def test_a_reviewing_officer_only_with_a_named_person(meeting, person):
    constraint = "reviews_named_person_with_a_reviewing_officer"
    officer = HELD | {"reviewer_role": "reviewing_officer", "why_not_care_manager": "Leave"}
    assert_refused(constraint, changed(meeting, **officer))
    tied = person.contacts.create(kind="named_person", name="Somebody from the scheme", tie="scheme")
    row = Participant.objects.create(review=meeting, name="Joy", role="advocate", attended=True, contact=tied)
    assert_refused(constraint, changed(meeting, **officer))
    Participant.objects.filter(pk=row.pk).update(contact=None, attended=False)
    assert_refused(constraint, changed(meeting, **officer))
    Participant.objects.filter(pk=row.pk).update(attended=True)
    changed(meeting, **officer)()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert_refused("reviews_held_record_is_never_changed", changed(row, attended=False))


def test_a_documented_refusal_takes_the_place_of_the_named_person(meeting):
    facts = {"advocate_refused": "I speak for myself", "refusal_capacity": "Said why"}
    officer = {"reviewer_role": "reviewing_officer", "why_not_care_manager": "Leave"}
    changed(meeting, **(HELD | officer | facts))()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Review.objects.held().get() == meeting


def test_a_wish_not_followed_has_a_reason(meeting):
    guest = meeting.participants.exclude(role="person").first()
    assert_refused(
        "reviews_difference_from_wishes_has_a_reason", changed(guest, wanted="no", invited_on=today())
    )


@pytest.mark.rule("reviews.record_stays")
def test_a_held_record_is_never_changed(placement, both, care_manager, team):
    factories.agreed(placement)
    factories.incident(placement.person, team)
    promise = {"action-1-words": "Bus", "action-1-owner": "Priya", "action-1-by": today().isoformat()}
    review = factories.held(both, care_manager, **promise)
    constraint = "reviews_held_record_is_never_changed"
    assert_refused(constraint, changed(review, persons_views="Something else"))
    assert_refused(constraint, changed(review, state="scheduled"))
    assert_refused(constraint, lambda: Review.objects.filter(pk=review.pk)._raw_delete("default"))
    children = (
        review.outcome_ratings.get(),
        review.requirement_ratings.get(),
        review.incidents_considered.get(),
    )
    for row in children:
        assert_refused(constraint, changed(row, words="Something else"))
        assert_refused(constraint, lambda row=row: type(row).objects.filter(pk=row.pk)._raw_delete("default"))
    assert_refused(constraint, changed(review.participants.first(), attended=False))
    assert_refused(constraint, changed(review.actions.get(), words="Something else"))
    assert_refused(constraint, changed(review.actions.get(), due_on=ago(-90)))
    twin = review.outcome_ratings.get()
    assert_refused(
        constraint,
        lambda: twin.__class__(review=review, outcome=twin.outcome, rating="met").save(force_insert=True),
    )
    assert for_constraint(constraint) is RECORD_STAYS
    assert changed(review, state="sent", sent_on=today())() == 1


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("reviews_action_has_an_owner", {"owner_name": ""}),
        ("reviews_finished_action_reminds_nobody", {"done_on": "2099-01-01"}),
        (
            "reviews_action_done_or_given_up",
            {"done_on": "2099-01-01", "gave_up_because": "Both", "next_stage_on": None},
        ),
    ],
)
def test_an_action_that_makes_no_sense(both, care_manager, constraint, values):
    promise = {"action-1-words": "Bus", "action-1-owner": "Priya", "action-1-by": today().isoformat()}
    review = factories.held(both, care_manager, **promise)
    assert_refused(constraint, changed(review.actions.get(), **values))


def test_a_subject_is_planned_in_one_meeting_at_a_time(meeting, both, care_manager):
    other = Review.objects.get(pk=meeting.pk)
    other.id = "00000000-0000-4000-8000-000000000002"
    other.save(force_insert=True)
    constraint = "reviews_one_meeting_planned_per_due"
    assert_refused(constraint, lambda: ReviewSubject.objects.create(review=other, due=both[0]))


# -- Who sees what ---------------------------------------------------------------------------------


def sees(user, rows):
    user.__dict__.pop("_current_memberships", None)
    return set(rows.visible_to(user))


def test_the_funding_team_sees_all_and_a_stranger_nothing(
    both, care_manager, team_manager, charlie, commissioner
):
    review = factories.held(both, care_manager)
    for user in (care_manager, team_manager):
        assert sees(user, ReviewDue.objects.open()) == set(ReviewDue.objects.open())
        assert sees(user, Review.objects) == {review}
        assert len(sees(user, RecordOwed.objects)) == 1
    for user in (charlie, commissioner):
        for model in (ReviewDue, Review, RecordOwed, ReviewAction):
            assert sees(user, model.objects) == set()


def test_a_scheme_sees_its_own_placements_reviews_and_those_it_was_invited_to(
    both, placement, person, other_scheme, team, care_manager, scheme_worker
):
    elsewhere = cast.user("Elsewhere", other_scheme, Role.SCHEME_WORKER)
    cast.supports(person, other_scheme, worker=elsewhere)
    assert sees(scheme_worker, ReviewDue.objects) == set(both)
    assert sees(elsewhere, ReviewDue.objects) == {both[0]}  # the plan's, not the other scheme's agreement
    review = factories.meeting(both, care_manager)
    assert sees(scheme_worker, Review.objects) == set()
    Participant.objects.filter(review=review, role="scheme_worker").update(invited_on=today())
    assert sees(scheme_worker, Review.objects) == {review}
    assert sees(elsewhere, Review.objects) == set()
    assert Placement.objects.visible_to(elsewhere).count() == 0


def test_a_reviewing_officer_reads_only_what_they_hold(both, care_manager, reviewing_officer, team):
    other = cast.person(team, care_manager)
    placed = factories.placement(other, both[1].placement.scheme, team)
    theirs = actions.open_first_due(placement=placed, by=care_manager)
    assert sees(reviewing_officer, ReviewDue.objects) == set()
    factories.meeting(
        both,
        care_manager,
        reviewer=reviewing_officer,
        reviewer_role="reviewing_officer",
        why_not_care_manager="Leave",
    )
    assert sees(reviewing_officer, ReviewDue.objects) == set(both)
    assert theirs not in sees(reviewing_officer, ReviewDue.objects)


def test_after_a_transfer_the_new_team_reads_all(both, person, other_team, charlie, care_manager):
    review = factories.held(both, care_manager)
    people.transfer(person=person, to=other_team, worker=charlie, on=today(), by=care_manager)
    assert sees(charlie, Review.objects) == {review}
    assert len(sees(charlie, ReviewDue.objects.open())) == 2
    assert sees(care_manager, Review.objects) == {review}, "what it held itself, for the days the council set"
    assert sees(care_manager, ReviewDue.objects.open()) == set()
    assert sees(care_manager, ReviewDue.objects) == set(both)
