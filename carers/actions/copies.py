"""A copy of what a scheme keeps about a carer or somebody of their household: asked for, read through, handed over."""

from django.db import transaction
from django.utils import timezone

from carers.models import CarerCopy, CarerCopyEntry, CarerCopyName
from carers.models.copies import CARER_RECORD
from people.rules import (
    COPY_ASKED_BEFORE_TODAY,
    COPY_IN_REVIEW,
    COPY_KEPT_BACK_FOR_A_REASON,
    COPY_NAME_STANDS_THERE,
    COPY_NAMES_DECIDED,
    COPY_RECORDS_DECIDED,
    month_after,
)
from sharedlives.documents.actions import issue
from sharedlives.documents.pdf import PdfOff, render_pdf
from sharedlives.records.actions import lock, record
from sharedlives.records.copies import as_json, cleaner_of, grouped, pattern_of, text_of
from sharedlives.records.subject_access import REGISTERS, names_around
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

COPY_DUE = "carers.copy_due"  # the deadline
State, Decision = CarerCopy.State, CarerCopyEntry.Decision


@transaction.atomic
def ask_for_carer_copy(*, scheme, identity, received_on, by, carer=None, member=None):
    """A carer, or somebody who lives with one, asked the scheme for what it keeps about them. Raises RuleBroken.

    What `by` may read of it is put together at once, to be read through.
    """
    if received_on > timezone.localdate():
        raise COPY_ASKED_BEFORE_TODAY.broken("received_on")
    due_on = month_after(received_on)
    row = CarerCopy(
        carer=carer, member=member, organisation=scheme, identity=identity, received_on=received_on, received_by=by,
        due_on=due_on, next_stage_on=first_stage_on(COPY_DUE, council=scheme.council, due_on=due_on),
    )  # fmt: skip
    with refusals():
        record(row, by=by, why="somebody asked for a copy")
    put_together(row, "carer" if carer else "member")
    return row


def put_together(row, about):
    found = []
    for part in REGISTERS[about].values():
        decision = Decision.OPEN if part.held else Decision.GIVE
        for one in rows_of(part, row):
            found.append(
                CarerCopyEntry(
                    request=row, number=len(found) + 1, part=part.title, title=str(one)[:200],
                    facts=part.facts(one, row.about), decision=decision,
                )
            )  # fmt: skip
    CarerCopyEntry.objects.bulk_create(found, batch_size=500)
    texts = [text_of(entry) for entry in found]
    for name, who in names_around(row.about, about).items():
        if times := times_found(name, texts, row.own_name):
            keep_name(row, name, who, times, by=None, why="found in the copy")


def rows_of(part, row):
    """The rows of a part that whoever received the request may read: the rest is not the scheme's to give."""
    rows = part.of(row.about)
    whose, key = part.shown_with()
    if whose is None:
        return rows
    seen = whose.objects.visible_to(row.received_by)
    return rows.filter(**{f"{key}__in": seen.order_by().values("pk")})


def times_found(name, texts, own):
    pattern = pattern_of([name], own)
    return sum(bool(pattern.search(text)) for text in texts) if pattern else 0


def keep_name(row, name, who, times, *, by, why, decision=""):
    facts = {"name": name[:200], "who": who[:200], "times": times, "decision": decision}
    with refusals(carers_copy_name_once="name"):
        record(CarerCopyName(request=row, organisation=row.organisation, **facts), by=by, why=why)


def in_review(pk, version=None):
    """The request, locked, while it is read through. Raises RuleBroken."""
    row = lock(CarerCopy, pk, version)
    if row.state != State.REVIEW:
        raise COPY_IN_REVIEW.broken(state=row.get_state_display().lower())
    return row


@transaction.atomic
def decide_carer_names(*, request, decisions, by, version=None):
    """Say of names whether they are taken out: {id of the name: out or stay}. Raises RuleBroken."""
    row = in_review(request.pk, version)
    for name in row.names.select_for_update(of=("self",)):
        said = decisions.get(str(name.pk), "")
        if said and said != name.decision:
            name.decision = said
            record(name, by=by, why=CarerCopyName.Decision(said).label)
    return row


@transaction.atomic
def add_carer_name(*, request, name, who, by):
    """A name that nobody proposed: it is taken out wherever it stands. Raises RuleBroken."""
    row = in_review(request.pk)
    times = times_found(name, [text_of(entry) for entry in row.entries.all()], row.own_name)
    if not times:
        raise COPY_NAME_STANDS_THERE.broken("name", name=name)
    keep_name(row, name, who, times, by=by, why="added while reading", decision="out")
    return row


@transaction.atomic
def decide_carer_entry(*, entry, decision, why="", by):
    """Give one record, or keep it back for a reason. Raises RuleBroken."""
    row = in_review(entry.request_id)
    if decision == Decision.KEEP and not why.strip():
        raise COPY_KEPT_BACK_FOR_A_REASON.broken("why")
    entry.decision, entry.why = decision, why if decision == Decision.KEEP else ""
    entry.save(update_fields=["decision", "why"])
    record(row, by=by, why=f"record {entry.number}: {Decision(decision).label.lower()}")
    return entry


@transaction.atomic
def release_carer_copy(*, request, harm_words, safeguarding_words, by, version=None):
    """After both checks the copy is made and kept, and what was put together is cleared.

    Raises RuleBroken while a name or a record is undecided.
    """
    row = in_review(request.pk, version)
    if names := row.names.filter(decision="").count():
        raise COPY_NAMES_DECIDED.broken(names=names)
    if records := row.entries.filter(decision=Decision.OPEN).count():
        raise COPY_RECORDS_DECIDED.broken(records=records)
    row.harm_words, row.safeguarding_words, row.released_by = harm_words, safeguarding_words, by
    row.state, row.closed_on, row.next_stage_on = State.RELEASED, timezone.localdate(), None
    record(row, by=by, why="released: the copy is made")
    make_files(row)
    row.entries.all().delete()
    return row


def make_files(row):
    """The copy as PDF, where this computer makes any, and for machines."""
    given = list(row.entries.filter(decision=Decision.GIVE))
    clean = cleaner_of(row.names.filter(decision="out").values_list("name", flat=True), row.own_name)
    context = {
        "request": row,
        "person": {"reference": row.reference},
        "groups": grouped(given, clean),
        "scheme": True,
        "council_id": row.household.council_id,
    }
    try:
        content = render_pdf("documents/whole_record.html", context, title=f"What is kept about {row.about}")
    except PdfOff:
        content = None
    if content:
        keep_file(row, content, "application/pdf", "pdf")
    keep_file(row, as_json(row.reference, row.received_on, given, clean), "application/json", "json")


def keep_file(row, content, content_type, ending):
    name = f"copy-{row.reference}.{ending}"
    row.documents.add(
        issue(
            kind=CARER_RECORD, content=content, content_type=content_type, filename=name, by=row.released_by,
            person_id=row.about.pk,
        )
    )  # fmt: skip


@transaction.atomic
def close_carer_copy(*, request, why, by, version=None):
    """The request ends without a copy; what was put together is cleared. Raises RuleBroken."""
    row = in_review(request.pk, version)
    row.state, row.closed_because = State.CLOSED, why
    row.closed_on, row.next_stage_on = timezone.localdate(), None
    row.entries.all().delete()
    return record(row, by=by, why="closed without a copy")
