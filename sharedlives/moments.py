"""Moments: a lower floor says what happened; higher floors say what follows.

`placements/moments.py` names `STARTED`; `reviews/follows.py` binds an action to it; only the action that did
it calls `STARTED.happened(...)`, inside its own transaction. Followers run in floor order; an error in one
refuses the whole. `docs/moments.md` is generated from this registry.
"""

from django.db import connection

REGISTRY = {}


class Moment:
    """Something that happened, under a name: `placements.started`. `says` is for people."""

    def __init__(self, name, says):
        if name in REGISTRY:
            raise ValueError(f"Two moments are called {name}")
        self.name, self.says, self.followers = name, says, []
        REGISTRY[name] = self

    def then(self, follower):
        """Bind an action. Called in `follows.py`, which loads in floor order."""
        self.followers.append(follower)
        return follower

    def happened(self, **facts):
        """Run what follows, in this transaction."""
        if not connection.in_atomic_block:
            raise RuntimeError(f"{self.name} must happen inside the transaction that did it")
        for follower in self.followers:
            follower(**facts)
