"""Finding the person that a row of another file means, among those of whom its sender may know."""

from django.db.models import Q
from django.utils import timezone

from people import likeness
from people.models import Organisation, Person, Restriction
from people.models.organisation import current
from people.rules import nhs_number_fault
from people.visibility import Level
from sharedlives.bringin import cells
from sharedlives.bringin.cells import BadCell
from sharedlives.bringin.kinds import Column
from sharedlives.permissions import Permission


def nhs(said):
    """A cell as an NHS number of ten digits. Raises BadCell."""
    digits = "".join(c for c in said if c.isdigit())
    fault = nhs_number_fault(digits)
    if fault:
        raise BadCell(
            f"“{said}” is not an NHS number: {fault}. Check it against a letter from the NHS, or leave it empty."
        )
    return digits


def birth(said):
    """A cell as a date of birth. Raises BadCell."""
    found, today = cells.past_day(said), timezone.localdate()
    if today.year - found.year > 120:
        raise BadCell(f"{found:%-d %B %Y} is more than 120 years ago. Check the year.")
    return found


WHO = (
    Column("reference", "Our reference", cells.words(12), others=("reference", "hearthkeep reference"), what="Such as P-7KQ2MX, if known; then no other of these is needed.", example=""),
    Column("nhs_number", "NHS number", nhs, others=("nhs no", "nhs", "nhs num"), what="Ten digits.", example="999 000 0018"),
    Column("council_reference", "Council’s own number", cells.words(30), others=("council reference", "case number", "client id", "social care id", "mosaic id", "liquidlogic id"), example="NS-10482"),
    Column("given_name", "Given name", cells.words(80), others=("first name", "forename", "forenames"), example="Ahmad"),
    Column("family_name", "Family name", cells.words(80), others=("surname", "last name"), example="Rahmani"),
    Column("date_of_birth", "Date of birth", birth, others=("dob", "birth date", "born"), what="Day first.", example="14/3/1991"),
)  # fmt: skip
NOBODY = "Nobody of whom you may know is described by this row. Check the numbers, the name and the date of birth; a person who is not on our records is brought in first."
SEVERAL = "This describes two records. Give our reference, such as P-7KQ2MX."
NOT_THEIRS = "This number belongs to somebody of another name. Check both."


def restricted():
    return Restriction.objects.filter(current(timezone.localdate())).values("person")


def known_to(scope):
    """The persons whom the sender of a file may name: a council's own, without records that few may open; a scheme's."""
    own = Organisation.objects.get(pk=scope.organisation_id)
    if own.kind == Organisation.Kind.SCHEME:
        seen = Person.objects.visible_to(
            scope.by, least=Level.SUPPORTS, permission=Permission.PLACEMENT_WRITE
        )
        today = timezone.localdate()
        return seen.filter(
            Q(involvements__until=None) | Q(involvements__until__gt=today),
            involvements__organisation=own,
            involvements__role="supports",
        ).distinct()
    return Person.objects.filter(responsible_council=own).exclude(pk__in=restricted())


def find(row, scope):
    """(person, {}) of a row with the columns `WHO`, or (None, {column: what is wrong})."""
    known = known_to(scope)
    for key in ("reference", "nhs_number", "council_reference"):
        if row[key]:
            said = row[key].upper() if key == "reference" else row[key]
            found = list(known.filter(**{key: said})[:2])
            return one(found, row, key)
    if not (row["family_name"] and row["given_name"] and row["date_of_birth"]):
        return None, {"nhs_number": "Say who it is: by our reference, the NHS number, the council’s own number, or the name and date of birth."}  # fmt: skip
    born = known.filter(date_of_birth=row["date_of_birth"])
    return one([person for person in born if same_name(person, row)], row, "family_name")


def one(found, row, key):
    if len(found) != 1:
        return None, {key: SEVERAL if found else NOBODY}
    said = row["family_name"]
    if said and likeness.letters(said) != likeness.letters(found[0].family_name):
        return None, {key: NOT_THEIRS}
    return found[0], {}


def same_name(person, row):
    """Whether both names agree, accents and case aside; the preferred name counts as a given one."""
    given = {likeness.letters(person.given_name), likeness.letters(person.preferred_name)}
    family = likeness.letters(person.family_name) == likeness.letters(row["family_name"])
    return family and likeness.letters(row["given_name"]) in given
