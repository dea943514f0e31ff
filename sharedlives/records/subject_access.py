"""What a copy of everything about one person is put together from: apps declare it in `export.py`, row by row.

Every model with a path to a person is either a `Part` or left out for a reason (tests/people/test_subject_access.py
walks them all), so a new kind of record cannot be forgotten when somebody asks for what is kept about them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

REGISTERS = {
    "person": {},
    "carer": {},
    "member": {},
}  # {whom a copy is about: {model label: Part}}, as declared
LEFT = {about: {} for about in REGISTERS}  # {whom it is about: {model label: why it is left out}}
PARTS, LEFT_OUT = REGISTERS["person"], LEFT["person"]
NAMELESS = {}  # {model label: what is said instead of a name, in a copy about somebody of another kind}
AROUND = {
    about: [] for about in REGISTERS
}  # functions of whom it is about: [(name of somebody else, who they are)]
NAMES = AROUND["person"]
MACHINE = {
    "id", "version", "next_stage_on", "search_name", "sort_name", "identity", "is_newest", "token_hash", "once",
    "fingerprint", "key_hash", "raw_hash", "sha256",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One kind of record in the copy.

    `path` leads from the row to the person; `also` names a second key, where a row is about two. `leave` are fields that belong to somebody else or to the machine.
    `held`: kept back until somebody has decided, after the check for safeguarding, that it may be given; whoever may
    not see such a row (`visible_to`) does not learn of it here either. `about`: whether the copy is about a person, a
    carer, or a member of a carer's household.
    """

    model: Any
    title: str
    path: str = "person"
    leave: tuple = ()
    held: bool = False
    about: str = "person"
    also: str = ""

    def __post_init__(self):
        if self.label in REGISTERS[self.about]:
            raise ValueError(f"{self.label} is in the copy twice")
        REGISTERS[self.about][self.label] = self

    @property
    def label(self):
        return self.model._meta.label

    def of(self, person):
        """The rows about a person, oldest first as far as ids tell nothing else."""
        keys = [
            f.name for f in self.model._meta.concrete_fields if f.remote_field and f.name not in self.leave
        ]
        theirs = Q(**{self.path: person.pk})
        if self.also:
            theirs |= Q(**{self.also: person.pk})
        found = self.model._base_manager.filter(theirs).select_related(*keys)
        return found.order_by("pk").distinct()

    def shown_with(self):
        """(model, key) that decides who sees a row: itself, or what it is a part of; (None, "") where all see it."""
        if hasattr(self.model.objects, "visible_to"):
            return self.model, "pk"
        key, *further = self.path.split("__")
        whole = self.model._meta.get_field(key).related_model if further else None
        return (whole, key) if whole and hasattr(whole.objects, "visible_to") else (None, "")

    def facts(self, row, person):
        """[(label, words)] of a row: what is empty, the machine's or another's is left away."""
        told = []
        for one in self.model._meta.concrete_fields:
            if one.name in MACHINE or one.name in self.leave or isinstance(one, models.BinaryField):
                continue
            words = words_of(row, one, person)
            if words:
                label = str(one.verbose_name)
                told.append([label[:1].upper() + label[1:], words])
        return told


def left_out(model, because, about="person"):
    """Declare that a kind of record with a path to a person (carer) is not in the copy about them, and why."""
    LEFT[about][model._meta.label] = because


def words_of(row, one, person):
    """One field of a row in words; empty where there is nothing to tell."""
    value = getattr(row, one.name)
    if value in (None, "", [], {}):
        return ""
    if one.remote_field:
        if value._meta.label == person._meta.label:
            return "" if value.pk == person.pk else "another person"
        if value._meta.label in NAMELESS:
            return NAMELESS[value._meta.label]
        return str(value)
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    return as_words(value)


def as_words(value):
    """A value as it is read: yes or no, days in words, lists with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, dict):
        return "; ".join(
            f"{key}: {as_words(one)}" for key, one in value.items() if one not in (None, "", [], {})
        )
    if isinstance(value, list | tuple):
        return ", ".join(as_words(one) for one in value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return " ".join(
            f"{word} {as_words(one)}" for word, one in (("from", value.lower), ("until", value.upper)) if one
        )
    return str(value)


def names_around(subject, about="person"):
    """{name: who they are} of all those around a person (carer) who are not staff, as the apps know them."""
    found = {}
    for finder in AROUND[about]:
        for name, who in finder(subject):
            found.setdefault(" ".join(str(name).split()), who)
    return {name: who for name, who in found.items() if len(name) > 1}
