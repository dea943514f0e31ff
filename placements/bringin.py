"""Placements that run already: *living there since 2011*. Recorded as they are; what is missing becomes work."""

from carers.bringin.finding import WHICH
from carers.bringin.finding import find as find_carer
from carers.codes import EVERY_DAY, PlacementKind
from people.bringin.finding import WHO
from people.bringin.finding import find as find_person
from people.models import Organisation
from placements import actions, codes
from placements.models import Placement
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission

WHY = "Ran already when the records were brought in."
COLUMNS = (
    *WHO,
    Column("scheme", "Scheme", cells.words(120), others=("provider",), what="The name of the scheme; a scheme’s own file may leave it out.", example="Harbour Shared Lives"),
    *WHICH,
    Column("kind", "Kind", cells.choice(PlacementKind, long_term="live_in", respite="short_break", day_care="day_support"), needed=True, others=("kind of placement", "placement type", "arrangement", "service"), example="Live-in"),
    Column("since", "Since", cells.past_day, needed=True, others=("start date", "from", "living there since", "started on"), example="1/9/2011"),
    Column("purpose", "Purpose", cells.choice(codes.Purpose), what="A home for good unless said.", example="A home for good"),
    Column("weekdays", "Weekdays", cells.weekdays, others=("days",), what="Day support only: Monday, Wednesday; every day unless said.", example=""),
)  # fmt: skip


def scheme_of(row, scope):
    """(the scheme of a row, {}) or (None, {column: what is wrong}). A scheme's own file is about that scheme alone."""
    own = Organisation.objects.get(pk=scope.organisation_id)
    said = (row["scheme"] or "").lower()
    if own.kind == Organisation.Kind.SCHEME:
        if said and said != own.name.lower():
            return None, {"scheme": f"This file is for {own}. Rows of another scheme are brought in by that scheme, or by the council."}  # fmt: skip
        return own, {}
    if not said:
        return None, {"scheme": "Write which scheme supports the person."}
    found = Organisation.objects.schemes().current(scope.today).filter(name__iexact=said).first()
    return found, {} if found else {"scheme": f"There is no scheme “{row['scheme']}”. Check the spelling."}


def understood(row, scope):
    """(person, scheme, carer, problems) of a row."""
    person, problems = find_person(row, scope)
    scheme, wrong = scheme_of(row, scope)
    problems = problems | wrong
    carer = None
    if scheme is not None:
        carer, wrong = find_carer(row, scheme, scope.today)
        problems = problems | wrong
    if row["weekdays"] and row["kind"] != PlacementKind.DAY_SUPPORT:
        problems["weekdays"] = "Only day support has weekdays. Empty this, or check the kind."
    return person, scheme, carer, problems


def check(rows, scope):
    return [finding(row, scope) for row in rows]


def finding(row, scope):
    person, scheme, carer, problems = understood(row, scope)
    if problems:
        return mend(**problems)
    if person.date_of_death:
        return mend(row="This person has died. Leave the row out, with that as the reason.")
    running = Placement.objects.filter(
        person=person, scheme=scheme, kind=row["kind"], state=Placement.State.ACTIVE
    )
    same = running.filter(carer=carer).first()
    if same:
        return here(f"{same.reference} is on our records already.", same.pk)
    if row["kind"] == PlacementKind.LIVE_IN and running.exists():
        return mend(row="This person lives with another carer of this scheme by our records. End that placement first, or check the carer.")  # fmt: skip
    return new()


def bring(row, scope):
    person, scheme, carer, _problems = understood(row, scope)
    return actions.record_existing(
        person=person, scheme=scheme, carer=carer, kind=row["kind"], since=row["since"], why=WHY,
        weekdays=row["weekdays"] or EVERY_DAY, purpose=row["purpose"] or codes.Purpose.HOME, by=scope.by,
    )  # fmt: skip


Kind(
    slug="placements",
    title="Placements",
    noun=("placement", "placements"),
    about="Who lives with or is supported by which carer, and since when. Whatever is missing becomes work for the scheme.",
    permission=Permission.BRING_IN_PLACEMENTS,
    columns=COLUMNS,
    order=6,
    check=check,
    bring=bring,
    key=lambda row: tuple(row[column.key] and cells.plain(row[column.key]) for column in (*WHO, *WHICH)) + (row["kind"],),
)  # fmt: skip
