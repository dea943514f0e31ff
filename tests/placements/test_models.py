"""What must always be true, kept by PostgreSQL; and who may read which rows."""

import pytest
from django.db import IntegrityError, transaction

from placements.models import (
    GateAnswer,
    Match,
    OwedAfterEmergency,
    Placement,
    PlacementAgreement,
    Referral,
    ReferralInformation,
    ReferralScheme,
)

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


def assert_refused(constraint, change):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_dates_in_order", {"state": "ended", "ended_on": -1, "end_reason": "family"}),
        ("placements_ended_with_date_and_reason", {"state": "ended"}),
        ("placements_ended_with_date_and_reason", {"state": "ended", "ended_on": 1}),
        ("placements_ended_with_date_and_reason", {"ended_on": 1, "end_reason": "family"}),
        ("placements_planned_end_after_start", {"planned_end_on": -1}),
        ("placements_home_where_the_kind_has_one", {"kind": "floating"}),
        ("placements_home_where_the_kind_has_one", {"household": None}),
        ("placements_long_term_date_only_after_an_emergency", {"long_term_agreed_on": 1}),
        ("placements_emergency_long_term_only_by_review", {"route": "emergency", "why_emergency": "Fire"}),
        ("placements_emergency_says_why", {"route": "emergency", "purpose": "bridge"}),
        ("placements_out_of_rule_says_why", {"out_of_rule": True}),
    ],
)
def test_a_placement_is_always_true(agreed, constraint, change):
    dates = {name: factories.days(n) for name, n in change.items() if name.endswith("_on")}
    assert_refused(constraint, lambda: Placement.objects.filter(pk=agreed.pk).update(**(change | dates)))


def test_what_never_started_may_end_before_its_day(agreed):
    rows = Placement.objects.filter(pk=agreed.pk)
    assert rows.update(state="ended", ended_on=factories.days(-1), end_reason="never_started") == 1


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_referral_closed_with_date_and_reason", {"state": "closed"}),
        ("placements_referral_closed_with_date_and_reason", {"closed_reason": "withdrawn"}),
        ("placements_sent_referral_has_a_date", {"sent_on": None}),
        ("placements_referral_wants_something", {"kinds": []}),
    ],
)
def test_a_referral_is_always_true(referral, constraint, change):
    assert_refused(constraint, lambda: Referral.objects.filter(pk=referral.pk).update(**change))


def test_a_referral_is_not_closed_before_it_was_sent(referral):
    closed = {"state": "closed", "closed_reason": "withdrawn", "closed_on": factories.days(-1)}
    assert_refused("placements_referral_dates_in_order", lambda: Referral.objects.update(**closed))


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_answer_after_sending", {"answer": "accepted"}),
        ("placements_answer_after_sending", {"answer": "accepted", "answered_on": -1}),
        ("placements_declined_with_a_reason", {"answer": "declined", "answered_on": 0}),
        ("placements_declined_with_a_reason", {"reason": "area"}),
        ("placements_returned_says_what_is_missing", {"answer": "returned", "answered_on": 0}),
    ],
)
def test_an_answer_is_always_true(referral, constraint, change):
    dates = {name: factories.days(n) for name, n in change.items() if name.endswith("_on")}
    assert_refused(constraint, lambda: ReferralScheme.objects.update(**(change | dates)))


def test_information_is_given_or_explained_also_in_the_database(referral):
    change = {"given": False, "why_missing": ""}
    assert_refused(
        "placements_information_given_or_why_not", lambda: ReferralInformation.objects.update(**change)
    )


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_match_has_a_home_where_the_kind_has_one", {"household": None}),
        ("placements_match_ended_with_date_and_reason", {"state": "ended"}),
        ("placements_match_agreed_by_both_sides", {"person_answer": "no"}),
    ],
)
def test_a_match_is_always_true(agreed, constraint, change):
    assert_refused(constraint, lambda: Match.objects.filter(pk=agreed.match.pk).update(**change))


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_agreement_three_people_at_most", {"max_people": 4}),
        ("placements_agreement_signed_with_date", {"state": "signed"}),
    ],
)
def test_an_agreement_is_always_true(agreed, scheme_worker, constraint, change):
    factories.agreement(agreed, scheme_worker)
    assert_refused(constraint, lambda: PlacementAgreement.objects.update(**change))


def test_one_agreement_is_drafted_at_a_time(agreed, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    row.pk, row.number, row._state.adding = None, 2, True
    assert_refused("placements_one_agreement_draft", row.save)


def test_a_gap_at_the_gate_says_why(agreed, scheme_worker):
    row = GateAnswer(placement=agreed, gate="risk", passed=False, by=scheme_worker)
    assert_refused("placements_gate_passed_or_why_not", row.save)


def test_nobody_is_reminded_of_what_is_done(person, scheme, carer, scheme_worker):
    factories.existing(person, scheme, carer, scheme_worker)
    done = {"done_on": factories.today(), "closed_because": "There"}
    assert_refused(
        "placements_nobody_reminded_of_what_is_done", lambda: OwedAfterEmergency.objects.update(**done)
    )
    assert_refused(
        "placements_owed_closed_with_reason",
        lambda: OwedAfterEmergency.objects.update(closed_because="There"),
    )


# -- Who may read what ------------------------------------------------------------------------------


def reads(user, model):
    user.__dict__.pop("_current_memberships", None)
    return model.objects.visible_to(user).count()


def test_teams_and_schemes_read_their_own_rows(
    ready, care_manager, scheme_worker, team_manager, charlie, other_scheme
):
    stranger = people.user("Elsewhere", other_scheme, "scheme_worker")
    for model in (Placement, PlacementAgreement, Match, ReferralScheme):
        assert [reads(user, model) for user in (care_manager, team_manager, scheme_worker)] == [1, 1, 1]
        assert [reads(user, model) for user in (charlie, stranger)] == [0, 0]
    assert [reads(user, Referral) for user in (care_manager, scheme_worker, charlie)] == [1, 0, 0]


def test_a_scheme_that_shares_a_person_reads_no_other_schemes_placement(
    ready, person, other_scheme, council, scheme_worker, care_manager
):
    neighbour = people.user("Neighbour", other_scheme, "scheme_worker")
    elsewhere = factories.carer(
        factories.home(other_scheme, council, neighbour), neighbour, kinds=("day_support",)
    )
    own = factories.existing(person, other_scheme, elsewhere, neighbour, kind="day_support")
    assert list(Placement.objects.visible_to(neighbour)) == [own]
    assert list(Placement.objects.visible_to(scheme_worker)) == [ready]
    assert reads(care_manager, Placement) == 2


def test_a_former_team_reads_what_it_funded_and_a_new_one_reads_all(
    person, scheme, carer, team, other_team, scheme_worker, care_manager, charlie
):
    first = factories.existing(person, scheme, carer, scheme_worker)
    people.actions.transfer(person=person, to=other_team, worker=charlie, on=people.today(), by=care_manager)
    assert list(Placement.objects.visible_to(care_manager)) == [first]
    assert list(Placement.objects.visible_to(charlie)) == [first]
    factories.existing(person, scheme, carer, scheme_worker, kind="day_support")
    assert reads(care_manager, Placement) == 1
    assert reads(charlie, Placement) == 2


def test_some_roles_read_nothing(ready, commissioner, data_officer, administrator, reviewing_officer):
    for user in (commissioner, data_officer, administrator, reviewing_officer):
        assert reads(user, Placement) == reads(user, Referral) == 0
