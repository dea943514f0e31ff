"""What stands above the single person: lists that are sent in, availability week by week, and who has looked."""

from datetime import timedelta

from django.utils import timezone

from commissioning import queries
from commissioning.actions import count_places
from commissioning.models import AvailabilitySnapshot, UnmetNeed
from commissioning.rules import needs_of
from people.models import Person
from safetynet.actions import receive
from safetynet.models import RosterSource
from sharedlives.records.models import AccessLogEntry

WEEKS = 12
HEADING = "Given name,Family name,Date of birth,NHS number,Postcode,Service"
PAGES = (
    "people:person",
    "people:person",
    "careplans:plans",
    "risk:risks",
    "placements:placement",
    "reviews:review",
)
UNKNOWN = ("Thaddeus,Quennell,30/04/1983,,,Short breaks", "Cosmina,Abercrombie,29/09/1990,,,Day support")


def note_unmet_need(case, loader, today):
    """A referral of this person found no carer: it counts, and leads to nobody."""
    referral, kind, closed_on = case.not_found
    categories = needs_of(
        kinds=[kind],
        route="planned",
        needs=["step_free"] if case.reason.startswith("physical") else [],
        language=case.language if case.language != "English" else "",
        support_reason=case.reason,
        age=today.year - case.born.year,
    )
    loader[UnmetNeed].write(
        referral_id=referral, organisation_id=case.team.id, council_id=case.team.council.id, kinds=[kind],
        categories=[str(getattr(category, "value", category)) for category in categories], recorded_on=closed_on,
    )  # fmt: skip


def name_sources(world, loader, today):
    """Every scheme may send the list of the people it supports; the slug is what `import_roster --source` asks for."""
    for number, schemes in world.schemes.items():
        for scheme in schemes:
            loader[RosterSource].write(
                organisation_id=scheme.id, council_id=world.councils[number].id, kind="scheme",
                name=f"{scheme.name}: people we support", slug=scheme.slug, agreement_until=today + timedelta(days=300),
            )  # fmt: skip


def note_look(case, loader, dice):
    """Somebody looked at this person's pages in the last days; the log keeps ids only."""
    for _ in range(dice.between(1, 3)):
        user = dice.pick((case.worker, case.worker, case.scheme_worker, case.team.manager))
        loader[AccessLogEntry].write(
            at=timezone.now() - timedelta(minutes=dice.between(30, 40_000)), user_id=user.id, person_ids=[case.id],
            view=dice.pick(PAGES), method="GET", status=200, request_id=dice.uuid(),
        )  # fmt: skip


def keep_weeks(loader, today):
    """What each scheme had in the weeks before, counted as the nightly job counts."""
    for week in range(WEEKS, 0, -1):
        day = today - timedelta(weeks=week)
        count_places(on=day)
        for kind in ("", *queries.KINDS):
            for row in queries.by_scheme(queries.narrowed(queries.places(day), kind=kind)):
                loader[AvailabilitySnapshot].write(
                    taken_on=day, scheme_id=str(row["scheme"]), council_id=str(row["council"]),
                    kind=str(getattr(kind, "value", kind)), **{name: row[f"n_{name}"] for name in queries.COUNTS},
                )  # fmt: skip


def send_a_list(today):
    """One scheme sent its whole list some days ago: two are not on our records, and one of ours is not on the list."""
    source = RosterSource.objects.select_related("organisation").order_by("slug").last()
    theirs = Person.objects.filter(
        involvements__organisation=source.organisation,
        involvements__role="supports",
        involvements__until=None,
    )
    rows = [
        f"{p.given_name},{p.family_name},{p.date_of_birth:%d/%m/%Y},{p.nhs_number},{p.postcode},Shared Lives"
        for p in theirs.order_by("sort_name", "id")[1:]
    ]
    content = "\n".join([HEADING, *rows, *UNKNOWN]) + "\n"
    at = timezone.now() - timedelta(days=6)
    receive(source=source, content=content.encode(), filename=f"{source.slug}.csv", by=None, at=at)
