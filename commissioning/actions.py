"""What the clock counts, and what follows when a referral found no carer."""

import time
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from placements.codes import ClosedReason
from sharedlives.records.actions import record
from sharedlives.worklist.actions import job_run

from . import queries, rules
from .models import AvailabilitySnapshot, CountedPlaces, PlacesCount, UnmetNeed

LOCK = 7_263_002  # any number, the same for every snapshot
COUNTING = 7_263_003  # likewise for every count of places
QUICK = 0.1  # seconds; a count that takes no longer is made anew after every change
REST = 60  # a longer one rests for so many times as long as it took
HOLDS = timedelta(minutes=10)  # at most; two changes may be numbered in one order and end in the other


def count_places(*, on):
    """Count the places of a day, unless the last count still holds. Returns it.

    It holds until something changes; where counting takes long, changes show after a while that grows with it.
    """
    kept = PlacesCount.objects.filter(on=on).first()
    if kept and still_holds(kept):
        return kept
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COUNTING])
        if not cursor.fetchone()[0]:
            if kept:  # somebody else is counting: what was true a moment ago will do
                return kept
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])
            if kept := PlacesCount.objects.filter(on=on).first():
                return kept
        return count_again(on)


def still_holds(kept):
    age = timezone.now() - kept.counted_at
    if age > HOLDS:
        return False
    resting = kept.seconds > QUICK and age < timedelta(seconds=REST * kept.seconds)
    return resting or kept.changes == queries.changes()


def count_again(on):
    begun, changes, cells = time.monotonic(), queries.changes(), {}
    for offer in queries.offers(on):
        alike = (offer.scheme, offer.council, tuple(sorted(offer.kinds)), offer.step_free, offer.ready)
        homes, places, free = cells.get(alike, (0, 0, 0))
        cells[alike] = (homes + 1, places + offer.places, free + offer.free)
    PlacesCount.objects.filter(on=on).delete()
    count = PlacesCount.objects.create(on=on, seconds=time.monotonic() - begun, changes=changes)
    CountedPlaces.objects.bulk_create(
        [
            CountedPlaces(
                count=count, scheme_id=scheme, council_id=council, kinds=list(kinds), step_free=step_free, ready=ready,
                homes=homes, places=places, free=free,
            )
            for (scheme, council, kinds, step_free, ready), (homes, places, free) in cells.items()
        ],
        batch_size=1000,
    )  # fmt: skip
    return count


def take_availability_snapshot(*, as_of, progress=None):
    """Keep what each scheme has on a day, per council area and kind. Returns the run. Again replaces the day's rows."""
    with job_run("take_availability_snapshot", as_of) as run:
        count_places(on=as_of)
        rows = [row for kind in ("", *queries.KINDS) for row in counted(as_of, kind)]
        PlacesCount.objects.filter(on__lt=as_of).delete()
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
    found = queries.by_scheme(queries.narrowed(queries.places(on), kind=kind))
    return [
        AvailabilitySnapshot(
            taken_on=on,
            scheme_id=row["scheme"],
            council_id=row["council"],
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
