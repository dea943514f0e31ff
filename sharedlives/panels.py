"""Panels: each floor's part of a person's page. Apps declare them in `panels.py`; `people` shows them in order."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

REGISTRY = []


@dataclass(frozen=True)
class Glance:
    """One fact that a duty worker needs at once: a label, a few words, how it feels (late, soon, or nothing).

    An `alert` stands above everything else.
    """

    label: str
    words: str
    tone: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Panel:
    """One block on a person's page.

    `rows(user, person)` returns the template's context (a dict), or None to leave the panel out. It must
    compose `visible_to(user)`; one query, two at most. `glance(facts)` returns `Glance`s out of the same facts, so
    without a query. `side` sets the block beside the others on a wide screen. `sheet` is the template of its part of
    the printed sheet *Before I go*, drawn from the same facts.
    """

    name: str
    title: str
    template: str
    order: int
    permission: str
    rows: Any = field(repr=False)
    glance: Any = field(default=None, repr=False)
    side: bool = False
    sheet: str = ""

    def __post_init__(self):
        REGISTRY.append(self)
        REGISTRY.sort(key=attrgetter("order"))


def panels_for(user, person, allowed):
    """[(panel, context)] of one person for one user. `allowed(permission)` answers for this person."""
    return panels_of(REGISTRY, user, person, allowed)


def sheet_for(user, person, allowed):
    """[(panel, context)] of those panels that have a part of the printed sheet."""
    return panels_of([panel for panel in REGISTRY if panel.sheet], user, person, allowed)


def panels_of(panels, user, person, allowed):
    shown = []
    for panel in panels:
        if allowed(panel.permission):
            context = panel.rows(user, person)
            if context is not None:
                shown.append((panel, context))
    return shown


def glances(shown):
    """(alerts, facts at a glance) of panels that have been fetched, in their order."""
    found = [glance for panel, facts in shown if panel.glance for glance in panel.glance(facts)]
    return [one for one in found if one.alert], [one for one in found if not one.alert]


# -- Facts about persons that a floor adds to lists of the floors beneath ----------------------------

FACTS = []


@dataclass(frozen=True)
class PersonFact:
    """One column in a manager's list of persons: `of(user)` is an expression over persons, such as the next review."""

    name: str
    label: str
    of: Any = field(repr=False)

    def __post_init__(self):
        FACTS.append(self)
