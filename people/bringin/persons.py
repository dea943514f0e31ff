"""The people a council funds, with the team, the worker and one contact. Nobody gets a second record by a file."""

from django.utils import timezone

from people import actions, codes, likeness
from people.likeness import Verdict
from people.models import Membership, Organisation, Person, PersonalContact
from people.queries import managers_of
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Finding, Kind, Stands, here, mend, new
from sharedlives.permissions import Permission, Role

from .finding import birth, nhs, restricted, same_name

NO_NUMBER = "Not in the file that was brought in"
MAY_BE = "Somebody very like this has a record already."
UNSEEN = "This may be somebody who has a record already that you are not shown. Ask the person’s team before you decide."  # fmt: skip
FACTS = (
    "given_name", "family_name", "preferred_name", "date_of_birth", "nhs_number", "no_nhs_number_because",
    "council_reference", "gender", "ethnicity", "first_language", "primary_support_reason", "accommodation_status",
    "address", "postcode", "phone",
)  # fmt: skip
COLUMNS = (
    Column("given_name", "Given name", cells.words(80), needed=True, others=("first name", "forename", "forenames"), example="Ahmad"),
    Column("family_name", "Family name", cells.words(80), needed=True, others=("surname", "last name"), example="Rahmani"),
    Column("preferred_name", "Preferred name", cells.words(80), others=("known as", "likes to be called"), example="Ahmad"),
    Column("date_of_birth", "Date of birth", birth, needed=True, others=("dob", "birth date", "born"), what="Day first.", example="14/3/1991"),
    Column("nhs_number", "NHS number", nhs, others=("nhs no", "nhs", "nhs num"), what="Ten digits, if known.", example="999 000 0018"),
    Column("no_nhs_number_because", "Why no NHS number", cells.words(200), example=""),
    Column("council_reference", "Council’s own number", cells.words(30), others=("council reference", "case number", "client id", "social care id", "mosaic id", "liquidlogic id"), what="Keeps a row from being taken in twice.", example="NS-10482"),
    Column("team", "Funding team", cells.words(120), needed=True, others=("team", "social work team", "allocated team"), what="The name of the team that funds the support.", example="Riverside team"),
    Column("worker", "Named worker", cells.email, others=("worker", "worker email", "care manager", "social worker", "allocated worker"), what="Their email. Empty: the team’s manager, until somebody is named.", example="amina.yusuf@example.org"),
    Column("since", "Known since", cells.past_day, others=("since", "start date", "allocated on"), what="Since when the team funds; today unless said.", example="1/9/2011"),
    Column("gender", "Gender", cells.choice(codes.Gender, f="female", m="male", woman="female", man="male"), others=("sex",), example="Male"),
    Column("ethnicity", "Ethnicity", cells.choice(codes.Ethnicity), others=("ethnic group",), example="Asian or Asian British: Pakistani"),
    Column("first_language", "First language", cells.words(60), others=("language",), example="English"),
    Column("primary_support_reason", "Primary support reason", cells.choice(codes.SupportReason), others=("support reason", "psr"), example="Learning disability support"),
    Column("accommodation_status", "Where they live", cells.choice(codes.AccommodationStatus), others=("accommodation status", "accommodation"), example="Shared Lives scheme"),
    Column("address", "Address", cells.words(250), example="3 Mill Lane, Northtown"),
    Column("postcode", "Postcode", cells.words(8), others=("post code",), example="NS1 1AA"),
    Column("phone", "Phone", cells.words(40), others=("telephone", "tel"), example="01632 960103"),
    Column("contact_name", "Contact’s name", cells.words(120), others=("contact name", "contact", "next of kin"), what="One contact; others are added on the record.", example="Nasreen Rahmani"),
    Column("contact_kind", "Contact is", cells.choice(PersonalContact.Kind), others=("contact kind", "contact type"), what="Family unless said.", example="Family"),
    Column("contact_relation", "Contact’s relation", cells.words(80), others=("contact relation", "relationship"), example="mother"),
    Column("contact_phone", "Contact’s phone", cells.words(40), others=("contact phone",), example="01632 960104"),
    Column("contact_email", "Contact’s email", cells.email, others=("contact email",), example="nasreen@example.org"),
)  # fmt: skip


def check(rows, scope):
    teams = {t.name.lower(): t for t in Organisation.objects.teams().current(scope.today).filter(council=scope.organisation_id)}  # fmt: skip
    wanted = [facts_of(row) for row in rows]
    alike = likeness.candidates_of(Person.objects.not_invisible(), wanted)
    closed = set(restricted().values_list("person", flat=True))
    # Two rows of one file are two people: who came with it is not held against the rows after them.
    fellows = scope.from_this_file({person.pk for persons in alike for person in persons})
    numbers = [row["council_reference"] for row in rows if row["council_reference"]]
    mine = Person.objects.filter(responsible_council=scope.organisation_id)
    numbered = {p.council_reference: p for p in mine.filter(council_reference__in=numbers)}
    found = []
    for row, facts, persons in zip(rows, wanted, alike, strict=True):
        same = numbered.get(row["council_reference"])
        persons = [*([same] if same else []), *[p for p in persons if p != same and p.pk not in fellows]]
        found.append(of_set_up(row, teams, scope) or of_persons(row, facts, persons, closed, scope))
    return found


def facts_of(row):
    names = {key: row[key] or "" for key in ("given_name", "family_name", "nhs_number", "postcode")}
    return likeness.facts(date_of_birth=row["date_of_birth"], **names)


def of_set_up(row, teams, scope):
    """What is wrong with the team or the worker, as a finding; None when both are there."""
    team = teams.get(row["team"].lower())
    if team is None:
        return mend(team=f"There is no team “{row['team']}” in your council. Check the spelling, or have your administrator bring it in first.")  # fmt: skip
    if row["worker"] and worker_of(team, row["worker"], scope.today) is None:
        return mend(worker=f"Nobody with this email works as care manager or team manager in {team}. Check it, or leave it empty.")  # fmt: skip
    if not row["worker"] and not managers_of(team, scope.today):
        return mend(worker=f"{team} has no manager yet, so name the worker.")
    return None


def worker_of(team, email, on):
    rows = Membership.objects.current(on).filter(
        organisation=team, user__email=email, user__is_active=True, role__in=[Role.CARE_MANAGER, Role.TEAM_MANAGER]
    )  # fmt: skip
    membership = rows.select_related("user").first()
    return membership and membership.user


def of_persons(row, facts, persons, closed, scope):
    """New, here already, or to decide: named only where the record is the council's own and open to its officer."""
    if scope.decided:
        return new()
    shown, unseen = [], False
    for person in persons:
        alike = likeness.compare(facts, likeness.facts_of(person))
        own = person.responsible_council_id == scope.organisation_id
        if own and person.pk not in closed:
            if is_here(person, row):
                return here(f"{person.reference} is on our records already.", person.pk)
            if alike.verdict != Verdict.DIFFERENT or same_number(person, row):
                shown.append({"id": str(person.pk), "label": person.reference, "why": alike.words})
        else:
            unseen = unseen or alike.verdict == Verdict.SAME
    if shown or unseen:
        return Finding(Stands.DECIDE, says=MAY_BE if shown else UNSEEN, candidates=shown)
    return new()


def same_number(person, row):
    return bool(row["council_reference"]) and person.council_reference == row["council_reference"]


def is_here(person, row):
    """The same entry, beyond doubt: names and birth agree, a number or the postcode too, and no number contradicts."""
    numbers = [
        (row["nhs_number"], person.nhs_number),
        (row["council_reference"], person.council_reference),
    ]
    agree = all(not said or not known or said == known for said, known in numbers)
    more = [*numbers, (cells.plain(row["postcode"]), cells.plain(person.postcode))]
    sure = any(said and said == known for said, known in more)
    return agree and sure and same_name(person, row) and person.date_of_birth == row["date_of_birth"]


def bring(row, scope):
    team = Organisation.objects.teams().get(name__iexact=row["team"], council=scope.organisation_id)
    worker = (
        worker_of(team, row["worker"], scope.today) if row["worker"] else managers_of(team, scope.today)[0]
    )
    facts = {key: row[key] for key in FACTS if row[key] is not None}
    if "nhs_number" not in facts:
        facts.setdefault("no_nhs_number_because", NO_NUMBER)
    since = row["since"] or timezone.localdate()
    person = actions.register(team=team, worker=worker, since=since, by=scope.by, **facts)
    if row["contact_name"]:
        actions.add_contact(
            person=person, kind=row["contact_kind"] or PersonalContact.Kind.FAMILY, name=row["contact_name"],
            relation=row["contact_relation"] or "", phone=row["contact_phone"] or "", email=row["contact_email"] or "",
            by=scope.by,
        )  # fmt: skip
    return person


Kind(
    slug="people",
    title="People",
    noun=("person", "people"),
    about="The people your council funds, each with team, worker and one contact.",
    permission=Permission.BRING_IN_PEOPLE,
    columns=COLUMNS,
    order=3,
    check=check,
    bring=bring,
    key=lambda row: (
        likeness.letters(row["given_name"]), likeness.letters(row["family_name"]), row["date_of_birth"], row["nhs_number"],
    ),
)  # fmt: skip
