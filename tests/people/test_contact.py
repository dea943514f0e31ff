"""The contact log, the quick note, and what a manager reads of both."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions, gaps, queries
from people.deadlines import CONTACT as CONTACT_DUE
from people.models import ContactNote, ContactPolicy
from people.panels import CONTACT, contact_at_a_glance
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.actions import check_stages, send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories


def note(person, by, **facts):
    return actions.write_contact_note(
        person=person, by=by, **({"how": "visit", "saw_person": True, "words": "Well. Made tea."} | facts)
    )


def days_ago(days):
    return timezone.localtime(timezone.now()) - timedelta(days=days)  # the same hour by the clock on the wall


@pytest.mark.rule("people.seen_how")
def test_nobody_is_seen_by_phone(person, care_manager):
    with pytest.raises(RuleBroken, match="not by phone"):
        note(person, care_manager, how="phone")


@pytest.mark.rule("people.no_contact_why")
@pytest.mark.parametrize("facts", [{"how": "none", "saw_person": False}, {"no_contact_because": "workload"}])
def test_no_contact_says_why_and_only_then(person, care_manager, facts):
    with pytest.raises(RuleBroken, match="says why"):
        note(person, care_manager, **facts)


@pytest.mark.rule("people.contact_in_the_past")
def test_a_contact_of_tomorrow_is_refused(person, care_manager):
    with pytest.raises(RuleBroken, match="after it happened"):
        note(person, care_manager, happened_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("words = ''", "people_contact_note_has_words"),
        ("how = 'letter'", "people_seen_on_a_visit_or_video"),
        ("how = 'none', saw_person = false", "people_no_contact_says_why"),
    ],
)
def test_the_database_refuses_too(person, care_manager, change, constraint):
    row = note(person, care_manager)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as sql:
        sql.execute(f"UPDATE people_contactnote SET {change} WHERE id = %s", [row.pk])


@pytest.mark.parametrize(
    ("days", "constraint"),
    [(3, "people_contact_policy_week_to_two_years"), (61, "people_contact_policy_once")],
)
def test_a_policy_is_sensible_and_there_is_one_a_day(council, days, constraint):
    ContactPolicy.objects.create(council=council, in_force_from=timezone.now().date(), days=60)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ContactPolicy.objects.create(council=council, in_force_from=timezone.now().date(), days=days)


def test_each_side_reads_its_own_and_the_funding_team_all(
    supported_person, care_manager, scheme_worker, charlie
):
    own, theirs = note(supported_person, care_manager), note(supported_person, scheme_worker)
    assert set(ContactNote.objects.visible_to(care_manager)) == {own, theirs}
    assert list(ContactNote.objects.visible_to(scheme_worker)) == [theirs]
    assert not ContactNote.objects.visible_to(charlie).exists()


# -- Seen for the last time ------------------------------------------------------------------------


def gap(as_of=None):
    return [row.person_id for row in gaps.not_seen(as_of or timezone.localdate())]


def test_not_seen_for_too_long_is_a_gap_by_the_councils_policy(person, care_manager, council):
    assert gap() == []  # the log does not know the person yet: nothing is invented from before
    note(person, care_manager, happened_at=days_ago(91))
    assert gap() == [person.pk]
    ContactPolicy.objects.create(
        council=council, in_force_from=timezone.now().date() - timedelta(days=1), days=120
    )
    assert gap() == []


def test_a_phone_call_does_not_count_as_seen_but_starts_the_clock(person, care_manager):
    note(person, care_manager, how="phone", saw_person=False, happened_at=days_ago(100))
    note(person, care_manager, how="phone", saw_person=False, happened_at=days_ago(1))
    assert gap() == [person.pk]
    note(person, care_manager, happened_at=days_ago(2))
    assert gap() == []


def test_a_schemes_visit_is_not_the_councils(
    supported_person, care_manager, scheme_worker, client, team_manager
):
    note(supported_person, care_manager, happened_at=days_ago(91))
    note(supported_person, scheme_worker, happened_at=days_ago(2))
    assert gap() == [supported_person.pk]
    client.force_login(team_manager)
    page = client.get(reverse("people:worker", args=[care_manager.pk])).content.decode()
    assert ">91<" in page.replace(" ", "")


def test_the_persons_page_counts_by_the_councils_policy(person, care_manager, council, client):
    note(person, care_manager, happened_at=days_ago(91))
    client.force_login(care_manager)
    facts = CONTACT.facts(care_manager, person)
    assert (facts["seen_days"], facts["within"]) == (91, 90)
    assert contact_at_a_glance(facts)[0].tone == "late"
    ContactPolicy.objects.create(
        council=council, in_force_from=timezone.now().date() - timedelta(days=1), days=120
    )
    assert contact_at_a_glance(CONTACT.facts(care_manager, person))[0].tone == ""


def test_the_worker_is_known_since_the_last_change(person, team, care_manager):
    today = timezone.localdate()
    story = queries.worker_story(person, after=today - timedelta(days=730))
    assert (story.since.isoformat(), story.changes) == ("2024-01-01", 0)
    other = factories.user("New Worker", team, "care_manager")
    involvement = queries.funding_involvement(person, today)
    actions.change_worker(involvement=involvement, worker=other, by=care_manager)
    story = queries.worker_story(person, after=today - timedelta(days=730))
    assert (story.since, story.changes) == (today, 1)


# -- When to be seen again ------------------------------------------------------------------------------


def test_who_is_to_be_seen_again_is_on_my_work_and_goes_late_to_the_manager(
    supported_person, care_manager, scheme_worker, team_manager, client
):
    person = supported_person
    note(person, scheme_worker, happened_at=days_ago(100))
    (first,) = CONTACT_DUE.open()
    assert first.due_on == timezone.localdate() - timedelta(days=10), "nothing from before the log began"
    old = note(person, care_manager, happened_at=days_ago(95))
    (held,) = CONTACT_DUE.owed_by(care_manager)
    assert (held, held.due_on) == (old, timezone.localdate() - timedelta(days=5))
    assert not CONTACT_DUE.owed_by(scheme_worker).exists()
    assert gap() == [person.pk]
    client.force_login(care_manager)
    assert "A person is to be seen again" in client.get(reverse("home")).content.decode()
    door = client.get(reverse("people:contact_due", args=[old.pk]))
    assert door.url == reverse("people:note", args=[person.pk])
    send_reminders(as_of=timezone.localdate() + timedelta(days=9), limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="people.contact")
    assert [copy.recipient for copy in copies] == [team_manager]
    new = note(person, care_manager, happened_at=days_ago(1))
    assert list(CONTACT_DUE.open()) == [new] and gap() == []
    note(person, care_manager, how="phone", saw_person=False, happened_at=days_ago(0))
    note(person, care_manager, happened_at=days_ago(30))
    assert list(CONTACT_DUE.open()) == [new], "neither a call nor an older visit moves it"
    actions.note_in_error(note=new, why="A namesake", by=care_manager)
    assert CONTACT_DUE.open().get().due_on == timezone.localdate() + timedelta(days=60)
    assert check_stages(as_of=timezone.localdate()).done["drifted"] == 0
    with pytest.raises(IntegrityError, match="people_one_note_keeps_the_clock"), transaction.atomic():
        ContactNote.objects.filter(person=person).update(due_on=timezone.localdate())
    person.refresh_from_db()
    actions.record_death(person=person, on=timezone.localdate(), by=care_manager)
    assert not CONTACT_DUE.open().exists()


def test_notes_from_before_the_clock_take_it_up(person, care_manager, scheme_worker, council):
    seen = note(person, care_manager, happened_at=days_ago(20))
    note(person, care_manager, how="phone", saw_person=False, happened_at=days_ago(3))
    note(person, care_manager, happened_at=days_ago(70))
    ContactPolicy.objects.create(council=council, in_force_from=timezone.localdate(), days=30)
    ContactNote.objects.update(due_on=None, next_stage_on=None)
    taken = import_module("people.migrations.0016_clocks_of_notes_there_already").TAKE_UP
    with connection.cursor() as cursor:
        cursor.execute(taken)
    (held,) = CONTACT_DUE.open()
    assert (held, held.due_on) == (seen, timezone.localdate() + timedelta(days=10))
    assert check_stages(as_of=timezone.localdate()).done["drifted"] == 0


# -- Pages -----------------------------------------------------------------------------------------


def typed(user, **fields):
    day = timezone.localdate()
    when = {"happened_on_0": day.day, "happened_on_1": day.month, "happened_on_2": day.year}
    return {"form_key": new_key(user), "how": "visit", "words": "Well. Made tea."} | when | fields


def test_a_note_takes_two_pages_from_anywhere(client, person, care_manager, django_assert_max_num_queries):
    client.force_login(care_manager)
    with django_assert_max_num_queries(16):  # 12 besides transaction control
        page = client.get(reverse("people:quick_note")).content.decode()
    address = reverse("people:note", args=[person.pk])
    assert address in page
    assert reverse("people:quick_note") in client.get("/people/").content.decode()
    answer = client.post(address, typed(care_manager, saw_person="on"), follow=True)
    assert "Made tea" in answer.content.decode()
    row = ContactNote.objects.get()
    assert (row.saw_person, row.by) == (True, care_manager)
    assert abs(row.happened_at - timezone.now()) < timedelta(minutes=5)


def test_the_search_for_a_note_finds_only_those_whom_one_may_write_about(
    client, person, charlie, care_manager
):
    for user, found in ((care_manager, True), (charlie, False)):
        client.force_login(user)
        page = client.post(reverse("people:quick_note"), {"text": person.family_name}).content.decode()
        assert (reverse("people:note", args=[person.pk]) in page) == found


def test_a_refused_note_keeps_what_was_typed(client, person, care_manager):
    client.force_login(care_manager)
    answer = client.post(
        reverse("people:note", args=[person.pk]), typed(care_manager, how="phone", saw_person="on")
    )
    assert answer.status_code == 422
    assert "Made tea" in answer.content.decode()


def test_the_log_is_a_list_with_a_csv(client, person, care_manager):
    note(person, care_manager)
    client.force_login(care_manager)
    address = reverse("people:contact_log", args=[person.pk])
    assert "Made tea" in client.get(address).content.decode()
    assert "Made tea" in client.get(address + "?format=csv").content.decode()


def test_a_manager_reads_each_workers_people_and_pressures_only_from_five(
    client, team, team_manager, care_manager, other_team
):
    persons = [factories.person(team, worker=care_manager) for _n in range(3)]
    note(persons[0], care_manager, happened_at=days_ago(200))
    note(persons[1], care_manager, happened_at=days_ago(3))
    client.force_login(team_manager)
    page = client.get(reverse("people:workers")).content.decode()
    assert str(care_manager) in page
    assert "fewer than five" in page
    for _n in range(5):
        note(persons[2], care_manager, how="none", saw_person=False, no_contact_because="workload")
    lines = client.get(reverse("people:workers") + "?format=csv").content.decode().splitlines()
    assert lines[1].split(",")[1:] == ["3", "1"]
    assert ">5<" in client.get(reverse("people:workers")).content.decode().replace(" ", "").replace("\n", "")
    page = client.get(reverse("people:worker", args=[care_manager.pk])).content.decode()
    assert all(str(person) in page for person in persons)
    assert "200" in page
    client.force_login(factories.user("Other Manager", other_team, "team_manager"))
    assert client.get(reverse("people:worker", args=[care_manager.pk])).status_code == 404
