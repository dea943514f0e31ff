"""A real Chromium against a real server: several people at once, each with a browser window of their own."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from .. import factories

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


def as_name(words):
    """A name as it stands, or any of several: "Save|Record"."""
    return re.compile(rf"^({words})") if "|" in words else words


class Window:
    """One person's browser window."""

    def __init__(self, page, base, user):
        self.page, self.base, self.user = page, base, user

    def go(self, path):
        path = path if isinstance(path, str) else path.get_absolute_url()
        answer = (
            self.page.goto(self.base + path) or self.page.reload()
        )  # from #main-content nothing is asked anew
        assert answer.status < 500, f"{path}: {answer.status}"
        return self

    def sign_in(self):
        """With the cookie of a session: the form is used where it is the matter (`Keys`, tests/sharedlives)."""
        client = Client()
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.base}])
        return self

    def fill(self, label, text):
        self.page.get_by_label(label, exact=False).first.fill(text)
        return self

    def answer(self, **answers):
        """Fill in fields by their names: words, choices, days, ticks; in the order given."""
        for name, value in answers.items():
            self.answer_one(name, value)
        return self

    def answer_one(self, name, value):
        if isinstance(value, date):
            for box, part in enumerate((value.day, value.month, value.year)):
                self.write(self.page.locator(f"[name='{name}_{box}']"), str(part))
        elif isinstance(value, (list, bool)):
            for ticked in value if isinstance(value, list) else ["on"]:
                box = f"[name='{name}'][value='{ticked}']" if isinstance(value, list) else f"[name='{name}']"
                self.tick(self.page.locator(box))
        else:
            self.answer_by_kind(self.page.locator(f"[name='{name}']"), str(value))

    def answer_by_kind(self, field, value):
        assert field.count(), f"{field} is not on {self.page.url}:\n{self.text[:1500]}"
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "radio":
            self.pick(field, value)
        elif kind == "select":
            self.select(field, value)
        else:
            self.write(field, value)

    def write(self, field, text):
        field.fill(text)

    def tick(self, box):
        box.check()

    def pick(self, radios, value):
        self.page.locator(f"[name='{radios.first.get_attribute('name')}'][value='{value}']").check()

    def select(self, field, value):
        field.select_option(value)

    def press(self, button):
        return self.enter(self.page.locator("main").get_by_role("button", name=as_name(button)).first)

    def follow(self, link):
        return self.enter(self.page.locator("main").get_by_role("link", name=as_name(link)).first)

    def open_first(self, selector):
        return self.enter(self.page.locator(selector).first)

    def enter(self, thing):
        """Go where a link or a button leads, and be there: what is looked at next is the new page."""
        with self.page.expect_navigation():
            thing.click()
        return self

    def done(self):
        """The form was carried out: the page went on, without an error summary."""
        summary = self.page.locator(".govuk-error-summary")
        assert summary.count() == 0, f"{self.page.url}: {summary.inner_text()}"
        return self

    @property
    def address(self):
        """Where the window is, as a path of this site."""
        return urlsplit(self.page.url).path

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def sees(self, *words):
        for word in words:
            assert word in self.text, f"{word!r} is not on {self.page.url}:\n{self.text[:1500]}"
        return self


class Keys(Window):
    """The same, by the keyboard alone: Tab until the thing has the focus, then type, space, arrows or enter.

    Where the focus meets the link that skips the heading, Enter goes to the page's own words, as its users do.
    """

    FOCUS = "e => e === document.activeElement ? 'here' : document.activeElement.hash"

    def sign_in(self):
        self.go("/account/login/")
        self.write(self.page.get_by_label("Email"), self.user.email)
        self.write(self.page.get_by_label("Password", exact=True), factories.PASSWORD)
        return self.press("Sign in")

    def reach(self, thing):
        found = thing.element_handle()  # looked for once: a question to it takes a fifth of one to a locator
        inside = found.evaluate("e => !!e.closest('main')")
        for _step in range(400):
            focus = found.evaluate(self.FOCUS)
            if focus == "here":
                return
            self.page.keyboard.press("Enter" if inside and focus == "#main-content" else "Tab")
        pytest.fail(f"the Tab key never reaches {thing} on {self.page.url}")

    def write(self, field, text):
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def tick(self, box):
        self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def pick(self, radios, value):
        name = radios.first.get_attribute("name")
        wanted = self.page.locator(f"[name='{name}'][value='{value}']").element_handle()
        checked = self.page.locator(f"[name='{name}']:checked")
        self.reach(checked if checked.count() else radios.first)
        for _step in range(radios.count()):
            if wanted.evaluate("e => e === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        assert wanted.is_checked(), f"{name} cannot be set to {value} by keys"

    def select(self, field, value):
        self.reach(field)
        self.page.keyboard.press("Home")
        for _step in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert field.input_value() == value

    def enter(self, thing):
        self.reach(thing)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


@pytest.fixture
def window(browser, live_server):
    """`window(user)` opens a signed-in browser window; several stand side by side."""
    contexts = []

    def open_for(user, viewport=DESK, javascript=True, kind=Window):
        context = browser.new_context(viewport=viewport, java_script_enabled=javascript)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return kind(context.new_page(), live_server.url, user).sign_in()

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def assert_accessible():
    """Check a page with axe: no violation of WCAG 2.2 AA or of good practice, and nothing wider than the window."""

    def check(window):
        found = Axe().run(window.page)
        assert found.violations_count == 0, f"{window.page.url}\n{found.generate_report()}"
        width = window.page.evaluate("document.documentElement.scrollWidth")
        assert width <= window.page.viewport_size["width"], f"{window.page.url} is {width} px wide"

    return check
