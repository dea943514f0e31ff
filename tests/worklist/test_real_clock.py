"""The clock for real: Celery beat, worker and broker, PostgreSQL and a mail server, each killed with -9 on the way."""

import os
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask, PeriodicTasks

from reviews.models import ReviewDue
from sharedlives.devstack import serve
from sharedlives.devstack.broker import Broker
from sharedlives.devstack.processes import free_port, start
from sharedlives.devstack.stack import ROOT
from sharedlives.worklist.deadlines import first_stage_on
from sharedlives.worklist.models import JobRun, Mail, Reminder, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db(transaction=True)
DEADLINE = "reviews.review_due"
WITHIN = 90  # seconds; on a machine that does other things too


class SlowInbox:
    """Counts mails by Message-ID; slow enough that something can be killed while one is under way."""

    def __init__(self):
        self.got, self.lock = Counter(), threading.Lock()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        time.sleep(0.15)
        with self.lock:
            self.got[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


class Clock:
    """Worker, beat, broker and mail server of one test."""

    def __init__(self, folder):
        self.folder, self.inbox, self.children = folder, SlowInbox(), {}
        self.post = Controller(self.inbox, hostname="127.0.0.1", port=free_port())
        self.broker = Broker(folder, folder, durable=False)

    def environment(self):
        server = connection.settings_dict
        where = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
        return os.environ | {
            "DATABASE_URL": f"postgres://{where}/{server['NAME']}",
            "REDIS_URL": self.broker.url(),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.post.port),
        }

    def up(self):
        self.post.start()
        self.broker.start()
        self.start("worker")
        self.start("beat")

    def start(self, name):
        command = {"worker": serve.worker_command, "beat": serve.clock_command}[name]()
        log = self.folder / f"{name}.log"
        self.children[name] = start(name, command, log=log, cwd=ROOT, env=self.environment())

    def kill(self, name):
        """With -9, and all that it started."""
        child = self.broker.child if name == "broker" else self.children[name]
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def down(self):
        for name in self.children:
            if self.children[name].alive:
                self.kill(name)
        self.broker.stop()
        self.post.stop(no_assert=True)

    def logs(self):
        return "\n".join(path.read_text()[-2000:] for path in self.folder.glob("*.log"))


@pytest.fixture
def clock(tmp_path, db_every_second):
    clock = Clock(tmp_path)
    clock.up()
    yield clock
    clock.down()


@pytest.fixture
def db_every_second(transactional_db):
    """The same jobs as in the timetable, every second."""
    PeriodicTask.objects.all().delete()
    second = IntervalSchedule.objects.create(every=1, period="seconds")
    for name in ("send_reminders", "deliver_outbox"):
        task = f"sharedlives.worklist.tasks.{name}"
        PeriodicTask.objects.create(name=name, task=task, interval=second, expire_seconds=30)
    PeriodicTasks.update_changed()


def wait_until(said, what, clock):
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if said():
            return
        time.sleep(0.05)
    raise AssertionError(f"Not within {WITHIN} s: {what}\n{clock.logs()}")


def more_reviews(team, worker, count):
    """First reviews, due a fortnight from now: the stage of six weeks before has passed already."""
    due_on = timezone.localdate() + timedelta(days=14)
    first = first_stage_on(DEADLINE, council=team.council, due_on=due_on)
    return [
        factories.due(cast.person(team, worker), team, due_on, next_stage_on=first) for _n in range(count)
    ]


def sent():
    return Mail.objects.filter(state=Mail.State.SENT).count()


def free_what_the_dead_held():
    """Instead of waiting a minute and a half for the lease of a killed worker."""
    Mail.objects.filter(state=Mail.State.SENDING).update(claimed_until=timezone.now() - timedelta(seconds=1))


def kill_in_the_middle(clock, name, expected):
    """Kill while mails are under way, and bring it back."""
    before = sent()
    wait_until(lambda: sent() > before + 1, f"some of {expected} mails, to kill {name} in the middle", clock)
    assert sent() < expected
    clock.kill(name)
    if name == "broker":
        clock.broker.start()
    else:
        clock.start(name)
    if name == "worker":
        free_what_the_dead_held()
    wait_until(lambda: sent() == expected, f"all {expected} mails after {name} was killed", clock)


def test_the_eight_week_reminder_arrives_whatever_is_killed(clock, team, care_manager):
    more_reviews(team, care_manager, 1)
    wait_until(lambda: sent() == 1, "the first reminder", clock)
    total = 1
    for name in ("worker", "broker", "beat"):
        more_reviews(team, care_manager, 12)
        total += 12
        kill_in_the_middle(clock, name, total)
    more_reviews(team, care_manager, 1)
    total += 1
    wait_until(lambda: sent() == total, "a reminder after everything was killed once", clock)

    by_stage = Reminder.objects.values_list("object_id", "stage", "state")
    assert (
        len(by_stage) == len(set(by_stage)) == 2 * total
    )  # six weeks before: skipped; two weeks before: sent
    assert Reminder.objects.filter(state="sent").count() == total
    copies = ReminderCopy.objects.values_list("reminder", "recipient")
    assert len(copies) == len(set(copies)) == total
    assert set(ReminderCopy.objects.values_list("recipient", flat=True)) == {care_manager.pk}
    assert not ReviewDue.objects.filter(next_stage_on__lte=timezone.localdate()).exists()

    mails = dict(Mail.objects.values_list("message_id", "attempts"))
    assert set(clock.inbox.got) == set(mails)  # none lost, none that was not queued
    twice = {message for message, count in clock.inbox.got.items() if count > 1}
    assert twice <= {message for message, attempts in mails.items() if attempts > 1}
    assert len(twice) <= 1  # one worker process was killed once
    assert JobRun.objects.filter(job="send_reminders", complete=True).exists()
