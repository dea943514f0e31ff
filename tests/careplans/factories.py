"""Assessments and plans for tests, made through the actions."""

from datetime import date

from careplans import actions
from careplans.sections import SECTIONS

from ..factories import today

WORDS = {section.key: f"Words about {section.title.lower()}." for section in SECTIONS}


def assessment(person, by, **facts):
    facts = {
        "kind": "joint",
        "seen_where": "At home",
        "seen_how": "visit",
        "person_part": "Showed us the kitchen",
        "summary": "Needs a hand with cooking.",
        "why_no_part": "No scheme is known yet",
        "explained_shared_lives": True,
        "offered_shared_lives": True,
    } | facts
    return actions.assess(person=person, by=by, **facts)


def draft(person, by, outcomes=("Cook for my friends",), why_new="Something changed", **sections):
    """A full draft, every section written."""
    plan = actions.draft_plan(person=person, by=by, why_new=why_new)
    return actions.amend_draft(plan=plan, by=by, outcomes=outcomes, **(WORDS | sections))


def sign(plan, by, on=None):
    """Both sides sign: the person before `by`, then `by` as care manager."""
    on = on or today()
    actions.sign_plan(plan=plan, name=plan.person.known_as, capacity="person", how="paper", on=on, by=by)
    return actions.sign_plan(plan=plan, name=by.name, capacity="care_manager", on=on, by=by)


def signed_plan(person, by, on=None, **facts):
    """A full version, signed by both sides. `by` is a care manager or team manager."""
    return sign(draft(person, by, **facts), by, on=on)


def held_plan(person, scheme, by, scheme_user, on=None, **facts):
    """A signed version that the scheme was given and has acknowledged. Returns the share."""
    plan = signed_plan(person, by, on=on, **facts)
    share = actions.share_plan(plan=plan, scheme=scheme, by=by)
    return actions.acknowledge_plan(share=share, by=scheme_user)


def budget(person, by, signed_off_on=None, since=date(2024, 1, 1), weekly_pounds=400):
    return actions.set_budget(
        person=person, weekly_pounds=weekly_pounds, since=since, signed_off_on=signed_off_on or today(), by=by
    )
