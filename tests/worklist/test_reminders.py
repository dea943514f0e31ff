"""Each stage once, the latest always, to the right person; whatever was interrupted, closed or restricted."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people import actions as people
from people.models import Absence, Involvement, Ladder, LadderStage
from reviews.models import ReviewDue, ReviewPolicy
from sharedlives.permissions import Role
from sharedlives.worklist import actions, protocols
from sharedlives.worklist.actions import reminders as engine
from sharedlives.worklist.deadlines import REGISTRY, Stage, first_stage_on
from sharedlives.worklist.models import JobRun, Mail, Reminder, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 12)


def on(days):
    return DUE + timedelta(days=days)


def told():
    """[(stage, state, [(who, why this one)])] of everything written, oldest stage first."""
    rows = Reminder.objects.order_by("stage_on").prefetch_related("copies__recipient")
    return [
        (row.stage, row.state, [(copy.recipient.name, copy.stands_in_for) for copy in row.copies.all()])
        for row in rows
    ]


@pytest.fixture
def due(deadline, person, team):
    return factories.due(person, team, DUE)


def test_nothing_is_sent_before_the_first_stage(due):
    run = actions.send_reminders(as_of=on(-43))
    assert run.complete
    assert not Reminder.objects.exists()


def test_the_first_stage_tells_the_worker_once_with_one_mail(due, care_manager):
    for _again in range(3):
        actions.send_reminders(as_of=on(-42))
    assert told() == [("six weeks before", "sent", [("Amina Yusuf", "")])]
    mail = Mail.objects.get()
    assert mail.recipient == care_manager
    assert mail.reference == due.person.reference
    assert mail.path == f"/reviews/due/{due.pk}/"
    due.refresh_from_db()
    assert due.next_stage_on == on(-14)


def test_an_outage_skips_what_passed_and_sends_the_latest(due, team_manager):
    actions.send_reminders(as_of=on(9))
    assert [(stage, state) for stage, state, _who in told()] == [
        ("six weeks before", "skipped"),
        ("two weeks before", "skipped"),
        ("due today", "skipped"),
        ("a week late", "sent"),
    ]
    assert told()[-1][2] == [("Tom Ellery", "manager")]
    assert set(Reminder.objects.filter(state="skipped").values_list("why_skipped", flat=True)) == {
        engine.CAUGHT_UP
    }


def test_the_ladder_ends(due, team_manager):
    for day in (-42, -14, 0, 7, 28, 60):
        actions.send_reminders(as_of=on(day))
    assert Reminder.objects.filter(state="sent").count() == 5
    due.refresh_from_db()
    assert due.next_stage_on is None


def test_the_clock_neither_fills_the_history_nor_raises_the_version(due):
    before = due.history.count(), due.version
    actions.send_reminders(as_of=on(0))
    due.refresh_from_db()
    assert (due.history.count(), due.version) == before


def test_a_closed_row_is_left_alone(due):
    ReviewDue.objects.filter(pk=due.pk).update(
        state="void", why="moved away", closed_on=DUE, next_stage_on=None
    )
    actions.send_reminders(as_of=on(0))
    assert not Reminder.objects.exists()


def test_a_moved_date_begins_its_ladder_anew(due):
    actions.send_reminders(as_of=on(-42))
    later, policy = on(100), ReviewPolicy.objects.create(council=due.organisation.council, in_force_from=DUE)
    first = later - timedelta(days=42)
    ReviewDue.objects.filter(pk=due.pk).update(due_on=later, policy=policy, next_stage_on=first)
    actions.send_reminders(as_of=later - timedelta(days=42))
    assert Reminder.objects.filter(stage="six weeks before", state="sent").count() == 2


def test_cover_gets_it_while_the_worker_is_away(due, care_manager, team):
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    Absence.objects.create(user=care_manager, cover=colleague, since=on(-50), until=on(-40))
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Colleague", "cover")]


def test_cover_that_is_away_too_makes_it_the_managers(due, care_manager, team_manager, team):
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    third = cast.user("Third", team, Role.CARE_MANAGER)
    Absence.objects.create(user=care_manager, cover=colleague, since=on(-50), until=on(-40))
    Absence.objects.create(user=colleague, cover=third, since=on(-42), until=on(-42))
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Tom Ellery", "manager")]


def test_a_worker_who_may_no_longer_sign_in_is_not_told(due, care_manager, team_manager):
    care_manager.is_active = False
    care_manager.save()
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Tom Ellery", "manager")]


def test_a_worker_who_left_the_team_is_not_told(due, care_manager, team_manager):
    care_manager.memberships.update(until=date(2026, 1, 1))
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Tom Ellery", "manager")]


def test_the_nearest_manager_upward_is_told_when_the_team_has_none(due, council, region, care_manager):
    head = cast.user("Head of service", council, Role.TEAM_MANAGER)
    cast.user("Region", region, Role.TEAM_MANAGER)
    actions.send_reminders(as_of=on(7))
    assert told()[-1][2] == [(head.name, "manager")]


def test_a_scheme_has_no_manager_above_itself(deadline, supported_person, scheme, scheme_manager, region):
    cast.user("Through the tree", region, Role.SCHEME_MANAGER)
    factories.due(supported_person, scheme, DUE)
    actions.send_reminders(as_of=on(7))
    assert told()[-1][2] == [("Owen Price", "manager")]


def test_whom_a_restriction_excludes_is_not_told(due, care_manager, team_manager):
    people.restrict(
        person=due.person,
        kind="invisible",
        reason="allegation",
        allowed=[team_manager],
        by=None,
        since=on(-100),
    )
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Tom Ellery", "manager")]


def test_nobody_to_tell_is_written_and_makes_work(due, care_manager, monkeypatch):
    asked = []
    monkeypatch.setitem(protocols._supplied, "nobody", lambda **facts: asked.append(facts))
    care_manager.is_active = False
    care_manager.save()
    run = actions.send_reminders(as_of=on(-42))
    assert told() == [("six weeks before", "skipped", [])]
    assert run.done["nobody"] == 1
    assert [(a["row"].pk, a["stage"]) for a in asked] == [(due.pk, "six weeks before")]
    assert not Mail.objects.exists()


def test_work_that_cannot_be_made_of_it_is_a_fault_and_undoes_no_reminder(due, care_manager, monkeypatch):
    def break_off(**facts):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setitem(protocols._supplied, "nobody", break_off)
    care_manager.is_active = False
    care_manager.save()
    run = actions.send_reminders(as_of=on(-42))
    assert (run.done["nobody"], run.done["faulty"], run.complete) == (1, 1, True)
    assert run.fault
    assert Reminder.objects.get().state == "skipped"


def test_nobody_to_tell_is_no_fault_while_no_floor_makes_work_of_it(due, care_manager, monkeypatch):
    monkeypatch.delitem(protocols._supplied, "nobody", raising=False)
    care_manager.is_active = False
    care_manager.save()
    assert actions.send_reminders(as_of=on(-42)).complete


def test_a_person_who_has_died_is_reminded_of_by_nobody(due, care_manager):
    people.correct(person=due.person, by=care_manager, date_of_death=date(2026, 11, 1))
    actions.send_reminders(as_of=on(-42))
    row = Reminder.objects.get()
    assert (row.state, row.why_skipped) == ("skipped", "the person has died")
    assert not ReminderCopy.objects.exists()


def test_a_new_worker_never_gets_an_old_stage(due, team, care_manager):
    actions.send_reminders(as_of=on(-42))
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    involvement = Involvement.objects.get(person=due.person, role="funds")
    people.change_worker(involvement=involvement, worker=colleague, by=care_manager)
    actions.send_reminders(as_of=on(-41))
    assert ReminderCopy.objects.get().recipient == care_manager
    actions.send_reminders(as_of=on(-14))
    assert told()[1][2] == [("Colleague", "")]


def test_the_councils_own_ladder_holds(deadline, person, team, council, care_manager):
    ladder = Ladder.objects.create(council=council, deadline=factories.NAME)
    LadderStage.objects.create(ladder=ladder, stage="ten days before", offset=-10)
    assert first_stage_on(factories.NAME, council=council, due_on=DUE) == on(-10)
    assert first_stage_on(factories.NAME, council=None, due_on=DUE) == on(-42)
    factories.due(person, team, DUE, next_stage_on=on(-10))
    actions.send_reminders(as_of=DUE)
    assert told() == [("ten days before", "sent", [("Amina Yusuf", "")])]


def test_a_ladder_without_rungs_is_no_wish_for_silence(deadline, council):
    Ladder.objects.create(council=council, deadline=factories.NAME)
    assert first_stage_on(factories.NAME, council=council, due_on=DUE) == on(-42)


def test_the_user_whom_the_row_names_comes_first(deadline, person, team, team_manager, reviewing_officer):
    named = factories.declare(name="tests.named", worker=lambda row: team_manager)
    factories.only(named)
    factories.due(person, team, DUE)
    actions.send_reminders(as_of=on(-42))
    assert told()[0][2] == [("Tom Ellery", "")]


@pytest.mark.parametrize("part", ["council", "path", "responsible"])
def test_a_row_that_cannot_be_read_holds_up_no_other(part, deadline, person, team, care_manager):
    broken, sound = (
        factories.due(person, team, DUE),
        factories.due(cast.person(team, care_manager), team, DUE),
    )

    def read(row):
        if broken.pk in (row, getattr(row, "pk", None)):
            raise AttributeError
        return getattr(deadline, part)(row)

    factories.only(factories.declare(name="tests.broken", **{part: read}))
    run = actions.send_reminders(as_of=on(-42))
    assert run.done["sent"] == run.done["faulty"] == 1
    assert "could not be read" in run.fault
    assert Reminder.objects.get().object_id == sound.pk
    broken.refresh_from_db()
    assert broken.next_stage_on == on(-42)


def test_a_broken_deadline_is_a_fault_and_stops_no_other(due):
    def explode():
        raise LookupError

    factories.declare(name="tests.first", open=explode)
    run = actions.send_reminders(as_of=on(-42))
    assert not run.complete
    assert "tests.first" in run.fault
    assert Reminder.objects.count() == 1


def test_a_batch_that_breaks_leaves_nothing_behind(due, monkeypatch):
    def break_off(*args):
        raise DatabaseError

    monkeypatch.setattr(engine, "move_on", break_off)
    run = actions.send_reminders(as_of=on(-42))
    assert not run.complete
    assert not Reminder.objects.exists()
    assert not Mail.objects.exists()
    monkeypatch.undo()
    assert actions.send_reminders(as_of=on(-42)).done["sent"] == 1


def test_when_the_time_is_over_the_rest_waits_for_the_next_tick(deadline, team, care_manager, monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 2)
    for _n in range(5):
        factories.due(cast.person(team, care_manager), team, DUE)
    run = actions.send_reminders(as_of=DUE, limit_seconds=0)
    assert not run.complete
    while not run.complete:
        run = actions.send_reminders(as_of=DUE, limit_seconds=0.001)
        assert JobRun.objects.count() < 50
    assert Reminder.objects.filter(state="sent").count() == 5


def test_a_batch_costs_the_same_however_many_rows(
    deadline, team, care_manager, django_assert_max_num_queries, monkeypatch
):
    for _n in range(30):
        factories.due(cast.person(team, care_manager), team, DUE)
    with django_assert_max_num_queries(25):
        assert actions.send_reminders(as_of=on(-42)).done["sent"] == 30


def test_check_stages_finds_drift_and_puts_it_right(due):
    assert actions.check_stages(as_of=DUE).fault == ""
    ReviewDue.objects.filter(pk=due.pk).update(next_stage_on=None)
    run = actions.check_stages(as_of=DUE)
    assert run.done["drifted"] == 1
    assert factories.NAME in run.fault
    due.refresh_from_db()
    assert due.next_stage_on == on(-42)
    assert actions.check_stages(as_of=DUE).fault == ""


def test_check_stages_agrees_with_the_clock_after_every_stage(due, team_manager):
    for day in (-42, -20, -14, 3, 8, 28, 90):
        actions.send_reminders(as_of=on(day))
        assert actions.check_stages(as_of=on(day)).fault == ""


def test_a_rung_added_later_is_drift_and_its_stage_is_skipped_with_the_reason(due, council):
    actions.send_reminders(as_of=on(-14))
    ladder = Ladder.objects.create(council=council, deadline=factories.NAME)
    for stage in (Stage("eight weeks before", -56), *factories.STAGES):
        LadderStage.objects.create(ladder=ladder, stage=stage.name, offset=stage.offset, tells=stage.tells)
    assert actions.check_stages(as_of=on(-14)).done["drifted"] == 1
    actions.send_reminders(as_of=on(-13))
    assert Reminder.objects.get(stage="eight weeks before").why_skipped == engine.ALREADY_LATER
    assert actions.check_stages(as_of=on(-13)).fault == ""


START = date(2026, 11, 22)


def days_run(gaps):
    """The days of 400 on which the clock ran at all."""
    days, day = [], 0
    for gap in gaps:
        days.append(START + timedelta(days=day))
        day += gap
        if day > 400:
            break
    return days


def check_replayed(row, stages, days):
    """Each stage that came was written once; on every day that was run, the latest one had been sent by then."""
    written = {reminder.stage: reminder for reminder in Reminder.objects.filter(object_id=row.pk)}
    come_on = {stage.name: row.due_on + timedelta(days=stage.offset) for stage in stages}
    assert set(written) == {name for name, day in come_on.items() if day <= days[-1]}
    for today in days:
        come = [stage.name for stage in stages if come_on[stage.name] <= today]
        if come:
            assert written[come[-1]].state == "sent"
            assert written[come[-1]].written_on <= today


def replay(day, *, by_command):
    """A day of the clock: through the command as an operator types it, or, nine times in ten, what it calls."""
    if not by_command:
        assert actions.send_reminders(as_of=day).complete
        return
    out = io.StringIO()
    call_command("send_reminders", "--as-of", day.isoformat(), "--format", "json", stdout=out)
    said = json.loads(out.getvalue())
    assert (said["as_of"], said["complete"]) == (day.isoformat(), True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.lists(st.integers(1, 9), min_size=400, max_size=400),
    dates=st.lists(st.integers(-30, 430), min_size=1, max_size=6),
    offsets=st.lists(st.integers(-60, 60), min_size=1, max_size=6, unique=True).map(sorted),
)
def test_every_stage_is_once_sent_or_skipped_over_400_days_with_gaps(
    deadline, team, care_manager, team_manager, gaps, dates, offsets
):
    stages = tuple(Stage(f"{o:+d}", o, "manager" if o > 20 else "worker") for o in offsets)
    REGISTRY.clear()
    factories.declare(stages, name="tests.replayed")
    with transaction.atomic():
        rows = []
        for n in dates:
            on_day, somebody = START + timedelta(days=n), cast.person(team, care_manager)
            first = on_day + timedelta(days=offsets[0])
            rows.append(factories.due(somebody, team, on_day, next_stage_on=first))
        days = days_run(gaps)
        for number, day in enumerate(days):
            replay(day, by_command=number % 10 == 0)
        for row in rows:
            check_replayed(row, stages, days)
        assert not Reminder.objects.filter(state="sent", copies=None).exists()
        assert Mail.objects.count() == ReminderCopy.objects.count()
        transaction.set_rollback(True)
