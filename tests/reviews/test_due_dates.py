"""When reviews fall due: dated lives, and the dates that follow, worked out by hand with a calendar.

A case: the start; what happened, each on its day; the reviews of the agreement in their order. A day may carry an hour,
in local time. `signed` plan and budget are signed off (before the start where nothing is said), `held` a meeting takes
place, `held … next` and the next date is agreed, `clock` the nightly job runs, `policy … 42/6` the council sets 42 days
and six months from then on, `away` and `back` a stay in hospital, `ended` the placement ends.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from careplans.moments import SIGNED_OFF
from placements import actions as placements
from placements.moments import ENDED
from reviews import actions
from reviews.models import ReviewDue, ReviewPolicy

from . import factories

LONDON = ZoneInfo("Europe/London")

CASES = """
# The first review: eight weeks after the start, the same weekday
a Friday in January             | 2027-01-01 |                                        | open 2027-02-26
lands on 1 March                | 2027-01-04 |                                        | open 2027-03-01
lands on a leap day             | 2028-01-04 |                                        | open 2028-02-29
the day after a leap day        | 2028-01-05 |                                        | open 2028-03-01
starts on a leap day            | 2028-02-29 |                                        | open 2028-04-25
starts on 28 February           | 2027-02-28 |                                        | open 2027-04-25
over the turn of a year         | 2026-11-20 |                                        | open 2027-01-15
lands on New Year's Day         | 2026-11-06 |                                        | open 2027-01-01
from the last day of a year     | 2026-12-31 |                                        | open 2027-02-25
the end of a short month        | 2027-04-30 |                                        | open 2027-06-25
the end of a long month         | 2027-07-31 |                                        | open 2027-09-25
lands on the first day of BST   | 2027-01-31 |                                        | open 2027-03-28
starts on the first day of BST  | 2027-03-28 |                                        | open 2027-05-23
lands on the last day of BST    | 2027-09-05 |                                        | open 2027-10-31
starts on the last day of BST   | 2027-10-31 |                                        | open 2027-12-26
lands on a Christmas Day        | 2027-10-30 |                                        | open 2027-12-25
written half past midnight, BST | 2027-06-01 00:30 |                                  | open 2027-07-27
written at 23:30, BST           | 2027-06-01 23:30 |                                  | open 2027-07-27
the sign-off changes nothing    | 2027-01-01 | signed 2027-02-01                      | open 2027-02-26

# Held: the next one twelve months after the due date or the meeting, whichever is sooner
on the day                      | 2027-01-01 | held 2027-02-26                        | met 2027-02-26; open 2028-02-26
a day early                     | 2027-01-01 | held 2027-02-25                        | met 2027-02-26; open 2028-02-25
four weeks early                | 2027-01-01 | held 2027-01-29                        | met 2027-02-26; open 2028-01-29
on the day after the start      | 2027-01-01 | held 2027-01-02                        | met 2027-02-26; open 2028-01-02
a day late                      | 2027-01-01 | held 2027-02-27                        | met_late 2027-02-26; open 2028-02-26
six months late                 | 2027-01-01 | held 2027-08-26                        | met_late 2027-02-26; open 2028-02-26
eleven months late              | 2027-01-01 | held 2028-01-26                        | met_late 2027-02-26; open 2028-02-26
early, in the year before       | 2026-11-20 | held 2026-12-31                        | met 2027-01-15; open 2027-12-31
due on a leap day, held then    | 2028-01-04 | held 2028-02-29                        | met 2028-02-29; open 2029-02-28
due on a leap day, held after   | 2028-01-04 | held 2028-03-10                        | met_late 2028-02-29; open 2029-02-28
due on a leap day, held before  | 2028-01-04 | held 2028-02-28                        | met 2028-02-29; open 2029-02-28
due on 1 March, held 29 Feb     | 2028-01-05 | held 2028-02-29                        | met 2028-03-01; open 2029-02-28
due on 1 March, held that day   | 2027-01-04 | held 2027-03-01                        | met 2027-03-01; open 2028-03-01
held on 28 Feb before a leap day| 2027-01-04 | held 2027-02-28                        | met 2027-03-01; open 2028-02-28
held on a 31st                  | 2027-01-29 | held 2027-03-26                        | met 2027-03-26; open 2028-03-26
early on 31 January             | 2027-01-01 | held 2027-01-31                        | met 2027-02-26; open 2028-01-31
held at 00:30 on the first of BST | 2027-01-31 | held 2027-03-28 00:30                | met 2027-03-28; open 2028-03-28
held at 00:30 in summer         | 2027-04-30 | held 2027-06-25 00:30                  | met 2027-06-25; open 2028-06-25
a day late at 00:30 in summer   | 2027-04-30 | held 2027-06-26 00:30                  | met_late 2027-06-25; open 2028-06-25
held at 23:30 on the last of BST| 2027-09-05 | held 2027-10-31 23:30                  | met 2027-10-31; open 2028-10-31

# The second and the third: early comes nearer, late never moves away
on the day, twice               | 2027-01-01 | held 2027-02-26, held 2028-02-26       | met 2027-02-26; met 2028-02-26; open 2029-02-26
late, then on the day           | 2027-01-01 | held 2027-05-26, held 2028-02-26       | met_late 2027-02-26; met 2028-02-26; open 2029-02-26
late twice                      | 2027-01-01 | held 2027-05-26, held 2028-05-26       | met_late 2027-02-26; met_late 2028-02-26; open 2029-02-26
early twice                     | 2027-01-01 | held 2027-02-12, held 2028-01-12       | met 2027-02-26; met 2028-02-12; open 2029-01-12
early, then late                | 2027-01-01 | held 2027-02-12, held 2028-03-12       | met 2027-02-26; met_late 2028-02-12; open 2029-02-12
leap day becomes the 28th, stays| 2028-01-04 | held 2028-02-29, held 2029-02-28       | met 2028-02-29; met 2029-02-28; open 2030-02-28
stays the 28th in a leap year   | 2027-01-03 | held 2027-02-28, held 2028-02-28       | met 2027-02-28; met 2028-02-28; open 2029-02-28
29 Feb is a day late for 28 Feb | 2027-01-03 | held 2027-02-28, held 2028-02-29       | met 2027-02-28; met_late 2028-02-28; open 2029-02-28

# A sooner date that the meeting agreed; never a later one than the rule gives
three months                    | 2027-01-01 | held 2027-02-26 next 2027-05-26        | met 2027-02-26; open 2027-05-26
the day after                   | 2027-01-01 | held 2027-02-26 next 2027-02-27        | met 2027-02-26; open 2027-02-27
a leap day                      | 2027-03-10 | held 2027-05-05 next 2028-02-29        | met 2027-05-05; open 2028-02-29
sooner, then the rule again     | 2027-01-01 | held 2027-02-26 next 2027-05-26, held 2027-05-26 | met 2027-02-26; met 2027-05-26; open 2028-05-26
sooner, then late               | 2027-01-01 | held 2027-02-26 next 2027-05-26, held 2027-06-26 | met 2027-02-26; met_late 2027-05-26; open 2028-05-26

# Plan and budget signed after the meeting: met on the day of the sign-off, the next one counts from the meeting
signed a week later, in time    | 2027-01-01 | held 2027-02-12, signed 2027-02-19     | met 2027-02-26; open 2028-02-12
signed on the due date          | 2027-01-01 | held 2027-02-12, signed 2027-02-26     | met 2027-02-26; open 2028-02-12
signed a day too late           | 2027-01-01 | held 2027-02-12, signed 2027-02-27     | met_late 2027-02-26; open 2028-02-12
signed half a year too late     | 2027-01-01 | held 2027-02-26, signed 2027-08-26     | met_late 2027-02-26; open 2028-02-26
not signed yet                  | 2027-01-01 | held 2027-02-12, unsigned              | open 2027-02-26
not signed by the due date      | 2027-01-01 | held 2027-02-12, unsigned, clock 2027-03-01 | open 2027-02-26
signed before the meeting       | 2027-01-01 | signed 2027-02-01, held 2027-02-20     | met 2027-02-26; open 2028-02-20
signed on the day of the meeting| 2027-01-01 | signed 2027-02-20, held 2027-02-20     | met 2027-02-26; open 2028-02-20
late and signed later           | 2027-01-01 | held 2027-03-05, signed 2027-03-12     | met_late 2027-02-26; open 2028-02-26
signed on a leap day            | 2028-01-04 | held 2028-02-20, signed 2028-02-29     | met 2028-02-29; open 2029-02-20

# Never held: missed twelve months after its date, and the next one opens
a day before the year is over   | 2027-01-01 | clock 2028-02-25                       | open 2027-02-26
the year is over                | 2027-01-01 | clock 2028-02-26                       | missed 2027-02-26; open 2028-02-26
two years                       | 2027-01-01 | clock 2029-02-26                       | missed 2027-02-26; missed 2028-02-26; open 2029-02-26
the clock stood still for months| 2027-01-01 | clock 2028-11-05                       | missed 2027-02-26; open 2028-02-26
due on a leap day               | 2028-01-04 | clock 2029-02-28                       | missed 2028-02-29; open 2029-02-28
due on a leap day, one day less | 2028-01-04 | clock 2029-02-27                       | open 2028-02-29
missed, then held in time       | 2027-01-01 | clock 2028-02-26, held 2028-02-26      | missed 2027-02-26; met 2028-02-26; open 2029-02-26
missed, then held late          | 2027-01-01 | clock 2028-02-26, held 2028-06-26      | missed 2027-02-26; met_late 2028-02-26; open 2029-02-26
at 00:30 in summer, the day     | 2027-04-30 | clock 2028-06-25 00:30                 | missed 2027-06-25; open 2028-06-25
at 00:30 in summer, day before  | 2027-04-30 | clock 2028-06-24 00:30                 | open 2027-06-25
held late the day before        | 2027-01-01 | held 2028-02-25, clock 2028-02-26      | met_late 2027-02-26; open 2028-02-26

# Two policies: only a new version moves an open date, and from its own day
sooner first review             | 2027-01-01 | policy 2027-01-10 42/12                | open 2027-02-12
sooner first, then back to 56   | 2027-01-01 | policy 2027-01-10 42/12, policy 2027-01-20 56/12 | open 2027-02-26
a shorter year, first untouched | 2027-01-01 | policy 2027-01-10 56/6                 | open 2027-02-26
a shorter year after the first  | 2027-01-01 | policy 2027-01-10 56/6, held 2027-02-26 | met 2027-02-26; open 2027-08-26
shorter while the second is open| 2027-01-01 | held 2027-02-26, policy 2027-04-01 56/6 | met 2027-02-26; open 2027-08-26
shorter, already past           | 2027-01-01 | held 2027-02-26, policy 2027-10-01 56/6 | met 2027-02-26; open 2027-08-26
six months from 31 August       | 2027-07-06 | policy 2027-07-10 56/6, held 2027-08-31 | met 2027-08-31; open 2028-02-29
six months from 31 August, 2028 | 2028-07-06 | policy 2028-07-10 56/6, held 2028-08-31 | met 2028-08-31; open 2029-02-28
three months over a month's end | 2027-10-05 | policy 2027-10-10 56/3, held 2027-11-30 | met 2027-11-30; open 2028-02-29
half-yearly twice               | 2027-01-01 | policy 2027-01-10 56/6, held 2027-02-26, held 2027-08-26 | met 2027-02-26; met 2027-08-26; open 2028-02-26
what is closed stays as it was  | 2027-01-01 | held 2027-02-26, policy 2027-04-01 28/12 | met 2027-02-26; open 2028-02-26
sooner agreed than the policy   | 2027-01-01 | held 2027-02-26 next 2027-05-26, policy 2027-04-01 56/6 | met 2027-02-26; open 2027-05-26
policy sooner than was agreed   | 2027-01-01 | held 2027-02-26 next 2027-11-26, policy 2027-04-01 56/6 | met 2027-02-26; open 2027-08-26
a policy of next month waits    | 2027-01-01 | policy 2027-01-10 42/12 from 2027-02-01 | open 2027-02-26
and holds from its day          | 2027-01-01 | policy 2027-01-10 42/12 from 2027-02-01, clock 2027-02-01 | open 2027-02-12

# Away and ended: nothing moves, and nothing is left open without a reason
in hospital over the due date   | 2027-01-01 | away 2027-02-10, clock 2027-03-10      | open 2027-02-26
held late after hospital        | 2027-01-01 | away 2027-02-10, back 2027-03-20, held 2027-03-24 | met_late 2027-02-26; open 2028-02-26
held in time while away         | 2027-01-01 | away 2027-02-10, held 2027-02-20       | met 2027-02-26; open 2028-02-20
ended before the first          | 2027-01-01 | ended 2027-02-01                       | void 2027-02-26
ended after the first           | 2027-01-01 | held 2027-02-26, ended 2027-06-01      | met 2027-02-26; void 2028-02-26
ended, and a year goes by       | 2027-01-01 | ended 2027-02-01, clock 2028-03-01     | void 2027-02-26
"""


def read(line):
    """One line of the table: (name, start, [events], [(state, due_on)])."""
    name, start, events, found = (part.strip() for part in line.split("|"))
    dues = [tuple(one.split()) for one in found.split("; ")]
    return name, start, [one.split() for one in events.split(", ") if one], dues


TABLE = [read(line) for line in CASES.splitlines() if line and not line.startswith("#")]


def moment(day, hour="12:00"):
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


class Life:
    """One person's placement, through which the events of a case are played on their days, by the apps' own actions."""

    def __init__(self, person, scheme, team, by):
        self.person, self.scheme, self.team, self.by = person, scheme, team, by

    def begin(self):
        started = factories.started(self.person, self.scheme, self.team, self.by, on=timezone.localdate())
        self.placement = started[0]

    def signed(self, today):
        factories.signed_off(self.person, self.by, on=today)
        SIGNED_OFF.happened(person=self.person, on=today, by=self.by)

    def held(self, today, word="", agreed=""):
        dues = list(ReviewDue.objects.open().filter(subject="placement_agreement"))
        sooner = {"next_due_on": agreed} if word == "next" else {}
        factories.held(dues, self.by, held_on=today, **sooner)

    def clock(self, today):
        actions.miss_overdue(as_of=today)

    def policy(self, today, numbers, word="", on=""):
        days, months = map(int, numbers.split("/"))
        start = date.fromisoformat(on) if word == "from" else today
        policy = ReviewPolicy(
            council=self.team.council, first_review_days=days, interval_months=months, in_force_from=start
        )
        actions.set_policy(policy=policy, by=self.by)

    def away(self, today):
        self.gone = placements.go_away(placement=self.placement, reason="hospital", since=today, by=self.by)

    def back(self, today):
        placements.come_home(away=self.gone, until=today, by=self.by)

    def ended(self, today):
        self.placement.state, self.placement.ended_on, self.placement.end_reason = "ended", today, "moved_on"
        self.placement.save()
        ENDED.happened(placement=self.placement, by=self.by)

    def dues(self):
        rows = ReviewDue.objects.filter(person=self.person, subject="placement_agreement").order_by("cycle")
        return [(row.state, row.due_on.isoformat()) for row in rows]


def played(life, start, events):
    """What a case comes to: [(state, due_on)]. Leaves nothing behind."""
    with transaction.atomic():
        with time_machine.travel(moment(*start.split()), tick=False):
            life.begin()
        for name, *words in events:
            day = words.pop(0)
            hour = words.pop(0) if words and ":" in words[0] else "12:00"
            with time_machine.travel(moment(day, hour), tick=False):
                getattr(life, name)(date.fromisoformat(day), *words)
        found = life.dues()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def life(supported_person, scheme, team, care_manager):
    for row in supported_person.involvements.all():
        row.since = date(2026, 1, 1)
        row.save()
    for membership in care_manager.memberships.all():
        membership.since = date(2026, 1, 1)
        membership.save()
    return Life(supported_person, scheme, team, care_manager)


def signs_later(events):
    return any(event[0] in ("signed", "unsigned") for event in events)


@pytest.mark.django_db
def test_the_dates_are_those_worked_out_by_hand(life):
    assert len(TABLE) >= 80
    found = {}
    for name, start, events, _dues in TABLE:
        if signs_later(events):
            found[name] = played(life, start, [event for event in events if event != ["unsigned"]])
    with time_machine.travel(moment("2026-06-01"), tick=False):
        factories.signed_off(life.person, life.by, on=date(2026, 6, 1))
    for name, start, events, _dues in TABLE:
        if not signs_later(events):
            found[name] = played(life, start, events)
    expected = {name: dues for name, _start, _events, dues in TABLE}
    assert {name: dues for name, dues in found.items() if dues != expected[name]} == {}
    assert found.keys() == expected.keys()


def test_the_table_says_each_thing_once():
    assert len({name for name, *_rest in TABLE}) == len(TABLE)
    firsts = [
        (date.fromisoformat(start.split()[0]), dues[0]) for _name, start, events, dues in TABLE if not events
    ]
    assert all(date.fromisoformat(due) - start == timedelta(days=56) for start, (_state, due) in firsts)
