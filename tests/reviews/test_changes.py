"""What a review agrees to change becomes draft versions, with who agreed it; and “as now” says what was considered."""

import pytest
from django.urls import reverse

from careplans.actions import draft_plan
from careplans.models import CarePlan
from placements.models import PlacementAgreement
from reviews import actions
from reviews.models import AgreedChange
from reviews.record import record_of

from ..careplans.pages import queries_of, send, text
from ..careplans.test_models import assert_refused, run
from . import factories
from .test_holding import refused_codes

WORDS, WHO = "Cooks on Fridays himself", "Ahmad, with his sister"


def change(of="plan", number=1, words=WORDS, agreed=WHO):
    return {
        f"change-{number}-words": words,
        f"change-{number}-agreed": agreed,
        f"change-{number}-of": str(of),
    }


def changed(dues, by, *changes, **answers):
    answers = {"outcome": "plan", "why_as_now": ""} | answers
    for one in changes or [change()]:
        answers |= one
    return factories.held(dues, by, **answers)


def test_a_changed_plan_opens_a_draft_that_says_where_it_comes_from(both, care_manager, supported_person):
    signed = CarePlan.objects.get(person=supported_person)
    review = changed(both, care_manager)
    row = AgreedChange.objects.get(review=review)
    assert (row.words, row.agreed_by, row.of) == (WORDS, WHO, "Care and support plan")
    assert (row.plan.state, row.plan.number) == ("draft", signed.number + 1)
    assert row.plan.why_new.startswith("Agreed at the review of ")
    assert [o.words for o in row.plan.outcomes.all()] == [o.words for o in signed.outcomes.all()]


def test_two_changes_share_one_draft_and_one_that_is_open_already(both, care_manager, supported_person):
    open_now = draft_plan(person=supported_person, why_new="New bus", by=care_manager)
    changed(both, care_manager, change(), change(number=2, words="Bus alone"))
    assert list(AgreedChange.objects.values_list("number", "plan")) == [(1, open_now.pk), (2, open_now.pk)]


def test_a_changed_agreement_opens_a_draft_with_the_words_in_force(both, placement, care_manager):
    signed = factories.agreed(placement, "Meals together", "Own key")
    review = changed(both, care_manager, change(of=placement.pk))
    row = review.changes.get()
    assert (row.placement, row.plan, row.agreement.state) == (placement, None, "draft")
    assert row.agreement.number == signed.number + 1
    assert [r.words for r in row.agreement.requirements.all()] == ["Meals together", "Own key"]
    assert row.agreement.plan_elements == signed.plan_elements
    signed.refresh_from_db()
    assert signed.state == "signed"


def test_without_a_signed_agreement_the_change_is_recorded_and_nothing_opens(both, placement, care_manager):
    assert changed(both, care_manager, change(of=placement.pk)).changes.get().draft is None
    assert not PlacementAgreement.objects.exists()


@pytest.mark.rule("reviews.changes_agreed")
@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "plan", **change(words="")},
        {"outcome": "plan", **change(agreed="")},
        {"outcome": "plan", **change(of="")},
        {"outcome": "plan", **change(of="3f0c6a2e-0000-4000-8000-000000000000")},
        {"outcome": "plan"},
        {"outcome": "plan_and_budget"},
        {"outcome": "no_change", **change()},
    ],
)
def test_a_change_is_complete_and_fits_the_outcome(both, care_manager, wrong):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, **wrong) == {"reviews.changes_agreed"}
    assert not AgreedChange.objects.exists()


@pytest.mark.rule("reviews.as_now")
def test_no_change_says_what_was_considered(both, care_manager):
    review = factories.meeting(both, care_manager)
    assert refused_codes(review, care_manager, why_as_now=" ") == {"reviews.as_now"}


def test_the_record_says_both(both, care_manager, supported_person):
    as_now = factories.held(both, care_manager, why_as_now="A flat of his own: too soon, he says")
    answers = [answer for _title, parts in record_of(as_now)["parts"] for _question, answer in parts]
    assert "A flat of his own: too soon, he says" in answers
    again = supported_person.review_dues.filter(state="open")
    facts = record_of(changed(list(again), care_manager))
    tables = {title: (heads, rows) for title, heads, rows in facts["tables"]}
    rows = [(WORDS, ["Care and support plan", WHO])]
    assert tables["Changes agreed"] == (["What changes", "In what", "Who agreed it"], rows)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("reviews_held_record_is_never_changed", "UPDATE reviews_agreedchange SET words = 'x'"),
        ("reviews_held_record_is_never_changed", "DELETE FROM reviews_agreedchange"),
    ],
)
def test_a_change_agreed_stays_as_agreed(both, care_manager, constraint, sql):
    changed(both, care_manager)
    assert_refused(constraint, lambda: run(sql))


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("reviews_change_says_who_agreed", {"agreed_by": ""}),
        ("reviews_change_says_who_agreed", {"words": ""}),
        ("reviews_change_of_plan_or_agreement", {"placement": None}),
        ("reviews_change_number_once", {"number": 1}),
    ],
)
def test_direct_rows_cannot_break_it(both, placement, care_manager, constraint, wrong):
    agreement = factories.agreed(placement)
    review = factories.meeting(both, care_manager)
    facts = {"review": review, "words": WORDS, "agreed_by": WHO}
    AgreedChange.objects.create(number=1, **facts)
    facts |= {"number": 2, "placement": placement, "agreement": agreement} | wrong
    assert_refused(constraint, lambda: AgreedChange.objects.create(**facts))


def test_it_goes_through_its_pages(client, both, placement, care_manager):
    factories.agreed(placement)
    client.force_login(care_manager)
    review = factories.meeting(both, care_manager)
    url = reverse("reviews:hold_section", args=[review.pk, "changes"])
    assert f"The placement agreement with {placement.carer}" in client.get(url).text
    assert send(client, url, change(of=placement.pk) | {"more": "1"}).status_code == 302
    assert WHO in client.get(url).text
    typed = factories.answers(review, outcome="plan", **change(), **change(placement.pk, 2, "Own key"))
    review = actions.hold(review=review, by=care_manager, answers=typed)
    page = client.get(review.get_absolute_url())
    for row in review.changes.all():
        assert row.draft.get_absolute_url() in page.text
    assert "Placement agreement, version 2" in text(page)
    assert len(queries_of(client, review.get_absolute_url())) <= 12
