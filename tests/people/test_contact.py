"""The contact log, the quick note, and what a manager reads of both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions, gaps, queries
from people.models import ContactNote, ContactPolicy
from people.panels import CONTACT, contact_at_a_glance
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

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
