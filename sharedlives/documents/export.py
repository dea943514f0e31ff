"""Documents that left the house are named in the copy; their bytes were handed over already."""

from sharedlives.records.subject_access import Part

from . import models

Part(models.IssuedDocument, "Documents that were issued about you", path="person_id", leave=("person_id",))
for about in ("carer", "member"):
    Part(
        models.IssuedDocument,
        "Copies that you were given",
        path="person_id",
        leave=("person_id",),
        about=about,
    )
