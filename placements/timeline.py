"""This floor's part of the timeline: referrals, and placements as long as they last."""

from django.db.models import Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part

from .models import Away, Placement, Referral

LANE = "Home and support"
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
    text=Concat(
        Coalesce(NullIf("carer__preferred_name", Value("")), "carer__given_name"),
        Value(" "),
        "carer__family_name",
    ),
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
