"""Who is close to a carer: recorded, shown, and kept away from deciding."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions
from carers.models import Carer, CarerTie
from people import actions as people_actions
from sharedlives.permissions import Role
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer(home, scheme):
    return factories.carer(home, scheme)


@pytest.fixture
def kin(carer, scheme, scheme_worker):
    """A scheme manager who is the carer's sister."""
    sister = cast.user("Sister Manager", scheme, Role.SCHEME_MANAGER)
    actions.declare_tie(carer=carer, user=sister, kind="family", by=sister)
    return sister


def test_a_worker_who_is_close_does_not_open_the_carer(carer, kin, scheme_manager, client):
    assert not Carer.objects.visible_to(kin).exists()
    assert Carer.objects.visible_to(scheme_manager).exists()
    client.force_login(kin)
    assert client.get(carer.get_absolute_url()).status_code == 404


@pytest.mark.rule("carers.not_of_kin")
def test_nor_approves_nor_ends_them(carer, kin, scheme_manager):
    for call, facts in (
        (actions.approve, {"kinds": ["live_in"], "since": cast.today()}),
        (actions.end_carer, {"on": cast.today()}),
    ):
        with pytest.raises(RuleBroken, match="Nobody decides about their own family"), transaction.atomic():
            call(carer=carer, by=kin, **facts)
    actions.approve(carer=carer, kinds=["live_in"], since=cast.today(), by=scheme_manager)


@pytest.mark.rule("carers.own_tie")
def test_another_ends_it_with_the_reason(carer, kin, scheme_manager):
    tie = CarerTie.objects.get()
    with pytest.raises(RuleBroken, match="Nobody ends their own"), transaction.atomic():
        actions.end_tie(tie=tie, because="We fell out", by=kin)
    actions.end_tie(tie=tie, because="A namesake", by=scheme_manager)
    assert Carer.objects.visible_to(kin).exists()
    assert tie.history.first().history_change_reason == "A namesake"


@pytest.mark.rule("carers.tied_once")
def test_declared_once(carer, kin, supported_person, scheme_manager):
    for close in ({"user": kin}, {"person": supported_person}, {"person": supported_person}):
        last = {"carer": carer, "kind": "family", "by": scheme_manager} | close
        if close == {"person": supported_person} and not CarerTie.objects.filter(**close).exists():
            actions.declare_tie(**last)
            continue
        with pytest.raises(RuleBroken, match="declared already"), transaction.atomic():
            actions.declare_tie(**last)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("carers_tie_to_a_person_or_a_user", "user_id = NULL"),
        ("carers_tie_dates_in_order", "until = since - 1"),
    ],
)
def test_the_database_keeps_it(kin, constraint, change):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE carers_carertie SET {change}")


def test_kinship_is_recorded_and_shown_on_the_page(carer, supported_person, scheme_worker, client):
    client.force_login(scheme_worker)
    url = reverse("carers:declare_tie", args=[carer.pk])
    typed = {"form_key": new_key(scheme_worker), "kind": "family", "words": "Her aunt"}
    assert "Give either" in client.post(url, typed).content.decode()
    wrong = client.post(url, typed | {"reference": "P-NOBODY"})
    assert "has the reference P-NOBODY" in wrong.content.decode()
    assert client.post(url, typed | {"reference": supported_person.reference}).status_code == 302
    page = client.get(carer.get_absolute_url()).content.decode()
    assert str(supported_person) in page
    assert "Her aunt" in page


def test_a_person_whom_one_may_not_see_stays_without_a_name(
    carer, supported_person, scheme_manager, scheme_worker, client
):
    actions.declare_tie(carer=carer, person=supported_person, kind="family", by=scheme_worker)
    people_actions.restrict(
        person=supported_person,
        kind="invisible",
        reason="A relative works here",
        allowed=[],
        by=scheme_manager,
    )
    client.force_login(scheme_worker)
    page = client.get(carer.get_absolute_url()).content.decode()
    assert "Another person" in page
    assert supported_person.family_name not in page


def test_ended_on_the_page(carer, kin, scheme_manager, client):
    tie = CarerTie.objects.get()
    client.force_login(scheme_manager)
    typed = {"form_key": new_key(scheme_manager), "form_version": 1, "because": "A namesake"}
    assert client.post(reverse("carers:end_tie", args=[tie.pk]), typed).status_code == 302
    assert not CarerTie.objects.current(cast.today()).exists()
