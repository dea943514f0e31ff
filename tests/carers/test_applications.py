"""From enquiry to panel: each stage by the same table, everybody in the home asked and checked, the ways it ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carers import actions, rules
from carers.codes import Need, Stage
from carers.models import Application, Carer, Household, RequirementKind, TrainingCourse
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast

pytestmark = pytest.mark.django_db
BY_HAND = [need for need in Need if need not in rules.FROM_RECORDS]


def ago(days):
    return cast.today() - timedelta(days=days)


@pytest.fixture
def enquire(scheme, council, scheme_worker):
    def enquire(n=1, both=True, **facts):
        home = {"label": "The Bell home", "address": f"{n} Mill Lane", "postcode": "NS2 4BB"}
        who = [{"given_name": "Joan", "family_name": "Bell"}, {"given_name": "Ray", "family_name": "Bell"}]
        facts = {"enquired_on": ago(120), "worker": scheme_worker} | facts
        return actions.enquire(
            scheme=scheme, council=council, home=home, applicants=who[: 1 + both], by=scheme_worker, **facts
        )

    return enquire


@pytest.fixture
def application(enquire):
    return enquire()


def note_all(application, by, but=()):
    for need in BY_HAND:
        if need not in but:
            actions.note_need(application=application, need=need, done_on=ago(10), by=by)


def check_all(application, by, but=()):
    """Every check, reference and course of whoever applies; the home is looked at and insured."""
    for kind in RequirementKind.objects.filter(before_panel=True):
        about = {"kind": kind, "done_on": ago(10), "number": "0012", "level": "barred", "by": by}
        subjects = [{"household": application.household}]
        if kind.about != "home":
            subjects = [{"carer": row.carer} for row in application.applicants.all()]
        if kind.about == "adult":
            subjects += [{"member": m} for m in application.household.members.all() if m not in but]
        for subject in subjects:
            actions.record_requirement(**about, **subject)
    for course in TrainingCourse.objects.filter(mandatory=True):
        for row in application.applicants.all():
            actions.record_training(carer=row.carer, course=course, done_on=ago(10), by=by)


def to_panel(application, by):
    note_all(application, by)
    check_all(application, by)
    while rules.next_step(application.stage, application.fast):
        application = actions.go_on(application=application, on=cast.today(), by=by)
    return application


@pytest.mark.rule("carers.stage_needs_first")
def test_each_stage_waits_for_what_it_needs(application, scheme_worker):
    with pytest.raises(RuleBroken, match="First talk, still needs: Information about being a carer sent"):
        actions.go_on(application=application, on=cast.today(), by=scheme_worker)
    actions.note_need(application=application, need=Need.INFORMATION, done_on=ago(100), by=scheme_worker)
    actions.go_on(application=application, on=ago(90), by=scheme_worker)
    actions.note_need(application=application, need=Need.TALKED, because="They are abroad", by=scheme_worker)
    application = actions.go_on(application=application, on=ago(80), by=scheme_worker)
    assert [(row.stage, row.on) for row in application.reached.all()] == [
        (Stage.ENQUIRY, ago(120)),
        (Stage.FIRST_TALK, ago(90)),
        (Stage.APPLICATION, ago(80)),
    ]


def test_everybody_of_sixteen_and_over_is_asked_and_checked(application, scheme_worker):
    home = application.household
    facts = {"household": home, "by": scheme_worker}
    mother = actions.add_member(given_name="Ivy", relation="mother", **facts)
    child = date(cast.today().year - 9, 1, 1)
    actions.add_member(given_name="Tim", relation="son", born_in=child, **facts)
    note_all(application, scheme_worker)
    check_all(application, scheme_worker, but=[mother, *home.members.filter(given_name="Tim")])
    for _stage in ("first talk", "application", "checks"):
        application = actions.go_on(application=application, on=cast.today(), by=scheme_worker)
    with pytest.raises(RuleBroken) as said:
        actions.go_on(application=application, on=cast.today(), by=scheme_worker)
    assert (
        "of 16 and over in the home asked, and agrees; Everybody of 16 and over in the home checked"
        in str(said.value)
    )
    assert "References" not in str(said.value)
    actions.say_consulted(member=mother, on=ago(3), by=scheme_worker)
    actions.record_requirement(
        kind=RequirementKind.objects.get(slug="dbs"),
        member=mother,
        done_on=ago(2),
        number="1",
        level="barred",
        by=scheme_worker,
    )
    assert actions.go_on(application=application, on=cast.today(), by=scheme_worker).stage == Stage.VISITS


def test_support_carers_go_through_fewer_stages_and_are_checked_all_the_same(enquire, scheme_worker):
    application = enquire(fast=True, both=False)
    assert [step.stage for step in rules.steps(True)] == ["enquiry", "application", "checks", "panel"]
    asked = set(rules.next_step(Stage.CHECKS, True).needs)
    assert {Need.HOUSEHOLD_CHECKED, Need.PAPERS, Need.HOME_SAFE, Need.VISITED, Need.REPORT_READ} <= asked
    assert not {Need.TRAINED, Need.EXPERT_MET} & asked
    assert Need.INFORMATION in rules.next_step(Stage.ENQUIRY, True).needs
    assert to_panel(application, scheme_worker).stage == Stage.PANEL


@pytest.mark.rule("carers.need_without_excuse", "carers.need_done_or_why_not")
def test_some_things_have_no_excuse(application, scheme_worker):
    facts = {"application": application, "by": scheme_worker}
    with pytest.raises(RuleBroken, match="Nobody goes on without this"):
        actions.note_need(need=Need.APPLIED, because="They forgot", **facts)
    for both in ({}, {"done_on": ago(1), "because": "Not yet"}):
        with pytest.raises(RuleBroken, match="Either it is done"), transaction.atomic():
            actions.note_need(need=Need.TALKED, **both, **facts)


@pytest.mark.rule("carers.stages_in_order")
def test_days_come_in_order(application, enquire, scheme_worker):
    note_all(application, scheme_worker)
    application = actions.go_on(application=application, on=ago(20), by=scheme_worker)
    for day in (ago(30), ago(-1)):
        with pytest.raises(RuleBroken, match="before the stage that was reached"):
            actions.go_on(application=application, on=day, by=scheme_worker)
    for call in (
        lambda: enquire(n=7, enquired_on=ago(-2)),
        lambda: actions.note_need(
            application=application, need=Need.VISITED, done_on=ago(-1), by=scheme_worker
        ),
    ):
        with pytest.raises(RuleBroken, match="in the future"):
            call()


@pytest.mark.rule("carers.one_application")
def test_one_application_of_a_home_at_a_time(application, enquire, scheme_worker):
    with pytest.raises(RuleBroken, match="applying already"), transaction.atomic():
        enquire()
    facts = {"application": application, "state": "withdrawn", "because": "health", "on": ago(1)}
    actions.end_application(**facts, by=scheme_worker)
    assert not Carer.objects.active(cast.today()).exists()
    again = enquire()
    assert again.household == application.household
    assert Household.objects.count() == 1


@pytest.mark.rule("carers.still_applying")
def test_what_has_ended_goes_no_further(application, enquire, scheme_worker):
    facts = {
        "application": application,
        "state": "refused",
        "because": "home",
        "on": ago(1),
        "words": "No room",
    }
    ended = actions.end_application(**facts, by=scheme_worker)
    assert (ended.state, ended.ended_because, ended.ended_words) == ("refused", "home", "No room")
    with pytest.raises(RuleBroken, match="has ended"):
        actions.note_need(application=application, need=Need.TALKED, done_on=ago(1), by=scheme_worker)
    at_panel = to_panel(enquire(n=2), scheme_worker)
    with pytest.raises(RuleBroken, match="as far as it can"):
        actions.go_on(application=at_panel, on=cast.today(), by=scheme_worker)


def test_months_are_shown_and_nothing_hangs_on_them():
    assert rules.months_so_far(date(2027, 1, 31), date(2027, 2, 27)) == 0
    assert rules.months_so_far(date(2027, 1, 31), date(2027, 2, 28)) == 1
    assert rules.pace(1) == "1 month so far; three to six months are usual"
    assert "longer than usual" in rules.pace(7)


@pytest.mark.parametrize(
    ("table", "constraint", "change"),
    [
        ("application", "carers_application_ended_for_a_reason", "state = 'withdrawn', ended_on = now()"),
        ("applicant", "carers_applicant_first_or_second", "place = place + 2"),
        ("applicant", "carers_applicant_one_a_place", "place = 1"),
        ("applicant", "carers_applicant_once", "carer_id = (SELECT carer_id FROM carers_applicant LIMIT 1)"),
        ("needmet", "carers_need_done_or_why_not", "because = 'x'"),
        ("needmet", "carers_need_once", "need = 'talked'"),
        ("stagereached", "carers_stage_reached_once", "stage = 'enquiry'"),
    ],
)
def test_the_database_keeps_it(application, scheme_worker, table, constraint, change):
    note_all(application, scheme_worker)
    actions.go_on(application=application, on=cast.today(), by=scheme_worker)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE carers_{table} SET {change}")


def test_somebody_close_neither_sees_nor_moves_it(application, scheme_worker, scheme_manager):
    carer = application.applicants.first().carer
    actions.declare_tie(carer=carer, user=scheme_worker, kind="family", by=scheme_manager)
    assert not Application.objects.visible_to(scheme_worker).exists()
    assert Application.objects.visible_to(scheme_manager).exists()
    with pytest.raises(RuleBroken, match="Nobody decides about their own family"):
        actions.note_need(application=application, need=Need.TALKED, done_on=ago(1), by=scheme_worker)


def boxes(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_on_the_pages(scheme, council, scheme_worker, client):
    client.force_login(scheme_worker)
    typed = {
        "form_key": new_key(scheme_worker),
        "scheme": scheme.pk,
        "council": council.pk,
        "given_name": "Joan",
        "family_name": "Bell",
        "other_given_name": "Ray",
        "address": "1 Mill Lane",
        "postcode": "ns24bb",
        **boxes("enquired_on", ago(100)),
    }
    said = client.post(reverse("carers:enquire"), typed)
    assert "Give both names" in said.content.decode()
    assert client.post(reverse("carers:enquire"), typed | {"other_family_name": "Bell"}).status_code == 302
    application = Application.objects.get()
    member = actions.add_member(
        household=application.household, given_name="Ivy", relation="mother", by=scheme_worker
    )
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Joan Bell and Ray Bell" in page
    assert "3 months so far; three to six months are usual" in page
    assert "Information about being a carer sent" in page

    def send(name, *args, **typed):
        facts = {"form_key": new_key(scheme_worker), "form_version": 1} | typed
        return client.post(reverse(f"carers:{name}", args=[application.pk, *args]), facts)

    assert "still needs" in send("go_on", **boxes("on", cast.today())).content.decode()
    assert send("note_need", "information", **boxes("done_on", ago(90))).status_code == 302
    assert send("go_on", **boxes("on", cast.today())).status_code == 302
    assert client.get(reverse("carers:note_need", args=[application.pk, "nonsense"])).status_code == 404
    assert send("say_consulted", member.pk, **boxes("on", ago(1))).status_code == 302
    assert "asked, and agrees" in client.get(application.get_absolute_url()).content.decode()
    ending = {"state": "withdrawn", "because": "money", "form_version": 2, **boxes("on", cast.today())}
    assert send("end_application", **ending).status_code == 302
    assert "the payment or the tax" in client.get(application.get_absolute_url()).content.decode()


def test_the_list_costs_the_same_for_three_and_for_twelve(enquire, scheme_worker, client):
    client.force_login(scheme_worker)
    client.get(reverse("carers:applications"))
    costs = []
    for first, last in ((1, 3), (4, 12)):
        for n in range(first, last + 1):
            enquire(n=n)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("carers:applications"), {"state": "open"})
        assert "Joan Bell and Ray Bell" in page.content.decode()
        costs.append(len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]))
    assert costs[0] == costs[1] <= 12
