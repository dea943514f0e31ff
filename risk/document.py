"""A signed risk assessment on paper: tagged PDF in ordinary or large print, easy read, and the carer's card."""

from dataclasses import dataclass

from sharedlives.documents import pdf

from . import queries
from .sections import written

FORMATS = {
    "standard": "PDF",
    "large-print": "PDF in large print",
    "easy-read": "Easy read with pictures",
    "card": "Card for the carer: when it goes wrong",
}
TEMPLATES = {"easy-read": "risk/easy_read_pdf.html", "card": "risk/card_pdf.html"}


@dataclass(frozen=True)
class Rendered:
    """The document, ready to go."""

    content: bytes
    filename: str


def title_of(assessment, form):
    """What the document is called, for whoever holds it."""
    if form == "easy-read":
        return f"My risks: {assessment.person}"
    if form == "card":
        return f"When it goes wrong: {assessment.person}"
    return f"Risk assessment of {assessment.person}"


def facts_of(assessment):
    """What the document says: the sections and the risks of the page, and when it is looked at again."""
    return {
        "assessment": assessment,
        "person": assessment.person,
        "council_id": assessment.organisation.council_id,
        "risks": list(assessment.risks.all()),
        "sections": written(assessment),
        "easy": written(assessment, lambda section: section.easy),
        "card": written(assessment, lambda section: section.on_card),
        "due_on": queries.due_in_force(assessment),
        "needs": list(assessment.person.communication_needs.filter(until=None)),
    }


def render(assessment, form):
    """The version as PDF/UA-1 bytes. `form` is a key of `FORMATS`. Raises `PdfOff` where PDFs cannot be made."""
    facts = facts_of(assessment) | {"large_print": form == "large-print"}
    template = TEMPLATES.get(form, "risk/assessment_pdf.html")
    content = pdf.render_pdf(template, facts, title=title_of(assessment, form))
    name = f"risks-{assessment.person.reference}-version-{assessment.number}-{form}.pdf"
    return Rendered(content, name)
