"""A note, a version of About me or a legal fact on the wrong person's record: hidden, and called back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions, gaps
from people.deadlines import ADVOCATE_OWED
from people.models import (
    AboutMe,
    AdvocacyTest,
    ContactNote,
    CopyToRecall,
    LegalFact,
    NoteEnteredInError,
    SharingDecision,
)
from people.queries import sharing_allowed
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.deadlines import REGISTRY

from .. import factories
from .test_legal import fact

pytestmark = pytest.mark.django_db
WHY = "Meant for a namesake"


def listed(client, user, kind):
    client.force_login(user)
    return client.get(reverse("safetynet:entered_in_error", args=[kind])).content.decode()


def write(person, by, days=0, **facts):
    at = timezone.now() - timedelta(days=days)
    return actions.write_contact_note(person=person, words="Seen at home", happened_at=at, by=by, **facts)


def test_a_note_of_somebody_else_is_hidden_and_no_longer_counts_as_seen(
    supported_person, care_manager, scheme_worker, data_officer, client
):
    write(supported_person, care_manager, days=100, how="visit", saw_person=True)
    wrong = write(supported_person, care_manager, how="visit", saw_person=True)
    assert not gaps.not_seen(factories.today()).exists()
    client.force_login(care_manager)
    address = reverse("people:note_in_error", args=[wrong.pk])
    log = reverse("people:contact_log", args=[supported_person.pk])
    assert address in client.get(log).content.decode()
    assert client.post(address, {"form_key": new_key(care_manager), "why": WHY}).url == log
    for user in (care_manager, scheme_worker):
        assert not ContactNote.objects.visible_to(user).filter(pk=wrong.pk).exists()
    assert client.get(address).status_code == 404
    assert gaps.not_seen(factories.today()).exists()
    page = listed(client, data_officer, "notes")
    assert WHY in page and supported_person.reference in page
    assert "Seen at home" not in page


def test_words_of_somebody_else_give_way_to_the_version_before(
    supported_person, scheme_worker, care_manager, data_officer, client
):
    for words in ("Quiet mornings", "Loud mornings"):
        actions.write_about_me(
            person=supported_person, writer="person", most_important=words, by=scheme_worker
        )
    wrong = AboutMe.objects.get(number=2)
    client.force_login(scheme_worker)
    address = reverse("people:about_me_in_error", args=[wrong.pk])
    client.post(address, {"form_key": new_key(scheme_worker), "why": WHY})
    page = client.get(reverse("people:about_me", args=[supported_person.pk])).content.decode()
    assert "Quiet mornings" in page and "Loud mornings" not in page
    actions.write_about_me(person=supported_person, writer="person", by=scheme_worker)
    assert AboutMe.objects.first().number == 3, "a number is never used twice"
    assert "Version" in listed(client, data_officer, "about-me")


def test_a_fact_of_somebody_else_reminds_nobody_and_is_called_back(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    order = {"applied_on": date(2026, 1, 1), "granted_on": date(2026, 2, 1), "reference": "COP 12345"}
    order |= {"until": factories.today() + timedelta(days=300)}
    older = fact(supported_person, care_manager, "liberty", about="The front door is locked", **order)
    wrong = fact(
        supported_person, care_manager, "liberty", about="Somebody else’s door", replaces=older, **order
    )
    share = actions.share_legal_fact(share=wrong.shares.get(scheme=scheme), by=care_manager)
    ends, to_read = REGISTRY["people.legal_fact_ends"], REGISTRY["people.legal_fact_to_read"]
    assert list(ends.open()) == [wrong] and list(to_read.open()) == [share]
    client.force_login(care_manager)
    address = reverse("people:legal_fact_in_error", args=[wrong.pk])
    client.post(address, {"form_key": new_key(care_manager), "why": WHY})
    assert list(ends.open()) == [older] and not to_read.open().exists()
    older.refresh_from_db()
    assert older.holds and older.next_stage_on
    assert list(LegalFact.objects.holding(factories.today())) == [older]
    copy = CopyToRecall.objects.get()
    assert (copy.holder, copy.what) == (str(scheme), "Deprivation of liberty")
    client.force_login(scheme_worker)
    for name, row in (("legal_fact", wrong), ("legal_share", share)):
        assert client.get(reverse(f"people:{name}", args=[row.pk])).status_code == 404
    assert f"{scheme}, given on" in listed(client, data_officer, "legal")


def test_an_objection_of_somebody_else_stops_nothing_any_more(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    said = {"person": supported_person, "what": "legal", "scheme": scheme, "by": care_manager}
    today = factories.today()
    actions.decide_sharing(answer="agrees", words="Yes", since=today - timedelta(days=9), **said)
    share = fact(supported_person, care_manager).shares.get(scheme=scheme)
    wrong = actions.decide_sharing(answer="objects", words="Never", since=today, **said)
    assert not sharing_allowed(supported_person, "legal", scheme, today).allowed
    assert not REGISTRY["people.legal_fact_to_share"].open().exists()
    client.force_login(care_manager)
    address = reverse("people:sharing_in_error", args=[wrong.pk])
    assert address in client.get(reverse("people:sharing", args=[supported_person.pk])).content.decode()
    client.post(address, {"form_key": new_key(care_manager), "why": WHY})
    assert sharing_allowed(supported_person, "legal", scheme, today).allowed
    share.refresh_from_db()
    assert list(REGISTRY["people.legal_fact_to_share"].open()) == [share] and share.next_stage_on
    for user in (care_manager, scheme_worker):
        assert not SharingDecision.objects.visible_to(user).filter(pk=wrong.pk).exists()
    page = listed(client, data_officer, "sharing")
    assert supported_person.reference in page and "Never" not in page


def test_a_test_of_somebody_else_gives_way_to_the_one_before(person, care_manager, data_officer, client):
    asked = {"person": person, "by": care_manager, "remember": False, "weigh": False, "say": False}
    today = factories.today()
    older = actions.ask_about_advocate(tested_on=today - timedelta(days=9), understand=True, **asked)
    wrong = actions.ask_about_advocate(tested_on=today, understand=False, **asked)
    assert not ADVOCATE_OWED.open().exists()
    client.force_login(care_manager)
    address = reverse("people:advocacy_in_error", args=[wrong.pk])
    assert address in client.get(wrong.get_absolute_url()).content.decode()
    client.post(address, {"form_key": new_key(care_manager), "why": WHY})
    assert list(ADVOCATE_OWED.open()) == [older]
    older.refresh_from_db()
    assert older.next_stage_on
    assert list(AdvocacyTest.objects.visible_to(care_manager)) == [older]
    assert client.get(wrong.get_absolute_url()).status_code == 404
    assert WHY in listed(client, data_officer, "advocacy")


@pytest.mark.rule("people.error_says_why")
def test_it_says_why_and_of_which_row(person, care_manager):
    note = write(person, care_manager, how="phone")
    with pytest.raises(RuleBroken, match="needs a reason"):
        actions.note_in_error(note=note, why=" ", by=care_manager)
    with pytest.raises(IntegrityError, match="people_error_says_why"), transaction.atomic():
        NoteEnteredInError.objects.create(person=person, note=note, why="")
    for rows in ({}, {"note": note, "fact": fact(person, care_manager)}):
        with pytest.raises(IntegrityError, match="people_error_is_of_one_row"), transaction.atomic():
            NoteEnteredInError.objects.create(person=person, why=WHY, **rows)
