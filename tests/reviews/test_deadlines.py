"""What the clock tells about reviews: one definition for reminder, list and work; whose it is; when it stops."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse

from people.models import Absence
from reviews import actions
from reviews.deadlines import RECORD_TO_SEND, REVIEW_ACTION, REVIEW_DUE
from reviews.models import RecordOwed, ReviewAction, ReviewDue
from sharedlives.permissions import Role
from sharedlives.worklist.actions import check_stages, choose_calendar, send_reminders
from sharedlives.worklist.models import Reminder, ReminderCopy
from sharedlives.worklist.queries import page

from .. import factories as cast
from . import factories
from .factories import today

pytestmark = pytest.mark.django_db


def fresh(user):
    user.__dict__.pop("_current_memberships", None)
    return user


def test_the_ladder_of_a_review():
    told = [(stage.offset, stage.tells) for stage in REVIEW_DUE.stages]
    assert told == [(-42, "worker"), (-14, "worker"), (0, "worker"), (7, "manager"), (28, "manager")]


def test_reminder_list_and_work_read_one_set(both, care_manager):
    assert set(REVIEW_DUE.open()) == set(ReviewDue.objects.open()) == set(both)
    assert set(REVIEW_DUE.visible_to(care_manager)) == set(both)
    assert set(REVIEW_DUE.owed_by(care_manager)) == set(both)


def test_my_work_tells_two_reviews_of_one_person_apart(both, care_manager):
    found, _more = page(care_manager, "today", max(due.due_on for due in both))
    reviews = {item.about for item in found if item.deadline == REVIEW_DUE.name}
    assert reviews == {"Care and support plan", "Placement agreement"}


def test_a_review_is_the_named_workers_or_whose_cover_it_is(both, care_manager, team, charlie):
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    assert set(REVIEW_DUE.visible_to(colleague)) == set(both)
    assert not REVIEW_DUE.owed_by(colleague).exists()
    Absence.objects.create(user=care_manager, cover=colleague, since=today(), until=today())
    assert set(REVIEW_DUE.owed_by(fresh(colleague))) == set(both)
    assert not REVIEW_DUE.owed_by(charlie).exists()


def test_whoever_holds_the_meeting_has_it_as_work(both, care_manager, reviewing_officer):
    factories.meeting(
        both,
        care_manager,
        reviewer=reviewing_officer,
        reviewer_role="reviewing_officer",
        why_not_care_manager="Leave",
    )
    assert set(REVIEW_DUE.owed_by(fresh(reviewing_officer))) == set(both)


def test_each_stage_is_told_once_to_the_worker_then_to_the_manager(both, care_manager, team_manager):
    due = both[0]
    send_reminders(as_of=due.due_on - timedelta(days=42), limit_seconds=None)
    send_reminders(as_of=due.due_on - timedelta(days=42), limit_seconds=None)
    mine = Reminder.objects.filter(deadline="reviews.review_due", object_id=due.pk)
    assert [(row.stage, row.state) for row in mine] == [("first_notice", "sent")]
    assert ReminderCopy.objects.get(reminder=mine.get()).recipient == care_manager
    send_reminders(as_of=due.due_on + timedelta(days=7), limit_seconds=None)
    latest = mine.get(stage="late")
    assert ReminderCopy.objects.get(reminder=latest).recipient == team_manager
    assert mine.filter(state="skipped").count() == 2


def test_what_was_met_reminds_nobody_and_stages_do_not_drift(both, care_manager):
    factories.held(both, care_manager)
    assert set(ReviewDue.objects.exclude(state="open").values_list("next_stage_on", flat=True)) == {None}
    run = check_stages(as_of=today())
    assert (run.done["drifted"], run.fault) == (0, "")


def test_a_record_waits_for_whoever_held_the_review(both, care_manager, charlie):
    review = factories.held(both, care_manager)
    owed = RecordOwed.objects.get()
    assert RECORD_TO_SEND.owed_by(care_manager).get() == owed
    assert RECORD_TO_SEND.worker(owed) == care_manager
    assert RECORD_TO_SEND.responsible(owed) == (review.person, review.organisation)
    actions.send_record(review=review, by=care_manager)
    assert not RECORD_TO_SEND.open().exists()
    assert not RECORD_TO_SEND.owed_by(charlie).exists()


def test_a_meeting_stands_in_its_holders_calendar_at_its_hour(both, care_manager, client):
    meeting = factories.meeting(both, care_manager, planned_at=time(14, 30))
    address = reverse("calendar_feed", args=[choose_calendar(wanted=True, by=care_manager).token])
    made = icalendar.Calendar.from_ical(client.get(address).content)
    (event,) = [one for one in made.walk("VEVENT") if "reviews.meeting" in one["uid"]]
    assert event.decoded("dtstart") == datetime.combine(
        meeting.planned_on, time(14, 30), ZoneInfo("Europe/London")
    )
    assert str(event["summary"]) == f"Hearthkeep {meeting.person.reference}"
    assert list(made.walk("VTIMEZONE"))


def test_an_action_is_its_owners_and_the_named_worker_waits_for_it(both, care_manager, scheme_worker):
    promises = {
        "action-1-words": "Bus",
        "action-1-owner": "Priya Nair",
        "action-1-by": today().isoformat(),
        "action-2-words": "Bed",
        "action-2-owner": "Anna herself",
        "action-2-by": today().isoformat(),
    }
    factories.held(both, care_manager, **promises)
    bus, bed = ReviewAction.objects.order_by("-words")
    assert set(REVIEW_ACTION.owed_by(scheme_worker)) == {bus}
    assert set(REVIEW_ACTION.owed_by(care_manager)) == {bed}
    assert set(REVIEW_ACTION.waits_for(care_manager)) == {bus}
    assert REVIEW_ACTION.worker(bus) == scheme_worker
    assert [item.about for item in page(scheme_worker, "today", today())[0]] == ["Bus"]


def test_every_deadline_leads_to_a_page(both, care_manager, client):
    promise = {"action-1-words": "Bed", "action-1-owner": "Anna", "action-1-by": today().isoformat()}
    factories.held(both, care_manager, **promise)
    client.force_login(care_manager)
    for deadline in (REVIEW_DUE, RECORD_TO_SEND, REVIEW_ACTION):
        row = deadline.open().first()
        assert client.get(deadline.path(row.pk), follow=True).status_code == 200
        assert deadline.council(row).kind == "council"
