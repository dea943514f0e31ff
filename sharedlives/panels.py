"""Panels: each floor's part of a person's page. Apps declare them in `panels.py`; `people` shows them in order."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

REGISTRY = []


@dataclass(frozen=True)
class Panel:
    """One block on a person's page.

    `rows(user, person)` returns the template's context (a dict), or None to leave the panel out. It must
    compose `visible_to(user)`; one query, two at most.
    """

    name: str
    title: str
    template: str
    order: int
    permission: str
    rows: Any = field(repr=False)

    def __post_init__(self):
        REGISTRY.append(self)
        REGISTRY.sort(key=attrgetter("order"))


def panels_for(user, person, allowed):
    """[(panel, context)] of one person for one user. `allowed(permission)` answers for this person."""
    shown = []
    for panel in REGISTRY:
        if allowed(panel.permission):
            context = panel.rows(user, person)
            if context is not None:
                shown.append((panel, context))
    return shown
