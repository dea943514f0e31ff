"""What an administrator, and what a team's manager, should notice at a glance. Apps declare it; two pages show it."""

from collections.abc import Callable
from dataclasses import dataclass, field

ADMIN_NOTICES = []
TEAM_NOTICES = []


@dataclass(frozen=True)
class AdminNotice:
    """One number on the administrator's page: nothing to do at 0.

    `count()` is one query and names nobody; `mends` says what to do; `path()` leads to where it is done.
    """

    label: str
    mends: str
    count: Callable = field(repr=False)
    path: Callable = field(repr=False)

    def __post_init__(self):
        ADMIN_NOTICES.append(self)


@dataclass(frozen=True)
class Told:
    """One sentence, and behind it what more there is to read, line by line."""

    words: str
    more: tuple = ()


@dataclass(frozen=True)
class TeamNotice:
    """What the managers of a team should know. `words(user)` returns a list of `Told`, empty when there is nothing to say."""

    name: str
    words: Callable = field(repr=False)

    def __post_init__(self):
        TEAM_NOTICES.append(self)


def team_notices(user):
    """What the manager of these teams should know about how they are set up."""
    return [told for notice in TEAM_NOTICES for told in notice.words(user)]
