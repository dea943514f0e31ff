"""Teams, schemes and other services, as a tree beneath the administrator's own organisation."""

from people import actions
from people.models import Organisation
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission

OFFERED = {
    "team": Organisation.Kind.TEAM,
    "social_work_team": Organisation.Kind.TEAM,
    "scheme": Organisation.Kind.SCHEME,
    "service": Organisation.Kind.SERVICE,
    "nhs": Organisation.Kind.NHS,
}
COLUMNS = (
    Column("name", "Name", cells.words(120), needed=True, others=("team", "organisation", "name of team"), what="Each name once.", example="Riverside team"),
    Column("kind", "Kind", cells.choice(Organisation.Kind, **OFFERED), needed=True, others=("type",), what="Team, scheme, service or NHS body.", example="Team"),
    Column("part_of", "Part of", cells.words(120), needed=True, others=("parent", "belongs to", "council"), what="The name of the council, region or team above it.", example="Northshire"),
    Column("phone", "Phone", cells.words(40), others=("telephone", "tel"), example="01632 960101"),
    Column("email", "Email", cells.email, others=("e mail", "email address"), example="riverside@example.org"),
    Column("accepts_emergencies", "Takes emergencies", cells.yes, others=("emergency placements",), what="Schemes only: yes or no.", example="no"),
    Column("age_from", "Youngest age", cells.number(16, 65), others=("age from", "minimum age"), what="Schemes only, in years; 18 unless said.", example="18"),
    Column("cqc_location_id", "CQC location", cells.words(20), others=("cqc location id", "cqc id"), example="1-1234567890"),
)  # fmt: skip


def beneath(scope):
    own = Organisation.objects.get(pk=scope.organisation_id)
    return Organisation.objects.beneath(own.path)


def check(rows, scope):
    names = {name for row in rows for name in (row["name"], row["part_of"])}
    mine = {o.name.lower(): o for o in beneath(scope) if o.name.lower() in {n.lower() for n in names}}
    taken = {
        n.lower() for n in Organisation.objects.filter(name__in=names).values_list("name", flat=True)
    } - mine.keys()
    coming = {row["name"].lower() for row in rows}
    return [finding(row, mine, taken, coming) for row in rows]


def finding(row, mine, taken, coming):
    name, above = row["name"].lower(), row["part_of"].lower()
    if name in mine:
        return here(f"“{mine[name].name}” is on our records already.", mine[name].pk)
    if name in taken:
        return mend(name="Another organisation has this name already. Add what tells the two apart.")
    if row["kind"] in (Organisation.Kind.COUNCIL, Organisation.Kind.REGION):
        return mend(kind="Councils and regions are set up by hand, in Administration. Write team, scheme, service or NHS body.")  # fmt: skip
    if above not in mine and (above not in coming or above == name):
        return mend(part_of=f"There is no “{row['part_of']}” among your organisations. Check the spelling, or bring it in first.")  # fmt: skip
    return new()


def bring(row, scope):
    above = beneath(scope).filter(name__iexact=row["part_of"]).first()
    facts = {key: row[key] for key in ("name", "kind", "phone", "email", "accepts_emergencies", "age_from", "cqc_location_id")}  # fmt: skip
    organisation = Organisation(
        parent=above, **{key: value for key, value in facts.items() if value is not None}
    )
    return actions.place_in_tree(organisation=organisation, by=scope.by)


Kind(
    slug="teams",
    title="Teams and schemes",
    noun=("organisation", "organisations"),
    about="Social work teams, schemes and other services, and what they are part of.",
    permission=Permission.BRING_IN_SET_UP,
    columns=COLUMNS,
    order=1,
    check=check,
    bring=bring,
    key=lambda row: (row["name"].lower(),),
)
