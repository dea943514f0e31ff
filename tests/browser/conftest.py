"""A real Chromium against a real server: several people at once, each with a browser window of their own."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from .. import factories

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
# Playwright's own event loop runs in this thread; the ORM is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((shutil.which(n) for n in names if shutil.which(n)), None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _rows_of_migrations_stay(transactional_db, django_db_serialized_rollback):
    """Live-server tests empty the tables; what migrations put there (policy, courses, schedules) comes back."""


class Window:
    """One person's browser window."""

    def __init__(self, page, base, user):
        self.page, self.base, self.user = page, base, user

    def go(self, path):
        path = path if isinstance(path, str) else path.get_absolute_url()
        answer = self.page.goto(self.base + path)
        assert answer.status < 500, f"{path}: {answer.status}"
        return self

    def sign_in(self):
        self.go("/account/login/")
        self.page.get_by_label("Email").fill(self.user.email)
        self.page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        return self

    def fill(self, label, text):
        self.page.get_by_label(label, exact=False).first.fill(text)
        return self

    def fill_date(self, name, day):
        for box, part in enumerate((day.day, day.month, day.year)):
            self.page.locator(f"[name={name}_{box}]").fill(str(part))
        return self

    def choose(self, name, value):
        self.page.locator(f"[name={name}][value='{value}']").check()
        return self

    def select(self, name, value=None, label=None):
        chosen = {"label": label} if label else {"value": str(value)}
        self.page.locator(f"[name={name}]").select_option(**chosen)
        return self

    def press(self, button):
        self.page.get_by_role("button", name=button).first.click()
        return self

    def follow(self, link):
        self.page.get_by_role("link", name=link).first.click()
        return self

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def sees(self, *words):
        for word in words:
            assert word in self.text, f"{word!r} is not on {self.page.url}:\n{self.text[:1500]}"
        return self


@pytest.fixture
def window(browser, live_server):
    """`window(user)` opens a signed-in browser window; several stand side by side."""
    contexts = []

    def open_for(user, viewport=DESK, javascript=True):
        context = browser.new_context(viewport=viewport, java_script_enabled=javascript)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Window(context.new_page(), live_server.url, user).sign_in()

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def accessible():
    """Check a page with axe: no violation of WCAG 2.2 AA or of good practice, and nothing wider than the window."""

    def check(window):
        found = Axe().run(window.page)
        assert found.violations_count == 0, f"{window.page.url}\n{found.generate_report()}"
        width = window.page.evaluate("document.documentElement.scrollWidth")
        assert width <= window.page.viewport_size["width"], f"{window.page.url} is {width} px wide"

    return check
