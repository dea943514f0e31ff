"""A carer stops or is suspended, a scheme leaves: nobody new at once, and everybody there gets an owner and a date."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions as carers
from placements import actions, rules
from placements.deadlines import TO_SETTLE
from placements.models import ToSettle
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db
WORDS = "She wants to stay near her sister"


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker):
    return factories.existing(supported_person, scheme, carer, scheme_worker)


def stops(carer, by, days=0):
    return carers.end_carer(carer=carer, on=factories.days(days), because="resigned", by=by)


def suspended(carer, by):
    return carers.suspend(carer=carer, on=cast.today(), because="concern", by=by)


def assert_refused(code, action, **facts):
    with pytest.raises(RuleBroken) as broken:
        action(**facts)
    assert broken.value.rule.code == code


@pytest.mark.follower("placements.actions.stopping.settle_after_stopping")
def test_everybody_with_the_carer_gets_an_owner_and_a_date(
    placement, team, care_manager, scheme_worker, scheme_manager
):
    stops(placement.carer, scheme_manager, days=90)
    row = ToSettle.objects.get()
    assert (row.placement, row.organisation, row.why) == (placement, team, "stopped")
    assert row.due_on == factories.days(90) - rules.NOTICE
    assert list(TO_SETTLE.owed_by(care_manager)) == [row]
    assert list(TO_SETTLE.owed_by(scheme_worker)) == []
    assert list(TO_SETTLE.waits_for(scheme_worker)) == [row]
    suspended_then = ToSettle.objects.get()
    assert suspended_then.next_stage_on <= row.due_on


def test_at_once_means_within_three_days_and_the_sooner_day_stays(placement, scheme_manager):
    suspended(placement.carer, scheme_manager)
    stops(placement.carer, scheme_manager, days=90)
    row = ToSettle.objects.get()
    assert (row.why, row.due_on) == ("stopped", factories.days(3))


@pytest.mark.rule("carers.takes_nobody_new")
def test_nobody_new_from_that_hour_on(
    ready, person, scheme, carer, emergency_carer, scheme_manager, care_manager
):
    stops(carer, scheme_manager, days=90)
    assert_refused("carers.takes_nobody_new", actions.start, placement=ready, by=scheme_manager)
    assert ToSettle.objects.get().placement == ready
    suspended(emergency_carer, scheme_manager)
    facts = {
        "person": person,
        "scheme": scheme,
        "kind": "short_break",
        "why": "Tonight",
        "by": scheme_manager,
    }
    assert_refused("carers.takes_nobody_new", actions.start_emergency, carer=emergency_carer, **facts)


def test_a_match_with_them_is_not_agreed(
    accepted, person, scheme, carer, care_manager, scheme_worker, scheme_manager
):
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    found = factories.match(accepted, scheme, carer, scheme_worker)
    suspended(carer, scheme_manager)
    assert_refused("carers.takes_nobody_new", factories.agree, match=found, by=care_manager)


@pytest.mark.follower("placements.actions.stopping.carer_is_back")
def test_a_lifted_suspension_closes_it(placement, scheme_manager):
    suspended(placement.carer, scheme_manager)
    row = placement.carer.suspensions.get()
    carers.lift_suspension(suspension=row, on=cast.today(), by=scheme_manager)
    assert ToSettle.objects.get().outcome == "back"


def test_the_end_of_the_placement_closes_it(placement, scheme_manager):
    stops(placement.carer, scheme_manager)
    actions.end(placement=placement, on=cast.today(), reason="carer_stopped", by=scheme_manager)
    row = ToSettle.objects.get()
    assert (row.outcome, row.next_stage_on) == ("ended", None)


@pytest.mark.follower("placements.actions.stopping.settle_after_leaving")
def test_a_scheme_that_leaves_a_home_hands_over_by_name(
    placement, home, scheme, other_scheme, scheme_manager
):
    other = factories.carer(home, scheme_manager)
    carers.leave_home(household=home, scheme=scheme, to=other_scheme, on=cast.today(), by=scheme_manager)
    assert [(r.placement, r.why) for r in ToSettle.objects.all()] == [(placement, "left")]
    row = ToSettle.objects.get()
    facts = {"outcome": "other_carer", "carer": other, "words": WORDS, "by": scheme_manager}
    assert_refused("carers.takes_nobody_new", actions.settle_where, row=row, **facts)


@pytest.mark.rule("placements.with_whom_it_goes_on")
@pytest.mark.rule("placements.settled_once")
def test_it_goes_on_with_the_other_carer_of_the_home(
    placement, home, scheme_worker, scheme_manager, care_manager
):
    other, elsewhere = factories.carer(home, scheme_worker), placement.carer
    stops(placement.carer, scheme_manager)
    row = ToSettle.objects.get()
    facts = {"row": row, "words": WORDS, "by": care_manager}
    assert_refused("placements.with_whom_it_goes_on", actions.settle_where, outcome="other_carer", **facts)
    assert_refused(
        "placements.with_whom_it_goes_on", actions.settle_where, outcome="elsewhere", carer=other, **facts
    )
    assert_refused(
        "placements.with_whom_it_goes_on",
        actions.settle_where,
        outcome="other_carer",
        carer=elsewhere,
        **facts,
    )
    actions.settle_where(outcome="other_carer", carer=other, **facts)
    placement.refresh_from_db()
    assert placement.carer == other
    assert_refused("placements.settled_once", actions.settle_where, outcome="stays", **facts)


def test_the_team_settles_it_on_its_page_and_the_scheme_reads_it(
    placement, client, care_manager, scheme_worker, scheme_manager
):
    stops(placement.carer, scheme_manager)
    row = ToSettle.objects.get()
    url = reverse("placements:settle_where", args=[row.pk])
    client.force_login(scheme_worker)
    typed = {"outcome": "elsewhere", "words": WORDS, "form_version": row.version}
    assert "Not settled yet" in client.get(url).content.decode()
    assert client.post(url, typed | {"form_key": new_key(scheme_worker)}).status_code == 404
    assert "where they live from now on" in client.get(placement.get_absolute_url()).content.decode()
    client.force_login(care_manager)
    assert url in client.get("/").content.decode()
    assert client.post(url, typed | {"form_key": new_key(care_manager)}).status_code == 302
    client.force_login(scheme_worker)
    assert WORDS in client.get(url).content.decode()
    assert WORDS in client.get(placement.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_settled_in_words", "done_on = due_on, next_stage_on = NULL"),
        ("placements_settled_in_words", "words = 'Settled'"),
    ],
)
def test_the_database_keeps_it(placement, scheme_manager, constraint, change):
    stops(placement.carer, scheme_manager)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE placements_tosettle SET {change}")


def test_the_database_keeps_one_at_a_time(placement, scheme_manager):
    stops(placement.carer, scheme_manager)
    row = ToSettle.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="placements_settled_once_at_a_time"), transaction.atomic():
        row.save(force_insert=True)
