"""The nightly sweep: compares open rows again, looks for every gap, opens flags and closes what was mended.

Running it again changes nothing; two at once wait for each other.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count

from people.models import Organisation, Person
from sharedlives.records.actions import record_all
from sharedlives.worklist import protocols
from sharedlives.worklist.actions import job_run
from sharedlives.worklist.actions.runs import Until
from sharedlives.worklist.deadlines import REGISTRY as DEADLINES
from sharedlives.worklist.gaps import REGISTRY as GAPS
from sharedlives.worklist.protocols import Asked

from .. import rules
from ..models import Flag, NotSamePerson, RosterRow
from . import bulk, flags
from .linking import BATCH, match

log = logging.getLogger(__name__)

Kind, Because = Flag.Kind, Flag.Because
COUNTS = ("rows", "linked", "possible", "missing", "opened", "closed", "faulty")
LOCK = 7_263_001  # any number, the same for every sweep


def sweep_safety_net(*, as_of, limit_seconds=None, progress=None):
    """One sweep as of a day. Returns the run; its `done` counts rows compared, flags opened and closed.

    A gap that cannot be looked for is a fault of the run and does not stop the others. With `limit_seconds` it
    stops comparing rows after so long and goes on at the next run.
    """
    with job_run("sweep_safety_net", as_of) as run:
        run.done = tally = dict.fromkeys(COUNTS, 0)
        run.more = not compare_open_rows(as_of, Until(limit_seconds), tally, progress)
        for step in (sweep_duplicates, sweep_nobody):
            in_turn(step, as_of, tally)
        for gap in list(GAPS.values()):
            try:
                in_turn(sweep_gap, as_of, tally, gap)
            except Exception as error:  # one app's gap must not blind the others
                log.exception("one gap could not be looked for")
                tally["faulty"] += 1
                run.fault = f"{gap.code}: {type(error).__name__}"
            if progress:
                progress(1)
    return run


@transaction.atomic
def in_turn(step, as_of, tally, *more):
    """One step in its own transaction, behind a lock that only sweeps take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    opened, closed = step(as_of, *more)
    tally["opened"] += opened
    tally["closed"] += closed


def compare_open_rows(as_of, clock, tally, progress):
    """Compare the rows that are not linked yet, batch by batch. False when the time was over before the rows were."""
    before = Flag.objects.open().count()
    last = None
    while not clock.over:
        rows = RosterRow.objects.to_match().order_by("pk")
        batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
        if not batch:
            change = Flag.objects.open().count() - before
            tally["opened" if change > 0 else "closed"] += abs(change)
            return True
        last = batch[-1].pk
        counts = match(batch, on=as_of)
        tally["rows"] += len(batch)
        for state in ("linked", "possible", "missing"):
            tally[state] += counts.get(state, 0)
        if progress:
            progress(len(batch))
    return False


# -- Gaps ---------------------------------------------------------------------------------------------------


def sweep_gap(as_of, gap):
    """Flags for what one gap finds new, an end to those whose gap is gone. Returns (opened, closed)."""
    subject = f"{gap.subject}_id"
    found = {
        row["subject_id"]: row
        for row in gap.found(as_of).values("subject_id", "person_id", "owner_organisation_id")
    }
    of_gap = Flag.objects.filter(kind=Kind.GAP, code=gap.code)
    opened = {getattr(flag, subject): flag for flag in of_gap.open()}
    gone = [flag for pk, flag in opened.items() if pk not in found]
    closed = flags.close_many(gone, Because.MENDED, on=as_of, why="mended")
    quiet = set(quiet_now(of_gap, as_of).values_list(subject, flat=True))
    answers = Answers(found.values())
    hand_on([flag for pk, flag in opened.items() if pk in found], found, subject, answers)
    new = []
    for pk, row in found.items():
        owner = answers.owner(row)
        if pk in opened or pk in quiet or owner is None:
            continue
        facts = {subject: pk, "owner_organisation_id": owner, "council_id": answers.council(row, owner)}
        new.append(Flag(kind=Kind.GAP, code=gap.code, found_on=as_of, **facts))
    return len(record_all(new, by=None, why="found")), closed


def quiet_now(of_gap, as_of):
    """What somebody closed with a reason within the last 90 days: the clock does not open it again."""
    since = as_of - timedelta(days=rules.QUIET_DAYS)
    return of_gap.closed().filter(closed_on__gt=since, closed_by__isnull=False)


def hand_on(opened, found, subject, answers):
    """An open flag follows its subject to the organisation that answers for it now."""
    moved = []
    for flag in opened:
        owner = answers.owner(found[getattr(flag, subject)])
        if owner and owner != flag.owner_organisation_id:
            flag.owner_organisation_id, flag.owner_user_id = owner, None
            moved.append(flag)
    bulk.change(
        moved, ["owner_organisation_id", "owner_user_id"], by=None, why="another organisation answers now"
    )


class Answers:
    """Who answers for what a gap found: the organisation it names, else the person's council. Two queries."""

    def __init__(self, rows):
        rows = list(rows)
        persons = {row["person_id"] for row in rows if row["person_id"]}
        owners = {row["owner_organisation_id"] for row in rows if row["owner_organisation_id"]}
        self.of_person = dict(Person.objects.filter(pk__in=persons).values_list("pk", "responsible_council"))
        self.of_owner = dict(Organisation.objects.filter(pk__in=owners).values_list("pk", "council"))

    def owner(self, row):
        return row["owner_organisation_id"] or self.of_person.get(row["person_id"])

    def council(self, row, owner):
        return self.of_person.get(row["person_id"]) or self.of_owner.get(owner)


# -- One human being, two records ------------------------------------------------------------------------------


def same_numbers():
    """Pairs of living persons with one NHS number who are not linked and not known to be two: (low id, high id)."""
    twice = (
        Person.objects.living()
        .exclude(nhs_number="")
        .values("nhs_number")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    found = {}
    rows = Person.objects.living().filter(nhs_number__in=twice.values("nhs_number")).order_by("pk")
    for pk, number, identity in rows.values_list("pk", "nhs_number", "identity"):
        found.setdefault(number, []).append((pk, identity))
    known = set(NotSamePerson.objects.filter(source=None).values_list("person", "other"))
    for records in found.values():
        for n, (low, identity) in enumerate(records):
            for high, other in records[n + 1 :]:
                if (identity is None or identity != other) and (low, high) not in known:
                    yield low, high


def sweep_duplicates(as_of):
    """Flags for pairs with one NHS number. Returns (opened, closed)."""
    pairs = set(same_numbers())
    opened = {
        (flag.person_id, flag.other_person_id): flag
        for flag in Flag.objects.open().filter(kind=Kind.DUPLICATE)
    }
    gone = [flag for pair, flag in opened.items() if pair not in pairs]
    closed = flags.close_many(gone, Because.MENDED, on=as_of, why="mended")
    new = pairs - opened.keys()
    councils = dict(
        Person.objects.filter(pk__in=[low for low, _high in new]).values_list("pk", "responsible_council")
    )
    rows = [
        Flag(
            kind=Kind.DUPLICATE,
            code="safetynet.same_nhs_number",
            person_id=low,
            other_person_id=high,
            owner_organisation_id=councils[low],
            council_id=councils[low],
            found_on=as_of,
        )
        for low, high in sorted(new)
    ]
    return len(record_all(rows, by=None, why="one NHS number on two records")), closed


# -- Nobody to tell -----------------------------------------------------------------------------------------------


def sweep_nobody(as_of):
    """Close the flags about nobody to tell where there is somebody again. Returns (0, closed)."""
    opened = list(
        Flag.objects.open()
        .filter(kind=Kind.NOBODY_TO_TELL, code__in=list(DEADLINES))
        .select_related("person", "placement__person", "owner_organisation")
    )
    if not opened:
        return 0, 0
    asked = [
        Asked(flag.person or (flag.placement and flag.placement.person), flag.owner_organisation, "worker")
        for flag in opened
    ]
    answers = protocols.get("recipients")(asked=asked, on=as_of)
    mended = [
        flag for flag, told in zip(opened, answers, strict=True) if told.recipients or told.silent_because
    ]
    return 0, flags.close_many(mended, Because.MENDED, on=as_of, why="somebody can be told again")
