"""The look in a real browser: nothing for axe to find, focus where it belongs, nothing lost at the time-out."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core import mail
from playwright.sync_api import expect

from sharedlives.worklist.actions import deliver_outbox

from ..factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECKS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def tab(browser, live_server):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.complaints = []
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on(
        "console", lambda said: "Content Security Policy" in said.text and tab.complaints.append(said.text)
    )
    yield tab
    assert tab.complaints == []
    context.close()


def assert_accessible(tab, widths=(1280,)):
    """axe finds nothing at these widths, and the page needs no sideways scroll on a small phone."""
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(tab, options=CHECKS).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.set_viewport_size({"width": 1280, "height": 900})


def sign_in(tab, user):
    tab.goto("/account/login/")
    tab.get_by_label("Email").fill(user.email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()


def test_one_of_everything_is_accessible(tab, settings):
    settings.ROOT_URLCONF = "tests.sharedlives.gallery"
    tab.goto("/gallery/")
    for opener in tab.locator("details summary").all():
        opener.click()
    assert_accessible(tab, (1280, 320))


def test_each_link_of_the_error_summary_moves_the_focus(tab, settings):
    settings.ROOT_URLCONF = "tests.sharedlives.gallery"
    tab.goto("/gallery/")
    tab.get_by_role("button", name="Send").click()
    expect(tab).to_have_title(re.compile("^Error: "))
    expect(tab.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(tab)
    links = tab.locator(".govuk-error-summary a").all()
    assert len(links) == 10
    for link in links:
        target = link.get_attribute("href").removeprefix("#")
        link.click()
        assert tab.evaluate("document.activeElement.id") == target


def test_a_second_press_of_a_button_sends_nothing(tab, settings):
    settings.ROOT_URLCONF = "tests.sharedlives.gallery"
    tab.goto("/gallery/")
    sent = tab.evaluate(
        """() => {
            const form = document.querySelector("main form");
            let sent = 0;
            form.addEventListener("submit", (event) => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
            form.requestSubmit();
            form.requestSubmit();
            return sent;
        }"""
    )
    assert sent == 1


def test_everything_is_there_without_a_script(browser, live_server, settings):
    settings.ROOT_URLCONF = "tests.sharedlives.gallery"
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 800}
    )
    tab = context.new_page()
    tab.goto("/gallery/")
    expect(tab.locator("#past")).to_be_visible()
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("heading", name="There is something to put right")).to_be_visible()
    context.close()


def test_signing_in_and_its_mistakes_are_accessible(tab, db):
    tab.goto("/account/login/")
    assert_accessible(tab)
    tab.get_by_role("button", name="Sign in").click()
    assert tab.title().startswith("Error: ")
    assert_accessible(tab)
    tab.goto("/account/password/reset/")
    assert_accessible(tab)
    tab.get_by_label("Email").fill("nobody@example.org")
    tab.get_by_role("button", name="Send me the link").click()
    expect(tab.get_by_role("heading", name="Look at your mail")).to_be_visible()
    assert_accessible(tab)
    assert mail.outbox == []
    tab.goto("/account/password/reset/key/1-abc/")
    expect(tab.get_by_role("heading", name="This link no longer works")).to_be_visible()
    assert_accessible(tab)


def test_a_forgotten_password_is_set_again(tab, care_manager):
    tab.goto("/account/password/reset/")
    tab.get_by_label("Email").fill(care_manager.email)
    tab.get_by_role("button", name="Send me the link").click()
    expect(tab.get_by_role("heading", name="Look at your mail")).to_be_visible()
    deliver_outbox()
    assert len(mail.outbox) == 1
    assert care_manager.name not in mail.outbox[0].body
    tab.goto(re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1])
    expect(tab.get_by_role("heading", name="Choose a new password")).to_be_visible()
    assert_accessible(tab)
    for box in tab.locator("main input[type=password]").all():
        box.fill("quiet-otter-crosses-the-harbour")
    tab.get_by_role("button", name="Save the new password").click()
    expect(tab.get_by_role("heading", name="Your password has changed")).to_be_visible()


def test_a_second_factor_is_set_up_used_and_taken_off(tab, care_manager):
    sign_in(tab, care_manager)
    tab.goto("/account/2fa/")
    assert_accessible(tab)
    tab.get_by_role("link", name="Turn on authenticator app").click()
    expect(tab.get_by_role("heading", name="Is it you?")).to_be_visible()
    assert_accessible(tab)
    tab.locator("#id_password").fill(PASSWORD)
    tab.get_by_role("button", name="Go on").click()
    expect(tab.get_by_role("heading", name="Turn on the authenticator app")).to_be_visible()
    assert_accessible(tab)
    tab.locator("details summary").click()
    secret = tab.locator(".app-secret").inner_text()
    code_box = tab.locator("#id_code")
    assert code_box.get_attribute("autocomplete") == "one-time-code"
    code_box.fill(code(secret))
    tab.get_by_role("button", name="Turn it on").click()
    expect(tab.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert_accessible(tab)
    recovery = tab.locator(".app-codes li").first.inner_text()
    tab.goto("/account/2fa/recovery-codes/generate/")
    assert_accessible(tab)
    tab.get_by_role("button", name="Sign out").click()
    sign_in(tab, care_manager)
    expect(tab.get_by_role("heading", name="Type your code")).to_be_visible()
    assert_accessible(tab)
    tab.locator("#id_code").fill(recovery)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.goto("/account/password/change/")
    assert_accessible(tab)
    tab.goto("/account/2fa/totp/deactivate/")
    expect(tab.get_by_role("heading", name="Is it you?")).to_be_visible()
    assert_accessible(tab)
    tab.goto("/account/reauthenticate/?next=/account/2fa/totp/deactivate/")
    tab.locator("#id_password").fill(PASSWORD)
    tab.get_by_role("button", name="Go on").click()
    assert_accessible(tab)
    tab.get_by_role("button", name="Turn it off").click()
    expect(tab.get_by_text("The authenticator app is off.")).to_be_visible()


def code(secret):
    """What an authenticator app shows now for a secret."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_whoever_stays_is_not_signed_out(tab, care_manager):
    tab.clock.install()
    sign_in(tab, care_manager)
    tab.goto("/account/password/change/")
    warning = tab.get_by_role("dialog", name="You are about to be signed out")
    tab.clock.fast_forward("27:00")
    expect(warning).to_be_hidden()
    tab.clock.fast_forward("01:10")
    expect(warning).to_be_visible()
    assert_accessible(tab)
    with tab.expect_response("**/stay-signed-in/") as answer:
        tab.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(warning).to_be_hidden()
    tab.clock.fast_forward("02:00")
    expect(warning).to_be_hidden()


def test_after_the_time_out_the_page_is_covered_and_what_was_typed_is_sent(tab, care_manager):
    tab.clock.install()
    sign_in(tab, care_manager)
    tab.goto("/account/password/change/")
    tab.locator("main input[type=password]").first.fill("typed before the kettle boiled")
    Session.objects.all().delete()
    tab.clock.fast_forward("31:00")
    over = tab.get_by_role("dialog", name="You have been signed out")
    expect(over).to_be_visible()
    expect(tab.get_by_role("button", name="Stay signed in")).to_be_hidden()
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('dialog'), '::backdrop').backgroundColor")
        == "rgb(12, 47, 41)"
    )
    with tab.expect_request(lambda sent: sent.method == "POST") as sent:
        tab.get_by_role("button", name="Sign in again").click()
    assert "typed+before+the+kettle+boiled" in sent.value.post_data
    tab.wait_for_url(re.compile("/account/login/"))


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "500", "503"])
def test_error_pages_stand_on_their_own(tab, name, django_assert_num_queries):
    from django.template.loader import get_template

    with django_assert_num_queries(0):
        html = get_template(f"{name}.html").render({})
    tab.route("**/an-error/", lambda route: route.fulfill(body=html, content_type="text/html"))
    tab.goto("/an-error/")
    assert_accessible(tab)
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('.app-header')).backgroundColor")
        == "rgb(20, 69, 61)"
    )
