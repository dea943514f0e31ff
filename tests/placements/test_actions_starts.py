"""Moving in: through the gate, with a named gap, by emergency, or as it was found; and what is owed then."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from carers import actions as carers
from carers.models import Stay, TrainingCourse
from people.models import Involvement, Person
from people.visibility import Level
from placements import actions, moments
from placements.models import OwedAfterEmergency, Placement
from sharedlives.rules import RuleBroken

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch):
    """What followers of STARTED are told."""
    heard = []
    monkeypatch.setattr(moments.STARTED, "followers", [lambda **facts: heard.append(facts)])
    return heard


def codes_of(refused):
    return {error.code for error in refused.value.error_list}


def test_a_start_books_the_stay_and_opens_the_schemes_involvement(
    ready, person, scheme, scheme_worker, started
):
    placement = actions.start(placement=ready, by=scheme_worker)
    assert (placement.state, placement.starts_on) == ("active", factories.today())
    stay = placement.bookings.get().stay
    assert (stay.state, stay.hold_until) == ("booked", None)
    roles = Involvement.objects.current(factories.today()).filter(organisation=scheme, person=person)
    assert [row.role for row in roles] == ["supports"]
    assert Person.objects.visible_to(scheme_worker, least=Level.SUPPORTS).filter(pk=person.pk).exists()
    assert started == [{"placement": placement, "by": scheme_worker}]
    assert placement.match.referral.__class__.objects.get().closed_reason == "arranged"
    assert set(placement.gate_answers.values_list("passed", flat=True)) == {True}
    assert not placement.owed.exists()


@pytest.mark.rule("placements.gate_assessment")
@pytest.mark.rule("placements.gate_responsibilities")
@pytest.mark.rule("placements.gate_risk")
@pytest.mark.rule("placements.gate_agreement")
def test_a_refusal_names_every_shut_gate_with_what_mends_it(agreed, scheme_worker):
    with pytest.raises(RuleBroken) as refused:
        actions.start(placement=agreed, by=scheme_worker)
    assert codes_of(refused) == {
        "placements.gate_assessment",
        "placements.gate_responsibilities",
        "placements.gate_risk",
        "placements.gate_agreement",
    }
    words = " ".join(refused.value.messages)
    assert "Answer the three questions on the person’s risk page." in words
    assert "SCIE At a glance 02" in words
    agreed.refresh_from_db()
    assert agreed.state == "agreed"
    assert Stay.objects.get().state == "held"


@pytest.mark.rule("placements.gate_plan")
def test_no_start_without_the_plan_acknowledged_whatever_the_reason(
    ready, care_manager, team_manager, scheme_manager
):
    """A newer version was signed since: the scheme holds an older one."""
    factories.careplans.signed_plan(ready.person, care_manager)
    with pytest.raises(RuleBroken) as refused:
        actions.start(
            placement=ready,
            reasons={"plan": "It is in the post"},
            agreed_with=team_manager,
            by=scheme_manager,
        )
    assert codes_of(refused) == {"placements.gate_plan"}


@pytest.mark.rule("placements.gate_capacity")
def test_no_start_when_the_hold_ran_out_and_the_home_is_full(
    ready, home, team, care_manager, scheme_worker, scheme_manager
):
    carers.release(stay=ready.bookings.get().stay, by=None)
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, ready.scheme, ready.carer, scheme_worker)
    with pytest.raises(RuleBroken) as refused:
        actions.start(placement=ready, reasons={"capacity": "There is a sofa"}, by=scheme_manager)
    assert codes_of(refused) == {"placements.gate_capacity"}


def test_a_hold_that_ran_out_is_claimed_anew_while_there_is_room(ready, scheme_worker):
    carers.release(stay=ready.bookings.get().stay, by=None)
    placement = actions.start(placement=ready, by=scheme_worker)
    assert sorted(booking.stay.state for booking in placement.bookings.all()) == ["booked", "released"]


@pytest.mark.rule("placements.gate_one_place")
def test_no_start_while_the_person_has_a_home_elsewhere(
    ready, scheme, council, scheme_worker, scheme_manager
):
    carers.release(stay=ready.bookings.get().stay, by=None)
    elsewhere = factories.home(scheme, council, scheme_worker)
    carers.claim_place(
        person=ready.person,
        household=elsewhere,
        claim="home",
        period=ready.bookings.get().stay.period,
        state="booked",
        by=scheme_worker,
    )
    with pytest.raises(RuleBroken) as refused:
        actions.start(placement=ready, reasons={"one_place": "Two homes"}, by=scheme_manager)
    assert codes_of(refused) == {"placements.gate_one_place"}


@pytest.mark.rule("placements.gate_approval")
@pytest.mark.rule("placements.gate_training")
def test_approval_and_training_are_asked_on_the_day(ready, scheme_worker):
    factories.carers.approve(
        carer=ready.carer, kinds=["short_break"], since=factories.today(), by=scheme_worker
    )
    factories.TrainingCourse.objects.create(slug="moving", name="Moving and handling", mandatory=True)
    with pytest.raises(RuleBroken) as refused:
        actions.start(placement=ready, by=scheme_worker)
    assert codes_of(refused) == {"placements.gate_approval", "placements.gate_training"}
    assert "Moving and handling was not done" in " ".join(refused.value.messages)


@pytest.mark.rule("placements.gap_needs_managers")
def test_a_named_gap_needs_both_managers(agreed, scheme_worker, scheme_manager, team_manager):
    reasons = dict.fromkeys(
        ["assessment", "responsibilities", "risk", "agreement"], "The team meets on Monday"
    )
    for by, agreed_with in ((scheme_worker, team_manager), (scheme_manager, None)):
        with pytest.raises(RuleBroken) as refused:
            actions.start(placement=agreed, reasons=reasons, agreed_with=agreed_with, by=by)
        assert codes_of(refused) == {"placements.gap_needs_managers"}
    placement = actions.start(placement=agreed, reasons=reasons, agreed_with=team_manager, by=scheme_manager)
    answer = placement.gate_answers.get(gate="risk")
    assert (answer.passed, answer.why_not, answer.agreed_with) == (
        False,
        "The team meets on Monday",
        team_manager,
    )
    owed = placement.owed.get(what="risk")
    assert owed.due_on == factories.days(3)
    assert owed.next_stage_on == factories.days(3)
    assert placement.owed.count() == 4


@pytest.mark.rule("placements.not_in_the_future")
def test_a_start_is_recorded_on_the_day_or_afterwards(ready, scheme_worker):
    with pytest.raises(RuleBroken, match="has not come yet"):
        actions.start(placement=ready, on=factories.days(1), by=scheme_worker)
    assert actions.start(
        placement=ready, on=factories.days(-1), by=scheme_worker
    ).starts_on == factories.days(-1)
    assert ready.bookings.get().stay.period.lower == factories.days(-1)


@pytest.mark.rule("placements.state")
def test_a_placement_starts_once(ready, scheme_worker):
    actions.start(placement=ready, by=scheme_worker)
    with pytest.raises(RuleBroken, match="is current"):
        actions.start(placement=ready, by=scheme_worker)


# -- Emergencies --------------------------------------------------------------------------------------


def emergency(person, scheme, carer, by, **facts):
    facts = {"kind": "short_break", "why": "Her mother was taken to hospital"} | facts
    return actions.start_emergency(person=person, scheme=scheme, carer=carer, by=by, **facts)


@pytest.mark.rule("placements.gate_emergency")
def test_no_emergency_with_a_carer_who_is_not_approved_or_not_trained(
    referral, person, scheme, home, scheme_worker
):
    course = factories.emergency_course()
    untrained = factories.carer(home, scheme_worker, emergency=True, skilled=False)
    factories.trained(untrained, scheme_worker, but=course)
    unapproved = factories.trained(factories.carer(home, scheme_worker, skilled=False), scheme_worker)
    for carer, why in (
        (untrained, f"{course.name} was not done"),
        (unapproved, "not approved for emergencies"),
    ):
        with pytest.raises(RuleBroken) as refused:
            emergency(person, scheme, carer, scheme_worker)
        assert codes_of(refused) == {"placements.gate_emergency"}
        assert why in refused.value.messages[0]
    assert not Placement.objects.exists()


def test_training_that_ran_out_does_not_count(referral, person, scheme, home, scheme_worker):
    course = factories.emergency_course()
    carer = factories.carer(home, scheme_worker, emergency=True, skilled=False)
    factories.trained(carer, scheme_worker, but=course)
    course.refresh_months = 1
    course.save()
    carers.record_training(carer=carer, course=course, done_on=factories.days(-60), by=scheme_worker)
    with pytest.raises(RuleBroken, match=f"{course.name} has expired"):
        emergency(person, scheme, carer, scheme_worker)


def test_an_emergency_owes_everything_else_within_three_days(
    referral, person, team, scheme, emergency_carer, scheme_worker, started
):
    placement = emergency(person, scheme, emergency_carer, scheme_worker)
    assert (placement.state, placement.route, placement.funding_team) == ("active", "emergency", team)
    stay = placement.bookings.get().stay
    assert (stay.claim, stay.state) == ("night", "booked")
    assert set(placement.owed.values_list("what", flat=True)) == {
        "plan",
        "assessment",
        "responsibilities",
        "risk",
        "agreement",
    }
    assert set(placement.owed.values_list("due_on", flat=True)) == {factories.today() + timedelta(days=3)}
    assert started == [{"placement": placement, "by": scheme_worker}]


def test_no_emergency_into_a_full_home(
    referral, person, team, scheme, emergency_carer, care_manager, scheme_worker
):
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, scheme, emergency_carer, scheme_worker)
    with pytest.raises(RuleBroken, match="no place free"):
        emergency(person, scheme, emergency_carer, scheme_worker)


@pytest.mark.rule("placements.long_term_by_review")
def test_an_emergency_becomes_a_home_for_good_only_by_review(
    referral, person, scheme, emergency_carer, scheme_worker, care_manager
):
    with pytest.raises(RuleBroken, match="only through a full review"):
        emergency(person, scheme, emergency_carer, scheme_worker, kind="live_in", purpose="home")
    placement = emergency(person, scheme, emergency_carer, scheme_worker, kind="live_in")
    placement = actions.agree_long_term(placement=placement, on=factories.today(), by=care_manager)
    assert (placement.purpose, placement.long_term_agreed_on) == ("home", factories.today())
    assert Stay.objects.counted().get(person=person).claim == "home"


@pytest.mark.rule("placements.still_owed")
def test_what_is_there_now_is_no_longer_owed(
    referral, person, scheme, emergency_carer, scheme_worker, care_manager
):
    course = TrainingCourse.objects.create(slug="boats", name="Boats", mandatory=True)
    placement = emergency(person, scheme, emergency_carer, scheme_worker)
    with pytest.raises(RuleBroken, match="still missing"):
        actions.settle(placement=placement, by=scheme_worker)
    risk = placement.owed.get(what="risk")
    factories.signed_risk(person, care_manager)  # it closes by itself
    risk.refresh_from_db()
    assert (risk.done_on, risk.next_stage_on) == (factories.today(), None)
    assert placement.owed.open().count() == 5
    TrainingCourse.objects.filter(pk=course.pk).update(
        mandatory=False
    )  # and here nothing happened to the carer
    actions.settle(placement=placement, by=scheme_worker)
    assert placement.owed.get(what="training").done_on == factories.today()
    assert placement.owed.open().count() == 4


# -- What is true already ------------------------------------------------------------------------------


def test_a_fourth_adult_is_refused_in_plain_words_and_recorded_when_it_is_true(
    ready, team, scheme, home, care_manager, scheme_worker
):
    """Three live there; the hold of the fourth is refused, what is true is not."""
    carers.release(stay=ready.bookings.get().stay, by=None)
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, scheme, ready.carer, scheme_worker)
    newcomer = people.person(team, worker=care_manager)
    referral = factories.accepted(newcomer, team, care_manager, scheme, scheme_worker)
    factories.held_plan(newcomer, scheme, care_manager, scheme_worker)
    match = factories.match(referral, scheme, ready.carer, scheme_worker)
    with pytest.raises(RuleBroken) as refused:
        actions.agree_match(match=match, starts_on=factories.today(), by=care_manager, **factories.FEWER)
    assert "at most three adults at any one time" in refused.value.messages[0]
    match.refresh_from_db()
    assert match.state == "proposed"
    fourth = factories.existing(newcomer, scheme, ready.carer, scheme_worker, since=factories.today())
    assert fourth.out_of_rule
    assert fourth.bookings.get().stay.state == "found"
    assert set(fourth.owed.values_list("due_on", flat=True)) == {factories.days(3)}


def test_living_there_for_years_is_put_right_once_everything_is_there(
    person, scheme, carer, care_manager, scheme_worker, started
):
    placement = factories.existing(person, scheme, carer, scheme_worker)
    assert started[0]["placement"] == placement
    assert Person.objects.visible_to(scheme_worker, least=Level.SUPPORTS).filter(pk=person.pk).exists()
    with pytest.raises(RuleBroken, match="still missing"):
        actions.put_right(placement=placement, by=scheme_worker)
    factories.ready(placement, care_manager, scheme_worker)
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    placement = actions.put_right(placement=placement, by=scheme_worker)
    assert not placement.out_of_rule
    assert placement.bookings.get().stay.state == "booked"
    assert not placement.owed.open().exists()


# -- Ending -----------------------------------------------------------------------------------------------


def test_an_ending_frees_the_place_and_ends_the_schemes_part(
    ready, person, scheme_worker, care_manager, monkeypatch
):
    heard = []
    monkeypatch.setattr(moments.ENDED, "followers", [lambda **facts: heard.append(facts)])
    placement = actions.start(placement=ready, on=factories.days(-5), by=scheme_worker)
    placement = actions.end(
        placement=placement, on=factories.today(), reason="moved_on", words="Own flat", by=care_manager
    )
    assert (placement.state, placement.end_reason) == ("ended", "moved_on")
    assert placement.bookings.get().stay.period.upper == factories.today()
    assert not Person.objects.visible_to(scheme_worker, least=Level.SUPPORTS).filter(pk=person.pk).exists()
    assert heard == [{"placement": placement, "by": care_manager}]


def test_the_scheme_goes_on_where_another_placement_runs(
    ready, person, scheme, home, scheme_worker, care_manager
):
    placement = actions.start(placement=ready, by=scheme_worker)
    factories.existing(
        person, scheme, factories.carer(home, scheme_worker), scheme_worker, kind="day_support"
    )
    actions.end(placement=placement, on=factories.today(), reason="family", by=care_manager)
    assert Person.objects.visible_to(scheme_worker, least=Level.SUPPORTS).filter(pk=person.pk).exists()


@pytest.mark.rule("placements.dates_in_order")
def test_an_ending_comes_after_the_beginning(ready, scheme_worker, care_manager):
    placement = actions.start(placement=ready, by=scheme_worker)
    with pytest.raises(RuleBroken, match="before it began"):
        actions.end(placement=placement, on=factories.days(-1), reason="family", by=care_manager)
    with pytest.raises(RuleBroken, match="has not come yet"):
        actions.end(placement=placement, on=factories.days(1), reason="family", by=care_manager)


def test_what_never_started_gives_its_hold_back_and_leaves_the_referral_open(agreed, care_manager):
    placement = actions.end(placement=agreed, on=factories.today(), reason="other", by=care_manager)
    assert placement.end_reason == "never_started"
    assert Stay.objects.get().state == "released"
    placement.match.refresh_from_db()
    assert placement.match.state == "ended"
    assert placement.match.referral.state == "sent"


@pytest.mark.follower("placements.actions.endings.end_after_death")
def test_a_death_ends_what_ran_and_what_was_agreed(
    ready, person, scheme, carer, scheme_worker, care_manager, home
):
    running = actions.start(placement=ready, on=factories.days(-10), by=scheme_worker)
    people.actions.record_death(person=person, on=factories.days(-2), by=care_manager)
    running.refresh_from_db()
    assert (running.state, running.end_reason, running.ended_on) == ("ended", "died", factories.days(-1))
    assert running.bookings.get().stay.period.upper == factories.days(-1)


def test_an_ended_placement_leaves_nothing_owed(referral, person, scheme, emergency_carer, scheme_worker):
    placement = emergency(person, scheme, emergency_carer, scheme_worker)
    actions.end(placement=placement, on=factories.today(), reason="hospital", by=scheme_worker)
    assert not OwedAfterEmergency.objects.open().exists()
    assert set(OwedAfterEmergency.objects.values_list("closed_because", flat=True)) == {"The placement ended"}


# -- The database keeps it too ---------------------------------------------------------------------------


@pytest.mark.rule("placements.booking_where_the_kind_has_one")
def test_a_placement_in_a_home_has_a_booking_of_the_same_person(ready, team, care_manager, scheme_worker):
    other = people.person(team, worker=care_manager)
    with transaction.atomic():
        ready.bookings.all().delete()
        with pytest.raises(IntegrityError, match="takes a place exactly where"):
            flush()
        transaction.set_rollback(True)
    with transaction.atomic():
        Stay.objects.filter(booking__placement=ready).update(person=other)
        ready.bookings.first().save()
        with pytest.raises(IntegrityError, match="same person"):
            flush()
        transaction.set_rollback(True)


def flush():
    """What waits for the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
