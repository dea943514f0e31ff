"""Risk assessments, agreements and incidents for tests, made through the actions."""

from datetime import timedelta

from risk import actions

from ..factories import today

WORDS = {"own_view": "I know the road and I want to go alone.", "took_part": "Talked it over at the table."}


def risk(**facts):
    return {
        "hazard": "Crossing the main road alone",
        "kind": "activity",
        "gains": "Goes to the shop on his own",
        "controls": "Practised with the carer twice a week",
        "if_it_goes_wrong": "Ring the carer, then the duty team",
        "responsible": "carer",
        "responsible_name": "",
        "next_review_on": today() + timedelta(days=180),
    } | facts


def draft(person, by, risks=None, **words):
    row = actions.draft_assessment(person=person, by=by)
    risks = [risk()] if risks is None else risks
    return actions.amend_assessment(assessment=row, risks=risks, by=by, **(WORDS | words))


def sign(assessment, by, **facts):
    """Sign a draft after a visit today."""
    facts = {"seen_how": "visit", "seen_on": today(), "seen_where": "At home in Mill Lane"} | facts
    return actions.sign_assessment(assessment=assessment, by=by, **facts)


def signed(person, by, risks=None, on=None, why_nothing_changed=""):
    """A signed version. `by` is a care manager or team manager of the person."""
    row = draft(person, by, risks)
    return sign(row, by, on=on, why_nothing_changed=why_nothing_changed)


def signed_home(home, by, summary="A steep stair; two dogs", **facts):
    """A signed assessment of a home. `by` works in a scheme of the home."""
    row = actions.draft_assessment(household=home, by=by)
    risks = [risk(kind="household", **facts)]
    row = actions.amend_assessment(assessment=row, risks=risks, by=by, summary_shared=summary)
    return sign(row, by)


def complaint(person, by, **facts):
    return actions.record_complaint(
        person=person, by=by, **({"raiser": "relative", "words": "Nobody rang back"} | facts)
    )


def candour(person, by, **facts):
    """Sorry was said about an incident that `by` recorded."""
    facts = {
        "incident": incident(person, by),
        "told_whom": "The person and her sister",
        "told_on": today(),
        "account": "The stair gate was open",
        "apology": "We are sorry that you fell",
    } | facts
    return actions.say_sorry(person=person, by=by, **facts)


ANSWERS = {
    "joint_needed": True,
    "joint_words": "The scheme does the home, the team the rest",
    "carer_risk_words": "None known",
    "change_words": "Either side asks for a meeting within a week",
}


def agreed(person, scheme, by, scheme_user):
    """Responsibilities agreed by both sides."""
    row = actions.draft_responsibilities(person=person, scheme=scheme, by=by, **ANSWERS)
    actions.agree_responsibilities(agreement=row, side="team", by=by)
    return actions.agree_responsibilities(agreement=row, side="scheme", by=scheme_user)


def incident(person, by, **facts):
    facts = {
        "happened_on": today(),
        "kind": "accident",
        "what_happened": "A fall on the stairs",
        "what_was_done": "First aid, then the out-of-hours doctor",
    } | facts
    return actions.record_incident(person=person, by=by, **facts)


CONCERN = {"raiser": "relative", "danger_now": False, "words": "He is shouted at", "safe_to_contact": True}
PHONE = {"contact_way": "phone", "contact_details": "01632 960001"}


def concern(person, by, about=("carer",), **facts):
    """A concern that a user wrote down."""
    return actions.raise_concern(person=person, by=by, about=about, **(CONCERN | PHONE | facts))


def link(person, by, made_for="carer"):
    return actions.make_link(person=person, made_for=made_for, by=by)


def through(link, about=("carer",), **facts):
    """A concern through a link."""
    return actions.raise_concern(link=link, about=about, **(CONCERN | PHONE | facts))
