"""An assessment, a support plan, a wish or a reassessment on the wrong person's record is hidden."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careplans import actions
from careplans.deadlines import REASSESSMENT, WISH
from careplans.models import Assessment, NeedEnteredInError, SupportPlan
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..people.test_in_error import WHY, listed
from . import factories
from .test_support import in_use

pytestmark = pytest.mark.django_db


def hide(client, user, name, row):
    """Mark it on its page, which its own page leads to; the row cannot be found any more."""
    client.force_login(user)
    address = reverse(f"careplans:{name}_in_error", args=[row.pk])
    assert address in client.get(row.get_absolute_url()).content.decode()
    assert client.post(address, {"form_key": new_key(user), "why": WHY}).status_code == 302
    assert client.get(row.get_absolute_url()).status_code == 404


def test_an_assessment_of_somebody_else_opens_no_gate(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    wrong = factories.assessment(supported_person, care_manager, scheme=scheme, state="draft")
    actions.write_part(assessment=wrong, words="What the scheme found", by=scheme_worker)
    facts = {"kind": "joint", "state": "complete", "seen_where": "At home", "seen_how": "visit"}
    Assessment.objects.filter(pk=wrong.pk).update(**facts)
    client.force_login(scheme_worker)
    assert client.get(wrong.get_absolute_url()).status_code == 200
    assert client.get(reverse("careplans:assessment_in_error", args=[wrong.pk])).status_code == 404
    hide(client, care_manager, "assessment", wrong)
    assert not Assessment.objects.complete().exists()
    for user in (care_manager, scheme_worker):
        assert not Assessment.objects.visible_to(user).exists()
    page = listed(client, data_officer, "assessments")
    assert supported_person.reference in page and "What the scheme found" not in page


def test_the_support_plan_before_is_in_use_again(
    supported_person, scheme, care_manager, scheme_worker, data_officer, client
):
    begun = {"person": supported_person, "scheme": scheme, "by": scheme_worker}
    first = in_use(actions.draft_support_plan(**begun), scheme_worker)
    wrong = in_use(actions.draft_support_plan(why_new="New days", **begun), scheme_worker)
    hide(client, scheme_worker, "support_plan", wrong)
    assert list(SupportPlan.objects.visible_to(care_manager).in_use()) == [first]
    assert actions.draft_support_plan(why_new="Again", **begun).number == 3, "a number is never used twice"
    assert WHY in listed(client, data_officer, "support-plans")


def test_what_somebody_else_wished_for_is_nobodys_job_here(
    supported_person, care_manager, data_officer, client
):
    asked = {"person": supported_person, "by": care_manager}
    wish = actions.write_wish(words="Swim again", **asked)
    change = actions.open_reassessment(
        cause="carer", what_happened="Her knee", happened_on=cast.today(), **asked
    )
    for name, row, deadline, kind in (
        ("wish", wish, WISH, "wishes"),
        ("reassessment", change, REASSESSMENT, "reassessments"),
    ):
        assert list(deadline.open()) == [row]
        hide(client, care_manager, name, row)
        assert not deadline.open().exists()
        row.refresh_from_db()
        assert row.next_stage_on is None
        assert WHY in listed(client, data_officer, kind)


def test_it_says_why_and_of_which_row(supported_person, care_manager):
    wish = actions.write_wish(person=supported_person, words="Swim again", by=care_manager)
    with pytest.raises(RuleBroken, match="needs a reason"):
        actions.wish_in_error(wish=wish, why=" ", by=care_manager)
    for constraint, facts in (
        ("careplans_need_error_says_why", {"why": "", "wish": wish}),
        ("careplans_need_error_is_of_one_row", {"why": WHY}),
        ("careplans_need_error_is_of_one_row", {"why": WHY, "wish": wish, "assessment_id": uuid4()}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            NeedEnteredInError.objects.create(person=supported_person, **facts)
