"""The pages of assessments and plans: as the right users, as the wrong ones, and what they cost."""

import pytest
from django.urls import reverse

from careplans import actions
from careplans.models import CarePlan, PersonalBudget
from careplans.sections import SECTIONS
from careplans.views.draft import KEYS
from people import actions as people
from sharedlives.panels import panels_for
from sharedlives.records.models import AccessLogEntry, Draft

from .. import factories as cast
from . import factories
from .pages import date_of, hidden, queries_of, send, text


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


# -- Who ---------------------------------------------------------------------------------------------

OF_PERSON = ("plans", "assess", "begin", "budget")
OF_PLAN = ("plan", "differences", "share", "enter_in_error")
OF_DRAFT = ("plan", "draft", "services", "add_service", "check", "sign", "withdraw", "enter_in_error")


@pytest.fixture
def everything(supported_person, scheme, care_manager):
    """(address, what it needs) of every page about a person with a signed version 1 and a draft version 2."""
    person = supported_person
    plan = factories.signed_plan(person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    done = factories.assessment(person, care_manager)
    draft = factories.draft(person, care_manager)
    unfinished = factories.assessment(person, care_manager, state="draft")
    return (
        [url(name, person) for name in OF_PERSON]
        + [url(name, plan) for name in OF_PLAN]
        + [url(name, draft) for name in OF_DRAFT]
        + [url("section", draft, key) for key in KEYS]
        + [url("assessment", done), url("amend_assessment", unfinished), url("acknowledge", share)]
    )


def test_the_own_care_manager_opens_every_page_but_the_schemes(signed_in, everything):
    found = {address: signed_in.get(address).status_code for address in everything}
    assert {address for address, status in found.items() if status != 200} == {everything[-1]}
    assert found[everything[-1]] == 403


def test_to_another_council_no_page_exists(client, charlie, everything):
    client.force_login(charlie)
    found = {address: client.get(address).status_code for address in everything}
    assert set(found.values()) <= {404, 403}
    assert found[everything[-1]] == 403  # acknowledging is no care manager's job anywhere
    assert {status for address, status in found.items() if address != everything[-1]} == {404}


def test_a_scheme_reads_what_was_shared_and_nothing_else(client, scheme_worker, everything, supported_person):
    client.force_login(scheme_worker)
    found = [address for address in everything if client.get(address).status_code == 200]
    plan = CarePlan.objects.get(person=supported_person, number=1)
    share = plan.shares.get()
    assert found == [
        url("plans", supported_person),
        url("assess", supported_person),
        url("plan", plan),
        url("differences", plan),
        url("acknowledge", share),
    ]
    page = text(client.get(url("plans", supported_person)))
    assert "Version 1" in page
    assert "Version 2" not in page
    assert "Begin a new version" not in page


def test_every_look_at_a_plan_is_logged(signed_in, person, care_manager):
    plan = factories.signed_plan(person, care_manager)
    signed_in.get(plan.get_absolute_url())
    entry = AccessLogEntry.objects.get()
    assert (entry.person_ids, entry.view) == ([person.pk], "careplans:plan")


# -- Drafting, page by page -----------------------------------------------------------------------------


def test_the_long_form_from_the_first_page_to_the_signed_plan(signed_in, person, care_manager):
    """Every page is kept, the task list says so, and what was typed becomes the plan."""
    page = send(signed_in, url("begin", person), follow=True)
    plan = CarePlan.objects.get()
    assert text(page).count("Not started") == 9
    for section in SECTIONS:
        answer = send(signed_in, url("section", plan, section.key), {"words": f"About {section.key}"})
        assert answer.status_code == 302
    send(signed_in, url("section", plan, "outcomes"), {"outcome_1": "Cook", "outcome_2": "Swim"})
    plan.refresh_from_db()
    assert plan.needs == ""
    tasks = text(signed_in.get(url("draft", plan)))
    assert "Not started" not in tasks
    assert tasks.count("Written") == 11
    answer = send(signed_in, url("check", plan))
    assert answer.url == url("sign", plan)
    plan.refresh_from_db()
    assert plan.needs == "About needs"
    assert [outcome.words for outcome in plan.outcomes.all()] == ["Cook", "Swim"]
    today = date_of("on", cast.today())
    send(signed_in, url("sign", plan), {"capacity": "person", "name": "Ann", "how": "mark"} | today)
    answer = send(signed_in, url("sign", plan), {"capacity": "care_manager", "how": "here"} | today)
    assert answer.url == url("plan", plan)
    plan.refresh_from_db()
    assert plan.state == "signed"


def test_a_draft_is_resumed_after_signing_in_again_and_is_nobody_elses(
    client, care_manager, team_manager, person
):
    plan = actions.draft_plan(person=person, by=care_manager)
    client.force_login(care_manager)
    send(client, url("section", plan, "needs"), {"words": "Half a thought"})
    client.logout()
    client.force_login(care_manager)
    assert "Half a thought" in text(client.get(url("section", plan, "needs")))
    assert "Half a thought" in text(client.get(url("check", plan)))
    client.force_login(team_manager)
    assert "Half a thought" not in text(client.get(url("section", plan, "needs")))


def test_each_page_leads_to_the_next_and_the_last_to_the_list(signed_in, person, care_manager):
    plan = actions.draft_plan(person=person, by=care_manager)
    answer = send(signed_in, url("section", plan, "own_words"), {"words": "x"})
    assert answer.url == url("section", plan, "needs")
    answer = send(signed_in, url("section", plan, "took_part"), {"words": "x"})
    assert answer.url == url("draft", plan)


def test_a_section_that_does_not_exist(signed_in, person, care_manager):
    plan = actions.draft_plan(person=person, by=care_manager)
    assert signed_in.get(url("section", plan, "shoe_size")).status_code == 404


def test_not_yet_because_is_shown_and_goes_into_the_plan(signed_in, person, care_manager):
    plan = factories.draft(person, care_manager, advice="")
    send(signed_in, url("section", plan, "advice"), {"words": "", "not_yet": "waiting for the nurse"})
    assert "Not yet, with a reason" in text(signed_in.get(url("draft", plan)))
    send(signed_in, url("check", plan))
    plan.refresh_from_db()
    assert plan.not_yet == {"advice": "waiting for the nurse"}
    assert "waiting for the nurse" in text(signed_in.get(plan.get_absolute_url()))


def test_another_outcome_keeps_what_is_typed(signed_in, person, care_manager):
    plan = actions.draft_plan(person=person, by=care_manager)
    page = send(signed_in, url("section", plan, "outcomes"), {"outcome_1": "Cook for friends", "more": "1"})
    assert page.status_code == 200
    assert "Cook for friends" in text(page)
    assert b'name="outcome_3"' in page.content
    assert not Draft.objects.exists()


def test_a_second_editor_is_told_what_changed_and_may_then_save(
    signed_in, person, care_manager, team_manager
):
    plan = factories.draft(person, care_manager)
    send(signed_in, url("section", plan, "advice"), {"words": "My advice"})
    actions.amend_draft(plan=plan, by=team_manager, version=plan.version, needs="Their needs")
    page = send(signed_in, url("check", plan))
    assert page.status_code == 422
    assert f"needs that the assessment found: “{factories.WORDS['needs']}” became “Their needs”" in text(page)
    assert "My advice" in text(page)
    assert signed_in.post(url("check", plan), hidden(page)).status_code == 302
    plan.refresh_from_db()
    assert (plan.needs, plan.advice) == ("Their needs", "My advice")


def test_signing_warns_of_words_not_yet_in_the_plan_and_of_empty_sections(signed_in, person, care_manager):
    plan = factories.draft(person, care_manager, advice="")
    send(signed_in, url("section", plan, "needs"), {"words": "More"})
    page = text(signed_in.get(url("sign", plan)))
    assert "You have typed words that are not in the plan yet" in page
    assert "Advice and prevention" in page
    refused = send(
        signed_in,
        url("sign", plan),
        {"capacity": "person", "name": "Ann", "how": "mark"} | date_of("on", cast.today()),
    )
    assert refused.status_code == 422
    assert "Nothing is written yet under: Advice and prevention" in text(refused)


def test_signing_words_that_changed_meanwhile_is_refused(signed_in, person, care_manager, team_manager):
    plan = factories.draft(person, care_manager)
    page = signed_in.get(url("sign", plan))
    actions.amend_draft(plan=plan, by=team_manager, needs="Changed")
    typed = hidden(page) | {"capacity": "care_manager", "how": "here"} | date_of("on", cast.today())
    refused = signed_in.post(url("sign", plan), typed)
    assert refused.status_code == 422
    assert not plan.sign_offs.exists()


def test_a_sent_form_is_carried_out_once(signed_in, person, care_manager):
    """A second click on the button neither signs twice nor shows a fault."""
    page = signed_in.get(url("begin", person))
    first = signed_in.post(url("begin", person), hidden(page))
    second = signed_in.post(url("begin", person), hidden(page))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert CarePlan.objects.count() == 1


def test_withdrawing_signatures_opens_the_words_again(signed_in, person, care_manager):
    plan = factories.draft(person, care_manager)
    actions.sign_plan(plan=plan, name="Ann", capacity="person", how="paper", by=care_manager)
    answer = send(signed_in, url("withdraw", plan), {"why": "The week changed"})
    assert answer.url == url("draft", plan)
    assert not plan.sign_offs.exists()


# -- Reading, sharing ---------------------------------------------------------------------------------


def test_the_plan_says_who_signed_who_holds_it_and_since_when(
    signed_in, supported_person, scheme, scheme_worker, care_manager
):
    share = factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    page = text(signed_in.get(share.plan.get_absolute_url()))
    assert f"{supported_person}, {share.plan.signed_on:%-d %B %Y}" in page
    assert f"Acknowledged by {scheme_worker}" in page
    assert "Cook for my friends" in page
    assert "will not do for a move" not in page


def test_differences_are_shown_word_by_word(signed_in, person, care_manager):
    factories.signed_plan(person, care_manager, needs="Cooks twice a week")
    second = factories.signed_plan(
        person, care_manager, needs="Cooks three times a week", why_new="Wants more"
    )
    page = signed_in.get(url("differences", second)).content.decode()
    assert '<del><span class="govuk-visually-hidden">Gone: </span>twice</del>' in page
    assert '<ins><span class="govuk-visually-hidden">New: </span>three times</ins>' in page
    assert "Eligibility" not in page


def test_share_and_acknowledge(client, supported_person, scheme, scheme_worker, care_manager):
    plan = factories.signed_plan(supported_person, care_manager)
    client.force_login(care_manager)
    send(client, url("share", plan), {"scheme": scheme.pk})
    share = plan.shares.get()
    assert "Every scheme that may hold this version holds it already" in text(client.get(url("share", plan)))
    client.force_login(scheme_worker)
    page = client.get(url("acknowledge", share))
    assert factories.WORDS["needs"] in text(page)
    answer = send(client, url("acknowledge", share))
    assert answer.url == plan.get_absolute_url()
    share.refresh_from_db()
    assert share.acknowledged_by == scheme_worker
    assert "holds this plan" in text(client.get(url("acknowledge", share)))


def test_a_referred_scheme_reads_and_acknowledges_before_it_accepts(
    client, person, scheme, scheme_worker, care_manager
):
    people.involve(person=person, organisation=scheme, role="referred", since=cast.today(), by=care_manager)
    plan = factories.signed_plan(person, care_manager)
    share = actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    client.force_login(scheme_worker)
    assert send(client, url("acknowledge", share)).status_code == 302


def test_entered_in_error_lists_copies_to_recall(
    client, supported_person, scheme, scheme_worker, care_manager
):
    plan = factories.signed_plan(supported_person, care_manager)
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    client.force_login(care_manager)
    page = send(client, url("enter_in_error", plan), {"why": "about his brother"}, follow=True)
    assert f"{scheme} was given a copy" in text(page)
    assert "about his brother" not in text(page)
    assert client.get(plan.get_absolute_url()).status_code == 404
    client.force_login(scheme_worker)
    assert "must be given back or destroyed" in text(client.get(url("plans", supported_person)))


def test_the_budget_is_set_and_shown_to_the_council_only(
    client, supported_person, scheme_worker, care_manager
):
    client.force_login(care_manager)
    typed = (
        {"weekly_pounds": "412.50"} | date_of("since", cast.today()) | date_of("signed_off_on", cast.today())
    )
    page = send(client, url("budget", supported_person), typed, follow=True)
    assert "£412.50 a week" in text(page)
    assert PersonalBudget.objects.get().signed_off_by == care_manager
    client.force_login(scheme_worker)
    assert "412.50" not in text(client.get(url("plans", supported_person)))


def test_a_wrong_budget_keeps_what_was_typed(signed_in, person):
    page = send(signed_in, url("budget", person), {"weekly_pounds": "-3"} | date_of("since", cast.today()))
    assert page.status_code == 422
    assert b'value="-3"' in page.content
    assert not PersonalBudget.objects.exists()


# -- Panel, and what pages cost -----------------------------------------------------------------------


def panel(user, person):
    shown = panels_for(user, person, lambda permission: permission == "plan.view")
    return next(context for found, context in shown if found.name == "careplans.plan")


def test_the_panel_shows_each_side_its_own(supported_person, scheme, scheme_worker, care_manager):
    factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    draft = factories.draft(supported_person, care_manager)
    mine, theirs = panel(care_manager, supported_person), panel(scheme_worker, supported_person)
    assert (mine["plan"].number, mine["draft"]) == (1, draft)
    assert (theirs["plan"].number, theirs["draft"]) == (1, None)


def test_the_panel_costs_two_queries(
    supported_person, scheme, scheme_worker, care_manager, django_assert_max_num_queries
):
    factories.held_plan(supported_person, scheme, care_manager, scheme_worker)
    care_manager.current_memberships()
    with django_assert_max_num_queries(2):
        list(panel(care_manager, supported_person)["shares"])


def test_no_page_costs_more_than_twelve_queries(signed_in, everything):
    costs = {address: queries_of(signed_in, address) for address in everything[:-1]}
    assert {address: len(sqls) for address, sqls in costs.items() if len(sqls) > 12} == {}


def test_the_schemes_pages_cost_no_more(client, scheme_worker, everything, supported_person):
    client.force_login(scheme_worker)
    plan = CarePlan.objects.get(person=supported_person, number=1)
    for address in (url("plan", plan), everything[-1], url("plans", supported_person)):
        assert len(queries_of(client, address)) <= 12, address


def test_ten_versions_cost_as_much_as_two(signed_in, person, care_manager):
    for _n in range(2):
        factories.signed_plan(person, care_manager)
    queries_of(signed_in, url("plans", person))  # the first page of a session also saves the session
    few = len(queries_of(signed_in, url("plans", person)))
    for _n in range(8):
        factories.signed_plan(person, care_manager)
    assert len(queries_of(signed_in, url("plans", person))) == few <= 12
