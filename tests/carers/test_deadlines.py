"""Training that expires: the scheme worker is told eight weeks before, four weeks before, and on the day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions
from carers.models import Training, TrainingCourse
from sharedlives.worklist import actions as clock
from sharedlives.worklist.models import Mail, Reminder, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return TrainingCourse.objects.create(slug="moving", name="Moving and handling", refresh_months=12)


@pytest.fixture
def carer(home, scheme, scheme_worker):
    return factories.carer(home, scheme, worker=scheme_worker)


@pytest.fixture
def training(carer, course, scheme_worker):
    done_on = cast.today() - timedelta(days=100)
    return actions.record_training(carer=carer, course=course, done_on=done_on, by=scheme_worker)


def test_the_scheme_worker_is_told_at_each_stage(training, scheme_worker, scheme_manager):
    assert training.next_stage_on == training.expires_on - timedelta(days=56)
    for offset in (-57, -56, -28, 0, 1, 30):
        clock.send_reminders(as_of=training.expires_on + timedelta(days=offset))
    told = Reminder.objects.filter(deadline="carers.training").order_by("stage_on")
    assert [(row.stage, row.state) for row in told] == [
        ("eight_weeks", "sent"),
        ("four_weeks", "sent"),
        ("expired", "sent"),
        ("lapsed", "sent"),
    ]
    told = ReminderCopy.objects.exclude(reminder__stage="lapsed")
    assert set(told.values_list("recipient", "stands_in_for")) == {(scheme_worker.pk, "")}
    assert ReminderCopy.objects.get(reminder__stage="lapsed").recipient == scheme_manager
    assert Mail.objects.count() == 4


def test_without_a_named_worker_the_manager_is_told(training, carer, scheme_manager):
    actions.correct_carer(carer=carer, worker=None, by=scheme_manager)
    clock.send_reminders(as_of=training.due_on)
    assert ReminderCopy.objects.get().recipient == scheme_manager


def test_a_renewal_ends_the_old_clock_and_starts_its_own(training, carer, course, scheme_worker):
    new = actions.record_training(carer=carer, course=course, done_on=cast.today(), by=scheme_worker)
    training.refresh_from_db()
    assert (training.due_on, training.next_stage_on) == (None, None)
    assert new.due_on == new.expires_on
    assert list(Training.objects.to_renew()) == [new]


def test_an_earlier_one_recorded_late_falls_due_to_nobody(training, carer, course, scheme_worker):
    old = actions.record_training(
        carer=carer, course=course, done_on=training.done_on - timedelta(days=300), by=scheme_worker
    )
    assert (old.due_on, old.next_stage_on) == (None, None)
    training.refresh_from_db()
    assert training.due_on == training.expires_on


def test_nobody_is_reminded_of_somebody_who_stopped(training, carer, scheme_manager):
    actions.end_carer(carer=carer, on=cast.today(), by=scheme_manager)
    training.refresh_from_db()
    assert training.next_stage_on is None
    assert not Training.objects.to_renew().exists()


def test_the_nightly_look_finds_no_drift(training, carer, course, scheme_worker):
    actions.record_training(carer=carer, course=course, done_on=cast.today(), by=scheme_worker)
    assert clock.check_stages(as_of=cast.today()).done["drifted"] == 0


def test_it_stands_on_my_work_and_leads_to_the_form(training, scheme_worker, client):
    Training.objects.update(due_on=None, next_stage_on=None)
    Training.objects.update(done_on=cast.today() - timedelta(days=400), expires_on=cast.today())
    Training.objects.update(due_on=cast.today())
    client.force_login(scheme_worker)
    text = client.get("/").content.decode()
    assert "training is to be renewed" in text
    assert f"Moving and handling: {training.carer.known_as}" in text
    answer = client.get(reverse("carers:renew", args=[training.pk]))
    assert answer.status_code == 302
    form = client.get(answer.url).content.decode()
    assert f'value="{training.course_id}" selected' in form


def test_another_workers_carer_is_not_on_my_list(training, scheme, client):
    colleague = cast.user("Colleague", scheme, "scheme_worker")
    Training.objects.update(due_on=None, next_stage_on=None)
    Training.objects.update(expires_on=cast.today())
    Training.objects.update(due_on=cast.today())
    client.force_login(colleague)
    assert "training is to be renewed" not in client.get("/").content.decode()


def test_due_and_expiry_cannot_differ(training):
    with (
        pytest.raises(IntegrityError, match="carers_training_due_when_it_expires"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE carers_training SET due_on = due_on + 1")
