"""Engines side by side on real PostgreSQL: no reminder and no mail twice, none left out."""

import threading
from datetime import date, timedelta

import pytest
from django.core import mail as outgoing
from django.db import connection

from sharedlives.worklist import actions
from sharedlives.worklist.actions import reminders as engine
from sharedlives.worklist.models import Mail, Reminder, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db(transaction=True)
DUE = date(2027, 3, 12)


def at_once(work, engines=4):
    """Run the same work in several threads, each with a connection of its own."""
    gate, faults = threading.Barrier(engines), []

    def run():
        try:
            gate.wait()
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(engines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_engines_side_by_side_write_each_stage_once_and_send_each_mail_once(
    deadline, team, care_manager, monkeypatch
):
    monkeypatch.setattr(engine, "BATCH", 7)
    rows = [factories.due(cast.person(team, care_manager), team, DUE) for _n in range(60)]
    for day in (-42, -14):
        at_once(lambda day=day: actions.send_reminders(as_of=DUE + timedelta(days=day)))
    assert Reminder.objects.count() == ReminderCopy.objects.count() == Mail.objects.count() == 2 * len(rows)
    at_once(actions.deliver_outbox)
    sent = [message.extra_headers["Message-ID"] for message in outgoing.outbox]
    assert len(sent) == len(set(sent)) == 2 * len(rows)
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}
