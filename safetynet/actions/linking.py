"""Carrying out what the comparison of a list found, and what somebody decides afterwards."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Identity, Person
from sharedlives.records.actions import lock, record, record_all
from sharedlives.rules import refusals

from .. import matching, rules
from ..models import Flag, LinkDecision, NotSamePerson, RosterRow
from ..models.scope import own_councils
from . import bulk, flags

State, Verdict, Because = RosterRow.State, LinkDecision.Verdict, Flag.Because
BATCH = 200
FLAG_OF = {State.MISSING: Flag.Kind.NOT_ON_OUR_RECORDS, State.POSSIBLE: Flag.Kind.POSSIBLE}
CODES = {
    Flag.Kind.NOT_ON_OUR_RECORDS: "safetynet.not_on_our_records",
    Flag.Kind.POSSIBLE: "safetynet.possible",
}


@transaction.atomic
def match(rows, *, on, by=None):
    """Compare a batch of rows with our records, and write what came of it. Returns {state: how many}."""
    rows = list(
        RosterRow.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("roster__source")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    outcomes = matching.compare(rows)
    write_decisions(outcomes, by)
    changed = [o.row for o in outcomes if o.row.state != o.state]
    for found in outcomes:
        found.row.state = found.state
    bulk.change(changed, ["state"], by=by, why="compared with our records")
    councils = {found.row.pk: found.council for found in outcomes}
    settle_flags(rows, on=on, by=by, councils=councils)
    counts = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    return counts


def write_decisions(outcomes, by):
    """Undo what no longer holds and write what is new; what holds already stays as it is."""
    standing = {}
    for one in LinkDecision.objects.standing().filter(row__in=[o.row for o in outcomes]):
        standing.setdefault(one.row_id, {})[one.person_id] = one
    stale, new = [], []
    for found in outcomes:
        there, wanted = standing.get(found.row.pk, {}), found.wanted()
        holds = {pk for pk, one in there.items() if pk in wanted and one.verdict == wanted[pk][0]}
        stale += [one for pk, one in there.items() if pk not in holds]
        new += [
            LinkDecision(row=found.row, person_id=pk, verdict=verdict, weight=weight, reasons=reasons)
            for pk, (verdict, weight, reasons) in wanted.items()
            if pk not in holds
        ]
    undo_many(stale, by=by, because="compared again")
    record_all(new, by=by, why="compared with our records")


def undo_many(decisions, *, by, because):
    now = timezone.now()
    for one in decisions:
        one.undone_at, one.undone_by, one.undone_because = now, by, because[:200]
    bulk.change(decisions, ["undone_at", "undone_by", "undone_because"], by=by, why=because)


def settle_flags(rows, *, on, by, councils=None):
    """Open, move on and close the flags of rows, so that each still open question has one, as old as it is.

    The same entry in a newer list keeps its flag, and with it its age. `councils` names, by row, the council that
    decides where it is not the one to which the list was sent.
    """
    sources = {row.roster.source_id for row in rows}
    of_source = Flag.objects.filter(
        roster_row__roster__source__in=sources, roster_row__fingerprint__in={row.fingerprint for row in rows}
    ).select_related("roster_row__roster")
    there = {(f.roster_row.roster.source_id, f.roster_row.fingerprint): f for f in of_source.open()}
    quiet = quietened(of_source, on)
    moved, done, new = [], [], []
    for row in rows:
        key, kind = (row.roster.source_id, row.fingerprint), FLAG_OF.get(row.state)
        flag = there.get(key)
        if flag is not None and kind is None:
            done.append(flag)
        elif flag is not None and (flag.roster_row_id, flag.kind) != (row.pk, kind):
            flag.roster_row, flag.kind, flag.code = row, kind, CODES[kind]
            moved.append(flag)
        elif flag is None and kind is not None and key not in quiet:
            new.append(new_flag(row, kind, on, (councils or {}).get(row.pk)))
    bulk.change(moved, ["roster_row", "kind", "code"], by=by, why="still so in the newest list")
    flags.close_many(done, Because.ON_RECORDS, on=on, by=by, why="linked")
    record_all(new, by=by, why="found in a list")


def quietened(of_source, on):
    """Entries of lists that somebody closed with a reason within the last 90 days."""
    since = on - timedelta(days=rules.QUIET_DAYS)
    closed = of_source.closed().filter(closed_on__gt=since, closed_by__isnull=False)
    closed = closed.filter(
        closed_because__in=[Because.NOT_OURS, Because.NOTHING_WRONG, Because.OTHER, Because.LEFT]
    )
    return {(f.roster_row.roster.source_id, f.roster_row.fingerprint) for f in closed}


def new_flag(row, kind, on, council):
    council = council or row.roster.source.council_id
    return Flag(
        kind=kind,
        code=CODES[kind],
        roster_row=row,
        owner_organisation_id=council,
        council_id=council,
        found_on=on,
    )


# -- What somebody decides ------------------------------------------------------------------------------------


def lock_row(row):
    rows = RosterRow.objects.select_related("roster__source")
    return lock(rows, row.pk)


@transaction.atomic
def same_person(*, row, person, by):
    """Somebody says that a row is this person. Raises RuleBroken when the row is linked already."""
    row = lock_row(row)
    if row.state not in (State.POSSIBLE, State.MISSING, State.WAITING):
        raise rules.NOT_DECIDED.broken()
    reasons = matching.as_decided(matching.facts_of_row(row), person).reasons[1:]
    undo_many(LinkDecision.objects.standing().filter(row=row), by=by, because="decided")
    decision = LinkDecision(
        row=row, person=person, verdict=Verdict.LINKED, reasons=list(reasons), decided_by=by
    )
    with refusals():
        record(decision, by=by, why="the same person")
    set_state(row, State.LINKED, by=by, why="linked by hand")
    return row


@transaction.atomic
def not_the_same(*, row, person, by, why=""):
    """Somebody says that a row is not this person: remembered, also for the next list of this source."""
    row = lock_row(row)
    remember(person=person, source=row.roster.source, fingerprint=row.fingerprint, by=by, why=why)
    standing = LinkDecision.objects.standing().filter(row=row)
    undo_many(standing.filter(person=person), by=by, because="not the same person")
    if standing.filter(verdict=Verdict.POSSIBLE).exists():
        return row
    if not standing.filter(verdict=Verdict.NOT_ON_OUR_RECORDS).exists():
        decision = LinkDecision(
            row=row, verdict=Verdict.NOT_ON_OUR_RECORDS, reasons=["nobody of those compared"], decided_by=by
        )
        record(decision, by=by, why="not on our records")
    set_state(row, State.MISSING, by=by, why="none of those compared")
    return row


@transaction.atomic
def decide(*, row, choice, by, reference="", why=""):
    """What somebody made of a row: `choice` is a person's id, "none" of those compared, or "other" by `reference`."""
    if choice == "none":
        compared = Person.objects.filter(
            pk__in=LinkDecision.objects.possible().filter(row=row).values("person")
        )
        for person in compared:
            not_the_same(row=row, person=person, by=by, why=why)
        return row
    if choice != "other":
        return same_person(row=row, person=Person.objects.get(pk=choice), by=by)
    person = Person.objects.filter(
        reference=reference.strip().upper(), responsible_council__in=own_councils(by)
    ).first()
    if person is None:
        raise rules.NO_SUCH_RECORD.broken("reference", typed=reference)
    return same_person(row=row, person=person, by=by)


@transaction.atomic
def undo(*, decision, by, because):
    """A link was wrong: it is undone and remembered as not the same, and the row is compared again."""
    row = lock_row(decision.row)
    decision = lock(LinkDecision, decision.pk)
    if decision.undone_at is not None or decision.verdict != Verdict.LINKED:
        raise rules.NOT_DECIDED.broken()
    undo_many([decision], by=by, because=because)
    remember(
        person=decision.person, source=row.roster.source, fingerprint=row.fingerprint, by=by, why=because
    )
    row.state = State.WAITING
    record(row, by=by, why="link undone")
    match([row], on=timezone.localdate(), by=by)
    return lock_row(row)


def set_state(row, state, *, by, why):
    row.state = state
    record(row, by=by, why=why)
    settle_flags([row], on=timezone.localdate(), by=by)


def remember(*, person, by, why, **other):
    if not NotSamePerson.objects.filter(person=person, **other).exists():
        record(
            NotSamePerson(person=person, decided_by=by, why=why[:200], **other),
            by=by,
            why="not the same person",
        )


# -- Two records of one human being -----------------------------------------------------------------------------


@transaction.atomic
def link_records(*, flag, by, version=None):
    """Two records are one human being: linked to one identity, never merged. Grants no sight; can be undone."""
    flag = flags.locked(flag, version)
    persons = list(
        Person.objects.select_for_update(no_key=True)
        .filter(pk__in=[flag.person_id, flag.other_person_id])
        .order_by("pk")
    )
    identity = next((p.identity for p in persons if p.identity_id), None) or record(
        Identity(), by=by, why="two records of one"
    )
    for person in persons:
        person.identity = identity
        record(person, by=by, why="linked to one identity")
    flags.closing(flag, Because.SAME_PERSON, on=timezone.localdate(), by=by)
    return record(flag, by=by, why="the same person")


def decide_records(*, flag, same, by, why="", version=None):
    """What somebody made of two records: one person, or two."""
    if same == "yes":
        return link_records(flag=flag, by=by, version=version)
    return keep_records_apart(flag=flag, by=by, why=why, version=version)


@transaction.atomic
def keep_records_apart(*, flag, by, why="", version=None):
    """Two records are two human beings: remembered, so that nobody is asked again."""
    flag = flags.locked(flag, version)
    remember(person=flag.person, other=flag.other_person, by=by, why=why)
    flags.closing(flag, Because.NOT_SAME, on=timezone.localdate(), by=by, words=why)
    return record(flag, by=by, why="not the same person")


@transaction.atomic
def unlink_records(*, flag, by, because):
    """A link of two records was wrong: each stands alone again, and that is remembered."""
    flag = lock(Flag, flag.pk)
    for person in Person.objects.select_for_update(no_key=True).filter(
        pk__in=[flag.person_id, flag.other_person_id]
    ):
        person.identity = None
        record(person, by=by, why="link undone")
    remember(person=flag.person, other=flag.other_person, by=by, why=because)
    flags.closing(flag, Because.NOT_SAME, on=timezone.localdate(), by=by, words=because)
    return record(flag, by=by, why="link undone")
