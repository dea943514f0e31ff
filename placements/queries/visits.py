"""How often placements are visited, and for whom one visit serves."""

from ..models import MonitoringPolicy, Placement
from ..models.scope import own_schemes


def monitoring_policy(council, on):
    """What holds for a council on a day: its own newest version, else the default's, else the defaults as shipped."""
    return MonitoringPolicy.objects.in_force(council, on).first() or MonitoringPolicy(in_force_from=on)


def visited_together(user, placement):
    """The placements of the user's own schemes that one visit to this one's carer serves: all that run in the home."""
    rows = Placement.objects.visible_to(user).active().filter(scheme__in=own_schemes(user))
    here = {"household": placement.household_id} if placement.household_id else {"carer": placement.carer_id}
    return rows.filter(**here).select_related("person").order_by("person__sort_name", "pk")
