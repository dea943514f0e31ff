"""How a person communicates is asked again within the council's days; and open dates follow the council's policy."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions
from people.deadlines import COMMUNICATION
from people.deadlines import CONTACT as CONTACT_DUE
from people.gaps import NEVER_ASKED
from people.models import CommunicationNeed, ContactPolicy
from sharedlives.forms import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.actions import check_stages, send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories

pytestmark = pytest.mark.django_db
TODAY = factories.today


def ago(days):
    return TODAY() - timedelta(days=days)


def ask(person, by, **facts):
    return actions.add_communication_need(
        person=person, by=by, **{"kind": "support", "words": "Short sentences"} | facts
    )


def asked_before(need, days):
    """As if it had been asked so many days ago."""
    CommunicationNeed.objects.filter(pk=need.pk).update(
        asked_on=ago(days), due_on=ago(days - 365), next_stage_on=ago(days - 351)
    )


def never_asked():
    return [row.subject_id for row in NEVER_ASKED.found(TODAY())]


def test_who_was_asked_a_year_ago_is_asked_again(person, care_manager, team_manager, client):
    assert never_asked() == [person.pk]
    need = ask(person, care_manager)
    need.refresh_from_db()
    assert never_asked() == []
    assert need.due_on == TODAY() + timedelta(days=365)
    asked_before(need, 370)
    assert list(COMMUNICATION.owed_by(care_manager)) == [need]
    client.force_login(care_manager)
    assert (
        "A person is to be asked again how they communicate" in client.get(reverse("home")).content.decode()
    )
    door = client.get(reverse("people:communication_due", args=[need.pk]))
    assert door.url == reverse("people:ask_again", args=[person.pk])
    send_reminders(as_of=TODAY() + timedelta(days=30), limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="people.communication")
    assert [copy.recipient for copy in copies] == [team_manager]
    actions.ask_again_how_to_communicate(person=person, asked_on=TODAY(), still=[need], by=care_manager)
    need.refresh_from_db()
    assert (need.asked_on, need.due_on) == (TODAY(), TODAY() + timedelta(days=365))
    assert not COMMUNICATION.open().filter(due_on__lte=TODAY()).exists()
    assert check_stages(as_of=TODAY()).done["drifted"] == 0


def test_what_was_asked_about_longest_ago_keeps_the_day(person, care_manager):
    first = ask(person, care_manager)
    asked_before(first, 100)
    second = ask(person, care_manager, words="Large print", kind="format", format="large_print")
    assert list(COMMUNICATION.open()) == [first]
    actions.ask_again_how_to_communicate(person=person, asked_on=TODAY(), still=[second], by=care_manager)
    first.refresh_from_db()
    assert first.until == TODAY()
    assert list(COMMUNICATION.open()) == [second]
    with pytest.raises(IntegrityError, match="people_ended_need_keeps_no_clock"), transaction.atomic():
        CommunicationNeed.objects.filter(pk=first.pk).update(due_on=TODAY())
    with pytest.raises(IntegrityError, match="people_one_need_keeps_the_clock"), transaction.atomic():
        CommunicationNeed.objects.filter(person=person).update(due_on=TODAY(), until=None)


def test_what_is_asked_on_the_same_day_leaves_the_clock_where_it_is(person, care_manager):
    first = ask(person, care_manager)
    for n in range(6):  # whatever their ids
        ask(person, care_manager, words=f"Something else {n}")
    assert list(COMMUNICATION.open()) == [first]


def test_no_particular_needs_are_written_down_and_hold_until_there_are_some(person, care_manager):
    actions.ask_again_how_to_communicate(person=person, asked_on=ago(3), no_needs=True, by=care_manager)
    (none,) = person.communication_needs.held()
    assert (none.kind, str(none), never_asked()) == ("none", "No particular needs", [])
    need = ask(person, care_manager)
    assert list(person.communication_needs.held()) == [need]
    assert list(COMMUNICATION.open()) == [need]
    with pytest.raises(IntegrityError, match="people_no_need_sets_no_format"), transaction.atomic():
        CommunicationNeed.objects.filter(pk=none.pk).update(format="easy_read")


@pytest.mark.rule("people.asked_in_order")
def test_nobody_was_asked_tomorrow_nor_before_the_last_time(person, care_manager):
    need = ask(person, care_manager)
    for day in (TODAY() + timedelta(days=2), ago(1)):
        with pytest.raises(RuleBroken, match="not before the day"):
            actions.ask_again_how_to_communicate(person=person, asked_on=day, still=[need], by=care_manager)


@pytest.mark.rule("people.asked_and_answered")
def test_an_answer_is_one_of_the_two(person, care_manager):
    need = ask(person, care_manager)
    for still, no_needs in (([], False), ([need], True)):
        with pytest.raises(RuleBroken, match="one of the two"):
            actions.ask_again_how_to_communicate(
                person=person, asked_on=TODAY(), still=still, no_needs=no_needs, by=care_manager
            )


def test_whoever_a_restriction_shuts_out_is_not_told_of_it(person, care_manager, team_manager):
    ask(person, care_manager)
    assert COMMUNICATION.owed_by(care_manager).exists()
    actions.restrict(
        person=person,
        kind="invisible",
        reason="A relative works here",
        allowed=[team_manager],
        by=team_manager,
    )
    care_manager.__dict__.pop("_current_memberships", None)
    assert not COMMUNICATION.owed_by(care_manager).exists()
    assert not COMMUNICATION.visible_to(care_manager).exists()


def test_nobody_is_asked_after_their_death(person, care_manager):
    ask(person, care_manager)
    actions.record_death(person=person, on=TODAY(), by=care_manager)
    assert not COMMUNICATION.open().exists()


def test_the_page_asks_about_each_line_and_the_banner_says_when(client, person, care_manager):
    need = ask(person, care_manager)
    asked_before(need, 200)
    client.force_login(care_manager)
    address = reverse("people:ask_again", args=[person.pk])
    page = client.get(address).content.decode()
    assert "Short sentences" in page
    assert f"Last asked on {ago(200):%-d %B %Y}" in page
    today = TODAY()
    typed = {"asked_on_0": today.day, "asked_on_1": today.month, "asked_on_2": today.year}
    typed |= {"form_key": new_key(care_manager), f"still_{need.pk}": "no"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "one of the two" in refused.content.decode()
    typed |= {"form_key": new_key(care_manager), "no_needs": "on"}
    page = client.post(address, typed, follow=True).content.decode()
    assert "No particular needs" in page
    assert f"Last asked on {today:%-d %B %Y}" in page
    need.refresh_from_db()
    assert need.until == today


def test_needs_from_before_the_clock_take_it_up(person, care_manager, council):
    old, new = ask(person, care_manager), ask(person, care_manager, words="Face me")
    CommunicationNeed.objects.update(due_on=None, next_stage_on=None)
    CommunicationNeed.objects.filter(pk=old.pk).update(asked_on=ago(40))
    ContactPolicy.objects.create(council=council, in_force_from=TODAY(), communication_days=180)
    taken = import_module("people.migrations.0018_needs_there_already_take_up_the_clock").TAKE_UP
    with connection.cursor() as cursor:
        cursor.execute(taken)
    (held,) = COMMUNICATION.open()
    assert (held, held.due_on) == (old, TODAY() + timedelta(days=140))
    new.refresh_from_db()
    assert new.due_on is None
    assert check_stages(as_of=TODAY()).done["drifted"] == 0


# -- Policies --------------------------------------------------------------------------------------------


@pytest.fixture
def owed(supported_person, care_manager):
    """(the note, the need) that keep the two clocks of a person."""
    note = actions.write_contact_note(
        person=supported_person, by=care_manager, how="visit", saw_person=True, words="Well."
    )
    need = ask(supported_person, care_manager)
    return note, need


def policy(council, **facts):
    return ContactPolicy(
        council=council, **{"in_force_from": TODAY(), "days": 30, "communication_days": 180} | facts
    )


def test_a_policy_moves_what_is_open_and_says_so_before_it_is_saved(owed, council, administrator, client):
    note, need = owed
    client.force_login(administrator)
    facts = {"council": council.pk, "in_force_from": TODAY(), "days": 30, "communication_days": 180}
    address = reverse("admin:people_contactpolicy_add")
    page = client.post(address, facts)
    assert "2 due dates change" in page.content.decode()
    assert note.person.reference in page.content.decode()
    assert not ContactPolicy.objects.filter(council=council).exists()
    client.post(address, dict(page.context["typed"]) | {"_confirmed": "1"})
    note.refresh_from_db(), need.refresh_from_db()
    assert note.due_on == TODAY() + timedelta(days=30)
    assert need.due_on == TODAY() + timedelta(days=180)
    assert check_stages(as_of=TODAY()).done["drifted"] == 0
    row = ContactPolicy.objects.get(council=council)
    page = client.get(reverse("admin:people_contactpolicy_change", args=[row.pk]))
    assert b'name="days"' not in page.content, "what is in force is not edited"


def test_a_policy_of_a_coming_day_moves_them_on_that_day(owed, council, administrator):
    note, _need = owed
    coming = TODAY() + timedelta(days=5)
    assert actions.set_contact_policy(policy=policy(council, in_force_from=coming), by=administrator) == 0
    assert actions.preview_contact_policy(policy(council, in_force_from=coming))[1] == 2
    assert actions.follow_contact_policies(on=coming) == 2
    assert actions.follow_contact_policies(on=coming) == 0
    note.refresh_from_db()
    assert note.due_on == TODAY() + timedelta(days=30)
    assert check_stages(as_of=coming).done["drifted"] == 0


def test_the_shipped_policy_moves_only_those_whose_council_has_none(owed, council, administrator):
    note, _need = owed
    shipped = policy(None, days=45, communication_days=200)
    assert actions.preview_contact_policy(shipped)[1] == 2
    actions.set_contact_policy(policy=policy(council), by=administrator)
    assert actions.preview_contact_policy(shipped)[1] == 0
    assert actions.set_contact_policy(policy=shipped, by=administrator) == 0
    note.refresh_from_db()
    assert note.due_on == TODAY() + timedelta(days=30)


def test_another_council_that_takes_over_counts_by_its_own_policy(
    owed, care_manager, other_team, other_council, administrator
):
    note, need = owed
    actions.set_contact_policy(policy=policy(other_council), by=administrator)
    manager = factories.user("Nadia Stone", other_team, "team_manager")
    worker = factories.user("New Worker", other_team, "care_manager")
    asked = actions.ask_handover(
        person=note.person, to=other_team, by=care_manager, reason="Moves away", on=TODAY()
    )
    actions.accept_handover(handover=asked, worker=worker, by=manager)
    note.refresh_from_db(), need.refresh_from_db()
    assert note.due_on == TODAY() + timedelta(days=30)
    assert need.due_on == TODAY() + timedelta(days=180)
    assert list(CONTACT_DUE.owed_by(worker)) == [note]
