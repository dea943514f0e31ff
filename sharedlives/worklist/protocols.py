"""What the worklist needs to know and cannot: who is told, which ladder, who works on what.

The floor above supplies them once, at start (`people/recipients.py`): `protocols.use(recipients=…, ladder=…)`.
"""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Asked:
    """One question to `Recipients`: who is told about this person, by whom this organisation is represented.

    `tells` is `worker` or `manager`; `worker` is the user whom the row itself names, if it does. `outlives`: it is
    still owed after the person has died.
    """

    person: Any
    organisation: Any
    tells: str
    worker: Any = None
    outlives: bool = False


@dataclass(frozen=True)
class Told:
    """The answer: [(user, stands_in_for)], empty when there is nobody; or a reason for telling nobody at all."""

    recipients: tuple = ()
    silent_because: str = ""


class Recipients(Protocol):
    """Whom stages tell on a day: one `Told` for each `Asked`, in the same order; a few queries for all of them."""

    def __call__(self, *, asked, on): ...


class Ladder(Protocol):
    """The stages of a deadline for a council, as `deadlines.Stage`s in order of offset."""

    def __call__(self, *, deadline, council): ...


class Worker(Protocol):
    """A query expression: the id of the user who works on a row, given the lookups to person and organisation."""

    def __call__(self, *, person, organisation, on): ...


class Funding(Protocol):
    """Two query expressions about the team that funds a person on a day, given the lookup to the person: its path in
    the tree, and the id of its worker."""

    def __call__(self, *, person, on): ...


class Names(Protocol):
    """{person's id: (the name on screen, the reference)} of some persons. One query."""

    def __call__(self, *, persons): ...


class Councils(Protocol):
    """[(id, name)] of the councils that there are on a day, by name. One query."""

    def __call__(self, *, on): ...


class Sights(Protocol):
    """All that decides what a user is shown, hashable: two of the same value are shown the same rows."""

    def __call__(self, *, user): ...


class Nobody(Protocol):
    """Called when a stage found nobody to tell: writes what the manager and the data officer will see.

    `deadline` is the `Deadline`, `row` the row that falls due, `stage` the name of the stage.
    """

    def __call__(self, *, deadline, row, stage, on): ...


_supplied = {}


def use(**suppliers):
    """Supply protocols. Called at start by the floor that knows users and organisations."""
    _supplied.update(suppliers)


def get(name):
    """The supplier of a protocol. Raises KeyError when no floor above has supplied it."""
    return _supplied[name]
