"""Policies in the administration: a look before they are saved; case records by reference only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews import actions
from reviews.models import Review, ReviewDue, ReviewPolicy

from . import factories
from .factories import today

pytestmark = pytest.mark.django_db
ADD = "admin:reviews_reviewpolicy_add"


def typed(council, **changes):
    return {
        "council": council.pk,
        "in_force_from": today().isoformat(),
        "first_review_days": 42,
        "interval_months": 12,
        "window_days": 42,
        "record_days": 10,
        "wanted_days": 28,
        "answer_days": 5,
    } | changes


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def test_before_a_policy_is_saved_a_page_counts_what_it_moves(desk, both, council):
    page = desk.post(reverse(ADD), typed(council))
    assert "2 due dates change" in page.content.decode()
    assert both[0].person.reference in page.content.decode()
    assert both[0].person.family_name not in page.content.decode()
    assert not ReviewPolicy.objects.filter(council=council).exists()
    assert not ReviewDue.objects.exclude(policy__council=None).exists()
    sent_again = dict(page.context["typed"]) | {"_confirmed": "1"}
    assert desk.post(reverse(ADD), sent_again).status_code == 302
    saved = ReviewPolicy.objects.get(council=council)
    assert {due.due_on for due in ReviewDue.objects.all()} == {both[0].counted_from + timedelta(days=42)}
    assert saved.history.get().history_change_reason.startswith("policy from")


def test_one_date_changes_in_the_singular(desk, plan_due, agreement_due, council, care_manager):
    actions.no_longer_owed(due=agreement_due, why="x", on=today(), by=care_manager)
    assert "1 due date changes" in desk.post(reverse(ADD), typed(council)).content.decode()


@pytest.mark.parametrize(
    "changes", [{"first_review_days": 57}, {"interval_months": 13}, {"in_force_from": "31.2.27"}]
)
def test_a_policy_that_is_not_one_is_refused_on_its_page(desk, council, changes):
    page = desk.post(reverse(ADD), typed(council, **changes))
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    assert not ReviewPolicy.objects.filter(council=council).exists()


def test_a_version_in_force_is_read_only_and_one_to_come_may_change(desk, council):
    default = ReviewPolicy.objects.get(council=None)
    page = desk.get(reverse("admin:reviews_reviewpolicy_change", args=[default.pk]))
    assert page.status_code == 200
    assert "first_review_days" not in page.context["adminform"].form.fields
    assert (
        desk.post(
            reverse("admin:reviews_reviewpolicy_change", args=[default.pk]), typed(council, _confirmed="1")
        ).status_code
        == 403
    )
    coming = ReviewPolicy.objects.create(council=council, in_force_from=today() + timedelta(days=9))
    address = reverse("admin:reviews_reviewpolicy_change", args=[coming.pk])
    changed = typed(
        council, in_force_from=coming.in_force_from.isoformat(), first_review_days=40, _confirmed="1"
    )
    assert desk.post(address, changed).status_code == 302
    coming.refresh_from_db()
    assert coming.first_review_days == 40


def test_the_list_says_which_version_holds(desk, council):
    ReviewPolicy.objects.create(council=council, in_force_from=today() - timedelta(days=9))
    ReviewPolicy.objects.create(council=council, in_force_from=today())
    ReviewPolicy.objects.create(council=council, in_force_from=today() + timedelta(days=9))
    page = desk.get(reverse("admin:reviews_reviewpolicy_changelist")).content.decode()
    for words in ("In force", "Replaced", "Comes into force"):
        assert words in page


def test_nobody_else_has_a_key_to_the_administration(client, care_manager):
    client.force_login(care_manager)
    assert client.get(reverse(ADD)).status_code in (302, 403)


def test_case_records_show_no_name_and_no_words(desk, both, care_manager):
    review = factories.held(both, care_manager)
    for model, row in ((Review, review), (ReviewDue, both[0])):
        name = model._meta.model_name
        for address in (
            reverse(f"admin:reviews_{name}_changelist"),
            reverse(f"admin:reviews_{name}_change", args=[row.pk]),
        ):
            page = desk.get(address).content.decode()
            assert review.person.family_name not in page
            assert "cook on Fridays" not in page
