"""One's own dates in one's own calendar: a secret address, no name, and nothing once it was stopped."""

import icalendar
import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions as people
from sharedlives.records.typed import new_key
from sharedlives.worklist import actions, calendar_views
from sharedlives.worklist.models import CalendarFeed

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(deadline, person, team):
    return factories.due(person, team, timezone.localdate())


@pytest.fixture
def address(care_manager):
    return at(actions.choose_calendar(wanted=True, by=care_manager))


def at(feed):
    return reverse("calendar_feed", args=[feed.token])


def events(answer):
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_it_holds_what_is_due_and_no_name(due, address, person, client):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    (event,) = events(answer)
    assert str(event["summary"]) == f"Hearthkeep {person.reference}"
    assert event.decoded("dtstart") == timezone.localdate()
    assert str(event["url"]) == f"http://testserver/reviews/due/{due.pk}/"
    assert person.family_name not in answer.content.decode()
    assert "review is due" not in answer.content.decode()
    assert str(events(client.get(address))[0]["uid"]) == str(event["uid"])


def test_nobody_need_be_signed_in_and_nobody_is_signed_in_by_it(due, address, client):
    assert client.get(address).status_code == 200
    assert client.get("/").status_code == 302


def test_a_stopped_address_is_no_address(address, care_manager, client):
    actions.choose_calendar(wanted=False, by=care_manager)
    assert client.get(address).status_code == 404
    assert client.get(reverse("calendar_feed", args=["never"])).status_code == 404


def test_a_new_address_stops_the_one_before(address, care_manager, client):
    new = at(actions.choose_calendar(wanted=True, by=care_manager))
    assert [client.get(one).status_code for one in (address, new)] == [404, 200]


def test_whoever_may_not_sign_in_is_told_nothing(due, address, care_manager, client):
    type(care_manager).objects.filter(pk=care_manager.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_what_is_shut_to_its_owner_leaves_the_calendar(due, address, person, team_manager, client):
    assert len(events(client.get(address))) == 1
    people.restrict(person=person, kind="invisible", reason="Safety", allowed=[team_manager], by=team_manager)
    assert events(client.get(address)) == []


def test_asked_too_often_it_answers_later(address, client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(calendar_views, "READS_AN_HOUR", 2)
    assert [client.get(address).status_code for _time in range(3)] == [200, 200, 429]


def test_the_page_shows_the_address_once(deadline, care_manager, client):
    client.force_login(care_manager)
    url = reverse("worklist:calendar")
    shown = client.post(url, {"form_key": new_key(care_manager), "wanted": "new"}, follow=True)
    address = shown.context["address"]
    assert address in shown.content.decode()
    assert client.get(address).status_code == 200
    assert client.get(url).context["address"] == ""
    assert "is open" in client.get(url).content.decode()


def test_the_database_keeps_one_open_address_each(address, care_manager):
    with pytest.raises(IntegrityError, match="worklist_one_calendar_each"), transaction.atomic():
        CalendarFeed.objects.create(user=care_manager, token_hash="x" * 64)
    with (
        pytest.raises(IntegrityError, match="worklist_calendar_has_a_token"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE worklist_calendarfeed SET token_hash = ''")
