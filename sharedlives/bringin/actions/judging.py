"""How rows stand: read, compared with the file's other rows, with earlier files, and with our records."""

import hashlib

from django.utils import timezone

from ..kinds import Finding, Scope, Stands
from ..models import BringInRow

State = BringInRow.State
STATES = {
    Stands.NEW: State.NEW,
    Stands.HERE: State.HERE,
    Stands.MEND: State.MEND,
    Stands.DECIDE: State.DECIDE,
}


def scope_of(bring_in, by, decided=False):
    def from_this_file(ids):
        rows = bring_in.rows.filter(state=State.BROUGHT, subject_id__in=list(ids))
        return set(rows.values_list("subject_id", flat=True))

    return Scope(
        bring_in.organisation_id, bring_in.uploaded_by, timezone.localdate(), decided, from_this_file
    )


def judge(bring_in, rows, *, by):
    """Set the state of each of some rows, as far as `by` may know. Returns {row pk: values} of those that are new; saves nothing."""
    kind, values, asked = bring_in.spec, {}, []
    before = brought_before(bring_in, rows)
    for row in rows:
        row.cells = row.cells or cells_of(bring_in, row)
        found, problems = kind.read(row.cells)
        if row.raw_hash in before:
            settle(row, before[row.raw_hash])
        elif problems:
            settle(row, Finding(Stands.MEND, problems=problems))
        else:
            values[row.pk] = found
            row.key_hash = hashlib.sha256(repr(kind.key(found)).encode()).hexdigest()
            asked.append(row)
    asked = [row for row in asked if not repeats(bring_in, row, rows)]
    for decided in (False, True):
        some = [row for row in asked if row.nobody_of_those == decided]
        scope = scope_of(bring_in, by, decided)
        checked = kind.check([values[row.pk] for row in some], scope) if some else []
        for row, finding in zip(some, checked, strict=True):
            settle(row, finding)
    return {row.pk: values[row.pk] for row in asked if row.state == State.NEW}


def cells_of(bring_in, row):
    """{our column: text} of a row, by what its file's columns mean."""
    return {key: row.raw[int(place)] for place, key in bring_in.columns.items() if int(place) < len(row.raw)}


def settle(row, finding):
    row.state = STATES[finding.stands]
    row.says, row.problems = finding.says[:300], finding.problems
    row.candidates, row.subject_id = finding.candidates, finding.subject


def brought_before(bring_in, rows):
    """{hash of a row as it came: finding} for rows that an earlier file of this organisation brought in or left out."""
    earlier = BringInRow.objects.filter(
        bring_in__kind=bring_in.kind,
        bring_in__organisation_id=bring_in.organisation_id,
        raw_hash__in=[row.raw_hash for row in rows],
        state__in=[State.BROUGHT, State.LEFT_OUT],
    ).exclude(bring_in=bring_in)
    found = {}
    for row in earlier.select_related("bring_in").order_by("bring_in__uploaded_at"):
        done = "brought in" if row.state == State.BROUGHT else "left out"
        says = f"This row was {done} before: {row.bring_in.filename}, row {row.number}."
        found[row.raw_hash] = Finding(Stands.HERE, says=says, subject=row.subject_id)
    return found


def repeats(bring_in, row, batch):
    """Leave out a row that says the same as an earlier one of its file. Returns whether it does."""
    same = [one for one in batch if one.key_hash == row.key_hash and one.number < row.number]
    earlier = min((one.number for one in same if one.state != State.LEFT_OUT), default=None)
    if earlier is None:
        others = bring_in.rows.filter(key_hash=row.key_hash, number__lt=row.number)
        earlier = others.exclude(state=State.LEFT_OUT).values_list("number", flat=True).first()
    if earlier is None:
        return False
    row.state, row.says, row.problems = State.LEFT_OUT, f"The same as row {earlier} of this file.", {}
    row.candidates, row.subject_id = [], None
    return True
