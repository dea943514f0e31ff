"""One mail a working day: on working days only, once, counting everything that waited, naming nobody."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions as people
from sharedlives.worklist import actions, workdays
from sharedlives.worklist.actions.outbox import message
from sharedlives.worklist.models import JobRun, Mail, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 12)  # a Friday
FIRST = DUE - timedelta(days=42)  # so is the day of its first stage
MONDAY = FIRST + timedelta(days=3)


@pytest.fixture
def chooses(care_manager):
    return people.choose_mails(wants_digest=True, by=care_manager)


def reminded(person, team, how_many=1, on=FIRST):
    for n in range(how_many):
        one = person if n == 0 else cast.person(team, worker=person.involvements.get().worker)
        factories.due(one, team, DUE)
    actions.send_reminders(as_of=on)


def digests(on):
    return actions.send_digests(as_of=on).done


def test_reminders_of_whoever_chose_it_wait_for_one_mail(deadline, chooses, person, team):
    reminded(person, team, 3)
    assert not Mail.objects.exists()
    assert digests(MONDAY) == {"digests": 1, "reminders": 3, "working_day": True}
    mail = Mail.objects.get()
    assert (mail.recipient, mail.path, mail.digest_on) == (chooses, "/", MONDAY)
    assert mail.gathered.count() == 3
    assert not ReminderCopy.objects.filter(waits_for_digest=True).exists()


def test_without_that_choice_each_reminder_has_its_own_mail(deadline, care_manager, person, team):
    reminded(person, team, 2)
    assert Mail.objects.filter(template="reminder").count() == 2
    assert digests(MONDAY)["digests"] == 0


def test_what_cannot_wait_is_mailed_at_once(deadline, chooses, person, team):
    factories.REGISTRY.pop(factories.NAME)
    factories.declare(urgent=True)
    reminded(person, team)
    assert Mail.objects.get().template == "reminder"


def test_the_mail_counts_and_links_and_names_nobody(deadline, chooses, person, team):
    reminded(person, team, 2)
    digests(MONDAY)
    sent = message(Mail.objects.get())
    assert "2 × A review is due" in sent.body
    assert f"{reverse('home')}\n" in sent.body
    for secret in (person.given_name, person.family_name, person.reference):
        assert secret not in sent.body + sent.subject


def test_a_replay_changes_nothing_and_one_a_day_is_all(deadline, chooses, person, team):
    reminded(person, team)
    digests(MONDAY)
    assert digests(MONDAY) == {"digests": 0, "reminders": 0, "working_day": True}
    reminded(cast.person(team, worker=chooses), team, on=MONDAY)
    assert digests(MONDAY)["digests"] == 0
    assert digests(MONDAY + timedelta(days=1)) == {"digests": 1, "reminders": 1, "working_day": True}


def test_a_replayed_day_does_not_count_what_came_later(deadline, chooses, person, team):
    reminded(person, team, on=MONDAY)
    assert digests(FIRST)["digests"] == 0


def test_what_waits_goes_out_though_the_choice_was_taken_back(deadline, chooses, person, team):
    reminded(person, team)
    people.choose_mails(wants_digest=False, by=chooses)
    assert digests(MONDAY)["reminders"] == 1


def test_whoever_may_no_longer_sign_in_gets_none(deadline, chooses, person, team):
    reminded(person, team)
    chooses.is_active = False
    chooses.save()
    assert digests(MONDAY)["digests"] == 0


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 3, 12), True),
        (date(2027, 3, 13), False),  # Saturday
        (date(2027, 3, 14), False),
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 12, 27), False),  # Christmas Day fell on a Saturday
        (date(2027, 11, 30), True),  # St Andrew's Day is Scotland's
    ],
)
def test_working_days_of_england(day, works):
    assert workdays.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "number", "nation", "expected"),
    [
        (date(2027, 3, 12), 1, "England", date(2027, 3, 15)),  # over a weekend
        (date(2027, 3, 13), 1, "England", date(2027, 3, 15)),  # from a Saturday
        (date(2027, 3, 24), 2, "England", date(2027, 3, 30)),  # over Good Friday and Easter Monday
        (date(2027, 3, 24), 2, "Scotland", date(2027, 3, 29)),  # where Easter Monday is worked
        (
            date(2027, 12, 23),
            10,
            "England",
            date(2028, 1, 11),
        ),  # Christmas, Boxing Day and New Year are made up for
        (date(2027, 12, 23), 10, "Scotland", date(2028, 1, 12)),  # and the second of January too
        (date(2027, 3, 16), 1, "Northern Ireland", date(2027, 3, 18)),  # Saint Patrick's Day
        (date(2027, 3, 12), 0, "Wales", date(2027, 3, 12)),
    ],
)
def test_a_clock_of_working_days_leaves_out_weekends_and_the_nations_bank_holidays(
    day, number, nation, expected
):
    assert workdays.working_days_after(day, number, nation) == expected


def test_nothing_goes_out_on_other_days_and_the_run_is_complete(deadline, chooses, person, team):
    reminded(person, team)
    assert digests(FIRST + timedelta(days=1)) == {"digests": 0, "reminders": 0, "working_day": False}
    assert JobRun.objects.filter(job="send_digests").get().complete


def test_the_command_says_what_it_did(deadline, chooses, person, team):
    reminded(person, team)
    out = io.StringIO()
    call_command("send_digests", "--as-of", MONDAY.isoformat(), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["done"] == {"digests": 1, "reminders": 1, "working_day": True}


def test_the_database_keeps_one_digest_a_day(chooses):
    Mail.objects.create(recipient=chooses, template="digest", path="/", message_id="<1>", digest_on=MONDAY)
    with pytest.raises(IntegrityError, match="worklist_one_digest_a_day"), transaction.atomic():
        Mail.objects.create(
            recipient=chooses, template="digest", path="/", message_id="<2>", digest_on=MONDAY
        )


def test_the_database_keeps_a_copy_from_waiting_and_being_gathered(deadline, chooses, person, team):
    reminded(person, team)
    digests(MONDAY)
    with (
        pytest.raises(IntegrityError, match="worklist_copy_waits_or_is_gathered"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE worklist_remindercopy SET waits_for_digest = true")


def test_a_user_chooses_on_the_own_page(client, care_manager):
    client.force_login(care_manager)
    page = client.get(reverse("people:mails"))
    key = page.context["form"].fields["form_key"].initial
    client.post(reverse("people:mails"), {"form_key": key, "form_version": 1, "wants_digest": "True"})
    care_manager.refresh_from_db()
    assert care_manager.wants_digest
    assert care_manager.history.latest().history_user == care_manager


# -- Mails that are not sent any more ------------------------------------------------------------------


def test_what_waits_about_somebody_is_dropped_with_the_reason(deadline, care_manager, person, team):
    reminded(person, team, 2)
    assert actions.drop_mails(reference=person.reference, why="the person has died") == 1
    dropped = Mail.objects.get(reference=person.reference)
    assert (dropped.state, dropped.last_error) == ("dropped", "the person has died")
    assert Mail.objects.filter(state="queued").count() == 1


def test_a_digest_no_longer_counts_it(deadline, chooses, person, team):
    reminded(person, team, 2)
    actions.drop_mails(reference=person.reference, why="the person has died")
    assert digests(MONDAY)["reminders"] == 1


def test_what_outlives_the_person_is_sent_all_the_same(deadline, care_manager, person, team):
    factories.REGISTRY.pop(factories.NAME)
    factories.declare(outlives=True)
    reminded(person, team)
    actions.queue_mail(
        recipient=care_manager, template="emergency_access", path="/", reference=person.reference
    )
    assert actions.drop_mails(reference=person.reference, why="the person has died") == 0


def test_dropped_without_a_reason_is_refused_by_the_database(care_manager):
    actions.queue_mail(recipient=care_manager, template="reminder", path="/")
    with pytest.raises(IntegrityError, match="worklist_dropped_with_a_reason"), transaction.atomic():
        Mail.objects.update(state="dropped")
