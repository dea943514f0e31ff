"""What the worklist needs to know and cannot: who is told, which ladder, which days are working days.

The floor above supplies them once, at start (`people/deadlines.py`): `protocols.use(recipients=…, ladder=…)`.
"""

from typing import Protocol


class Recipients(Protocol):
    """Whom a stage tells. Returns [(user, stands_in_for)]; empty when there is nobody."""

    def __call__(self, *, person, organisation, tells, on): ...


class Ladder(Protocol):
    """The stages of a deadline for a council, as `deadlines.Stage`s in order of offset."""

    def __call__(self, *, deadline, council): ...


class Nobody(Protocol):
    """Called when a stage found nobody to tell: writes what the manager and the data officer will see."""

    def __call__(self, *, deadline, row, stage, on): ...


_supplied = {}


def use(**suppliers):
    """Supply protocols. Called at start by the floor that knows users and organisations."""
    _supplied.update(suppliers)


def get(name):
    """The supplier of a protocol. Raises KeyError when the floor above has not supplied it."""
    return _supplied[name]
