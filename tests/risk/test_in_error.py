"""An incident, a change, a foreseen need or an agreement on the wrong person's record is hidden by the council."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from risk import actions, queries
from risk.deadlines import CHANGE, CQC_NOTICE, FORESEEN, INCIDENT_READ
from risk.models import Concern, EventEnteredInError, ResponsibilityAgreement
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..people.test_in_error import WHY, listed
from . import factories

pytestmark = pytest.mark.django_db


def hide(client, user, name, row, shown_on):
    client.force_login(user)
    address = reverse(f"risk:{name}_in_error", args=[row.pk])
    assert address in client.get(shown_on).content.decode()
    assert client.post(address, {"form_key": new_key(user), "why": WHY}).status_code == 302
    assert client.get(address).status_code == 404


def test_an_incident_that_did_not_concern_a_person_stays_with_the_others(
    supported_person, team, care_manager, scheme_worker, data_officer, client
):
    told = {"cqc_notifiable": True, "cqc_kind": "injury", "words": "Her arm"}
    found = factories.incident(supported_person, scheme_worker, **told)
    other = cast.person(team)
    actions.name_person(found, other, "His foot", scheme_worker)
    wrong, right = found.people.get(person=supported_person), found.people.get(person=other)
    client.force_login(scheme_worker)
    address = reverse("risk:incident_in_error", args=[wrong.pk])
    assert client.get(address).status_code == 403, "nobody hides what happened in their own house"
    hide(client, care_manager, "incident", wrong, found.get_absolute_url())
    days = (cast.today() - timedelta(days=1), cast.today())
    assert not queries.incidents_between(supported_person, *days).exists()
    assert list(queries.incidents_between(other, *days)) == [found]
    assert list(INCIDENT_READ.open()) == [right]
    assert list(CQC_NOTICE.open()) == [found]
    page = listed(client, data_officer, "incidents")
    assert supported_person.reference in page and "Her arm" not in page
    actions.incident_in_error(row=right, why=WHY, by=care_manager)
    assert not CQC_NOTICE.open().exists(), "told from where it is recorded anew"


def test_nobody_answers_or_awaits_here_what_is_about_somebody_else(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    change = actions.notice_change(person=supported_person, kind="mood", words="Sad", by=scheme_worker)
    in_spring = cast.today() + timedelta(days=60)
    foreseen = {"words": "Mother is 80", "look_again_on": in_spring}
    need = actions.foresee(person=supported_person, by=care_manager, **foreseen)
    for name, row, deadline, kind in (
        ("change", change, CHANGE, "changes"),
        ("need", need, FORESEEN, "foreseen"),
    ):
        assert list(deadline.open()) == [row]
        hide(client, care_manager, name, row, row.get_absolute_url())
        assert not deadline.open().exists()
        row.refresh_from_db()
        assert row.next_stage_on is None
        assert WHY in listed(client, data_officer, kind)


def test_an_agreement_about_somebody_else_opens_no_gate(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    wrong = factories.agreed(supported_person, scheme, care_manager, scheme_worker)
    hide(client, care_manager, "responsibilities", wrong, wrong.get_absolute_url())
    assert not queries.agreed_responsibilities(supported_person, scheme).exists()
    for user in (care_manager, scheme_worker):
        assert not ResponsibilityAgreement.objects.visible_to(user).exists()
    page = listed(client, data_officer, "responsibilities")
    assert str(wrong.team) in page and WHY in page


def test_a_concern_is_never_hidden_but_put_on_the_right_record(
    supported_person, team, care_manager, team_manager, scheme_worker, client
):
    right = cast.person(team)
    moved, lost = (factories.concern(supported_person, scheme_worker) for _each in range(2))
    client.force_login(care_manager)
    address = reverse("risk:concern_about", args=[moved.pk])
    assert "the reference of the right person" in client.get(address).content.decode()
    sent = {"about": ["carer"], "form_version": moved.version}
    client.post(address, sent | {"form_key": new_key(care_manager), "reference": right.reference})
    moved.refresh_from_db()
    assert moved.person == right
    assert not Concern.objects.visible_to(scheme_worker).filter(pk=moved.pk).exists()
    client.post(
        reverse("risk:concern_about", args=[lost.pk]),
        sent | {"form_key": new_key(care_manager), "not_theirs": "on"},
    )
    lost.refresh_from_db()
    assert (lost.person, lost.reach) == (None, "managers")
    assert list(Concern.objects.visible_to(team_manager).filter(person=None)) == [lost]
    assert not Concern.objects.visible_to(care_manager).filter(pk=lost.pk).exists()


def test_it_says_why_and_of_which_row(supported_person, scheme_worker, care_manager):
    change = actions.notice_change(person=supported_person, kind="mood", words="Sad", by=scheme_worker)
    with pytest.raises(RuleBroken, match="needs a reason"):
        actions.change_in_error(change=change, why=" ", by=care_manager)
    for constraint, facts in (
        ("risk_event_error_says_why", {"why": "", "change": change}),
        ("risk_event_error_is_of_one_row", {"why": WHY}),
        ("risk_event_error_is_of_one_row", {"why": WHY, "change": change, "need_id": uuid4()}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            EventEnteredInError.objects.create(person=supported_person, **facts)
