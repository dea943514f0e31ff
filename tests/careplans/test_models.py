"""What the database refuses, whoever asks; and who may see which version."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from careplans import actions
from careplans.models import (
    Assessment,
    CarePlan,
    EnteredInError,
    Outcome,
    PersonalBudget,
    PlanShare,
    SignOff,
    Supersession,
)
from people import actions as people

from .. import factories as cast
from . import factories


def assert_refused(constraint, act):
    """The database refuses `act` by the constraint of this name."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    assert refusal.value.__cause__.diag.constraint_name == constraint


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.fixture
def signed(person, care_manager):
    return factories.signed_plan(person, care_manager)


FINAL = [
    "UPDATE careplans_careplan SET needs = 'other' WHERE id = %s",
    "UPDATE careplans_careplan SET state = 'draft', signed_on = NULL WHERE id = %s",
    "UPDATE careplans_careplan SET version = version + 1 WHERE id = %s",
    "DELETE FROM careplans_careplan WHERE id = %s",
    "UPDATE careplans_outcome SET words = 'other' WHERE plan_id = %s",
    "DELETE FROM careplans_outcome WHERE plan_id = %s",
    "UPDATE careplans_signoff SET name = 'Other' WHERE plan_id = %s",
    "DELETE FROM careplans_signoff WHERE plan_id = %s",
    "INSERT INTO careplans_outcome (id, version, plan_id, number, words) VALUES (gen_random_uuid(), 1, %s, 9, 'late')",
]


@pytest.mark.rule("careplans.signed_is_final")
@pytest.mark.parametrize("sql", FINAL)
def test_direct_sql_cannot_touch_a_signed_version_even_as_owner(signed, sql):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'careplans_careplan'"
        )
        assert cursor.fetchone()[0], "the tests run as the role that could do anything else"
    assert_refused("careplans_signed_is_final", lambda: run(sql, signed.pk))


def test_the_web_cannot_touch_a_signed_version(signed, as_role_app):
    assert_refused(
        "careplans_signed_is_final",
        lambda: as_role_app("UPDATE careplans_careplan SET needs = 'other' WHERE id = %s", [signed.pk]),
    )


def test_an_outcome_cannot_move_from_a_draft_into_a_signed_version(signed, person, care_manager):
    draft = actions.draft_plan(person=person, by=care_manager, why_new="More")
    assert_refused(
        "careplans_signed_is_final",
        lambda: run(
            "UPDATE careplans_outcome SET plan_id = %s, number = 9 WHERE plan_id = %s", signed.pk, draft.pk
        ),
    )


def test_notes_on_a_version_stay(signed, person, care_manager):
    factories.signed_plan(person, care_manager)
    actions.enter_in_error(plan=signed, why="wrong person", by=care_manager)
    assert_refused("careplans_signed_is_final", lambda: run("DELETE FROM careplans_supersession"))
    assert_refused("careplans_signed_is_final", lambda: run("UPDATE careplans_enteredinerror SET why = 'x'"))


@pytest.mark.django_db
def test_only_the_eraser_is_let_through_and_nobody_borrows_another_role():
    """The checks read `current_user` in the role of whoever writes: a SECURITY DEFINER would read the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc, prosecdef FROM pg_proc WHERE proname LIKE 'careplans_keep_%%'")
        found = cursor.fetchall()
    assert len(found) == 7
    for source, as_definer in found:
        assert "current_user = 'eraser'" in source
        assert source.count("current_user") == 1
        assert not as_definer


@pytest.mark.rule("careplans.words_stay_under_a_signature")
def test_words_do_not_change_under_a_signature(person, care_manager):
    plan = factories.draft(person, care_manager)
    actions.sign_plan(plan=plan, name="Ann", capacity="person", how="paper", by=care_manager)
    name = "careplans_words_stay_under_a_signature"
    assert_refused(name, lambda: run("UPDATE careplans_careplan SET needs = 'other' WHERE id = %s", plan.pk))
    assert_refused(
        name, lambda: run("UPDATE careplans_outcome SET words = 'other' WHERE plan_id = %s", plan.pk)
    )
    assert_refused(name, lambda: run("DELETE FROM careplans_careplan WHERE id = %s", plan.pk))


def plan_row(person, **facts):
    facts = {"organisation": person.responsible_council, "number": 50} | facts
    return CarePlan(person=person, **facts)


def budget_row(person, **facts):
    facts = {"weekly_pounds": 1, "since": date(2024, 1, 1)} | facts
    return PersonalBudget(person=person, organisation=person.responsible_council, **facts)


@pytest.mark.parametrize(
    ("constraint", "build"),
    [
        (
            "careplans_version_number_once",
            lambda p, u, d: plan_row(p, number=d.number, state="signed", signed_on=date(2024, 1, 1)),
        ),
        ("careplans_one_draft_per_person", lambda p, u, d: plan_row(p)),
        ("careplans_signed_has_its_day", lambda p, u, d: plan_row(p, state="signed")),
        ("careplans_outcome_number_once", lambda p, u, d: Outcome(plan=d, number=1, words="again")),
        ("careplans_outcome_has_words", lambda p, u, d: Outcome(plan=d, number=9, words="")),
        (
            "careplans_representative_has_authority",
            lambda p, u, d: SignOff(
                plan=d,
                name="M",
                capacity="representative",
                authority_words="x",
                how="paper",
                before_whom="A",
                on=date(2024, 1, 1),
            ),
        ),
        (
            "careplans_signature_has_a_witness",
            lambda p, u, d: SignOff(plan=d, name="M", capacity="person", how="paper", on=date(2024, 1, 1)),
        ),
        ("careplans_supersedes_another", lambda p, u, d: Supersession(old=d, new=d, why="x")),
        ("careplans_error_says_why", lambda p, u, d: EnteredInError(plan=d, why="")),
        ("careplans_budget_not_below_nothing", lambda p, u, d: budget_row(p, weekly_pounds=-1)),
        ("careplans_budget_dates_in_order", lambda p, u, d: budget_row(p, until=date(2024, 1, 1))),
        ("careplans_budget_sign_off_has_its_day", lambda p, u, d: budget_row(p, signed_off_by=u)),
        (
            "careplans_complex_is_joint_or_says_why",
            lambda p, u, d: Assessment(
                person=p,
                organisation=d.organisation,
                kind="needs",
                state="complete",
                complexity="complex",
                summary="x",
                done_on=date(2024, 1, 1),
                assessor=u,
            ),
        ),
        (
            "careplans_complete_assessment_has_words",
            lambda p, u, d: Assessment(
                person=p,
                organisation=d.organisation,
                kind="joint",
                state="complete",
                summary="",
                done_on=date(2024, 1, 1),
                assessor=u,
            ),
        ),
        (
            "careplans_alone_names_the_scheme",
            lambda p, u, d: Assessment(
                person=p, organisation=d.organisation, kind="scheme", done_on=date(2024, 1, 1), assessor=u
            ),
        ),
    ],
)
def test_each_constraint_refuses(person, care_manager, constraint, build):
    draft = factories.draft(person, care_manager)
    assert_refused(constraint, build(person, care_manager, draft).save)


def test_one_signature_per_capacity(person, care_manager):
    plan = factories.draft(person, care_manager)
    actions.sign_plan(plan=plan, name="Ann", capacity="person", how="paper", by=care_manager)
    again = SignOff(plan=plan, name="B", capacity="person", how="paper", before_whom="C", on=cast.today())
    assert_refused("careplans_one_signature_per_capacity", again.save)


def test_two_budgets_at_one_time_are_refused(person, care_manager):
    factories.budget(person, care_manager)
    assert_refused("careplans_one_budget_at_a_time", budget_row(person, since=date(2024, 6, 1)).save)


def test_a_share_is_once_a_scheme_and_acknowledged_by_somebody(supported_person, scheme, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    facts = {
        "plan": plan,
        "person": supported_person,
        "scheme": scheme,
        "shared_on": cast.today(),
        "due_on": cast.today(),
    }
    assert_refused("careplans_shared_once_with_a_scheme", PlanShare(**facts).save)
    share.acknowledged_at = timezone.now()
    assert_refused("careplans_acknowledged_by_somebody", share.save)


# -- Who may see --------------------------------------------------------------------------------------


def seen(user, person):
    user.__dict__.pop("_current_memberships", None)
    return {plan.number for plan in CarePlan.objects.visible_to(user).filter(person=person)}


def test_the_funding_team_reads_every_version_and_strangers_none(person, care_manager, charlie):
    factories.signed_plan(person, care_manager)
    factories.draft(person, care_manager)
    assert seen(care_manager, person) == {1, 2}
    assert seen(charlie, person) == set()


def test_a_scheme_reads_only_versions_shared_with_it(
    supported_person, scheme, scheme_worker, care_manager, other_scheme
):
    person = supported_person
    elsewhere = cast.user("Hill Worker", other_scheme, "scheme_worker")
    cast.supports(person, other_scheme, worker=elsewhere)
    first = factories.signed_plan(person, care_manager)
    actions.share_plan(plan=first, scheme=scheme, by=care_manager)
    factories.signed_plan(person, care_manager)
    factories.draft(person, care_manager)
    assert seen(scheme_worker, person) == {1}
    assert seen(elsewhere, person) == set()


def test_a_scheme_with_a_referral_reads_the_shared_version_until_the_referral_ends(
    person, scheme, scheme_worker, care_manager
):
    row = people.involve(
        person=person, organisation=scheme, role="referred", since=cast.today(), by=care_manager
    )
    plan = factories.signed_plan(person, care_manager)
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    assert seen(scheme_worker, person) == {1}
    people.end_involvement(involvement=row, on=cast.today(), by=care_manager)
    assert seen(scheme_worker, person) == set()


def test_a_former_team_reads_its_own_signed_versions_only(person, care_manager, other_team, charlie):
    factories.signed_plan(person, care_manager)
    people.transfer(person=person, to=other_team, worker=charlie, on=cast.today(), by=care_manager)
    factories.draft(person, charlie)
    assert seen(care_manager, person) == {1}
    assert seen(charlie, person) == {1, 2}


def test_emergency_access_reads_signed_versions(person, care_manager, charlie):
    factories.signed_plan(person, care_manager)
    factories.draft(person, care_manager)
    people.open_emergency_access(person=person, reason="Found at night", by=charlie)
    assert seen(charlie, person) == {1}


def test_a_version_entered_in_error_is_hidden_from_all(person, care_manager):
    plan = factories.signed_plan(person, care_manager)
    actions.enter_in_error(plan=plan, why="about somebody else", by=care_manager)
    assert seen(care_manager, person) == set()


def test_budgets_and_assessments_stay_with_the_council(
    supported_person, care_manager, scheme_worker, charlie
):
    factories.budget(supported_person, care_manager)
    factories.assessment(supported_person, care_manager)
    for user, count in ((care_manager, 1), (scheme_worker, 0), (charlie, 0)):
        assert PersonalBudget.objects.visible_to(user).count() == count
        assert Assessment.objects.visible_to(user).count() == count


def test_budgets_holding_on_a_day(person, care_manager):
    factories.budget(person, care_manager, since=date(2024, 1, 1))
    later = factories.budget(person, care_manager, since=date(2024, 6, 1), weekly_pounds=500)
    assert PersonalBudget.objects.holding(date(2024, 5, 31)).get().weekly_pounds == 400
    assert PersonalBudget.objects.holding(date(2024, 6, 1)).get() == later
    assert not PersonalBudget.objects.holding(date(2024, 1, 1) - timedelta(days=1)).exists()
