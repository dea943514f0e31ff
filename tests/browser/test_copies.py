"""Copies of everything on screen, at a desk and on a phone: how far one is, reading it through, files to hand over."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone

from carers.actions import add_member, ask_for_carer_copy
from people import actions
from people.actions.subject_access import one_step

from .. import factories
from ..carers import factories as places
from .conftest import DESK, PHONE

pytestmark = pytest.mark.browser
CHECKED = {"harm_words": "None", "safeguarding_words": "None"}


@pytest.fixture
def copies(team, team_manager):
    """A request of a person in each state."""
    found = {}
    for state in ("gathering", "review", "making", "released"):
        person = factories.person(team, worker=team_manager)
        actions.add_contact(
            person=person, kind="family", name="Nasreen Begum", relation="mother", by=team_manager
        )
        asked = {"identity": "Known to the team", "received_on": timezone.localdate(), "by": team_manager}
        row = found[state] = actions.ask_for_copy(person=person, **asked)
        one_step(row.pk)
        if state == "gathering":
            continue
        while one_step(row.pk):
            pass
        if state != "review":
            names = {str(name.pk): "out" for name in row.names.all()}
            actions.decide_names(request=row, decisions=names, by=team_manager)
            actions.release_copy(request=row, by=team_manager, **CHECKED)
        while state == "released" and one_step(row.pk):
            pass
    return found


def look(window, user, paths, assert_accessible):
    """Each page on a phone by axe; the same words and marks stand on it at a desk, seen where pictures are wanted."""
    folder = os.environ.get("PICTURES")
    for viewport in (DESK, PHONE) if folder else (PHONE,):
        screen = window(user, viewport=viewport)
        for number, path in enumerate(paths):
            assert_accessible(screen.go(path))
            if folder:
                name = f"{user.name.split()[0]}-{number}-{viewport['width']}.png"
                screen.page.screenshot(path=f"{folder}/{name}", full_page=True)
    return screen


def test_a_copy_of_a_person_says_how_far_it_is(window, copies, team_manager, assert_accessible):
    entries = reverse("people:access_entries", args=[copies["review"].pk])
    names = reverse("people:access_names", args=[copies["review"].pk])
    register = reverse("people:access_requests")
    screen = look(window, team_manager, [*copies.values(), entries, names, register], assert_accessible)
    assert "Step 12 of" in screen.go(copies["gathering"]).text
    screen.go(copies["making"]).sees("The copy is being made", "Step 0 of 2")
    screen.go(copies["released"]).sees("Files to hand over")


def test_a_carers_copy(window, council, scheme, scheme_manager, scheme_worker, assert_accessible):
    home = places.home(council, scheme, label="Harbour Road")
    carer = places.carer(home, scheme, skills="Bakes with Rosie")
    member = add_member(household=home, given_name="Rosie", relation="daughter", by=scheme_worker)
    row = ask_for_carer_copy(
        carer=carer, scheme=scheme, identity="Known", received_on=timezone.localdate(), by=scheme_manager
    )
    paths = [
        row,
        reverse("carers:copies"),
        reverse("carers:copy_names", args=[row.pk]),
        row.entries.first(),
        reverse("carers:looked", args=[carer.pk]),
        reverse("carers:ask_for_member_copy", args=[member.pk]),
    ]
    screen = look(window, scheme_manager, paths, assert_accessible)
    screen.go(row).follow("Decide about these names")
    screen.answer(**{f"name_{row.names.get().pk}": "out"}).press("Save").done().sees(
        "Rosie", "take the name out"
    )
    screen.follow("Check and make the copy").answer(**CHECKED).press("Make the copy").done()
    assert screen.sees("Files to hand over").text.count(f"copy-{carer.reference}") == 2
