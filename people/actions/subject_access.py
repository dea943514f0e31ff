"""A copy of everything about one person: asked for, put together, read through, handed over.

The clock puts together and makes; the row is the truth, so a tick that dies is followed by one that goes on.
"""

import time

from django.db import transaction
from django.utils import timezone

from people import queries, rules
from people.models import AccessEntry, AccessName, AccessRequest
from people.models.subject_access import WHOLE_RECORD
from sharedlives.documents.actions import issue
from sharedlives.documents.pdf import PdfOff, render_pdf
from sharedlives.records import subject_access
from sharedlives.records.actions import lock, record
from sharedlives.records.copies import as_json, cleaner_of, grouped, pattern_of, text_of
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

COPY_DUE = "people.copy_due"  # the deadline
VOLUME = 400  # records in one PDF: long enough to read, short enough to be made in one step of a few seconds
KINDS = 12  # kinds of record in one step of putting together
State, Decision = AccessRequest.State, AccessEntry.Decision


# -- Asked for -------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_copy(*, person, contact=None, identity, received_on, by):
    """Somebody asked for a copy; the clock begins to put it together. Raises RuleBroken.

    `contact` asks for the person and has recorded authority; None where the person asks.
    """
    today = timezone.localdate()
    if received_on > today:
        raise rules.COPY_ASKED_BEFORE_TODAY.broken("received_on")
    if contact is not None and queries.authority_of(contact, today) is None:
        raise rules.COPY_NEEDS_AUTHORITY.broken("contact", name=contact.name)
    team = queries.funding_team(person, today) or queries.organisation_of(by, person)
    due_on = rules.month_after(received_on)
    row = AccessRequest(
        person=person, organisation=team, contact=contact, identity=identity, received_on=received_on, received_by=by,
        due_on=due_on, next_stage_on=first_stage_on(COPY_DUE, council=team.council, due_on=due_on),
        total=len(subject_access.PARTS),
    )  # fmt: skip
    with refusals():
        return record(row, by=by, why="somebody asked for a copy")


@transaction.atomic
def close_access_request(*, request, why, by, version=None):
    """The request ends without a copy: taken back, or answered otherwise. What was put together is cleared."""
    request = lock(AccessRequest, request.pk, version)
    check_open(request)
    request.state, request.closed_because = State.CLOSED, why
    request.closed_on, request.next_stage_on = timezone.localdate(), None
    request.entries.all().delete()
    return record(request, by=by, why="closed without a copy")


def check_open(request):
    if request.state in (State.RELEASED, State.CLOSED):
        raise rules.COPY_STILL_OPEN.broken(state=request.get_state_display().lower())


def check_review(request):
    if request.state != State.REVIEW:
        raise rules.COPY_IN_REVIEW.broken(state=request.get_state_display().lower())


# -- Put together, by the clock ----------------------------------------------------------------------


def work_off_copies(*, limit_seconds=50):
    """The clock's part, step by step, each in a transaction of its own. Returns {"steps", "more"}."""
    until, steps = time.monotonic() + limit_seconds, 0
    for pk in AccessRequest.objects.to_work_off().order_by("received_on").values_list("pk", flat=True):
        while time.monotonic() < until and one_step(pk):
            steps += 1
    return {"steps": steps, "more": time.monotonic() >= until}


@transaction.atomic
def one_step(pk):
    """One step of one request, unless another worker is at it. Returns whether there is more to do."""
    rows = AccessRequest.objects.to_work_off().filter(pk=pk)
    request = (
        rows.select_for_update(skip_locked=True, of=("self",)).select_related("person", "received_by").first()
    )
    if request is None:
        return False
    if request.state == State.GATHERING:
        gather(request)
    else:
        make(request)
    return request.is_working


def gather(request):
    """Some kinds of record; after the last one the names of others are looked for."""
    parts, why = list(subject_access.PARTS.values()), "putting together"
    if request.done < len(parts):
        now = parts[request.done : request.done + KINDS]
        keep_entries(request, now)
        request.done += len(now)
    if request.done >= len(parts):
        propose_names(request)
        request.state, request.done, request.total = State.REVIEW, 0, 0
        why = "to be read through"
    record(request, by=None, why=why)


def keep_entries(request, parts):
    number, found = request.entries.count(), []
    for part in parts:
        decision = Decision.OPEN if part.held else Decision.GIVE
        for row in rows_for(request, part):
            number += 1
            found.append(
                AccessEntry(
                    request=request, number=number, part=part.title, of_model=part.label, decision=decision,
                    row_id=row.pk if part.held else None, title=str(row)[:200], facts=part.facts(row, request.person),
                )
            )  # fmt: skip
    AccessEntry.objects.bulk_create(found, batch_size=500)


def rows_for(request, part):
    """The rows of a part that the reader of the request sees; of what is held all, each shown only to whom it is.

    A scheme's drafts and other schemes' rows are theirs to give: who asks for those asks the scheme.
    """
    rows = part.of(request.person)
    if part.held:
        return rows
    whose, key = part.shown_with()
    if whose is None:
        return rows
    seen = whose.objects.visible_to(request.received_by)
    return rows.filter(**{f"{key}__in": seen.order_by().values("pk")})


def propose_names(request):
    """Each name of somebody around the person that stands in the copy, to be decided one by one."""
    around = subject_access.names_around(request.person)
    texts = [text_of(entry) for entry in request.entries.all()]
    for name, who in around.items():
        pattern = pattern_of([name], own(request.person))
        times = sum(bool(pattern.search(text)) for text in texts) if pattern else 0
        if times:
            row = AccessName(
                request=request,
                organisation=request.organisation,
                name=name[:200],
                who=who[:200],
                times=times,
            )
            record(row, by=None, why="found in the copy")


# -- Read through ------------------------------------------------------------------------------------


@transaction.atomic
def decide_names(*, request, decisions, by, version=None):
    """Say of names whether they are taken out: {id of the name: out or stay}."""
    request = lock(AccessRequest, request.pk, version)
    check_review(request)
    for row in request.names.select_for_update(of=("self",)):
        said = decisions.get(str(row.pk), "")
        if said and said != row.decision:
            row.decision = said
            record(row, by=by, why=AccessName.Decision(said).label)
    return request


@transaction.atomic
def add_name(*, request, name, who, by):
    """A name that nobody proposed: it is taken out wherever it stands."""
    request = lock(AccessRequest, request.pk)
    check_review(request)
    pattern = pattern_of([name], own(request.person))
    times = sum(bool(pattern.search(text_of(entry))) for entry in request.entries.all()) if pattern else 0
    if not times:
        raise rules.COPY_NAME_STANDS_THERE.broken("name", name=name)
    row = AccessName(
        request=request, organisation=request.organisation, name=name, who=who, times=times, decision="out"
    )
    with refusals():
        record(row, by=by, why="added while reading")
    return request


@transaction.atomic
def decide_entry(*, entry, decision, why="", by):
    """Give one record, or keep it back for a reason. Raises RuleBroken."""
    request = lock(AccessRequest, entry.request_id)
    check_review(request)
    if decision == Decision.KEEP and not why.strip():
        raise rules.COPY_KEPT_BACK_FOR_A_REASON.broken("why")
    entry.decision, entry.why = decision, why if decision == Decision.KEEP else ""
    entry.save(update_fields=["decision", "why"])
    record(request, by=by, why=f"record {entry.number}: {Decision(decision).label.lower()}")
    return entry


@transaction.atomic
def release_copy(*, request, harm_words, safeguarding_words, by, version=None):
    """After both checks: the clock makes the copy. Whatever is still open and not for this user's eyes is kept back.

    Raises RuleBroken while a name or a record is undecided.
    """
    request = lock(AccessRequest, request.pk, version)
    check_review(request)
    names = request.names.filter(decision="").count()
    if names:
        raise rules.COPY_NAMES_DECIDED.broken(names=names)
    mine = AccessEntry.objects.visible_to(by).filter(request=request, decision=Decision.OPEN).count()
    if mine:
        raise rules.COPY_RECORDS_DECIDED.broken(records=mine)
    request.entries.filter(decision=Decision.OPEN).update(decision=Decision.KEEP, why="Not decided")
    request.harm_words, request.safeguarding_words, request.released_by = harm_words, safeguarding_words, by
    request.state, request.done = State.MAKING, 0
    given = request.entries.filter(decision=Decision.GIVE).count()
    request.total = -(-given // VOLUME) + 1  # the PDFs, and one file for machines
    return record(request, by=by, why="released: the copy is made")


# -- Made, by the clock --------------------------------------------------------------------------------


def make(request):
    """One volume as PDF; last of all the whole as JSON. Then what was put together is cleared."""
    given = request.entries.filter(decision=Decision.GIVE).order_by("number")
    clean = cleaner(request)
    volumes = request.total - 1
    if request.done < volumes:
        first = request.done * VOLUME
        keep_volume(request, list(given[first : first + VOLUME]), clean, request.done + 1, volumes)
    else:
        keep_json(request, given, clean)
    request.done += 1
    if request.done < request.total:
        record(request, by=None, why="making the copy")
        return
    request.entries.all().delete()
    request.state, request.next_stage_on = State.RELEASED, None
    request.closed_on = timezone.localdate()
    record(request, by=None, why="ready to hand over")


def keep_volume(request, entries, clean, number, volumes):
    title = f"What is kept about {request.person}" + (f", part {number} of {volumes}" if volumes > 1 else "")
    context = {
        "request": request, "person": request.person, "council_id": request.organisation.council_id,
        "groups": grouped(entries, clean),
    }  # fmt: skip
    try:
        content = render_pdf("documents/whole_record.html", context, title=title)
    except PdfOff:
        return  # this computer makes no PDF: the file for machines is all there is
    keep(request, content, "application/pdf", f"copy-{request.person.reference}-{number}.pdf")


def keep_json(request, given, clean):
    content = as_json(request.person.reference, request.received_on, given, clean)
    keep(request, content, "application/json", f"copy-{request.person.reference}.json")


def keep(request, content, content_type, filename):
    request.documents.add(
        issue(
            kind=WHOLE_RECORD, content=content, content_type=content_type, filename=filename, by=request.released_by,
            person_id=request.person_id,
        )
    )  # fmt: skip


def cleaner(request):
    """A function that takes the decided names out of a text."""
    return cleaner_of(
        request.names.filter(decision="out").values_list("name", flat=True), own(request.person)
    )


def own(person):
    """The words of the person's own name, which are never taken out."""
    return f"{person.given_name} {person.family_name} {person.preferred_name}"
