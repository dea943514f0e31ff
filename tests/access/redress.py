"""Complaints and apologies of the access world: some past the scheme, some past the care manager."""

from ..risk import factories as risks
from .canaries import canary


def complained(w):
    """To the scheme, to the council, about the scheme, about the care manager."""
    w.complaint = risks.complaint(w.anna, w.priya, words=canary("COMPLAINT"), raiser_name=canary("COMPLAINT"))
    w.own_complaint = risks.complaint(w.anna, w.amina, words=canary("OWNCOMPLAINT"))
    said = {"incident": w.incident, "account": canary("COMPLAINT"), "apology": canary("COMPLAINT")}
    w.candour = risks.candour(w.anna, w.priya, **said)
    past_the_scheme = {"about": ["scheme"], "words": canary("SCHEMECOMPLAINT")}
    w.scheme_complaint = risks.complaint(w.anna, w.priya, **past_the_scheme)
    past_amina = {"about": ["care_manager"], "words": canary("STAFFCOMPLAINT")}
    w.staff_complaint = risks.complaint(w.anna, w.amina, **past_amina)
    said = {"account": canary("STAFFCOMPLAINT"), "about": ["care_manager"]}
    w.staff_candour = risks.candour(w.anna, w.amina, incident=w.incident, **said)
