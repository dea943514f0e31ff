"""This floor's part of the timeline: referrals, and placements as long as they last."""

from django.db.models import Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part

from .models import Away, Introduction, Placement, Referral

LANE = "Home and support"
VISITS = dict(Introduction._meta.get_field("kind").choices)


def carer_of(leads=""):
    """The carer as everybody calls them."""
    first = Coalesce(NullIf(f"{leads}carer__preferred_name", Value("")), f"{leads}carer__given_name")
    return Concat(first, Value(" "), f"{leads}carer__family_name")


KINDS = dict(Placement._meta.get_field("kind").choices)

Part(
    name="placements.placement",
    lane=LANE,
    permission=Permission.PLACEMENT_VIEW,
    rows=lambda user, person: (
        Placement.objects.visible_to(user).filter(person=person).exclude(end_reason="never_started")
    ),
    at="starts_on",
    until="ended_on",
    code="kind",
    text=carer_of(),
    says=lambda code, text: f"{KINDS[code]} with {text}",
    path=lambda pk: reverse("placements:placement", args=[pk]),
)
Part(
    name="placements.referral",
    lane=LANE,
    permission=Permission.PLACEMENT_VIEW,
    rows=lambda user, person: Referral.objects.visible_to(user).filter(person=person),
    at="sent_on",
    says=lambda code, text: "Referred to Shared Lives schemes",
    path=lambda pk: reverse("placements:referral", args=[pk]),
)
Part(
    name="placements.away",
    lane=LANE,
    permission=Permission.PLACEMENT_VIEW,
    rows=lambda user, person: Away.objects.visible_to(user).filter(placement__person=person),
    at="since",
    until="until",
    code="reason",
    leads="placement",
    says=lambda code, text: Away.Reason(code).label,
    path=lambda pk: reverse("placements:placement", args=[pk]),
)
Part(
    name="placements.introduction",
    lane=LANE,
    permission=Permission.MATCH_VIEW,
    rows=lambda user, person: Introduction.objects.visible_to(user).filter(match__referral__person=person),
    at="on",
    code="kind",
    text=carer_of("match__"),
    leads="match",
    says=lambda code, text: f"{VISITS[code]} with {text}, to get to know each other",
    path=lambda pk: reverse("placements:match", args=[pk]),
)
