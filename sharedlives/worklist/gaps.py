"""Gaps: an app declares what is missing from a record; the nightly sweep looks, and opens and closes flags."""

from collections.abc import Callable
from dataclasses import dataclass, field

REGISTRY = {}


@dataclass(frozen=True)
class Gap:
    """Something that a record lacks.

    `found(as_of)` returns a queryset of rows `values("subject_id", "person_id", "owner_organisation_id")`
    annotated so; `subject` names the kind (`person`, `placement`, `carer`). `says` is for the screen;
    `mends` says what to do; `source` names the document.
    """

    code: str
    says: str
    mends: str
    source: str
    subject: str
    found: Callable = field(repr=False)

    def __post_init__(self):
        if self.code in REGISTRY:
            raise ValueError(f"Two gaps are called {self.code}")
        REGISTRY[self.code] = self
