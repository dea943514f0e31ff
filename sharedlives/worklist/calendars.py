"""Somebody's own dates as a calendar file: what is on My work, and what apps add, such as meetings.

A calendar lies on phones and with companies: an entry holds its time, the reference and the link, and nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import icalendar
from django.utils import timezone

from . import queries

MEETINGS = []  # functions of a user that yield `Meeting`s
AN_HOUR = timedelta(hours=1)
MOST = 500  # of each list: more than anybody reads in a calendar


@dataclass(frozen=True)
class Meeting:
    """A day or an hour that an app puts into the calendar. `revision` rises with each change of it."""

    key: str
    reference: str
    on: date
    path: str
    at: time | None = None
    revision: int = 0


def meetings(source):
    """Declare a function that yields the meetings of a user."""
    MEETINGS.append(source)
    return source


def due_dates(user, today):
    """What is late, due today or due in the next six weeks, each on its day."""
    for slug in (queries.TODAY.slug, queries.WEEKS.slug):
        items, _more = queries.page(user, slug, today, limit=MOST)
        for item in items:
            yield Meeting(f"{item.deadline}-{item.object_id}", item.reference, item.due_on, item.path)


def calendar_of(user, *, address):
    """The bytes of a user's calendar. `address` makes a whole address out of a path."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Hearthkeep//Shared Lives//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Hearthkeep")
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    own = [meeting for source in MEETINGS for meeting in source(user)]
    for meeting in [*own, *due_dates(user, timezone.localdate())]:
        made.add_component(event_of(meeting, address))
    made.add_missing_timezones()
    return made.to_ical()


def event_of(meeting, address):
    event = icalendar.Event()
    event.add("uid", f"{meeting.key}@hearthkeep")
    event.add("dtstamp", timezone.now())
    event.add("summary", f"Hearthkeep {meeting.reference}".strip())
    event.add("url", address(meeting.path))
    event.add("sequence", meeting.revision)
    event.add("class", "PRIVATE")
    if meeting.at is None:
        event.add("dtstart", meeting.on)
        event.add("dtend", meeting.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        begins = datetime.combine(meeting.on, meeting.at, timezone.get_current_timezone())
        event.add("dtstart", begins)
        event.add("dtend", begins + AN_HOUR)
    return event
