"""Introductions: visits with both views, nothing before the person agrees to meet, and fewer only with a reason."""

import pytest
from django.urls import reverse

from placements import actions, queries
from placements.models import Introduction, Match, MatchingPolicy
from placements.panels import PLACEMENTS
from sharedlives import timeline

from .. import factories as cast
from ..careplans.pages import date_of, send, text
from ..careplans.test_models import assert_refused, run
from ..risk.test_actions import assert_broken
from . import factories
from .factories import days


@pytest.fixture
def match(accepted, person, scheme, carer, care_manager, scheme_worker):
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    return factories.match(accepted, scheme, carer, scheme_worker)


def usual(council, number, since=-30):
    return MatchingPolicy.objects.create(council=council, in_force_from=days(since), introductions=number)


@pytest.mark.rule("placements.agreed_to_meet")
def test_nobody_is_introduced_before_the_person_agrees_to_meet(accepted, scheme, carer, scheme_worker):
    found = factories.match(accepted, scheme, carer, scheme_worker, says=("not_asked", "yes"))
    assert_broken("placements.agreed_to_meet", factories.introduction, match=found, by=scheme_worker)
    for says in ("yes", "no"):
        actions.record_answers(match=found, person_answer=says, by=scheme_worker)
    # They met, and then the person thought better of it: the visit took place all the same.
    factories.introduction(found, scheme_worker)
    assert queries.introductions(Match.objects.get()) == (1, 3)


@pytest.mark.rule("placements.visit_once", "placements.view_with_how")
def test_what_else_it_refuses(match, scheme_worker):
    facts = {"match": match, "by": scheme_worker}
    assert_broken("placements.not_in_the_future", factories.introduction, on=days(1), **facts)
    assert_broken("placements.view_with_how", factories.introduction, person_view="Smiled", **facts)
    visit = factories.introduction(**facts)
    assert_broken("placements.visit_once", factories.introduction, **facts)
    again = {"introduction": visit, "by": scheme_worker}
    assert_broken("placements.not_in_the_future", actions.amend_introduction, on=days(2), **again)
    assert_broken("placements.view_with_how", actions.amend_introduction, showed_by="seen", **again)


@pytest.mark.rule("placements.fewer_introductions")
def test_fewer_than_usual_need_a_coded_reason(match, care_manager, scheme_worker, council):
    agree = {"match": match, "starts_on": days(3), "by": care_manager}
    assert_broken("placements.fewer_introductions", actions.agree_match, **agree)
    assert_broken("placements.fewer_introductions", actions.agree_match, fewer_because="other", **agree)
    factories.introduction(match, scheme_worker)
    actions.agree_match(fewer_because="workload", **agree)
    kept = Match.objects.get()
    assert (kept.introductions_held, kept.introductions_usual, kept.fewer_because) == (1, 3, "workload")
    usual(council, 1)
    assert queries.introductions(kept) == (1, 3), "what was usual then stays with the match"


def test_enough_of_them_need_no_reason_and_keep_none(match, care_manager, scheme_worker, council):
    usual(None, 5)
    usual(council, 1)
    usual(council, 9, since=1)
    factories.introduction(match, scheme_worker)
    factories.agree(match, care_manager, fewer_because="workload")
    kept = Match.objects.get()
    assert (kept.introductions_held, kept.introductions_usual, kept.fewer_because) == (1, 1, "")


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("placements_visit_recorded_once", "UPDATE placements_introduction SET kind = 'tea', \"on\" = now()"),
        ("placements_view_with_how_it_was_shown", "UPDATE placements_introduction SET showed_by = 'seen'"),
        ("placements_view_with_how_it_was_shown", "UPDATE placements_introduction SET person_view = 'x'"),
        ("placements_fewer_introductions_say_why", "UPDATE placements_match SET fewer_because = ''"),
        ("placements_fewer_introductions_say_why", "UPDATE placements_match SET fewer_because = 'other'"),
        ("placements_matching_policy_sensible", "UPDATE placements_matchingpolicy SET carer_days = 0"),
        ("placements_matching_policy_sensible", "UPDATE placements_matchingpolicy SET introductions = 13"),
        (
            "placements_one_matching_policy_a_day",
            "INSERT INTO placements_matchingpolicy SELECT gen_random_uuid(), version, in_force_from, introductions,"
            " scheme_days, person_days, carer_days, council_id FROM placements_matchingpolicy",
        ),
    ],
)
def test_direct_sql_cannot_break_it(match, care_manager, scheme_worker, constraint, sql):
    usual(None, 3)
    for on in (-2, -1):
        factories.introduction(match, scheme_worker, on=days(on))
    factories.agree(match, care_manager)
    assert_refused(constraint, lambda: run(sql))


def test_it_goes_through_its_pages_and_stands_where_it_is_looked_for(
    client, match, person, care_manager, scheme_worker, charlie
):
    client.force_login(scheme_worker)
    page = reverse("placements:introduce", args=[match.pk])
    typed = {"kind": "overnight", "where": "Mary’s home"} | date_of("on", days(-2))
    assert send(client, page, typed).url == match.get_absolute_url()
    visit = Introduction.objects.get()
    shown = text(client.get(match.get_absolute_url()))
    assert "1 of the usual 3" in shown
    assert "Not yet heard" in shown
    change = reverse("placements:introduction", args=[visit.pk])
    views = {"person_view": "Held the cat for an hour", "showed_by": "seen", "carer_view": "Slept well"}
    assert send(client, change, typed | views).status_code == 302
    client.force_login(care_manager)
    shown = text(client.get(match.get_absolute_url()))
    assert "Held the cat for an hour" in shown
    assert "Record a visit" not in shown
    assert "Held the cat" in text(client.get(person.get_absolute_url()))
    lines = [entry.words for entry in timeline.entries(care_manager, person, lambda _permission: True)]
    assert f"A night with {match.carer}, to get to know each other" in lines
    assert list(PLACEMENTS.facts(scheme_worker, person)["introductions"]) == [visit]
    assert not PLACEMENTS.facts(charlie, person)["introductions"]
    form = text(client.get(reverse("placements:agree_match", args=[match.pk])))
    assert "1 of the usual 3 were held" in form
    placement = factories.agree(match, care_manager, fewer_because="urgent")
    agreement = factories.agreement(placement, scheme_worker)
    shown = text(client.get(agreement.get_absolute_url()))
    assert "1 of the usual 3. Fewer, because: there was no time" in shown
    client.force_login(cast.user("Elsewhere", placement.funding_team, "reviewing_officer"))
    assert client.get(change).status_code == 403
