"""Copies for schemes: what is kept back, what is owed, what is old; and the budget's sufficiency."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplans import actions
from careplans.deadlines import PLAN_TO_SHARE
from careplans.gaps import holding_older_plans
from careplans.models import PersonalBudget, PlanShare, Service, ShareOwed
from people import actions as people
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
def kept_back(supported_person, scheme, care_manager):
    """A signed version of which the scheme does not get wellbeing and how needs are met, services included."""
    draft = factories.draft(supported_person, care_manager, wellbeing="Secretword", how_met="Secretword too")
    actions.add_service(plan=draft, by=care_manager, kind="day", name="Secretservice")
    plan = factories.sign(draft, care_manager)
    actions.share_plan(
        plan=plan,
        scheme=scheme,
        by=care_manager,
        withheld=["how_met", "wellbeing"],
        why_withheld="Hiddenreason",
    )
    return plan


def test_the_scheme_sees_that_something_is_kept_back_not_what_nor_why(client, scheme_worker, kept_back):
    client.force_login(scheme_worker)
    for page in (
        client.get(kept_back.get_absolute_url()),
        client.get(url("acknowledge", kept_back.shares.get())),
        client.get(url("differences", kept_back)),
    ):
        assert page.status_code == 200
        words = text(page)
        assert "Secret" not in words
        assert "Hiddenreason" not in words
    assert "kept back" in text(client.get(kept_back.get_absolute_url()))
    assert not Service.objects.visible_to(scheme_worker).exists()


def test_what_is_kept_back_does_not_show_as_a_difference(
    client, scheme, scheme_worker, kept_back, care_manager, supported_person
):
    new = factories.signed_plan(supported_person, care_manager, wellbeing="Secretword changed")
    actions.share_plan(plan=new, scheme=scheme, by=care_manager, withheld=["wellbeing"], why_withheld="x")
    client.force_login(scheme_worker)
    assert "Secret" not in text(client.get(url("differences", new)))


def test_nothing_is_kept_back_from_the_funding_team(client, care_manager, kept_back):
    client.force_login(care_manager)
    words = text(client.get(kept_back.get_absolute_url()))
    assert "Secretword too" in words
    assert "Hiddenreason" in words
    assert "Kept back: How needs will be met, Wellbeing" in words


@pytest.mark.rule("careplans.withheld_says_why")
def test_keeping_back_says_why(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    facts = {"plan": plan, "scheme": scheme, "by": care_manager, "withheld": ["needs"]}
    assert_broken("careplans.withheld_says_why", actions.share_plan, **facts)


# -- What is owed ----------------------------------------------------------------------------------------


def test_every_scheme_that_supports_is_owed_each_new_version(
    client, supported_person, scheme, other_scheme, care_manager
):
    cast.supports(supported_person, other_scheme)
    plan = factories.signed_plan(supported_person, care_manager)
    owed = PLAN_TO_SHARE.owed_by(care_manager)
    assert {row.scheme for row in owed} == {scheme, other_scheme}
    assert {row.due_on for row in owed} == {cast.today() + timedelta(days=5)}
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    assert [row.scheme for row in PLAN_TO_SHARE.open()] == [other_scheme]
    client.force_login(care_manager)
    page = client.get(PLAN_TO_SHARE.path(PLAN_TO_SHARE.open().get().pk))
    assert page.url == url("share", plan)
    factories.signed_plan(supported_person, care_manager)
    assert {row.plan.number for row in PLAN_TO_SHARE.open()} == {2}


def test_nobody_else_sees_what_a_team_owes(supported_person, care_manager, scheme_worker, charlie):
    factories.signed_plan(supported_person, care_manager)
    assert PLAN_TO_SHARE.visible_to(care_manager).count() == 1
    assert not PLAN_TO_SHARE.visible_to(scheme_worker).exists()
    assert not PLAN_TO_SHARE.visible_to(charlie).exists()


def test_after_death_nothing_is_owed(supported_person, care_manager):
    factories.signed_plan(supported_person, care_manager)
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    assert not PLAN_TO_SHARE.open().exists()
    assert ShareOwed.objects.get().next_stage_on is None


def test_a_given_copy_reminds_nobody(supported_person, care_manager):
    factories.signed_plan(supported_person, care_manager)
    row = ShareOwed.objects.get()
    row.closed_on, row.next_stage_on = cast.today(), cast.today()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert refusal.value.__cause__.diag.constraint_name == "careplans_share_given_reminds_nobody"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ShareOwed.objects.create(plan=row.plan, person=row.person, scheme=row.scheme, due_on=row.due_on)
    assert refusal.value.__cause__.diag.constraint_name == "careplans_share_owed_once"


def test_a_scheme_that_holds_an_older_version_is_a_gap(
    supported_person, scheme, scheme_worker, care_manager, team
):
    before = cast.today() - timedelta(days=30)
    factories.held_plan(supported_person, scheme, care_manager, scheme_worker, on=before)
    assert list(holding_older_plans(cast.today())) == []
    newer = factories.signed_plan(supported_person, care_manager, on=cast.today() - timedelta(days=1))
    assert list(holding_older_plans(cast.today())) == [
        {
            "subject_id": supported_person.pk,
            "person_id": supported_person.pk,
            "owner_organisation_id": team.pk,
        }
    ]
    actions.share_plan(plan=newer, scheme=scheme, by=care_manager)
    assert list(holding_older_plans(cast.today())) == []


# -- Budget and authority ----------------------------------------------------------------------------------


@pytest.mark.rule("careplans.short_budget_says_of_what", "careplans.direct_payment_within_budget")
@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("careplans.short_budget_says_of_what", {"sufficient": "no"}),
        ("careplans.direct_payment_within_budget", {"direct_payment_pounds": 401, "paid_to": "Ann"}),
        ("careplans.direct_payment_within_budget", {"direct_payment_pounds": 100, "paid_to": ""}),
    ],
)
def test_refusals_of_a_budget(person, care_manager, code, facts):
    facts = {"person": person, "weekly_pounds": 400, "since": cast.today(), "by": care_manager} | facts
    assert_broken(code, actions.set_budget, **facts)


def test_a_budget_that_falls_short_shows_on_the_plan(client, person, care_manager):
    plan = factories.signed_plan(person, care_manager)
    client.force_login(care_manager)
    today = cast.today()
    typed = {
        "weekly_pounds": "400",
        "sufficient": "no",
        "short_because": "Two hours of college transport",
        "direct_payment_pounds": "80",
        "paid_to": "Ann herself",
        "since_0": today.day,
        "since_1": today.month,
        "since_2": today.year,
    }
    send(client, url("budget", person), typed)
    assert PersonalBudget.objects.get().direct_payment_pounds == 80
    page = text(client.get(plan.get_absolute_url()))
    assert "Two hours of college transport" in page
    assert "£80.00 a week of it is a direct payment, managed by Ann herself" in page


def test_direct_sql_keeps_nothing_back_without_a_reason(kept_back):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        PlanShare.objects.update(why_withheld="")
    assert refusal.value.__cause__.diag.constraint_name == "careplans_withheld_says_why"
