"""The person's page in a real browser: a restricted record, a note from a phone, a look at all of it."""

import os
from datetime import date, timedelta

import pytest
from django.utils import timezone

from people import actions
from people.models import AccessGrant, ContactNote, Person
from sharedlives.worklist.models import Mail

from .. import factories
from ..careplans import factories as plans
from ..risk import factories as risks
from .conftest import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def ahmad(team, scheme, care_manager, scheme_worker):
    person = factories.person(
        team,
        worker=care_manager,
        given_name="Ahmad",
        family_name="Rahman",
        nhs_number="9990000018",
        what_matters="I like to cook with my mum on Sundays, and I do not like being rushed.",
    )
    factories.supports(person, scheme, worker=scheme_worker)
    return person


def test_a_restricted_record_is_masked_for_all_but_two(
    window, team, ahmad, care_manager, team_manager, scheme_worker, charlie
):
    """Emergency access opens it for a day, and the manager reads who, when and why."""
    colleague = factories.user("Col League", team, "care_manager")
    manager = window(team_manager).go(ahmad)
    manager.follow("Restrict this record")
    manager.answer(kind="masked", reason="A relative works in the team", allowed=[str(care_manager.pk)])
    manager.press("Restrict this record").done().sees("Few people may open this record")

    for user in (colleague, scheme_worker):
        closed = window(user).go(ahmad)
        closed.sees("Few people may open this record")
        assert "Ahmad" not in closed.text
    window(care_manager).go(ahmad).sees("Ahmad Rahman")
    outsider = window(charlie)
    assert outsider.page.goto(outsider.base + ahmad.get_absolute_url()).status == 404

    desk = window(colleague).go(ahmad).follow("Use emergency access")
    desk.answer(reason="His mother rang: he is missing from home since noon")
    desk.press("Open for 24 hours").done().sees("Ahmad Rahman")
    grant = AccessGrant.objects.get()
    assert grant.ends_at - grant.opened_at == timedelta(hours=24)
    assert Mail.objects.filter(recipient=team_manager).exists()
    manager.go(ahmad).follow("Who has looked").sees("missing from home since noon", "Col League")

    manager.go(ahmad).follow("Lift the restriction")
    manager.answer(why="The relative has moved on").press("Lift the restriction").done()
    window(scheme_worker).go(ahmad).sees("Ahmad Rahman")


def test_a_note_from_a_phone_without_a_script(window, ahmad, scheme_worker, care_manager, assert_accessible):
    phone = window(scheme_worker, viewport=PHONE, javascript=False).go("/")
    phone.page.get_by_role("link", name="Quick note").click()
    phone.follow("Ahmad Rahman").answer(words="Made tea together. He is well.", saw_person=True)
    phone.press("Save the note").done().sees("Note saved")
    assert ContactNote.objects.get().saw_person
    for viewport in (DESK, PHONE):
        desk = window(care_manager, viewport=viewport)
        for path in ("/people/note/", f"/people/{ahmad.pk}/note/", f"/people/{ahmad.pk}/contact/"):
            assert_accessible(desk.go(path))


def a_full_life(person, care_manager, scheme_worker):
    """Something of everything, over two years."""
    today = timezone.localdate()
    actions.add_communication_need(
        person=person, kind="support", words="Speak slowly, one thing at a time", by=care_manager
    )
    mother = actions.add_contact(
        person=person,
        kind="family",
        name="Nasreen Rahman",
        relation="mother",
        phone="01632 960456",
        by=care_manager,
    )
    actions.add_contact(person=person, kind="named_person", name="Grace Okafor", tie="carer", by=care_manager)
    plans.signed_plan(person, care_manager, outcomes=("Cook for my friends",))
    risks.signed(person, care_manager)
    actions.record_legal_fact(
        person=person,
        kind="attorney",
        about="Money",
        holder=mother,
        field="money",
        since=date(2025, 5, 1),
        reference="7000-1234",
        risk_note="None",
        by=care_manager,
    )
    actions.record_legal_fact(
        person=person,
        kind="liberty",
        about="The front door is locked at night",
        since=today,
        risk_note="Tell him why, each time",
        by=care_manager,
    )
    decided(person, care_manager)
    said(person, care_manager, scheme_worker)


def decided(person, care_manager):
    today = timezone.localdate()
    actions.decide_sharing(
        person=person, what="review", answer="objects", words="Not my uncle", since=today, by=care_manager
    )
    actions.ask_about_advocate(
        person=person,
        tested_on=today,
        understand=True,
        remember=False,
        weigh=True,
        say=False,
        by=care_manager,
    )


def said(person, care_manager, scheme_worker):
    actions.write_about_me(
        person=person,
        by=scheme_worker,
        writer="supported",
        supported_by="Priya Nair",
        most_important="My mum. Cooking on Sundays. My prayer mat.",
        people="Mum, my brother Karim, and Grace.",
        please_do="Wait for my answer.\nKnock before you come in.",
        please_do_not="Do not touch my things.",
    )
    for days in (3, 40, 44, 90, 200, 310, 500):
        actions.write_contact_note(
            person=person,
            by=care_manager,
            how="visit",
            where="carer_home",
            saw_person=True,
            words="We cooked together. He showed me his photographs.",
            happened_at=timezone.now() - timedelta(days=days),
        )


def test_the_page_of_a_full_life_at_a_desk_and_on_a_phone(
    window, ahmad, care_manager, scheme_worker, assert_accessible
):
    a_full_life(ahmad, care_manager, scheme_worker)
    paths = ["", "timeline/", "about-me/", "legal/"]
    for viewport in (DESK, PHONE):
        desk = window(care_manager, viewport=viewport)
        for path in paths:
            assert_accessible(desk.go(f"/people/{ahmad.pk}/{path}"))
            picture(desk, path, viewport)
    desk = window(care_manager).go(ahmad)
    desk.sees("No court order", "Not independent", "Objects to sharing", "Nasreen Rahman", "3 days ago")
    assert Person.objects.count() == 1


def picture(desk, path, viewport):
    """A picture of the page, where a folder for pictures is named."""
    folder = os.environ.get("PICTURES")
    if folder:
        name = path.strip("/").replace("/", "-") or "person"
        desk.page.screenshot(path=f"{folder}/{name}-{viewport['width']}.png", full_page=True)
