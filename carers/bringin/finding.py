"""Finding the carer that a row of a file means, among those of one scheme."""

from carers.models import Carer
from people import likeness
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column

WHICH = (
    Column("carer_reference", "Carer’s reference", cells.words(12), others=("carer reference", "carer ref"), what="Such as C-7KQ2MX, if known; then no other of these is needed.", example=""),
    Column("carer_email", "Carer’s email", cells.email, others=("carer email",), example="maria.okafor@example.org"),
    Column("carer_given_name", "Carer’s given name", cells.words(80), others=("carer given name", "carer first name"), example="Maria"),
    Column("carer_family_name", "Carer’s family name", cells.words(80), others=("carer family name", "carer surname", "carer last name"), example="Okafor"),
)  # fmt: skip
SEVERAL = "Two carers of {scheme} are called so. Give the reference, such as C-7KQ2MX, or the email."
NOBODY = "{scheme} has no carer like this. Check the spelling; a carer who is not on our records is brought in first."


def find(row, scheme, on):
    """(carer, {}) of a row with the columns `WHICH`, or (None, {column: what is wrong})."""
    working = Carer.objects.filter(organisation=scheme).active(on)
    if row["carer_reference"]:
        return one(working.filter(reference=row["carer_reference"].upper()), scheme, "carer_reference")
    if row["carer_email"]:
        return one(working.filter(email__iexact=row["carer_email"]), scheme, "carer_email")
    if not (row["carer_given_name"] and row["carer_family_name"]):
        return None, {"carer_family_name": "Say which carer: by reference, email, or given and family name."}
    return one([c for c in working if called(c, row)], scheme, "carer_family_name")


def one(found, scheme, key):
    found = list(found[:2])
    if len(found) != 1:
        return None, {key: (SEVERAL if found else NOBODY).format(scheme=scheme)}
    return found[0], {}


def called(carer, row):
    given = {likeness.letters(carer.given_name), likeness.letters(carer.preferred_name)}
    family = likeness.letters(carer.family_name) == likeness.letters(row["carer_family_name"])
    return family and likeness.letters(row["carer_given_name"]) in given
