"""Homes with their carers: one row a carer. Two rows of one address are one home with two carers."""

from datetime import timedelta

from carers import actions, rules
from carers.codes import PlacementKind
from carers.models import Carer, Household, HouseholdScheme
from people import likeness
from people.models import Organisation
from people.models.organisation import current
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission

COLUMNS = (
    Column("label", "Name of the home", cells.words(120), others=("home", "household"), what="“The Okafor home” unless said.", example="The Okafor home"),
    Column("address", "Address", cells.words(250), needed=True, others=("home address",), example="12 Ash Grove, Northtown"),
    Column("postcode", "Postcode", cells.words(8), needed=True, others=("post code",), example="NS1 2AB"),
    Column("uprn", "UPRN", cells.words(14), others=("unique property reference number",), what="Up to 12 digits, if known.", example=""),
    Column("council", "Council area", cells.words(120), others=("council", "local authority"), what="Where the home is.", example="Northshire"),
    Column("places", "Places", cells.number(1, 3), others=("number of places", "limit", "approved places"), what="How many people the home may support at one time: 1, 2 or 3; 3 unless said.", example="2"),
    Column("since", "Works with us since", cells.past_day, others=("home since", "since"), what="Today unless said.", example="1/6/2010"),
    Column("given_name", "Carer’s given name", cells.words(80), needed=True, others=("carer given name", "carer first name", "given name", "first name"), example="Maria"),
    Column("family_name", "Carer’s family name", cells.words(80), needed=True, others=("carer family name", "carer surname", "family name", "surname"), example="Okafor"),
    Column("preferred_name", "Carer is called", cells.words(80), others=("preferred name", "known as"), example="Maria"),
    Column("email", "Carer’s email", cells.email, others=("email", "carer email"), example="maria.okafor@example.org"),
    Column("phone", "Carer’s phone", cells.words(40), others=("phone", "telephone", "mobile"), example="01632 960105"),
    Column("languages", "Languages", cells.words(200), others=("language",), example="English, Igbo"),
    Column("approved_for", "Approved for", cells.several(cells.choice(PlacementKind, long_term="live_in", respite="short_break", day_care="day_support")), others=("approval", "approved kinds"), what="With commas between them; empty: not approved yet.", example="Live-in, Short break"),
    Column("emergency", "Emergencies too", cells.yes, others=("emergency", "approved for emergencies"), what="Yes or no.", example="no"),
    Column("approved_since", "Approved since", cells.past_day, others=("approval date", "approved on"), example="1/6/2010"),
    Column("approved_until", "Approved until", cells.day, others=("approval ends", "approval expires"), what="The last day, if there is one.", example=""),
    Column("conditions", "Conditions", cells.words(1000), others=("approval conditions",), example=""),
)  # fmt: skip
HOME = ("address", "postcode", "uprn")


def key_of(row):
    return rules.normalised(row["address"], row["postcode"])


def check(rows, scope):
    scheme = Organisation.objects.get(pk=scope.organisation_id)
    keys = [key_of(row) for row in rows]
    homes = {h.normalised_address: h for h in Household.objects.filter(normalised_address__in=keys)}
    own = HouseholdScheme.objects.filter(current(scope.today), scheme=scheme, household__in=homes.values())
    mine = set(own.values_list("household", flat=True))
    carers = Carer.objects.filter(household__in=mine).active(scope.today)
    there = {(c.household_id, named(c.given_name, c.family_name)): c for c in carers}
    areas = {o.name.lower(): o for o in Organisation.objects.councils().current(scope.today)}
    return [finding(row, scheme, homes.get(key_of(row)), mine, there, areas) for row in rows]


def named(given, family):
    return likeness.letters(given), likeness.letters(family)


def finding(row, scheme, home, mine, there, areas):
    if home is None and not area_of(row, scheme, areas):
        return mend(council=f"There is no council “{row['council'] or ''}” here. Write in which council’s area the home is.")  # fmt: skip
    if home is not None and home.pk not in mine:
        return mend(address=rules.ONE_ROW_PER_DWELLING.words())
    if home is not None:
        carer = there.get((home.pk, named(row["given_name"], row["family_name"])))
        if carer:
            return here(f"{carer.reference} is on our records already, in this home.", carer.pk)
    if bool(row["approved_for"]) != bool(row["approved_since"]):
        lacks = "approved_since" if row["approved_for"] else "approved_for"
        return mend(
            **{lacks: "An approval says both since when and what for. Fill this in too, or empty both."}
        )
    return new()


def area_of(row, scheme, areas):
    return areas.get(row["council"].lower()) if row["council"] else scheme.council


def bring(row, scope):
    scheme = Organisation.objects.get(pk=scope.organisation_id)
    home = Household.objects.filter(normalised_address=key_of(row)).first() or new_home(row, scheme, scope)
    facts = {
        key: row[key]
        for key in ("given_name", "family_name", "preferred_name", "email", "phone", "languages")
    }
    given = {key: value for key, value in facts.items() if value is not None}
    carer = actions.register_carer(household=home, organisation=scheme, by=scope.by, **given)
    if row["approved_for"]:
        last = row["approved_until"]
        actions.approve(
            carer=carer, kinds=row["approved_for"], since=row["approved_since"], until=last and last + timedelta(days=1),
            emergency=bool(row["emergency"]), conditions=row["conditions"] or "", by=scope.by,
        )  # fmt: skip
    return carer


def new_home(row, scheme, scope):
    areas = {o.name.lower(): o for o in Organisation.objects.councils().current(scope.today)}
    label = row["label"] or f"The {row['family_name']} home"
    return actions.register_household(
        scheme=scheme, council=area_of(row, scheme, areas), places=row["places"] or 3, since=row["since"], label=label,
        by=scope.by, **{key: row[key] or "" for key in HOME},
    )  # fmt: skip


Kind(
    slug="homes",
    title="Homes and carers",
    noun=("carer", "carers"),
    about="Your homes with their carers and approvals: one row for each carer.",
    permission=Permission.BRING_IN_HOMES,
    columns=COLUMNS,
    order=4,
    check=check,
    bring=bring,
    key=lambda row: (key_of(row), named(row["given_name"], row["family_name"])),
)
