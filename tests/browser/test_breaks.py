"""Two schemes book the last place of a home that they share, each from the calendar: one has it, the other reads why."""

import pytest

from carers import actions as carers
from carers.models import Stay
from placements import queries

from .. import factories
from ..placements import factories as placements
from ..placements.factories import days
from .conftest import PHONE

pytestmark = pytest.mark.browser


def short_break(scheme, carer, team, care_manager, worker, **facts):
    """Somebody whose short break runs, with nothing booked ahead."""
    person = factories.person(team, worker=care_manager, **facts)
    row = placements.existing(person, scheme, carer, worker, kind="short_break", since=days(-20))
    carers.end_stay(stay=queries.stay_of(row), leaving_on=days(-18), by=worker)
    return row


def test_two_schemes_book_the_last_place_and_one_is_told_why(
    window, team, council, scheme, other_scheme, care_manager, scheme_worker, assert_accessible
):
    neighbour = factories.user("Nia North", other_scheme, "scheme_worker")
    home = placements.home(scheme, council, scheme_worker, label="The Okafor home", places=1)
    carers.share_household(household=home, scheme=other_scheme, by=scheme_worker)
    carer = placements.carer(home, scheme_worker)
    own = short_break(scheme, carer, team, care_manager, scheme_worker, given_name="Bela", family_name="Nagy")
    short_break(other_scheme, carer, team, care_manager, neighbour, given_name="Zebedee", family_name="Stone")
    first, until = days(3), days(5)
    first_desk, second_desk = window(scheme_worker), window(neighbour, viewport=PHONE)
    assert_accessible(first_desk.go("/placements/breaks/").sees("The Okafor home"))
    for desk in (first_desk, second_desk):
        desk.go(f"/placements/homes/{home.pk}/calendar/?month={first:%Y-%m}").press("Book a break")
        desk.page.locator("[name=placement]").first.check()
        desk.answer(first=first, until=until)
    assert_accessible(second_desk)
    first_desk.press("Book").done().sees("Bela Nagy", "0 free")
    second_desk.press("Book").sees("This home has no place free on", "its own limit is reached")
    assert_accessible(second_desk)
    assert second_desk.page.locator("[name=first_0]").input_value() == str(first.day), (
        "what was typed is lost"
    )
    assert "Bela" not in second_desk.text
    assert Stay.objects.binding().filter(household=home).get().person == own.person
    second_desk.go(f"/placements/homes/{home.pk}/calendar/?month={first:%Y-%m}").sees(
        "Another person", "0 free"
    )
    assert_accessible(second_desk)
    first_desk.follow("Cancel").answer(why="Her mother is home again").press("Cancel this break").done()
    second_desk.go(f"/placements/homes/{home.pk}/book/").answer(first=first, until=until)
    second_desk.page.locator("[name=placement]").first.check()
    second_desk.press("Book").done().sees("Zebedee Stone")
    first_desk.go(f"/placements/homes/{home.pk}/calendar/?month={first:%Y-%m}").sees("Another person")
