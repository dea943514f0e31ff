"""A carer stops, is suspended and is back; a scheme leaves a home."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from carers import actions
from carers.models import Approval, HouseholdScheme, Requirement, Suspension
from carers.queries import takes_nobody
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories
from .test_views import boxes, get, send  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer(home, scheme, scheme_manager):
    row = factories.carer(home, scheme, given_name="Mary", family_name="Okafor")
    actions.approve(
        carer=row, kinds=["live_in"], since=ago(30), until=ago(-300), emergency=True, by=scheme_manager
    )
    return row


def ago(days):
    return cast.today() - timedelta(days=days)


def suspend(carer, by, because="concern", **facts):
    return actions.suspend(carer=carer, on=cast.today(), because=because, by=by, **facts)


def held(carer):
    return list(Approval.objects.filter(carer=carer).current(cast.today()))


def assert_refused(code, action, **facts):
    with pytest.raises(RuleBroken) as broken:
        action(**facts)
    assert broken.value.rule.code == code
    return broken.value


def test_a_suspended_carer_is_approved_for_nothing_and_for_the_same_as_before_afterwards(
    carer, scheme_manager
):
    suspend(carer, scheme_manager)
    assert held(carer) == []
    assert "not available" in takes_nobody(carer)
    row = carer.suspensions.get()
    actions.lift_suspension(suspension=row, on=cast.today(), by=scheme_manager)
    (again,) = held(carer)
    assert (again.kinds, again.emergency, again.until) == (["live_in"], True, ago(-300))
    assert takes_nobody(carer) == ""


def test_an_approval_that_would_have_ended_meanwhile_does_not_come_back(carer, scheme_manager):
    Approval.objects.filter(carer=carer).update(until=ago(-10))
    suspend(carer, scheme_manager)
    actions.lift_suspension(suspension=carer.suspensions.get(), on=ago(-20), by=scheme_manager)
    assert not Approval.objects.filter(carer=carer).current(ago(-21)).exists()


@pytest.mark.rule("carers.suspended_once")
def test_nobody_is_suspended_twice_or_after_having_stopped(carer, scheme_manager):
    suspend(carer, scheme_manager)
    assert_refused(
        "carers.suspended_once",
        actions.suspend,
        carer=carer,
        on=ago(0),
        because="health",
        by=scheme_manager,
    )
    actions.end_carer(carer=carer, on=ago(0), because="resigned", by=scheme_manager)
    assert carer.suspensions.get().until == ago(0)
    assert_refused(
        "carers.suspended_once",
        actions.suspend,
        carer=carer,
        on=ago(0),
        because="health",
        by=scheme_manager,
    )


@pytest.mark.rule("carers.lift_first")
def test_no_approval_passes_over_a_suspension(carer, scheme_manager):
    suspend(carer, scheme_manager)
    assert_refused(
        "carers.lift_first",
        actions.approve,
        carer=carer,
        kinds=["live_in"],
        since=ago(0),
        by=scheme_manager,
    )


@pytest.mark.rule("carers.lifted_after")
def test_a_suspension_is_lifted_once_and_not_before_it_began(carer, scheme_manager):
    suspend(carer, scheme_manager)
    row = carer.suspensions.get()
    assert_refused(
        "carers.lifted_after", actions.lift_suspension, suspension=row, on=ago(1), by=scheme_manager
    )
    actions.lift_suspension(suspension=row, on=ago(0), by=scheme_manager)
    assert_refused(
        "carers.lifted_after", actions.lift_suspension, suspension=row, on=ago(0), by=scheme_manager
    )


@pytest.mark.rule("carers.stopped_because")
@pytest.mark.parametrize("action", [actions.end_carer, actions.suspend])
def test_another_reason_is_told_in_words(carer, scheme_manager, action):
    facts = {"carer": carer, "on": ago(0), "because": "other", "by": scheme_manager}
    assert_refused("carers.stopped_because", action, **facts)
    action(words="Moves to Wales", **facts)


def test_who_will_stop_takes_nobody_new_from_now_on(carer, scheme_manager):
    actions.end_carer(carer=carer, on=ago(-60), because="retired", by=scheme_manager)
    carer.refresh_from_db()
    assert "stop being a carer" in takes_nobody(carer)
    assert held(carer)  # until that day for those who are there


@pytest.mark.rule("carers.leaves_once")
def test_a_home_goes_to_another_scheme(home, carer, scheme, other_scheme, scheme_manager):
    facts = {"household": home, "scheme": scheme, "on": ago(0), "by": scheme_manager}
    actions.leave_home(to=other_scheme, **facts)
    links = dict(HouseholdScheme.objects.filter(household=home).values_list("scheme", "until"))
    assert links == {scheme.pk: ago(0), other_scheme.pk: None}
    assert takes_nobody(carer, home, scheme) and not takes_nobody(carer, home, other_scheme)
    assert_refused("carers.leaves_once", actions.leave_home, **facts)


@pytest.mark.parametrize(
    ("constraint", "table", "change"),
    [
        ("carers_suspension_dates_in_order", "suspension", "until = since - 1"),
        ("carers_approval_suspended_from_a_day", "approval", "until = NULL"),
        ("carers_stopped_for_a_reason_on_a_day", "carer", "ended_because = 'died'"),
    ],
)
def test_the_database_keeps_it(carer, scheme_manager, constraint, table, change):
    suspend(carer, scheme_manager)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE carers_{table} SET {change}")


def test_the_database_keeps_one_suspension_at_a_time(carer, scheme_manager):
    suspend(carer, scheme_manager)
    row = carer.suspensions.get()
    with pytest.raises(IntegrityError, match="carers_suspended_once_at_a_time"), transaction.atomic():
        Suspension.objects.create(carer=carer, because="health", since=ago(0), by=row.by)


def test_the_pages_suspend_lift_and_stop(send, client, carer, scheme_manager, scheme_worker):  # noqa: F811
    assert get(client, scheme_worker, "suspend", carer.pk).status_code == 403
    typed = {"because": "concern", "words": "Told by a neighbour", **boxes("on", cast.today())}
    assert send(scheme_manager, "suspend", carer.pk, **typed).status_code == 302
    shown = get(client, scheme_worker, "carer", carer.pk).content.decode()
    assert "Told by a neighbour" in shown and "Suspend the approval" not in shown
    row = carer.suspensions.get()
    typed = {"form_version": row.version, **boxes("on", cast.today())}
    assert send(scheme_manager, "lift_suspension", row.pk, **typed).status_code == 302
    assert held(carer)
    typed = {"because": "resigned", **boxes("on", cast.today())}
    assert send(scheme_manager, "end_carer", carer.pk, **typed).status_code == 302
    assert "the carer gave notice" in get(client, scheme_worker, "carer", carer.pk).content.decode()


def test_the_page_of_a_home_says_goodbye(send, client, home, scheme_manager, other_scheme):  # noqa: F811
    assert "no longer works with" in get(client, scheme_manager, "leave_home", home.pk).content.decode()
    typed = {"to": other_scheme.pk, **boxes("on", cast.today())}
    assert send(scheme_manager, "leave_home", home.pk, **typed).status_code == 302
    assert get(client, scheme_manager, "household", home.pk).status_code == 404


@pytest.mark.rule("carers.member_left")
@pytest.mark.rule("carers.member_leaves_after_coming")
def test_somebody_of_the_family_moves_out(send, client, home, scheme_worker, other_scheme, council):  # noqa: F811
    son = actions.add_member(household=home, given_name="Sam", relation="son", by=scheme_worker)
    for day in (ago(1), ago(-1)):
        with pytest.raises(RuleBroken, match="after they came to live there"):
            actions.end_member(member=son, on=day, by=scheme_worker)
    assert "Sam (son)" in get(client, scheme_worker, "household", home.pk).content.decode()
    answer = send(scheme_worker, "end_member", son.pk, **boxes("on", cast.today()))
    assert answer.status_code == 302
    assert "Sam (son)" not in get(client, scheme_worker, "household", home.pk).content.decode()
    assert not Requirement.objects.filter(member=son, next_stage_on__isnull=False).exists()
    with pytest.raises(RuleBroken, match="left the home already"):
        actions.end_member(member=son, on=cast.today(), by=scheme_worker)
    far = factories.home(council, other_scheme)
    stranger = actions.add_member(household=far, given_name="Zoe", relation="aunt", by=scheme_worker)
    assert get(client, scheme_worker, "end_member", stranger.pk).status_code == 404


def test_a_scheme_closes_in_one_step(send, client, home, other_home, council, scheme_manager, other_scheme):  # noqa: F811
    far = factories.home(council, other_scheme)
    shown = get(client, scheme_manager, "leave_homes").content.decode()
    assert str(home) in shown and str(other_home) in shown and str(far) not in shown and "2 homes" in shown
    scheme = home.scheme_links.get().scheme
    typed = {"scheme": scheme.pk, "to": other_scheme.pk, **boxes("on", cast.today())}
    assert send(scheme_manager, "leave_homes", **typed).status_code == 422, "the list was not read"
    assert send(scheme_manager, "leave_homes", read="on", **typed).status_code == 302
    left = HouseholdScheme.objects.filter(until=None).values_list("household", "scheme")
    assert set(left) == {(one.pk, other_scheme.pk) for one in (home, other_home, far)}
    with pytest.raises(RuleBroken, match="does not work with this home any more"):
        actions.leave_homes(scheme=scheme, on=cast.today(), by=scheme_manager)
