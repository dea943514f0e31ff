"""This floor's part of a person's page."""

from django.utils import timezone

from carers.models import HouseholdMember
from risk.queries import there_on
from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from . import queries
from .models import Away, Introduction, Placement, Referral, ReferralScheme
from .models.scope import own_schemes


def ask(user, person):
    placements = Placement.objects.visible_to(user).filter(person=person)
    today = timezone.localdate()
    homes = placements.active().exclude(household=None).values("household")
    others = there_on(today).filter(household__in=homes).exclude(person=person)
    asked = {
        "placements": placements.select_related("carer", "household", "scheme")[:5],
        "away": Away.objects.visible_to(user).open().filter(placement__person=person),
        "family": HouseholdMember.objects.current(today).filter(household__in=homes),
        "others": others.order_by("person_id").distinct("person_id"),
    }
    met = Introduction.objects.visible_to(user).filter(
        match__referral__person=person, match__state="proposed"
    )
    asked["introductions"] = met.select_related("match__carer").order_by("-on")[:5]
    schemes = own_schemes(user)
    if schemes:
        sent = ReferralScheme.objects.visible_to(user).filter(referral__person=person, scheme__in=schemes)
        return asked | {"sent": sent.select_related("referral")}
    referrals = Referral.objects.visible_to(user).open().filter(person=person)
    return asked | {"referrals": queries.with_answers(referrals)}


def rows(user, person, **found):
    """Placements that the user may read, newest first; open referrals: a team's own, for a scheme those sent to it.

    For the printed sheet: the carer's family by first name, and how many others live or stay there, without names.
    """
    return found


def at_a_glance(facts):
    """Where the person lives, or what is under way."""
    current = [p for p in facts["placements"] if p.state == Placement.State.ACTIVE]
    if current:
        away = {row.placement_id: row for row in facts["away"]}
        placement = next((row for row in current if row.pk in away), current[0])
        tone = "late" if placement.out_of_rule else ""
        if placement.pk in away:
            words = f"{away[placement.pk]}; with {placement.carer} otherwise"
            return [Glance(placement.get_kind_display(), words, "soon")]
        return [Glance(placement.get_kind_display(), f"With {placement.carer}, {placement.scheme}", tone)]
    referrals = facts.get("referrals")
    return [Glance("Placement", "None; a referral is open" if referrals else "None at present")]


PLACEMENTS = Panel(
    name="placements.placements",
    title="Placements",
    template="placements/_panel.html",
    order=40,
    permission=Permission.PLACEMENT_VIEW,
    asks=ask,
    rows=rows,
    glance=at_a_glance,
    sheet="placements/_sheet.html",
)
