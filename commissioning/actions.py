"""What the clock counts, and what follows when a referral found no carer."""

from django.db import connection, transaction
from django.utils import timezone

from placements.codes import ClosedReason
from sharedlives.records.actions import record
from sharedlives.worklist.actions import job_run

from . import queries, rules
from .models import AvailabilitySnapshot, UnmetNeed

LOCK = 7_263_002  # any number, the same for every snapshot


def take_availability_snapshot(*, as_of, progress=None):
    """Keep what each scheme has on a day, per council area and kind. Returns the run. Again replaces the day's rows."""
    with job_run("take_availability_snapshot", as_of) as run:
        rows = [row for kind in ("", *queries.KINDS) for row in counted(as_of, kind)]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            AvailabilitySnapshot.objects.filter(taken_on=as_of).delete()
            AvailabilitySnapshot.objects.bulk_create(rows, batch_size=500)
        whole = [row for row in rows if row.kind == ""]
        run.done = {
            "rows": len(rows),
            "homes": sum(row.homes for row in whole),
            "free": sum(row.free for row in whole),
        }
        if progress:
            progress(len(rows))
    return run


def counted(on, kind):
    """The rows of one kind, not saved yet."""
    found = queries.by_scheme(queries.narrowed(queries.offered(on), kind=kind))
    return [
        AvailabilitySnapshot(
            taken_on=on,
            scheme_id=row["scheme"],
            council_id=row["council_area"],
            kind=kind,
            **{name: row[f"n_{name}"] for name in queries.COUNTS},
        )
        for row in found
    ]


def note_unmet_need(*, referral, by):
    """A referral was closed: when no carer was found, it counts as unmet need. Follows `placements.referral_closed`."""
    if referral.closed_reason != ClosedReason.NO_CARER:
        return None
    person = referral.person
    categories = rules.needs_of(
        kinds=referral.kinds,
        route=referral.route,
        needs=referral.needs,
        two_carers=referral.two_carers,
        culture=referral.culture,
        language=referral.language,
        support_reason=person.primary_support_reason,
        age=person.age(),
    )
    need = UnmetNeed(
        referral=referral,
        organisation=referral.organisation,
        council=person.responsible_council,
        kinds=referral.kinds,
        categories=categories,
        recorded_on=referral.closed_on or timezone.localdate(),
    )
    return record(need, by=by, why="no carer was found")
