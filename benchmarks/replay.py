"""Three years of reminders through outages: is any stage lost or sent twice, and what would a clock lose that looks at the very day only?

1,000 placements start over three years; their reviews are held early, late or never; workers leave and go on leave. In
between the scheduler, the worker, the broker and the mail server fail, each for up to 30 days at a time, and some runs
are cut off in the middle. The mails go to a real mail server, which counts them by their Message-ID.

`stages`: every stage that came while its review was open and the clock ran again before it closed. `sent_once`:
written once as sent, each of its mails received once. `skipped`: written once as skipped, with the reason, and rightly.
`lost`, `doubled`, `after_the_end` must be 0. `reader_had_left`: sent once, to a reader who left before the mail server
came back; parked with that reason. `exact_day_would_lose`: stages on whose own day no mail could go out.
Prints one JSON object.
"""

import argparse
import json
import logging
import os
import random
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email import policy as policies

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharedlives.settings")
django.setup()

import time_machine  # noqa: E402
from aiosmtpd.controller import Controller  # noqa: E402
from django.conf import settings  # noqa: E402

from benchmarks._lives import Lives  # noqa: E402
from reviews import actions as reviews  # noqa: E402
from reviews.deadlines import REVIEW_DUE  # noqa: E402
from reviews.models import ReviewDue  # noqa: E402
from sharedlives.devstack.processes import free_port  # noqa: E402
from sharedlives.worklist import actions as clock  # noqa: E402
from sharedlives.worklist.actions import outbox, reminders  # noqa: E402
from sharedlives.worklist.models import Mail, Reminder, ReminderCopy  # noqa: E402

FIRST = date(2027, 1, 4)
BETWEEN, LONGEST = 60, 30  # days from one outage to the next on average; days of the longest
CUT_OFF = 0.05  # of the runs that come
PARTS = ("scheduler", "worker", "broker", "mail server")


def tell(words):
    print(words, file=sys.stderr, flush=True)


class CutOffError(BaseException):
    """Stands for kill -9 between two batches: nothing of the program gets to see it."""


class Inbox:
    """The mail server: counts what it took, and can be away."""

    def __init__(self):
        self.got, self.away, self.controller = Counter(), True, None
        self.port = free_port()
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.port

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.got[message_from_bytes(envelope.content, policy=policies.default)["Message-ID"]] += 1
        return "250 OK"

    def be(self, away):
        if away == self.away:
            return
        if away:
            self.controller.stop()
        else:
            self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self.controller.start()
        self.away = away


def outages(dice, days):
    """{part: the numbers of the days on which it is down}."""
    down = {part: set() for part in PARTS}
    for lost in down.values():
        day = int(dice.expovariate(1 / BETWEEN))
        while day < days:
            long = dice.randint(1, LONGEST)
            lost.update(range(day, min(day + long, days)))
            day += long + 1 + int(dice.expovariate(1 / BETWEEN))
    return down


class Replay:
    """`ran`: the days on which reminders got to their end; `reached`: those on which the mail server was there too."""

    def __init__(self, placements, days, seed):
        self.dice = random.Random(seed)  # noqa: S311
        self.days, self.down = days, outages(self.dice, days)
        self.inbox, self.ran, self.reached, self.waiting = Inbox(), [], set(), 0
        with time_machine.travel(datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC), tick=True):
            self.lives = Lives(self.dice, FIRST, FIRST + timedelta(days=days), placements)

    def run(self):
        for number in range(self.days):
            day = FIRST + timedelta(days=number)
            with time_machine.travel(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), tick=True):
                self.morning(number, day)
                self.lives.news(day)
            if number % 100 == 99:
                tell(f"day {number + 1}: {len(self.lives.opened)} reviews, {Mail.objects.count()} mails")
        self.last_post()

    def morning(self, number, day):
        """What a broker that is down or a scheduler that stands still forgets; what waits for a worker comes at once."""
        down = {part for part in PARTS if number in self.down[part]}
        self.inbox.be("mail server" in down)
        if down & {"scheduler", "broker"}:
            return
        if "worker" in down:
            self.waiting += 1
            return
        ticks, self.waiting = min(self.waiting, 5) + 1, 0
        reviews.miss_overdue(as_of=day)
        self.lives.note(day - timedelta(days=1))  # before the reminders of the day, which meet these too
        cut_off = [self.tick(day) for _tick in range(ticks)]
        if not all(cut_off):
            self.ran.append(day)
            if "mail server" not in down:
                self.reached.add(day)

    def tick(self, day):
        """One tick of the clock. Returns whether it was cut off before it had sent everything."""
        cut_off = self.dice.random() < CUT_OFF

        def progress(number):
            if cut_off and number:
                raise CutOffError

        batch, reminders.BATCH = reminders.BATCH, 5 if cut_off else reminders.BATCH
        try:
            clock.send_reminders(as_of=day, limit_seconds=None, progress=progress)
        except CutOffError:
            return True
        finally:
            reminders.BATCH = batch
        clock.deliver_outbox(limit_seconds=None)
        return False

    def last_post(self):
        """The mail server is there, and what was put off goes out."""
        self.inbox.be(False)
        end = FIRST + timedelta(days=self.days)
        with time_machine.travel(datetime(end.year, end.month, end.day, 20, tzinfo=UTC), tick=True):
            clock.deliver_outbox(limit_seconds=None)
        self.inbox.be(True)


class Count:
    """What became of every stage, worked out from the days alone and compared with what was written."""

    def __init__(self, replay):
        self.replay, self.lives = replay, replay.lives
        self.found = Counter()
        self.written = {}
        for row in Reminder.objects.filter(deadline=REVIEW_DUE.name):
            self.written.setdefault((row.object_id, row.stage), []).append(row)
        self.mails = {}
        rows = ReminderCopy.objects.values_list(
            "reminder", "mail__message_id", "mail__state", "mail__last_error"
        )
        for reminder, *mail in rows:
            self.mails.setdefault(reminder, []).append(mail)

    def all(self):
        for pk, due_on in ReviewDue.objects.values_list("pk", "due_on"):
            opened, left = self.lives.opened[pk], self.lives.left.get(pk, date.max)
            days = [day for day in self.replay.ran if opened < day <= left]
            for stage in REVIEW_DUE.stages:
                self.stage(pk, stage, due_on + timedelta(days=stage.offset), days, opened, left)
        self.found["after_the_end"] += sum(map(len, self.written.values()))
        return self.found

    def stage(self, pk, stage, on, days, opened, left):
        last = FIRST + timedelta(days=self.replay.days)
        if opened < on <= min(left, last - timedelta(days=1)) and on not in self.replay.reached:
            self.found["exact_day_would_lose"] += 1
        if not days or on > days[-1]:
            return
        self.found["stages"] += 1
        rows = self.written.pop((pk, stage.name), [])
        if len(rows) == 1:
            self.found[self.one(rows[0], on)] += 1
        else:
            self.found["doubled" if rows else "lost"] += 1

    def one(self, row, on):
        """What became of a stage of which there is one row."""
        if row.state == "skipped":
            later = [
                s.offset for s in REVIEW_DUE.stages if row.due_on + timedelta(days=s.offset) <= row.written_on
            ]
            latest = on == row.due_on + timedelta(days=max(later))
            told_why = row.why_skipped == (reminders.NOBODY if latest else reminders.CAUGHT_UP)
            if not told_why:
                tell(f"lost: {row} skipped on {row.written_on}: {row.why_skipped}")
            return "skipped" if told_why else "lost"
        mails = self.mails.get(row.pk, [])
        got = [self.replay.inbox.got[message_id] for message_id, _state, _error in mails]
        if got and all(number == 1 for number in got):
            return "sent_once"
        if any(number > 1 for number in got):
            return "doubled"
        gone = mails and all(error == outbox.INACTIVE for _id, state, error in mails if state != "sent")
        if not gone:
            tell(f"lost: {row} written on {row.written_on}, {mails}")
        return "reader_had_left" if gone else "lost"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--placements", type=int, default=1000)
    parser.add_argument("--days", type=int, default=1096)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if ReviewDue.objects.exists():
        raise SystemExit("There are reviews in this database already: this wants an empty one.")
    logging.disable(logging.INFO)  # two lines a run
    begun = time.perf_counter()
    replay = Replay(asked.placements, asked.days, asked.seed)
    replay.run()
    found = Count(replay).all()
    names = ("stages", "sent_once", "skipped", "lost", "doubled", "after_the_end", "reader_had_left")
    figures = {name: found[name] for name in (*names, "exact_day_would_lose")}
    figures |= {"days_run": len(replay.ran), "days": asked.days}
    tell(f"{time.perf_counter() - begun:.0f} s")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
