"""The pages about people, as the right users and as the wrong ones."""

import pytest
from django.urls import reverse

from people import actions
from people.models import AccessGrant, Person
from sharedlives.records.models import AccessLogEntry
from sharedlives.records.typed import new_key

from .. import factories


def form_key(user):
    return {"form_key": new_key(user)}


@pytest.fixture
def ahmad(team, care_manager):
    return factories.person(team, worker=care_manager, given_name="Ahmad", family_name="Rahman")


def test_the_page_of_a_person_shows_who_is_around_and_is_logged(client, care_manager, ahmad):
    client.force_login(care_manager)
    page = client.get(ahmad.get_absolute_url())
    assert b"Ahmad Rahman" in page.content
    assert b"Riverside team" in page.content
    entry = AccessLogEntry.objects.get()
    assert (entry.user_id, entry.person_ids, entry.view) == (care_manager.pk, [ahmad.pk], "people:person")


def test_the_page_of_a_stranger_does_not_exist_and_the_try_is_kept(client, charlie, ahmad):
    client.force_login(charlie)
    page = client.get(ahmad.get_absolute_url())
    assert page.status_code == 404
    assert b"Ahmad" not in page.content
    assert AccessLogEntry.objects.get().status == 404


def test_the_communication_banner_stands_on_every_page_of_the_person(client, care_manager, ahmad):
    actions.add_communication_need(person=ahmad, kind="support", words="Give time to answer", by=care_manager)
    client.force_login(care_manager)
    for name in ("person", "edit", "add_contact", "add_communication_need"):
        assert b"Give time to answer" in client.get(reverse(f"people:{name}", args=[ahmad.pk])).content


def test_search_is_posted_and_finds_in_spite_of_a_typo(client, care_manager, ahmad):
    client.force_login(care_manager)
    page = client.post(reverse("people:find"), {"text": "Amhad"})
    assert b"Ahmad Rahman" in page.content


def test_outside_ones_people_only_exact_facts_find_and_only_the_holder_is_shown(
    client, charlie, team, care_manager
):
    factories.person(
        team, worker=care_manager, given_name="Ahmad", family_name="Rahman", nhs_number="9990000018"
    )
    client.force_login(charlie)
    near = client.post(reverse("people:find"), {"text": "Ahmad"})
    assert b"Riverside" not in near.content
    exact = client.post(reverse("people:find"), {"text": "999 000 0018"})
    assert b"Riverside team" in exact.content
    assert b"Rahman" not in exact.content


def test_searching_outside_ends_after_twenty_a_day(client, charlie, team, care_manager):
    factories.person(team, worker=care_manager, nhs_number="9990000018")
    client.force_login(charlie)
    for _n in range(20):
        client.post(reverse("people:find"), {"text": "9990000018"})
    page = client.post(reverse("people:find"), {"text": "9990000018"})
    assert b"Riverside team" not in page.content
    assert b"used up" in page.content


def test_register_puts_a_person_on_our_records_once(client, care_manager, team):
    client.force_login(care_manager)
    typed = form_key(care_manager) | {
        "team": team.pk,
        "given_name": "Dilys",
        "family_name": "Hughes",
        "date_of_birth_0": "1",
        "date_of_birth_1": "March",
        "date_of_birth_2": "1970",
        "no_nhs_number_because": "Not known yet",
        "gender": "female",
        "ethnicity": "white_british",
        "first_language": "Welsh",
        "primary_support_reason": "learning",
        "accommodation_status": "family",
    }
    first = client.post(reverse("people:register"), typed)
    again = client.post(reverse("people:register"), typed)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert Person.objects.filter(family_name="Hughes").count() == 1


def test_a_wrong_nhs_number_and_an_impossible_date_keep_what_was_typed(client, care_manager, team):
    client.force_login(care_manager)
    typed = form_key(care_manager) | {
        "team": team.pk,
        "given_name": "Dilys",
        "family_name": "Hughes",
        "date_of_birth_0": "31",
        "date_of_birth_1": "2",
        "date_of_birth_2": "1970",
        "nhs_number": "9990000019",
    }
    page = client.post(reverse("people:register"), typed)
    assert page.status_code == 422
    assert "“31 2 1970” is not a date in the calendar" in page.content.decode()
    assert b"Hughes" in page.content
    assert not Person.objects.filter(family_name="Hughes").exists()


def test_emergency_access_opens_reads_and_is_logged_with_its_reason(client, charlie, ahmad):
    client.force_login(charlie)
    url = reverse("people:emergency_access", args=[ahmad.pk])
    assert b"Riverside team" in client.get(url).content
    done = client.post(url, form_key(charlie) | {"reason": "Found alone at the bus station"})
    assert done.status_code == 302
    assert client.get(ahmad.get_absolute_url()).status_code == 200
    assert client.get(reverse("people:edit", args=[ahmad.pk])).status_code == 403
    assert AccessGrant.objects.get().reason == "Found alone at the bus station"


def test_the_manager_reads_who_used_emergency_access_and_why(client, team_manager, charlie, ahmad):
    actions.open_emergency_access(person=ahmad, reason="Found alone at the bus station", by=charlie)
    client.force_login(team_manager)
    page = client.get(reverse("people:looked", args=[ahmad.pk])).content.decode()
    assert "Charlie Stranger" in page
    assert "Found alone at the bus station" in page


def test_an_invisible_record_has_no_door(client, charlie, ahmad, team_manager):
    actions.restrict(person=ahmad, kind="invisible", reason="Safety", allowed=[team_manager], by=team_manager)
    client.force_login(charlie)
    assert client.get(reverse("people:emergency_access", args=[ahmad.pk])).status_code == 404


def test_a_masked_record_says_that_it_is_there_to_its_own_team_only(
    client, care_manager, charlie, ahmad, team_manager
):
    actions.restrict(person=ahmad, kind="masked", reason="Safety", allowed=[team_manager], by=team_manager)
    client.force_login(care_manager)
    page = client.get(ahmad.get_absolute_url())
    assert page.status_code == 403
    assert ahmad.reference.encode() in page.content
    assert b"Rahman" not in page.content
    client.force_login(charlie)
    assert client.get(ahmad.get_absolute_url()).status_code == 404


def test_a_manager_sees_who_has_looked(client, care_manager, team_manager, ahmad):
    client.force_login(care_manager)
    client.get(ahmad.get_absolute_url())
    assert client.get(reverse("people:looked", args=[ahmad.pk])).status_code == 403
    client.force_login(team_manager)
    assert b"Amina Yusuf" in client.get(reverse("people:looked", args=[ahmad.pk])).content


@pytest.mark.parametrize("many", [10, 100])
def test_the_list_of_people_costs_the_same_however_long(
    client, care_manager, team, many, django_assert_max_num_queries
):
    for _n in range(many):
        factories.person(team, worker=care_manager)
    client.force_login(care_manager)
    with django_assert_max_num_queries(16):  # 12 besides transaction control (savepoints)
        assert client.get(reverse("people:find")).status_code == 200
