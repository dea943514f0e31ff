"""What was entered on a wrong person's record: hidden from everybody else, kept for the data officer, copies to recall."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef
from django.db.models.functions import JSONObject

from careplans.models import EnteredInError, NeedEnteredInError
from people.models import CopyToRecall, NoteEnteredInError
from placements.models import AgreementEnteredInError
from reviews.models import RecordEnteredInError
from risk.models import EventEnteredInError, RiskEnteredInError
from sharedlives.lists import Column

from .models.scope import own_councils


@dataclass(frozen=True)
class Kind:
    """One kind of version: the model that says it was entered in error, and the ways from there (lookups)."""

    title: str
    model: type[Model]
    version: str
    person: str = "person"
    number: str = "number"
    numbered: str = "Version"
    team: str = "organisation"


SHOWN = JSONObject(holder="holder", given_on="given_on", asked_on="asked_on", answer="answer")
KINDS = {
    "plans": Kind("Care plans entered in error", EnteredInError, "plan"),
    "risks": Kind("Risk assessments entered in error", RiskEnteredInError, "assessment"),
    "agreements": Kind(
        "Placement agreements entered in error", AgreementEnteredInError, "agreement", "placement__person"
    ),
    "reviews": Kind(
        "Review records entered in error",
        RecordEnteredInError,
        "review",
        number="held_on",
        numbered="Held on",
    ),
    "notes": Kind(
        "Notes entered in error", NoteEnteredInError, "note", number="happened_at", numbered="Contact at"
    ),
    "about-me": Kind("About me entered in error", NoteEnteredInError, "about_me"),
    "legal": Kind(
        "Legal facts entered in error", NoteEnteredInError, "fact", number="since", numbered="Since"
    ),
    "sharing": Kind(
        "Decisions about sharing entered in error",
        NoteEnteredInError,
        "sharing",
        number="since",
        numbered="Asked on",
    ),
    "advocacy": Kind(
        "Tests for an advocate entered in error",
        NoteEnteredInError,
        "advocacy",
        number="tested_on",
        numbered="Asked on",
    ),
    "assessments": Kind(
        "Assessments entered in error", NeedEnteredInError, "assessment", number="done_on", numbered="Done on"
    ),
    "support-plans": Kind("Support plans entered in error", NeedEnteredInError, "support_plan"),
    "wishes": Kind(
        "Wishes and changes entered in error",
        NeedEnteredInError,
        "wish",
        number="due_on",
        numbered="To be seen to by",
    ),
    "reassessments": Kind(
        "Reassessments entered in error",
        NeedEnteredInError,
        "reassessment",
        number="happened_on",
        numbered="Since",
    ),
    "incidents": Kind(
        "Incidents entered in error",
        EventEnteredInError,
        "incident_row",
        number="incident__happened_on",
        numbered="Happened on",
    ),
    "changes": Kind(
        "Changes noticed entered in error",
        EventEnteredInError,
        "change",
        number="noticed_on",
        numbered="Noticed on",
    ),
    "foreseen": Kind(
        "Foreseen needs entered in error",
        EventEnteredInError,
        "need",
        number="due_on",
        numbered="To be looked at by",
    ),
    "responsibilities": Kind(
        "Agreements on who looks after risk entered in error",
        EventEnteredInError,
        "agreement",
        number="begun_on",
        numbered="Begun on",
        team="team",
    ),
}


def rows(user, slug):
    """The versions entered in error on records of the user's councils, newest first."""
    kind = KINDS[slug]
    person = f"{kind.version}__{kind.person}"
    mine = kind.model.objects.filter(**{f"{person}__responsible_council__in": own_councils(user)})
    held = CopyToRecall.objects.filter(record_id=OuterRef(f"{kind.version}_id")).order_by(
        "given_on", "holder"
    )
    return (
        mine.select_related(person, *around(kind))
        .annotate(about=F(person), copies=ArraySubquery(held.values_list(SHOWN)))
        .order_by("-on", "pk")
    )


def around(kind):
    """The team of a row; and, where its day stands one step further, that row."""
    further = kind.number.rpartition("__")[0]
    return [f"{kind.version}__{name}" for name in (kind.team, further) if name]


def columns(slug):
    kind = KINDS[slug]
    to, dotted, numbered = kind.version, kind.person.replace("__", "."), kind.number.replace("__", ".")
    return (
        Column(
            "reference",
            "Record",
            order_by=f"{to}__{kind.person}__reference",
            value=f"{to}.{dotted}.reference",
        ),
        Column("number", kind.numbered, order_by=f"{to}__{kind.number}", value=f"{to}.{numbered}"),
        Column("team", "Written by", order_by=f"{to}__{kind.team}__name", value=f"{to}.{kind.team}"),
        Column("on", "Entered in error", order_by="on", value="on"),
        Column("why", "Why", value="why"),
        Column("copies", "Copies to recall", value=copies),
    )


def copies(row):
    """Who holds a copy, since when, and what they answered."""
    return "; ".join(map(in_words, row.copies)) or "None was given"


def in_words(copy):
    held = f"{copy['holder']}, given on {day(copy['given_on'])}"
    if copy["answer"]:
        return f"{held}, answered: {copy['answer']}"
    return f"{held}, asked on {day(copy['asked_on'])}" if copy["asked_on"] else f"{held}, not asked yet"


def day(text):
    return f"{date.fromisoformat(text):%-d %B %Y}"
