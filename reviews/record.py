"""The record of a review as headings, answers and tables: one description for the page, the PDF and the plain text.

It holds no words about whom the person does not want, and nothing that was marked as private.
"""

from sharedlives.together import fetch

from .models import ReviewSubject
from .sections import BY_SLUG, SECTIONS, label_of

NOT_HERE = {"advocate_refused", "refusal_capacity", "held_on", "next_due_on"}  # private, or said at the top
TEXT_SECTIONS = ("meeting", "views", "carer", "care-act", "options", "decision", "return")


def record_of(review):
    """Everything that the record says: {review, person, dues, present, apologies, parts, tables, actions, …}.

    One statement for all its lists.
    """
    guests, actions = review.participants.all(), review.actions.all()
    subjects = review.subjects.exclude(outcome=ReviewSubject.Outcome.NOT_MET).select_related("due")
    remarks = review.remarks.select_related("participant")
    needs, rated = review.person.communication_needs.filter(until=None), rated_in(review)
    fetch(guests, actions, subjects, needs, remarks, *rated.values())
    return {
        "review": review,
        "person": review.person,
        "council_id": review.organisation.council_id,
        "subjects": list(subjects),
        "present": [guest for guest in guests if guest.attended],
        "apologies": [guest for guest in guests if guest.invited_on and not guest.attended],
        "parts": [(section.title, answers) for section in SECTIONS if (answers := answered(review, section))],
        "tables": tables(**rated),
        "rated": rated,
        "actions": list(actions),
        "needs": list(needs),
        "remarks": list(remarks),
    }


def rated_in(review):
    """{what: queryset} of what was answered row by row."""
    return {
        "outcomes": review.outcome_ratings.select_related("outcome"),
        "agreement": review.requirement_ratings.select_related("requirement"),
        "incidents": review.incidents_considered.select_related("incident"),
        "earlier": review.accounts.select_related("action"),
        "changes": review.changes.select_related("placement", "plan", "agreement"),
    }


def answered(review, section):
    """[(question, answer in words)] of a section, without what is empty or private."""
    if section.slug not in TEXT_SECTIONS:
        return []
    pairs = [(question, getattr(review, question.name)) for question in section.questions]
    return [
        (question.label, label_of(question, value))
        for question, value in pairs
        if value and question.name not in NOT_HERE
    ]


def tables(*, outcomes, agreement, incidents, earlier, changes):
    """[(title, column heads, [(first cell, other cells)])] of what was rated row by row."""
    found = (
        ("outcomes", "How far", [(r.outcome.words, [r.get_rating_display(), r.words]) for r in outcomes]),
        (
            "agreement",
            "How far",
            [(r.requirement.words, [r.get_rating_display(), r.words]) for r in agreement],
        ),
        ("incidents", "", [(str(r.incident), [r.words]) for r in incidents]),
        (
            "earlier",
            "How it stands",
            [(r.action.words, [r.get_standing_display(), r.words]) for r in earlier],
        ),
        ("changes", "In what", [(r.words, [r.of, r.agreed_by]) for r in changes]),
    )
    heads = {
        "outcomes": "Outcome",
        "agreement": "Requirement",
        "incidents": "What happened",
        "earlier": "What was agreed",
        "changes": "What changes",
    }
    last = {"incidents": "What was made of it", "changes": "Who agreed it"}
    return [
        (
            BY_SLUG[slug].title,
            [head for head in (heads[slug], middle, last.get(slug, "In words")) if head],
            rows,
        )
        for slug, middle, rows in found
        if rows
    ]
