"""*Before I go*: what a visitor must know of a home, the risks and the promises, on one page; and who does not get it."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from careplans import actions as careplans
from carers import actions as carers
from people import actions as people
from reviews.models import ReviewDue
from risk import actions as risk
from risk.panels import COMPLAINTS, RISK
from sharedlives.panels import sheet_for
from sharedlives.permissions import Permission

from .. import factories as cast
from ..placements import factories as places
from ..risk import factories as risks
from . import factories

CARD = {
    "call_first": "Mina, 01632 960004",
    "out_of_hours": "Duty team, 01632 960005",
    "who_decides": "She does",
}


def in_twenty_days():
    return timezone.localdate() + timedelta(days=20)


@pytest.fixture
def visited(supported_person, scheme, council, team, scheme_worker, scheme_manager, care_manager):
    """Somebody about whom a visitor can be told all there is."""
    person = supported_person
    home = places.home(scheme, council, scheme_worker, pets="Two cats", notes="Park behind the church")
    carers.add_member(household=home, given_name="Tim", relation="son", by=scheme_worker)
    carer = places.carer(home, scheme_worker)
    places.existing(person, scheme, carer, scheme_manager, kind="live_in")
    places.existing(cast.person(team, given_name="Norah"), scheme, carer, scheme_manager, kind="live_in")
    hazards = ("Crossing the main road", "Swallowing too fast", "Getting lost in town", "Hot water")
    draft = risks.draft(
        person,
        care_manager,
        [risks.risk(hazard=words, if_it_goes_wrong="Ring Mina, then the duty team") for words in hazards],
        **CARD,
    )
    risks.sign(draft, care_manager)
    careplans.write_wish(person=person, words="To learn to swim", by=care_manager, due_on=in_twenty_days())
    factories.signed_off(person, care_manager)
    promise = {
        "action-1-words": "Ring the baths",
        "action-1-owner": "Amina",
        "action-1-by": in_twenty_days().isoformat(),
    }
    due = ReviewDue.objects.filter(person=person, subject="care_plan", state="open").first()
    factories.held([due], care_manager, **promise)
    people.add_communication_need(person=person, kind="speech", words="Short sentences", by=care_manager)
    people.write_about_me(
        person=person,
        writer="person",
        by=care_manager,
        wellness="Music",
        please_do="Wait",
        please_do_not="Rush",
    )
    return person


def words_of(user, person, allowed=lambda permission: True):
    parts = sheet_for(user, person, allowed)
    needs = person.communication_needs.all()
    context = {
        "person": person,
        "parts": parts,
        "needs": needs,
        "made_on": timezone.localdate(),
        "title": "x",
    }
    return render_to_string("documents/before_i_go.html", context)


def test_the_sheet_says_what_to_do_what_was_promised_and_who_lives_there(
    visited, care_manager, scheme_worker
):
    for user in (care_manager, scheme_worker):
        found = words_of(user, visited)
        for words in (
            "Crossing the main road",
            "Ring Mina, then the duty team",
            "Mina, 01632 960004",
            "Duty team, 01632 960005",
            "Tim (son)",
            "Two cats",
            "Park behind the church",
            "1 other person",
            "Short sentences",
            "Rush",
        ):
            assert words in found, words
        assert "Norah" not in found
    found = words_of(care_manager, visited)
    for words in ("To learn to swim", "Ring the baths", f"{in_twenty_days():%-d %B %Y}"):
        assert words in found, words


def test_whoever_may_not_read_risks_gets_none_on_it(visited, scheme_worker):
    found = words_of(scheme_worker, visited, lambda permission: permission != Permission.RISK_VIEW)
    assert "Tim (son)" in found
    assert "Crossing the main road" not in found


def test_a_scheme_that_is_only_asked_gets_no_sheet(client, visited, other_scheme):
    other = cast.user("Vera Vale", other_scheme, "scheme_worker")
    client.force_login(other)
    assert client.get(reverse("people:before_i_go", args=[visited.pk])).status_code == 404


def test_it_is_one_page_that_can_be_read(client, visited, care_manager):
    client.force_login(care_manager)
    answer = client.get(reverse("people:before_i_go", args=[visited.pk]))
    opened = pikepdf.open(io.BytesIO(answer.content))
    assert len(opened.pages) == 1


# -- The page ------------------------------------------------------------------------------------------


def test_copies_that_wait_and_complaints_stand_on_the_page_of_whom_they_concern(
    client, visited, care_manager, team_manager, scheme_worker
):
    own = risks.complaint(visited, scheme_worker)
    staff = risks.complaint(visited, team_manager, about=["care_manager"])
    for user, seen, hidden in (
        (care_manager, {own}, staff),
        (scheme_worker, {own}, staff),
        (team_manager, {own, staff}, None),
    ):
        assert set(COMPLAINTS.facts(user, visited)["complaints"]) == seen
        client.force_login(user)
        page = client.get(visited.get_absolute_url()).content.decode()
        assert own.get_absolute_url() in page
        assert hidden is None or hidden.get_absolute_url() not in page
    copies = RISK.facts(scheme_worker, visited)["copies"]
    assert {copy.reader for copy in copies} == {"scheme"}
    client.force_login(scheme_worker)
    assert (
        reverse("risk:read_copy", args=[copies[0].pk])
        in client.get(visited.get_absolute_url()).content.decode()
    )
    risk.acknowledge_copy(copy=copies[0], by=scheme_worker)
    assert RISK.facts(scheme_worker, visited)["copies"] == []
    readers = {copy.reader for copy in RISK.facts(care_manager, visited)["copies"]}
    assert readers == {"person", "carer"}


def test_where_there_is_no_complaint_there_is_no_panel(supported_person, care_manager):
    assert COMPLAINTS.facts(care_manager, supported_person) is None
