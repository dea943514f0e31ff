"""What happens to duties: they open, are met, are missed, are no longer owed."""

from datetime import date, timedelta

import pytest
import time_machine

from careplans.moments import SIGNED_OFF
from people import actions as people
from people.moments import DIED
from placements.moments import ENDED, STARTED
from reviews import actions, rules
from reviews.models import RecordOwed, Review, ReviewDue, ReviewPolicy, ReviewSubject
from sharedlives.rules import RuleBroken
from sharedlives.worklist.workdays import working_days_after

from . import factories
from .factories import ago, today

pytestmark = pytest.mark.django_db


def states(person, subject="placement_agreement"):
    rows = ReviewDue.objects.filter(person=person, subject=subject).order_by("cycle")
    return [(row.state, row.due_on) for row in rows]


@pytest.mark.follower("reviews.actions.open_first_due")
def test_a_start_opens_the_review_of_plan_and_agreement_on_one_day(
    supported_person, scheme, team, care_manager
):
    row = factories.placement(supported_person, scheme, team, started=ago(10))
    STARTED.happened(placement=row, by=care_manager)
    dues = ReviewDue.objects.filter(person=supported_person)
    assert {due.subject for due in dues} == {"care_plan", "placement_agreement"}
    for due in dues:
        assert due.due_on == due.first_due_on == ago(10) + timedelta(days=56)
        assert due.next_stage_on == due.due_on - timedelta(days=42)
        assert due.organisation == team


def test_a_second_placement_keeps_the_open_review_of_the_plan(
    start, supported_person, other_scheme, team, care_manager
):
    factories.started(supported_person, other_scheme, team, care_manager, on=ago(1))
    assert ReviewDue.objects.open().filter(subject="care_plan").count() == 1
    assert ReviewDue.objects.open().filter(subject="placement_agreement").count() == 2


def test_no_missed_review_is_invented_from_before_the_record_began(
    supported_person, scheme, team, care_manager
):
    _row, _plan, due = factories.started(supported_person, scheme, team, care_manager, on=date(2011, 5, 1))
    assert due.due_on == today() + timedelta(days=56)


@pytest.mark.follower("reviews.actions.void_dues")
def test_an_ending_lets_go_of_the_agreement_and_keeps_the_plan(
    placement, plan_due, agreement_due, care_manager
):
    placement.state, placement.ended_on, placement.end_reason = "ended", today(), "moved_on"
    placement.save()
    ENDED.happened(placement=placement, by=care_manager)
    agreement_due.refresh_from_db()
    plan_due.refresh_from_db()
    assert (agreement_due.state, agreement_due.next_stage_on, plan_due.state) == ("void", None, "open")
    assert "moved on" in agreement_due.why


def test_an_ending_by_death_lets_go_of_everything(placement, both, care_manager):
    placement.state, placement.ended_on, placement.end_reason = "ended", today(), "died"
    placement.save()
    ENDED.happened(placement=placement, by=care_manager)
    assert not ReviewDue.objects.open().exists()


@pytest.mark.follower("reviews.actions.void_everything")
def test_a_death_stops_reviews_and_meetings(both, care_manager):
    review = factories.meeting(both, care_manager)
    DIED.happened(person=review.person, on=today(), by=care_manager)
    review.refresh_from_db()
    assert not ReviewDue.objects.open().exists()
    assert (review.state, review.cancelled_because) == ("cancelled", "died")


def test_a_meeting_closes_exactly_its_dues(both, plan_due, agreement_due, care_manager):
    review = factories.held([agreement_due], care_manager)
    plan_due.refresh_from_db()
    agreement_due.refresh_from_db()
    assert (plan_due.state, agreement_due.state) == ("open", "met")
    following = ReviewDue.objects.open().get(subject="placement_agreement")
    assert following.cycle == 2
    assert following.due_on == rules.next_due_on(agreement_due.due_on, review.held_on, 12)
    assert following.next_stage_on == following.due_on - timedelta(days=42)


def test_one_meeting_serves_both(both, care_manager):
    factories.held(both, care_manager)
    assert [state for state, _on in states(both[0].person, "care_plan")] == ["met", "open"]
    assert [state for state, _on in states(both[0].person)] == ["met", "open"]


@pytest.mark.rule("reviews.late_is_late")
def test_late_is_recorded_late_and_the_next_one_counts_from_the_due_date(
    supported_person, scheme, team, care_manager
):
    factories.signed_off(supported_person, care_manager, on=ago(200))
    _row, plan, agreement = factories.started(supported_person, scheme, team, care_manager, on=ago(100))
    factories.held([plan, agreement], care_manager)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.closed_on) == ("met_late", today())
    following = ReviewDue.objects.open().get(subject="placement_agreement")
    assert following.due_on == rules.add_months(agreement.due_on, 12)


def test_a_sooner_date_agreed_at_the_meeting_holds(both, care_manager):
    sooner = today() + timedelta(days=90)
    factories.held(both, care_manager, next_due_on=sooner.isoformat())
    assert set(ReviewDue.objects.open().values_list("due_on", flat=True)) == {sooner}


@pytest.mark.follower("reviews.actions.note_sign_off")
def test_a_meeting_before_sign_off_meets_nothing_until_both_are_signed(
    supported_person, scheme, team, care_manager
):
    _row, plan, agreement = factories.started(supported_person, scheme, team, care_manager)
    review = factories.held([plan, agreement], care_manager, held_on=ago(20))
    agreement.refresh_from_db()
    assert agreement.state == "open"
    assert {subject.outcome for subject in review.subjects.all()} == {"awaiting"}
    SIGNED_OFF.happened(person=supported_person, on=ago(2), by=care_manager)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.closed_on) == ("met", ago(2))
    assert {subject.outcome for subject in review.subjects.all()} == {"met"}
    following = ReviewDue.objects.open().get(subject="placement_agreement")
    assert following.due_on == rules.add_months(ago(20), 12)


def test_a_sign_off_after_the_due_date_makes_it_late(supported_person, scheme, team, care_manager):
    _row, plan, agreement = factories.started(supported_person, scheme, team, care_manager, on=ago(70))
    factories.held([plan, agreement], care_manager, held_on=ago(20))
    SIGNED_OFF.happened(person=supported_person, on=today(), by=care_manager)
    agreement.refresh_from_db()
    assert agreement.state == "met_late"


def test_the_sign_off_itself_tells_reviews(supported_person, scheme, team, care_manager):
    """The moment as careplans lets it happen, not called by hand."""
    _row, plan, agreement = factories.started(supported_person, scheme, team, care_manager)
    factories.held([plan, agreement], care_manager, held_on=ago(3))
    factories.signed_off(supported_person, care_manager, on=today())
    agreement.refresh_from_db()
    assert agreement.state == "met"


# -- Missed ------------------------------------------------------------------------------------------


def late_start(person, scheme, team, by, days):
    """A first review due so many days ago, opened by the clock of its day."""
    with time_machine.travel(ago(days + 56)):
        return factories.started(person, scheme, team, by, on=today())


def test_still_open_after_twelve_months_is_missed_and_the_next_one_opens(
    supported_person, scheme, team, care_manager
):
    late_start(supported_person, scheme, team, care_manager, days=400)
    run = actions.miss_overdue(as_of=today())
    assert run.complete
    assert run.done["missed"] == 2
    first, second = ReviewDue.objects.filter(subject="care_plan").order_by("cycle")
    assert (first.state, first.closed_on) == ("missed", rules.add_months(first.due_on, 12))
    assert (second.state, second.due_on) == ("open", rules.add_months(first.due_on, 12))
    assert actions.miss_overdue(as_of=today()).done["missed"] == 0


def test_after_an_outage_every_missed_round_is_on_record(supported_person, scheme, team, care_manager):
    late_start(supported_person, scheme, team, care_manager, days=800)
    assert actions.miss_overdue(as_of=today()).done["missed"] == 4
    assert [state for state, _on in states(supported_person)] == ["missed", "missed", "open"]


def test_the_day_before_twelve_months_are_over_nothing_is_missed(
    supported_person, scheme, team, care_manager
):
    late_start(supported_person, scheme, team, care_manager, days=300)
    due_on = ReviewDue.objects.first().due_on
    assert actions.miss_overdue(as_of=rules.missed_on(due_on) - timedelta(days=1)).done["missed"] == 0
    assert actions.miss_overdue(as_of=rules.missed_on(due_on)).done["missed"] == 2


def test_a_meeting_planned_for_a_missed_review_is_about_the_next_one(
    supported_person, scheme, team, care_manager
):
    factories.signed_off(supported_person, care_manager)
    late_start(supported_person, scheme, team, care_manager, days=400)
    review = factories.meeting(list(ReviewDue.objects.open()), care_manager)
    actions.miss_overdue(as_of=today())
    actions.hold(review=review, answers=factories.answers(review), by=care_manager)
    assert [state for state, _on in states(supported_person)] == ["missed", "met_late", "open"]


@pytest.mark.rule("reviews.closed_stays_closed")
def test_missed_stays_missed(both, care_manager):
    due = actions.no_longer_owed(due=both[0], why="Moved to another council", on=today(), by=care_manager)
    assert (due.state, due.why) == ("void", "Moved to another council")
    for again in (
        lambda: actions.no_longer_owed(due=due, why="Twice", on=today(), by=care_manager),
        lambda: factories.meeting([due], care_manager),
    ):
        with pytest.raises(RuleBroken) as refused:
            again()
        assert refused.value.rule is rules.CLOSED_STAYS_CLOSED


# -- Services ----------------------------------------------------------------------------------------


@pytest.mark.rule("reviews.one_open_due")
def test_a_new_service_is_looked_at_too_but_once_at_a_time(both, care_manager):
    person = both[0].person
    facts = {"person": person, "service": "Brook day service", "started_on": today(), "by": care_manager}
    due = actions.open_service_due(**facts)
    assert (due.subject, due.due_on) == ("service", today() + timedelta(days=56))
    with pytest.raises(RuleBroken) as refused:
        actions.open_service_due(**facts)
    assert refused.value.rule is rules.ONE_OPEN_DUE


# -- Policies ----------------------------------------------------------------------------------------


def policy(council, **facts):
    return ReviewPolicy(council=council, in_force_from=today(), **({"first_review_days": 42} | facts))


def test_only_a_new_policy_moves_an_open_date_and_both_dates_stay(both, council, administrator, plan_due):
    moves = actions.preview(policy(council))
    assert len(moves) == 2
    assert {move.to for move in moves} == {plan_due.counted_from + timedelta(days=42)}
    assert actions.set_policy(policy=policy(council), by=administrator) == 2
    plan_due.refresh_from_db()
    assert plan_due.due_on == plan_due.first_due_on - timedelta(days=14)
    assert plan_due.next_stage_on == plan_due.due_on - timedelta(days=42)
    assert plan_due.policy.council == council


def test_a_policy_of_another_council_moves_nothing_here(both, other_council, administrator):
    assert actions.preview(policy(other_council)) == []
    assert actions.set_policy(policy=policy(other_council), by=administrator) == 0


def test_a_new_default_moves_only_those_without_their_own(both, council, other_council, administrator):
    actions.set_policy(policy=policy(council, first_review_days=50), by=administrator)
    assert actions.preview(policy(None)) == []


def test_a_policy_of_tomorrow_moves_dates_tomorrow(both, council, administrator):
    later = ReviewPolicy(council=council, in_force_from=today() + timedelta(days=1), first_review_days=42)
    assert len(actions.preview(later)) == 2
    assert actions.set_policy(policy=later, by=administrator) == 0
    assert actions.miss_overdue(as_of=today()).done["moved"] == 0
    assert actions.miss_overdue(as_of=later.in_force_from).done["moved"] == 2


def test_a_closed_review_keeps_its_date_under_a_new_policy(
    both, council, administrator, care_manager, plan_due
):
    factories.held(both, care_manager)
    plan_due.refresh_from_db()
    was = plan_due.due_on
    actions.set_policy(policy=policy(council, interval_months=6), by=administrator)
    plan_due.refresh_from_db()
    following = ReviewDue.objects.open().get(subject="care_plan")
    assert plan_due.due_on == was
    assert following.due_on == rules.add_months(today(), 6)
    assert following.first_due_on == rules.add_months(today(), 12)


def test_a_lost_default_comes_back(supported_person, scheme, team, care_manager):
    ReviewPolicy.objects.all().delete()
    _row, plan, _agreement = factories.started(supported_person, scheme, team, care_manager)
    assert plan.policy.first_review_days == 56


@pytest.mark.rule("reviews.policy_within")
def test_a_policy_may_be_stricter_than_the_law_not_looser(council, administrator):
    for facts in ({"first_review_days": 57}, {"interval_months": 13}):
        with pytest.raises(RuleBroken) as refused:
            actions.set_policy(policy=policy(council, **facts), by=administrator)
        assert refused.value.rule is rules.POLICY_WITHIN


@pytest.mark.rule("reviews.policy_once_a_day")
def test_one_version_begins_on_a_day(council, administrator):
    actions.set_policy(policy=policy(council), by=administrator)
    with pytest.raises(RuleBroken) as refused:
        actions.set_policy(policy=policy(council), by=administrator)
    assert refused.value.rule is rules.POLICY_ONCE_A_DAY


def test_what_was_held_owes_its_record(both, care_manager):
    review = factories.held(both, care_manager)
    owed = RecordOwed.objects.get(review=review)
    assert owed.due_on == working_days_after(today(), 10)
    assert owed.next_stage_on == owed.due_on - timedelta(days=3)
    assert Review.objects.held().get() == review
    assert ReviewSubject.objects.filter(review=review, outcome="met").count() == 2


def promised(both, care_manager):
    promise = {"action-1-words": "Bed", "action-1-owner": "Anna", "action-1-by": today().isoformat()}
    return factories.held(both[:1], care_manager, **promise)


@pytest.mark.follower("reviews.actions.owners.follow_the_funding")
def test_what_is_open_follows_the_funding_at_once(both, person, other_team, charlie, care_manager):
    review = promised(both, care_manager)
    people.transfer(person=person, to=other_team, worker=charlie, on=today(), by=care_manager)
    assert set(ReviewDue.objects.open().values_list("organisation", flat=True)) == {other_team.pk}
    assert RecordOwed.objects.get().organisation == review.actions.get().organisation == other_team
    assert ReviewDue.objects.exclude(state="open").get().organisation != other_team


def test_a_handover_of_tomorrow_is_followed_in_that_night(both, person, other_team, charlie, care_manager):
    promised(both, care_manager)
    tomorrow = today() + timedelta(days=1)
    people.transfer(person=person, to=other_team, worker=charlie, on=tomorrow, by=care_manager)
    assert not ReviewDue.objects.open().filter(organisation=other_team).exists()
    assert actions.miss_overdue(as_of=tomorrow).done == {
        "handed_over": 4,
        "moved": 0,
        "contact_moved": 0,
        "missed": 0,
    }
    assert actions.miss_overdue(as_of=tomorrow).done["handed_over"] == 0
