"""Files about organisations, users and persons that a council brings in."""

from . import persons, teams, users

__all__ = ["persons", "teams", "users"]
