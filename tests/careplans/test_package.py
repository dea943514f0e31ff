"""The whole package of a plan: services, the week they make, and what follows when they change."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careplans import actions, queries, rules
from careplans.models import PlanPolicy, Service
from careplans.moments import SERVICE_ADDED
from careplans.picture import week
from careplans.timetable import hours_alone, timetable
from reviews.models import ReviewDue
from sharedlives.records.actions import save_draft
from sharedlives.records.models import Draft
from sharedlives.rules import RuleBroken, Stale

from .. import factories as cast
from . import factories
from .pages import send, text

BROOK = {
    "kind": "day",
    "name": "Brook day service",
    "provider": "Brook Trust",
    "weekdays": [0, 1],
    "starts_at": time(9, 30),
    "ends_at": time(15, 30),
}


@pytest.fixture
def draft(person, care_manager):
    return factories.draft(person, care_manager)


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    assert refusal.value.rule.code == code


# -- The week, pure ---------------------------------------------------------------------------------


def service(kind, weekdays=(), start=None, end=None, name=""):
    return SimpleNamespace(
        kind=kind, name=name or kind, weekdays=list(weekdays), starts_at=start, ends_at=end, until=None
    )


def test_who_lives_with_a_carer_alone_rests_on_them_all_week():
    alone = hours_alone(timetable([service("shared_lives")]))
    assert (alone.by_day, alone.by_night, alone.total) == (105, 63, 168)


def test_every_other_support_and_own_time_takes_hours_off_the_carer():
    week_of = timetable(
        [
            service("shared_lives"),
            service("day", range(5), time(9), time(15)),
            service("own_time", [5], time(14), time(16)),
        ]
    )
    alone = hours_alone(week_of)
    assert alone.by_day == 105 - 30 - 2
    assert alone.each_day == (9, 9, 9, 9, 9, 13, 15)


def test_two_services_at_one_time_count_once():
    both = [service("day", [0], time(9), time(12)), service("family", [0], time(11), time(13))]
    assert hours_alone(timetable([service("shared_lives"), *both])).each_day[0] == 11


def test_a_night_elsewhere_goes_on_in_the_morning_sunday_night_on_monday():
    nights = service("short_break", [6], time(20), time(8))
    alone = hours_alone(timetable([service("shared_lives"), nights]))
    assert (alone.each_day[6], alone.each_day[0]) == (13, 14)
    assert alone.by_night == 63 - 9


def test_day_support_rests_on_the_carer_only_while_it_lasts():
    week_of = timetable(
        [service("shared_lives", [0, 2], time(10), time(16)), service("college", [2], time(10), time(12))]
    )
    assert hours_alone(week_of).by_day == 6 + 4
    assert hours_alone(timetable([])).total == 0


@pytest.mark.parametrize(("end", "by_day"), [(time(22), 2), (time(23), 2), (time(0), 2)])
def test_the_day_ends_at_ten(end, by_day):
    assert hours_alone(timetable([service("shared_lives", [0], time(20), end)])).by_day == by_day


def test_the_picture_tells_all_in_its_table_too():
    drawn = week(
        timetable([service("shared_lives"), service("day", [0], time(9), time(15), name="Brook <b>")])
    )
    assert "Brook &lt;b&gt; 9:00 to 15:00; The carer the rest of the day" in drawn
    assert "The carer all day" in drawn
    assert "99 hours a week by day" in drawn


# -- Putting services in -----------------------------------------------------------------------------


def test_put_in_change_and_take_out(signed_in, draft, person):
    typed = {
        "kind": "day",
        "name": "Brook day service",
        "weekdays": [0, 2],
        "starts_at": "9:30",
        "ends_at": "15:30",
    }
    page = send(signed_in, url("add_service", draft), typed, follow=True)
    row = Service.objects.get()
    assert row.when == "Monday, Wednesday, 9:30am to 3:30pm"
    assert "Brook day service" in text(page)
    send(signed_in, url("edit_service", row), typed | {"hours_a_week": "12", "weekly_pounds": "180.50"})
    row.refresh_from_db()
    assert (row.hours_a_week, row.version) == (12, 2)
    assert "£180.50 a week" in text(signed_in.get(url("services", draft)))
    send(signed_in, url("remove_service", row))
    assert not Service.objects.exists()
    assert row.history.count() == 3


def test_the_signed_plan_shows_the_package_and_the_week(signed_in, draft, care_manager):
    actions.add_service(plan=draft, by=care_manager, kind="shared_lives", name="Lives with the Okafors")
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    plan = factories.sign(draft, care_manager)
    page = text(signed_in.get(plan.get_absolute_url()))
    assert "Brook Trust" in page
    assert "93 hours a week by day rest on the carer alone. More than 60" in page


def test_without_so_many_hours_no_warning(signed_in, draft, care_manager):
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    assert "is a lot" not in text(signed_in.get(url("services", draft)))


def test_what_was_typed_stays_when_the_same_worker_adds_a_service(draft, care_manager):
    save_draft(
        user=care_manager,
        form=actions.DRAFT,
        object_id=draft.pk,
        answers={"needs": {"words": "Typed"}},
        base_version=draft.version,
    )
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    draft.refresh_from_db()
    assert Draft.objects.get().base_version == draft.version


def test_nobody_signs_a_package_they_have_not_read(draft, care_manager, team_manager):
    version = draft.version
    actions.add_service(plan=draft, by=team_manager, **BROOK)
    with pytest.raises(Stale) as stale:
        actions.sign_plan(
            plan=draft, name="Ann", capacity="person", how="paper", version=version, by=care_manager
        )
    assert {"field": "services", "was": "", "now": "Brook day service"} in stale.value.changes


@pytest.mark.rule("careplans.service_times_with_days", "careplans.service_dates_in_order")
@pytest.mark.rule("careplans.service_figures_sensible")
@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("careplans.service_times_with_days", {"starts_at": None, "ends_at": None}),
        ("careplans.service_times_with_days", {"weekdays": []}),
        ("careplans.service_dates_in_order", {"since": date(2026, 1, 2), "until": date(2026, 1, 2)}),
        ("careplans.service_figures_sensible", {"hours_a_week": 169}),
    ],
)
def test_refusals_of_a_service(draft, care_manager, code, facts):
    assert_broken(code, actions.add_service, plan=draft, by=care_manager, **(BROOK | facts))


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("careplans_service_has_a_name", {"name": ""}),
        ("careplans_service_on_weekdays", {"weekdays": [7]}),
        ("careplans_service_number_once", {"number": 1}),
    ],
)
def test_the_database_refuses_a_service_without_sense(draft, care_manager, constraint, facts):
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    row = Service(plan=draft, **({"number": 2} | BROOK | facts))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert refusal.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE careplans_service SET name = 'other' WHERE plan_id = %s",
        "DELETE FROM careplans_service WHERE plan_id = %s",
    ],
)
@pytest.mark.parametrize("signatures", [1, 2])
def test_direct_sql_cannot_touch_a_service_under_a_signature(draft, care_manager, sql, signatures):
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    actions.sign_plan(plan=draft, name="Ann", capacity="person", how="paper", by=care_manager)
    if signatures == 2:
        actions.sign_plan(plan=draft, name=care_manager.name, capacity="care_manager", by=care_manager)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [draft.pk])
    expected = {1: "careplans_words_stay_under_a_signature", 2: "careplans_signed_is_final"}[signatures]
    assert refusal.value.__cause__.diag.constraint_name == expected


# -- From version to version ---------------------------------------------------------------------------


def test_a_new_version_begins_with_the_running_services_and_tells_what_changed(draft, care_manager, person):
    actions.add_service(plan=draft, by=care_manager, **BROOK)
    ended = BROOK | {"name": "Old club", "since": date(2020, 1, 1), "until": date(2024, 1, 1)}
    actions.add_service(plan=draft, by=care_manager, **ended)
    old = factories.sign(draft, care_manager)
    new = factories.draft(person, care_manager)
    assert [row.name for row in new.services.all()] == ["Brook day service"]
    actions.amend_service(service=new.services.get(), by=care_manager, weekdays=[0])
    changes = {change["title"]: change for change in queries.changed_between(old, new)}
    assert changes["Service: Brook day service"]["now"].endswith("Monday, 9:30am to 3:30pm")
    assert changes["Service: Old club"]["now"] == ""


@pytest.mark.follower("reviews.actions.look_at_new_service")
def test_a_new_service_in_a_signed_plan_opens_its_first_review_at_56_days(draft, care_manager, person):
    since = cast.today() - timedelta(days=3)
    actions.add_service(plan=draft, by=care_manager, **(BROOK | {"since": since}))
    actions.add_service(
        plan=draft, by=care_manager, **(BROOK | {"name": "For years", "since": date(2015, 1, 1)})
    )
    factories.sign(draft, care_manager)
    due = ReviewDue.objects.get(person=person, subject="service")
    assert (due.service, due.due_on) == ("Brook day service", since + timedelta(days=56))
    SERVICE_ADDED.happened(person=person, service="brook day service", started_on=since, by=care_manager)
    assert ReviewDue.objects.filter(person=person, subject="service").count() == 1


def test_what_counts_as_new():
    on = date(2026, 3, 1)
    old = [SimpleNamespace(name="Brook", kind="day", since=on)]
    rows = [
        SimpleNamespace(name="brook", kind="day", since=on),
        SimpleNamespace(name="College", kind="college", since=on - timedelta(days=56)),
        SimpleNamespace(name="Choir", kind="other", since=on - timedelta(days=57)),
        SimpleNamespace(name="Carer", kind="shared_lives", since=on),
        SimpleNamespace(name="Bus", kind="other", since=None),
    ]
    assert [row.name for row in rules.new_services(old, rows, on)] == ["College"]


# -- Policy ------------------------------------------------------------------------------------------


def policy(council, **facts):
    facts = {"in_force_from": date(2024, 1, 1)} | facts
    return PlanPolicy.objects.create(council=council, **facts)


def test_where_the_policy_wants_it_the_manager_signs_too(draft, council, care_manager, team_manager):
    policy(council, manager_signs=True)
    factories.sign(draft, care_manager)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "the team manager has not signed it" in queries.signatures_lacking(draft)[0]
    actions.sign_plan(plan=draft, name=team_manager.name, capacity="manager", by=team_manager)
    draft.refresh_from_db()
    assert draft.state == "signed"


def test_the_policy_says_for_how_long_a_plan_is_up_to_date(person, council, care_manager):
    plan = factories.signed_plan(person, care_manager, on=cast.today() - timedelta(days=200))
    assert queries.reasons_against(plan, cast.today()) == []
    policy(council, months_up_to_date=6)
    assert queries.reasons_against(plan, cast.today()) == ["it was signed 6 months ago or longer"]


def test_a_councils_own_policy_comes_before_the_default_and_a_newer_before_an_older(council, other_council):
    today = cast.today()
    policy(None, wish_days=10)
    policy(council, wish_days=20)
    policy(council, wish_days=30, in_force_from=today + timedelta(days=1))
    assert queries.policy_for(council, today).wish_days == 20
    assert queries.policy_for(council, today + timedelta(days=1)).wish_days == 30
    assert queries.policy_for(other_council, today).wish_days == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("careplans_policy_sensible", {"months_up_to_date": 25}),
        ("careplans_policy_sensible", {"wish_days": 0}),
        ("careplans_one_policy_version_a_day", {}),
    ],
)
def test_a_policy_without_sense_is_refused(constraint, facts):
    policy(None)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        policy(None, **({"in_force_from": date(2024, 1, 1 if not facts else 2)} | facts))
    assert refusal.value.__cause__.diag.constraint_name == constraint
