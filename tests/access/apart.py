"""Who may not live with Anna, in the access world: somebody whom the scheme supports and the team does not know."""

from datetime import timedelta

from carers import actions as homes

from .. import factories as cast
from .canaries import canary


def kept_apart(w):
    """The scheme decided it: it alone works with both."""
    council = cast.organisation("council", "Longshore", parent=w.region)
    team = cast.organisation("team", "Longshore team", parent=council)
    worker = cast.user("Fay Faraway", team, "care_manager")
    w.wade = cast.person(team, worker=worker, given_name="Wade", family_name=canary("OTHERSIDE"))
    cast.supports(w.wade, w.scheme, worker=w.priya)
    facts = {"source": "incident", "words": canary("APART"), "look_again_on": w.today + timedelta(days=300)}
    w.apart = homes.keep_apart(person=w.anna, other=w.wade, by=w.priya, **facts)
