"""A plan is not given to a scheme against what the person said, unless the law says so and the person is told."""

import pytest
from django.utils import timezone

from careplans import actions
from people.actions import decide_sharing
from sharedlives.rules import RuleBroken

from . import factories


def test_an_objection_stops_the_share_until_a_lawful_ground_is_recorded(
    supported_person, scheme, care_manager
):
    plan = factories.signed_plan(supported_person, care_manager)
    said = {
        "person": supported_person,
        "what": "plan",
        "answer": "objects",
        "scheme": scheme,
        "by": care_manager,
    }
    today = timezone.localdate()
    decide_sharing(words="They gossip", since=today, **said)
    with pytest.raises(RuleBroken, match="They gossip"):
        actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    decide_sharing(words="They gossip", since=today, ground="safeguarding", told_on=today, **said)
    assert actions.share_plan(plan=plan, scheme=scheme, by=care_manager).scheme == scheme


@pytest.mark.follower("careplans.actions.sharing.follow_decision")
def test_a_copy_is_owed_only_while_the_person_does_not_object(supported_person, scheme, care_manager):
    said = {"person": supported_person, "what": "plan", "scheme": scheme, "by": care_manager}
    today = timezone.localdate()
    decide_sharing(words="They gossip", since=today, answer="objects", **said)
    plan = factories.signed_plan(supported_person, care_manager)
    assert not plan.shares_owed.exists()
    decide_sharing(words="They said sorry", since=today, answer="agrees", **said)
    owed = plan.shares_owed.get()
    assert (owed.closed_on, owed.next_stage_on is None) == (None, False)
    decide_sharing(words="They gossip again", since=today, answer="objects", **said)
    owed.refresh_from_db()
    assert (owed.closed_on, owed.next_stage_on) == (today, None)
    decide_sharing(words="Better now", since=today, answer="agrees", **said)
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    decide_sharing(words="Still fine", since=today, answer="agrees", **said)
    owed.refresh_from_db()
    assert owed.closed_on == today
