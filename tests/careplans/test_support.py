"""The scheme's support plan: versions, steps for outcomes, a review clock of its own."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careplans import actions
from careplans.models import SupportPlan
from careplans.moments import SUPPORT_PLAN_IN_USE
from reviews.models import ReviewDue
from reviews.rules import add_months
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories
from .pages import send, text


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    assert refusal.value.rule.code == code


@pytest.fixture
def draft(supported_person, scheme, scheme_worker):
    return actions.draft_support_plan(person=supported_person, scheme=scheme, by=scheme_worker)


def in_use(plan, by):
    actions.write_support_plan(plan=plan, about="Music", steps=[("Cook on Sundays", "Grace", None)], by=by)
    return actions.use_support_plan(plan=plan, agreed_with="Ann, with pictures", by=by)


def test_written_on_its_pages_for_outcomes_of_the_plan_that_the_scheme_holds(
    client, supported_person, scheme, scheme_worker, care_manager
):
    share = factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    outcome = share.plan.outcomes.get()
    client.force_login(scheme_worker)
    send(client, url("begin_support", supported_person))
    plan = SupportPlan.objects.get()
    typed = {
        "about": "Music in the morning",
        "words_1": "Cook on Sundays",
        "who_1": "Grace",
        "outcome_1": outcome.pk,
    }
    send(client, url("write_support", plan), typed | {"words_3": "Swim"})
    assert [(step.words, step.outcome) for step in plan.steps.all()] == [
        ("Cook on Sundays", outcome),
        ("Swim", None),
    ]
    page = send(client, url("use_support", plan), {"agreed_with": "Ann"}, follow=True)
    assert "For: Cook for my friends" in text(page)
    client.force_login(care_manager)
    assert "Music in the morning" in text(client.get(plan.get_absolute_url()))


def test_the_funding_team_reads_it_once_in_use_other_schemes_never(
    draft, supported_person, scheme_worker, care_manager, other_scheme, charlie
):
    cast.supports(supported_person, other_scheme)
    other = cast.user("Other Worker", other_scheme, "scheme_worker")
    assert not SupportPlan.objects.visible_to(care_manager).exists()
    in_use(draft, scheme_worker)
    assert SupportPlan.objects.visible_to(care_manager).exists()
    assert not SupportPlan.objects.visible_to(other).exists()
    assert not SupportPlan.objects.visible_to(charlie).exists()


@pytest.mark.follower("reviews.actions.look_at_support_plan")
def test_it_has_a_review_clock_of_its_own(draft, scheme, scheme_worker, supported_person):
    in_use(draft, scheme_worker)
    due = ReviewDue.objects.get(person=supported_person)
    assert due.due_on == add_months(cast.today(), 12)
    assert due.service == f"Support plan of {scheme}"
    SUPPORT_PLAN_IN_USE.happened(person=supported_person, scheme=scheme, on=cast.today(), by=scheme_worker)
    assert ReviewDue.objects.filter(person=supported_person).count() == 1


@pytest.mark.follower("reviews.actions.let_go_of_support_plan")
def test_the_only_one_on_the_wrong_record_leaves_no_review_to_hold(draft, scheme_worker, supported_person):
    in_use(draft, scheme_worker)
    second = actions.draft_support_plan(
        person=supported_person, scheme=draft.organisation, why_new="New bus", by=scheme_worker
    )
    in_use(second, scheme_worker)
    due = ReviewDue.objects.get(person=supported_person)
    actions.support_plan_in_error(plan=second, why="A namesake", by=scheme_worker)
    due.refresh_from_db()
    assert due.state == "open", "the version before it is in use again"
    actions.support_plan_in_error(plan=draft, why="A namesake", by=scheme_worker)
    due.refresh_from_db()
    assert (due.state, due.why) == ("void", "the support plan was entered in error")


@pytest.mark.rule("careplans.one_support_draft", "careplans.support_plan_has_steps")
@pytest.mark.rule("careplans.support_plan_was_agreed", "careplans.support_plan_in_use_stays")
def test_refusals(draft, supported_person, scheme, scheme_worker):
    begin = {"person": supported_person, "scheme": scheme, "by": scheme_worker}
    use = {"plan": draft, "by": scheme_worker}
    assert_broken("careplans.one_support_draft", actions.draft_support_plan, **begin)
    assert_broken("careplans.support_plan_has_steps", actions.use_support_plan, agreed_with="Ann", **use)
    actions.write_support_plan(about="", steps=[("Cook", "", None)], **use)
    assert_broken("careplans.support_plan_was_agreed", actions.use_support_plan, agreed_with=" ", **use)
    in_use(draft, scheme_worker)
    assert_broken(
        "careplans.support_plan_in_use_stays", actions.write_support_plan, about="x", steps=[], **use
    )
    assert_broken("careplans.new_version_says_why", actions.draft_support_plan, **begin)
    second = actions.draft_support_plan(why_new="New bus", **begin)
    assert [step.words for step in second.steps.all()] == ["Cook on Sundays"]
    assert list(SupportPlan.objects.in_use()) == [SupportPlan.objects.get(number=1)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE careplans_supportplan SET about = 'other' WHERE id = %s",
        "DELETE FROM careplans_supportplan WHERE id = %s",
        "UPDATE careplans_supportstep SET words = 'other' WHERE plan_id = %s",
        "DELETE FROM careplans_supportstep WHERE plan_id = %s",
    ],
)
def test_direct_sql_cannot_touch_a_support_plan_in_use(draft, scheme_worker, sql):
    in_use(draft, scheme_worker)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [draft.pk])
    assert refusal.value.__cause__.diag.constraint_name == "careplans_support_in_use_is_final"


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("careplans_one_support_draft", {"number": 2}),
        (
            "careplans_support_number_once",
            {"state": "in_use", "in_use_from": date(2026, 1, 1), "agreed_with": "A"},
        ),
        (
            "careplans_support_in_use_was_agreed",
            {"number": 2, "state": "in_use", "in_use_from": date(2026, 1, 1)},
        ),
    ],
)
def test_the_database_refuses_a_plan_without_sense(draft, constraint, facts):
    facts = {"person": draft.person, "organisation": draft.organisation, "number": 1} | facts
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        SupportPlan.objects.create(**facts)
    assert refusal.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("careplans_step_has_words", "UPDATE careplans_supportstep SET words = '' WHERE number = 1"),
        ("careplans_step_number_once", "UPDATE careplans_supportstep SET number = 1"),
    ],
)
def test_the_database_refuses_a_step_without_sense(draft, scheme_worker, constraint, sql):
    actions.write_support_plan(
        plan=draft, about="", steps=[("A", "", None), ("B", "", None)], by=scheme_worker
    )
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refusal.value.__cause__.diag.constraint_name == constraint
