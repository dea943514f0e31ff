"""A data officer brings in people, mends three faults where they stand, then a placement that has run since 2011."""

from datetime import date

import pytest

from people.models import Person
from placements.models import Placement

from ..bringin.factories import NUMBERS, PEOPLE, csv
from ..placements import factories as places
from .conftest import PHONE

pytestmark = pytest.mark.browser
ROWS = (
    f"Ahmad,Rahmani,31/2/1991,{NUMBERS[0]},NS-1,Riverside team,,1/9/2011,NS1 1AA",
    "Kate,Rees,9/3/1984,123,NS-2,Riverside team,,,",
    "Olu,Bello,2/7/1966,,NS-3,River side team,,,",
    "Zofia,Nowak,20/10/1979,,NS-4,Riverside team,,,",
)
PLACEMENTS = "Council’s own number,Family name,Scheme,Carer’s email,Kind,Since"


def send(desk, slug, content, name):
    desk.go(f"/bring-in/send/{slug}/")
    desk.page.locator("[name=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    return desk.press("Check the file").done()


@pytest.mark.parametrize(("viewport", "javascript"), [({"width": 1280, "height": 900}, True), (PHONE, False)])
def test_people_are_mended_in_place_and_placements_follow(
    window,
    data_officer,
    team_manager,
    scheme,
    council,
    scheme_manager,
    assert_accessible,
    viewport,
    javascript,
):
    home = places.home(scheme, council, scheme_manager)
    places.carer(home, scheme_manager, email="maria@example.org")
    desk = window(data_officer, viewport=viewport, javascript=javascript).go("/bring-in/")
    look = assert_accessible if javascript else (lambda desk: None)  # axe itself needs JavaScript
    look(desk)
    send(desk, "people", csv(PEOPLE, *ROWS), "people.csv").sees("4 rows: 1 new, 3 to mend")
    look(desk)
    desk.follow("Mend the rows").sees("not a date of the calendar")
    look(desk)
    desk.answer(date_of_birth="14/3/1991").press("Save and try again")
    desk.sees("Row 3", "not an NHS number").answer(nhs_number="").press("Save and try again")
    desk.sees("Row 4", "There is no team").answer(team="Riverside team").press("Save and try again")
    desk.sees("4 rows: 4 new").follow("Bring in what is new")
    look(desk)
    desk.press("Bring in what is new").done().sees("4 rows: 4 brought in")
    assert Person.objects.count() == 4
    send(desk, "people", csv(PEOPLE, *ROWS), "people.csv").sees(
        "4 rows: 4 already here", "Nothing was changed"
    )
    row = "NS-1,Rahmani,Harbour Shared Lives,maria@example.org,Live-in,1/9/2011"
    send(desk, "placements", csv(PLACEMENTS, row), "placements.csv").sees("1 row: 1 new")
    desk.follow("Bring in what is new").press("Bring in what is new").done().sees("1 row: 1 brought in")
    placement = Placement.objects.get()
    assert (placement.starts_on, placement.person.given_name) == (date(2011, 9, 1), "Ahmad")
    width = desk.page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
    if javascript:
        desk.go("/bring-in/send/people/")
        look(desk)
