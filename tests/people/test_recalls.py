"""Copies of what was entered in error: work for whoever gave them away, until the holder has answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions
from people.deadlines import COPY_TO_RECALL
from people.models import CopyToRecall
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast

pytestmark = pytest.mark.django_db


def listed(person, organisation, by, holder="Harbour Shared Lives"):
    return actions.recall_copies(
        person=person,
        organisation=organisation,
        record_id=uuid4(),
        what="Care and support plan, version 2",
        copies=[(holder, given_on()), (holder, given_on())],
        by=by,
    )[0]


def given_on():
    return cast.today() - timedelta(days=10)


@pytest.fixture
def copy(supported_person, team, care_manager):
    return listed(supported_person, team, care_manager)


def test_the_named_worker_finds_it_on_my_work_due_within_three_days(
    copy, care_manager, scheme_worker, scheme_manager, client
):
    assert (copy.due_on - cast.today()).days == 3
    assert copy.next_stage_on == cast.today()
    assert list(COPY_TO_RECALL.owed_by(care_manager)) == [copy]
    assert not CopyToRecall.objects.visible_to(scheme_worker).exists()
    assert not CopyToRecall.objects.visible_to(scheme_manager).exists()
    client.force_login(care_manager)
    assert reverse("people:recall", args=[copy.pk]) in client.get("/").content.decode()


def test_what_a_scheme_gave_away_is_the_schemes_and_the_team_reads_how_it_stands(
    supported_person, scheme, scheme_worker, care_manager
):
    copy = listed(supported_person, scheme, scheme_worker, "Mary Okafor, carer")
    assert list(COPY_TO_RECALL.owed_by(scheme_worker)) == [copy]
    assert COPY_TO_RECALL.responsible(copy) == (supported_person, scheme)
    assert not COPY_TO_RECALL.owed_by(care_manager).exists()
    assert COPY_TO_RECALL.visible_to(care_manager).exists()


def test_after_a_handover_the_team_that_funds_now_has_it(
    copy, supported_person, care_manager, other_team, charlie
):
    actions.transfer(person=supported_person, to=other_team, worker=charlie, on=cast.today(), by=care_manager)
    assert list(COPY_TO_RECALL.owed_by(charlie)) == [copy]
    assert COPY_TO_RECALL.responsible(copy) == (supported_person, other_team)
    assert not COPY_TO_RECALL.owed_by(care_manager).exists()


def test_asked_then_answered_on_its_page(copy, care_manager, client):
    client.force_login(care_manager)
    url = reverse("people:recall", args=[copy.pk])
    assert "give it back or destroy it" in client.get(url).content.decode()

    def send(**typed):
        day = {
            f"asked_on_{n}": part
            for n, part in enumerate((cast.today().day, cast.today().month, cast.today().year))
        }
        version = CopyToRecall.objects.get().version
        typed |= day | {"form_key": new_key(care_manager), "form_version": version}
        assert client.post(url, typed).status_code == 302
        copy.refresh_from_db()

    send()
    assert (copy.asked_on, copy.asked_by, copy.answered_on) == (cast.today(), care_manager, None)
    assert copy.next_stage_on is not None
    send(answer="Shredded this morning")
    assert (copy.answered_on, copy.answer, copy.next_stage_on) == (
        cast.today(),
        "Shredded this morning",
        None,
    )
    assert not COPY_TO_RECALL.owed_by(care_manager).exists()
    page = client.get(url).content.decode()
    assert "Shredded this morning" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.rule("people.asked_after_given")
@pytest.mark.parametrize("day", [given_on() - timedelta(days=1), cast.today() + timedelta(days=2)])
def test_asked_neither_before_it_was_given_nor_in_the_future(copy, care_manager, day):
    with pytest.raises(RuleBroken, match="asked back from that day until today"):
        actions.note_recall(copy=copy, asked_on=day, by=care_manager)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        (
            "people_recall_answer_follows_asking",
            "answered_on = due_on, answer = 'Gone', next_stage_on = NULL",
        ),
        ("people_recall_answer_follows_asking", "answer = 'Gone'"),
        ("people_recall_was_asked_by_somebody", "asked_on = due_on"),
    ],
)
def test_the_database_keeps_it(copy, constraint, change):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE people_copytorecall SET {change}")


def test_a_copy_is_listed_once(copy, care_manager):
    with pytest.raises(IntegrityError, match="people_copy_is_recalled_once"), transaction.atomic():
        CopyToRecall.objects.create(
            person=copy.person,
            organisation=copy.organisation,
            record_id=copy.record_id,
            what=copy.what,
            holder=copy.holder,
            given_on=copy.given_on,
            due_on=cast.today(),
        )
