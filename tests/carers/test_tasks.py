"""The clock gives back what nobody booked."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from carers import tasks
from sharedlives.worklist.models import JobRun

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def hold(home, people):
    return factories.stay(people[0], home, state="held", hold_until=timezone.localdate())


def test_the_clock_releases_a_hold_on_its_date_and_keeps_the_run(hold):
    tasks.release_expired_holds()
    hold.refresh_from_db()
    assert hold.state == "released"
    run = JobRun.objects.get()
    assert (run.job, run.complete, run.done) == ("release_expired_holds", True, {"released": 1})
    change = hold.history.first()
    assert (change.history_user, change.history_change_reason) == (None, "the hold ran out")


def test_by_hand_as_of_a_day(hold, capsys):
    call_command("release_expired_holds", as_of=timezone.localdate() - timedelta(days=1))
    assert "0 holds released" in capsys.readouterr().out
    call_command("release_expired_holds")
    assert "1 hold released" in capsys.readouterr().out
