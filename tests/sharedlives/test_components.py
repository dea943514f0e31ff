"""The small parts: states, dates in words, lists of facts, empty places, ways about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from sharedlives.templatetags.components import TONE_OF, TONES, days_late, holding, tag, words_date


def render(template, **context):
    return Template("{% load components %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("missed", '<strong class="govuk-tag govuk-tag--red">Missed</strong>'),
        ("met_late", '<strong class="govuk-tag govuk-tag--yellow">Met late</strong>'),
        ("ended", '<strong class="govuk-tag app-tag--ended">Ended</strong>'),
        ("something_new", '<strong class="govuk-tag govuk-tag--grey">Something new</strong>'),
        ("", ""),
    ],
)
def test_a_state_is_a_word_with_a_colour(state, shown):
    assert tag(state) == shown


def test_no_state_has_two_colours():
    words = [state for states in TONES.values() for state in states.split()]
    assert sorted(words) == sorted(TONE_OF)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 3, 12), "12 March 2027"),
        (datetime(2027, 7, 12, 13, 5, tzinfo=UTC), "12 July 2027 at 2:05pm"),
        (datetime(2027, 1, 2, 0, 30, tzinfo=UTC), "2 January 2027 at 12:30am"),
        (None, ""),
    ],
)
def test_dates_are_said_in_words_and_in_british_time(value, words):
    assert words_date(value) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "1 day late"),
        (-1200, "1,200 days late"),
        (0, "due today"),
        (1, "due tomorrow"),
        (5, "due in 5 days"),
    ],
)
def test_how_late_something_is(days, words):
    today = date(2027, 3, 12)
    assert days_late(today + timedelta(days=days), today) == words


def test_what_has_ended_no_longer_holds():
    class Need:
        def __init__(self, until):
            self.until = until

    now = [Need(None), Need(date(2999, 1, 1))]
    assert holding([*now, Need(date(2020, 1, 1))]) == now


def test_a_fact_that_nobody_recorded_says_so():
    html = render(
        '{% summary %}{% row "Born" %}{{ born }}{% endrow %}{% row "Phone" url="/x/" %}{% endrow %}{% endsummary %}',
        born="1 May 1980",
    )
    assert "1 May 1980" in html
    assert html.count("Not recorded") == 1
    assert 'href="/x/">Change<span class="govuk-visually-hidden"> phone</span>' in html


def test_what_people_write_is_escaped_in_every_part():
    evil = "<b onclick=x>"
    html = render(
        "{% tag evil %}{% empty evil %}{{ evil }}{% endempty %}{% summary %}{% row evil %}{{ evil }}{% endrow %}{% endsummary %}"
        '{% tasks %}{% task evil "done" hint=evil url="/" %}{% endtasks %}{% details evil %}{{ evil }}{% enddetails %}'
        '{% inset %}{{ evil }}{% endinset %}{% warning %}{{ evil }}{% endwarning %}{% breadcrumbs evil "/" %}'
        '{% tiles %}{% tile evil evil url="/" %}{{ evil }}{% endtile %}{% endtiles %}{% back "/" evil %}'
        '{% tabs evil "now" %}{{ evil }}{% endtabs %}',
        evil=evil,
    )
    assert evil not in html
    assert "&lt;b onclick=x&gt;" in html


def test_pages_keep_the_filters_and_the_order():
    request = RequestFactory().get("/?sort=-due&kind=first&page=2")
    page = Paginator(range(100), 10).get_page(2)
    html = render("{% pagination page %}", page=page, request=request)
    assert 'href="?sort=-due&amp;kind=first&amp;page=3" rel="next"' in html
    assert 'aria-current="page"' in html


class Person:
    def __init__(self, needs):
        self.communication_needs = self
        self.needs = needs

    def all(self):
        return self.needs

    def __str__(self):
        return "Ahmad Khan"


class Need:
    until, asked_on = None, date(2026, 3, 12)

    def __str__(self):
        return "Speak slowly, one thing at a time"


def test_the_banner_says_how_or_that_nobody_asked():
    known = render('{% include "components/communication_banner.html" %}', person=Person([Need()]))
    assert "How to communicate with Ahmad Khan" in known
    assert "<li>Speak slowly, one thing at a time</li>" in known
    assert "Last asked on 12 March 2026" in known
    unknown = render(
        '{% include "components/communication_banner.html" %}', person=Person([]), restricted="Ask Tom."
    )
    assert "Nobody has written down" in unknown
    assert "Ask Tom." in unknown
