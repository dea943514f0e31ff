"""This floor's part of the copy of everything about one person."""

from sharedlives.records.subject_access import Part

from . import models

Part(models.Flag, "To sort out", also="other_person")
# A row that was taken for the person may have been somebody else's.
Part(models.RosterRow, "You on lists of services", path="decisions__person", leave=("raw",), held=True)
Part(models.LinkDecision, "How you were found on lists", leave=("row",))
# The other record may be somebody else's.
Part(models.NotSamePerson, "Records that are not yours", also="other", held=True)

Part(
    models.Flag,
    "To sort out about you",
    path="carer",
    about="carer",
    held=True,
    leave=("person", "placement"),
)
