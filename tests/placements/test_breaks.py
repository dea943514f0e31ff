"""Short breaks by date: the calendar, a series with its exceptions, one cancelled, and what ends with the placement."""

from datetime import date

import pytest
from django.urls import reverse

from carers import actions as carers
from carers.models import Closure, Stay
from placements import actions, queries
from placements.breaks import month_after, month_asked, repeated, weeks_of
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..careplans.pages import date_of, queries_of, send, text
from ..risk.test_actions import assert_broken
from . import factories
from .factories import days


def test_a_series_goes_on_until_its_last_day():
    march = date(2027, 3, 5)
    assert repeated(march, date(2027, 3, 7), 0, date(2028, 1, 1)) == [(march, date(2027, 3, 7))]
    every_second = repeated(march, date(2027, 3, 7), 2, date(2027, 4, 2))
    assert every_second == [
        (march, date(2027, 3, 7)),
        (date(2027, 3, 19), date(2027, 3, 21)),
        (date(2027, 4, 2), date(2027, 4, 4)),
    ]


def test_months_are_whole_weeks_and_nonsense_is_this_month():
    today = date(2027, 3, 17)
    assert month_asked("2028-02", today) == date(2028, 2, 1)
    for nonsense in ("", "2028", "2028-13", "1-1", "<b>", "99999-1"):
        assert month_asked(nonsense, today) == date(2027, 3, 1)
    assert (month_after(date(2027, 12, 1)), month_after(date(2027, 1, 1), -1)) == (
        date(2028, 1, 1),
        date(2026, 12, 1),
    )
    weeks = weeks_of(date(2027, 3, 1))
    assert weeks[0][0] == date(2027, 3, 1) and weeks[-1][2:] == [date(2027, 3, 31), None, None, None, None]


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker):
    """A short break that runs; its first nights are in the past."""
    row = factories.existing(
        supported_person, scheme, carer, scheme_worker, kind="short_break", since=days(-9)
    )
    carers.end_stay(stay=queries.stay_of(row), leaving_on=days(-2), by=scheme_worker)
    return row


def book(placement, by, first=7, until=9, **facts):
    return actions.book_breaks(placement=placement, first=days(first), until=days(until), by=by, **facts)


def taken(placement):
    found = queries.stays_of(placement).binding().order_by("period")
    return [(stay.period.lower, stay.period.upper) for stay in found]


@pytest.mark.rule("placements.series_leaves_out")
@pytest.mark.rule("placements.series_apart")
@pytest.mark.rule("placements.a_year_ahead")
def test_every_second_weekend_except_one(placement, scheme_worker):
    booked = book(placement, scheme_worker, every=2, last=days(63), but=[days(35)])
    assert taken(placement) == [(days(n), days(n + 2)) for n in (7, 21, 49, 63)]
    assert [row.stay.claim for row in booked] == ["night"] * 4
    cancelled = actions.cancel_break(booking=booked[1], by=scheme_worker, why="His sister visits")
    assert cancelled.state == Stay.State.RELEASED
    assert cancelled.history.latest().history_change_reason.startswith("cancelled: His sister visits")
    assert taken(placement) == [(days(n), days(n + 2)) for n in (7, 49, 63)]
    again = {"every": 2, "last": days(90)}
    assert_broken(
        "placements.series_leaves_out",
        lambda: book(placement, scheme_worker, 70, 72, but=[days(71)], **again),
    )
    assert_broken(
        "placements.series_leaves_out", lambda: book(placement, scheme_worker, 70, 72, but=[days(70)])
    )
    assert_broken("placements.series_apart", lambda: book(placement, scheme_worker, 70, 85, **again))
    assert_broken(
        "placements.a_year_ahead", lambda: book(placement, scheme_worker, 70, 72, every=1, last=days(400))
    )
    assert len(taken(placement)) == 3


def test_nothing_of_a_series_is_booked_where_one_place_is_missing_and_each_is_named(
    placement, home, team, scheme_worker
):
    for first in (21, 35):
        Closure.objects.create(household=home, places=3, period=(days(first), days(first + 1)), reason="Away")
    with pytest.raises(RuleBroken) as refused:
        book(placement, scheme_worker, every=2, last=days(49))
    said = refused.value.messages
    assert len(said) == 2 and all("no place free on" in words for words in said)
    assert taken(placement) == []


@pytest.mark.rule("placements.booked_by_date")
@pytest.mark.rule("placements.break_over")
def test_only_what_runs_is_booked_and_only_what_is_to_come_is_cancelled(
    placement, ready, scheme_worker, scheme_manager
):
    assert_broken("placements.booked_by_date", lambda: book(ready, scheme_worker))
    (booked,) = book(placement, scheme_worker)
    (old,) = [row for row in placement.bookings.all() if row != booked]
    assert_broken(
        "placements.break_over", lambda: actions.cancel_break(booking=old, by=scheme_worker, why="No")
    )
    (now,) = book(placement, scheme_worker, -1, 3)
    assert actions.cancel_break(booking=now, by=scheme_worker, why="Ill").period.upper == cast.today()
    actions.end(placement=placement, on=cast.today(), reason="moved_on", by=scheme_manager)
    assert Stay.objects.get(pk=booked.stay_id).state == Stay.State.RELEASED
    assert_broken("placements.booked_by_date", lambda: book(placement, scheme_worker))


@pytest.mark.rule("carers.takes_nobody_new")
def test_nothing_is_booked_with_a_carer_who_stops(placement, scheme_worker, scheme_manager):
    carers.end_carer(carer=placement.carer, because="resigned", on=days(60), by=scheme_manager)
    placement.refresh_from_db()
    assert_broken("carers.takes_nobody_new", lambda: book(placement, scheme_worker))


def test_the_calendar_names_own_people_counts_others_and_leads_to_booking(
    placement, home, team, other_scheme, care_manager, scheme_worker, client
):
    other = cast.user("Nia North", other_scheme, "scheme_worker")
    stranger = cast.person(team, worker=care_manager, given_name="Zebedee")
    theirs = factories.existing(
        stranger, other_scheme, placement.carer, other, kind="short_break", since=days(-9)
    )
    carers.end_stay(stay=queries.stay_of(theirs), leaving_on=days(-2), by=other)
    book(theirs, other, 1, 28)
    client.force_login(scheme_worker)
    address = reverse("placements:book_breaks", args=[home.pk])
    assert "Zebedee" not in text(client.get(address))
    typed = {
        "placement": placement.pk,
        "every": 1,
        "but": "",
        **date_of("first", days(2)),
        **date_of("until", days(4)),
    }
    again = send(client, address, typed)
    assert again.status_code == 422 and "Say until when it comes again." in text(again)
    sent = send(
        client, address, typed | date_of("last", days(16)) | {"but": f"{days(9):%-d %-m %Y}"}, follow=True
    )
    assert sent.status_code == 200 and len(taken(placement)) == 2
    month = f"{reverse('placements:calendar', args=[home.pk])}?month={days(2):%Y-%m}"
    shown = text(client.get(month))
    assert str(placement.person) in shown and "Another person" in shown and "Zebedee" not in shown
    assert "1 free" in shown and len(queries_of(client, month)) <= 12
    booked = placement.bookings.order_by("stay__period").last()
    cancel = reverse("placements:cancel_break", args=[booked.pk])
    assert send(client, cancel, {"why": "The carer is ill"}).status_code == 302
    assert len(taken(placement)) == 1
    overview = reverse("placements:breaks")
    assert str(home) in text(client.get(overview)) and len(queries_of(client, overview)) <= 12
    (foreign,) = theirs.bookings.filter(stay__state="booked")
    assert client.get(reverse("placements:cancel_break", args=[foreign.pk])).status_code == 404
