"""Panels: each floor's part of a person's page. Apps declare them in `panels.py`; `people` shows them in order."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from . import together

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

    `asks(user, person)` names the querysets that it needs, each through `visible_to(user)`, a few rows each: the page
    fetches those of all panels in one statement. `rows(user, person, **found)` gets them as lists of the same names
    and returns the template's context (a dict), or None to leave the panel out. `glance(facts)` returns `Glance`s out
    of that context; neither asks the database. `side` sets the block beside the others on a wide screen. `sheet` is the template of its part of
    the printed sheet *Before I go*, drawn from the same facts.
    """

    name: str
    title: str
    template: str
    order: int
    permission: str
    rows: Any = field(repr=False)
    asks: Any = field(default=None, repr=False)
    glance: Any = field(default=None, repr=False)
    side: bool = False
    sheet: str = ""

    def __post_init__(self):
        REGISTRY.append(self)
        REGISTRY.sort(key=attrgetter("order"))

    def facts(self, user, person):
        """The context of this panel alone, or None."""
        shown = panels_of([self], user, person, lambda permission: True)
        return shown[0][1] if shown else None


def panels_for(user, person, allowed, also=()):
    """[(panel, context)] of one person for one user. `allowed(permission)` answers for this person.

    `also` are querysets of the page itself, to be fetched in the same statement.
    """
    return panels_of(REGISTRY, user, person, allowed, also)


def sheet_for(user, person, allowed):
    """[(panel, context)] of those panels that have a part of the printed sheet."""
    return panels_of([panel for panel in REGISTRY if panel.sheet], user, person, allowed)


def panels_of(panels, user, person, allowed, also=()):
    asked = [
        (panel, panel.asks(user, person) if panel.asks else {})
        for panel in panels
        if allowed(panel.permission)
    ]
    together.fetch(*also, *(rows for _panel, asks in asked for rows in asks.values()))
    found = [
        (panel, panel.rows(user, person, **{name: list(rows) for name, rows in asks.items()}))
        for panel, asks in asked
    ]
    return [(panel, context) for panel, context in found if context is not None]


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
