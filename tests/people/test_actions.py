"""What can happen to persons, each with its history and its reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from people import actions
from people.models import Involvement, Organisation, Person
from sharedlives.rules import Stale
from sharedlives.worklist.models import Mail

from .. import factories


def test_register_opens_the_funding_and_keeps_who_and_why(team, care_manager):
    person = factories.person(team, worker=care_manager, given_name="Zoë", family_name="O’Hara-Lloyd")
    assert person.search_name == "zoe ohara lloyd"
    assert person.responsible_council == team.council
    entry = person.history.first()
    assert (entry.history_user, entry.history_change_reason) == (care_manager, "registered")
    assert Involvement.objects.get(person=person).worker == care_manager


def test_correct_tells_the_second_editor_what_changed(person, care_manager, team_manager):
    opened_on = person.version
    actions.correct(person=person, preferred_name="Bee", by=team_manager, version=opened_on)
    with pytest.raises(Stale, match="preferred name: “” became “Bee”"):
        actions.correct(person=person, phone="01632 960001", by=care_manager, version=opened_on)
    person.refresh_from_db()
    assert (person.preferred_name, person.phone) == ("Bee", "")


def test_transfer_ends_one_funding_and_begins_the_other(person, other_team, care_manager):
    today = factories.today()
    actions.transfer(person=person, to=other_team, worker=None, on=today, by=care_manager)
    rows = Involvement.objects.filter(person=person, role="funds").order_by("since")
    assert [(r.organisation, r.until) for r in rows][1] == (other_team, None)
    assert rows[0].until == today


def test_an_involvement_never_ends_before_it_began(person, scheme, care_manager):
    row = factories.supports(person, scheme, since=date(2025, 3, 1))
    actions.end_involvement(involvement=row, on=date(2025, 2, 1), by=care_manager)
    row.refresh_from_db()
    assert row.until == date(2025, 3, 1)


def test_moving_a_council_moves_all_beneath_it(team, council, administrator):
    region = factories.organisation("region", "New region")
    council.parent = region
    actions.place_in_tree(organisation=council, by=administrator)
    team.refresh_from_db()
    assert team.path.startswith(region.path)
    assert Organisation.objects.beneath(region.path).filter(pk=team.pk).exists()


def test_references_are_short_and_differ(team, care_manager):
    references = {factories.person(team, worker=care_manager).reference for _n in range(20)}
    assert len(references) == 20
    assert all(r.startswith("P-") and len(r) == 8 for r in references)


def test_emergency_access_lasts_24_hours_to_the_minute(person, charlie):
    grant = actions.open_emergency_access(person=person, reason="  At the station  ", by=charlie)
    assert grant.ends_at - grant.opened_at == timedelta(hours=24)
    assert grant.reason == "At the station"


def test_the_manager_of_the_team_is_told_of_emergency_access_without_a_name(person, team_manager, charlie):
    actions.open_emergency_access(person=person, reason="Found at the station", by=charlie)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.reference) == (team_manager, person.reference)
    assert mail.path == reverse("people:read_grant", args=[person.access_grants.get().pk])


def test_contacts_and_needs_end_without_vanishing(person, care_manager):
    need = actions.add_communication_need(
        person=person, kind="format", words="Easy read", format="easy_read", by=care_manager
    )
    contact = actions.add_contact(person=person, kind="family", name="Mother Example", by=care_manager)
    actions.end_communication_need(need=need, by=care_manager)
    actions.end_contact(contact=contact, by=care_manager)
    assert person.communication_needs.get().until == factories.today()
    assert person.contacts.get().until == factories.today()


def test_a_named_person_tied_to_the_services_is_not_independent(person, care_manager):
    contact = actions.add_contact(
        person=person, kind="named_person", name="Carer", tie="carer", by=care_manager
    )
    assert not contact.is_independent


def test_history_and_the_access_log_only_grow_for_the_web(person, as_role_app):
    from django.core.management import call_command
    from django.db import ProgrammingError, transaction

    call_command("secure_database", verbosity=0)
    as_role_app("SELECT count(*) FROM people_person")
    for sql in (
        "DELETE FROM people_historicalperson",
        "UPDATE people_historicalperson SET given_name = 'x'",
        "DELETE FROM records_accesslogentry",
        "UPDATE records_accesslogentry SET view = 'x'",
        "TRUNCATE records_accesslogentry",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            as_role_app(sql)
    assert Person.objects.filter(pk=person.pk).exists()
