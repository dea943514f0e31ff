"""A signed plan as a document: tagged PDF in ordinary or large print, easy read, from the same sections as the form."""

from dataclasses import dataclass

from django.utils import timezone

from sharedlives.documents import pdf
from sharedlives.together import fetch

from .queries import week_of

FORMATS = {"standard": "PDF", "large-print": "PDF in large print", "easy-read": "Easy read with pictures"}


@dataclass(frozen=True)
class Rendered:
    """The plan in one format, ready to go."""

    content: bytes
    filename: str


def facts_of(plan):
    """What the document says, without what is kept back from its reader."""
    today = timezone.localdate()
    needs, sign_offs = plan.person.communication_needs.filter(until=None), plan.sign_offs.all()
    fetch(needs, sign_offs)
    return {
        "plan": plan,
        "person": plan.person,
        "council_id": plan.organisation.council_id,
        "sections": [
            (section, words, not_yet) for section, words, not_yet in plan.sections if words or not_yet
        ],
        "easy": [(section, words) for section, words, _not_yet in plan.sections if section.easy and words],
        "outcomes": list(plan.outcomes.all()),
        "sign_offs": list(sign_offs),
        "needs": list(needs),
        **week_of(plan, today),
    }


def render(plan, form):
    """The plan as PDF/UA-1 bytes. `form` is a key of `FORMATS`. Raises `PdfOff` where PDFs cannot be made."""
    facts = facts_of(plan) | {"large_print": form == "large-print"}
    template = "careplans/easy_read_pdf.html" if form == "easy-read" else "careplans/plan_pdf.html"
    title = f"My plan: {plan.person}" if form == "easy-read" else f"Care and support plan of {plan.person}"
    content = pdf.render_pdf(template, facts, title=title)
    return Rendered(content, f"plan-{plan.person.reference}-version-{plan.number}-{form}.pdf")
