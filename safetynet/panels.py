"""This floor's part of a person's page: what still has to be sorted out about them."""

from sharedlives.panels import Panel
from sharedlives.permissions import Permission

from .models import Flag
from .words import words


def ask(user, person):
    flags = Flag.objects.visible_to(user).open().of_person(person).select_related("owner_user")
    return {"flags": flags.order_by("found_on")}


def open_flags(user, person, flags):
    """The open flags about a person that this user may see, oldest first; no panel where there is none."""
    entries = [{"flag": flag, "says": words(flag).says} for flag in flags]
    return {"entries": entries} if entries else None


OPEN_FLAGS = Panel(
    name="safetynet.open_flags",
    title="To sort out",
    template="safetynet/_open_flags.html",
    order=90,
    permission=Permission.FLAG_VIEW,
    asks=ask,
    rows=open_flags,
)
