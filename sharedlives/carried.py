"""What passes on with a person when another team takes over: apps say it, so that a preview can count it.

An app that follows `people.funding_moved` declares here what it gives to the new team (in its `follows.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

REGISTRY = []


@dataclass(frozen=True)
class Carried:
    """Rows that change hands. `rows(persons, team)` is the queryset of those persons' rows that the team holds."""

    label: str
    rows: Callable = field(repr=False)

    def __post_init__(self):
        REGISTRY.append(self)
