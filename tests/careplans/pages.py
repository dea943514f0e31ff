"""Asking pages as a browser would, for the tests of plans and of risk."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET CONSTRAINTS")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def date_of(name, day):
    """The three boxes of a date."""
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def hidden(page):
    """The hidden fields of a page's form: one-time key, version, formset counts."""
    return {
        name: value for name, value in HIDDEN.findall(page.content.decode()) if name != "csrfmiddlewaretoken"
    }


def send(client, url, typed=None, **how):
    """Open a form, type, and send it."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, hidden(page) | (typed or {}), **how)


def queries_of(client, url):
    """How many queries a page costs besides transaction control."""
    with CaptureQueriesContext(connection) as captured:
        page = client.get(url)
    assert page.status_code == 200, page.status_code
    return [q["sql"] for q in captured if not q["sql"].startswith(CONTROL)]


def text(page):
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
