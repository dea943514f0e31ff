"""Who and what is around a referral or a placement: managers, schemes to send to, words to begin with."""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from careplans import queries as careplans
from careplans.models import Assessment
from people.models import Membership, Organisation, User
from risk import queries as risk
from sharedlives.permissions import Role

from .. import codes
from ..models import Referral
from .packs import in_words, lines


def team_managers(team):
    """Who may agree to a start with a named gap: managers of the funding team, or of what stands above it."""
    above = [part for part in team.path.split("/") if part] if team else []
    rows = Membership.objects.current(timezone.localdate()).filter(
        organisation__in=above, role=Role.TEAM_MANAGER
    )
    return User.objects.filter(pk__in=rows.values("user"), is_active=True)


def schemes_to_ask(referral=None):
    """Schemes at work today; without those with which a referral is open already."""
    rows = Organisation.objects.schemes().current(timezone.localdate())
    if referral is not None:
        rows = rows.exclude(pk__in=referral.schemes.filter(closed_on=None).values("scheme"))
    return rows


def prefilled(person):
    """Words to begin the checklist with, from what the record holds already: {item: words}."""
    assessed = Assessment.objects.complete().filter(person=person).first()
    plan = careplans.plans_that_hold(person).first()
    signed = risk.that_hold(person=person).first()
    needs = [str(need) for need in person.communication_needs.all() if not need.until]
    found = {
        codes.Information.ASSESSMENT: assessed
        and f"{assessed.get_kind_display()}, {in_words(assessed.done_on)}",
        codes.Information.PLAN: plan
        and f"Version {plan.number}, signed on {in_words(plan.signed_on)}; sent separately",
        codes.Information.RISK: signed and f"Version {signed.number}, signed on {in_words(signed.signed_on)}",
        codes.Information.COMMUNICATION: lines(needs),
    }
    return {item: words for item, words in found.items() if words}


def with_answers(referrals):
    """Referrals with how far they are, in words for a list: how many schemes were asked, and accepted."""
    newest = Referral.objects.filter(pk=OuterRef("pk"), schemes__answer=codes.Answer.ACCEPTED)
    return referrals.annotate(accepted=Subquery(newest.values("schemes__scheme__name")[:1]))


def open_placement_of(referral):
    """The placement that a referral led to and that has not ended, or None."""
    for match in referral.matches.filter(~Q(placement=None)).select_related("placement"):
        if match.placement.state != "ended":
            return match.placement
    return None
