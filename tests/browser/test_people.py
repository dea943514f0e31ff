"""Finding a person, and forms that refuse kindly, in a real browser."""

import pytest

from .. import factories
from .conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def ahmad(team, care_manager):
    return factories.person(team, worker=care_manager, given_name="Ahmad", family_name="Rahman")


def test_first_ten_minutes_of_a_care_manager(window, care_manager, ahmad, assert_accessible):
    """Types “Amhad”, lands on his page, reads the banner; on a phone without a sideways scroll, too."""
    from people import actions

    actions.add_communication_need(
        person=ahmad, kind="support", words="Give him time to answer", by=care_manager
    )
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        desk = window(care_manager, viewport=viewport).go("/people/")
        assert_accessible(desk)
        desk.fill("Name, date of birth", "Amhad").press("Find")
        assert_accessible(desk)
        desk.follow("Ahmad Rahman").sees("How to communicate with Ahmad Rahman", "Give him time to answer")
        assert_accessible(desk)


@pytest.mark.parametrize("javascript", [True, False])
def test_links_of_the_error_summary_lead_to_each_kind_of_field(window, care_manager, ahmad, javascript):
    desk = window(care_manager, javascript=javascript).go("/people/register/")
    desk.page.locator("[name=given_name]").fill("Still here")
    desk.page.locator("[name=date_of_birth_0]").fill("31")
    desk.page.locator("[name=date_of_birth_1]").fill("2")
    desk.page.locator("[name=date_of_birth_2]").fill("1970")
    desk.press("Put on our records")
    summary = desk.page.locator(".govuk-error-summary")
    links = summary.get_by_role("link")
    assert links.count() >= 3
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        assert desk.page.locator(f"[id='{target}']").count() == 1, f"#{target} leads nowhere"
        if javascript:
            assert desk.page.evaluate("document.activeElement.id") == target
    assert desk.page.locator("[name=given_name]").input_value() == "Still here"


def test_the_keyboard_alone_finds_a_person(window, care_manager, ahmad):
    desk = window(care_manager).go("/people/")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    desk.page.locator("[name=text]").focus()
    desk.page.keyboard.type("Rahman")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_load_state()
    desk.page.get_by_role("link", name="Ahmad Rahman").focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/people/*-*/")
    desk.sees("Ahmad Rahman")
