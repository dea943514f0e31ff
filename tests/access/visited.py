"""What Anna has booked, where she is for now, and a visit of her scheme."""

from placements import actions as placements

from .canaries import canary


def visited(w):
    away = {"reason": "holiday", "words": canary("AWAY")}
    w.away_for_now = placements.go_away(placement=w.placement, since=w.today, by=w.priya, **away)
    w.booking = w.placement.bookings.get()
    told = {"carer_says": canary("SCHEMEVISIT"), "home_words": canary("SCHEMEVISIT")}
    notes = {w.placement: (True, canary("VISITED"))}
    facts = {"carer": w.carer, "household": w.home, "scheme": w.scheme, "visited_on": w.today, "by": w.priya}
    placements.record_visit(notes=notes, **told, **facts)
    w.charges = w.placement.charges_looks.open().get()
    w.visit_owed = w.placement.visits_owed.open().get()
