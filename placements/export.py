"""This floor's part of the copy of everything about one person, and the carers they were matched with."""

from sharedlives.records.subject_access import NAMES, Part

from . import models

Part(models.Referral, "Referrals")
Part(models.ReferralInformation, "What was sent with referrals", path="referral__person")
Part(models.ReferralScheme, "Schemes that were asked", path="referral__person")
# What a carer said of themselves is theirs.
Part(models.Match, "Carers who were thought of", path="referral__person", leave=("carer_says",))
Part(models.Placement, "Where you live with support")
Part(models.Away, "When you were away", path="placement__person")
Part(models.Booking, "Times that belong to it", path="placement__person")
Part(models.GateAnswer, "Checks before the start", path="placement__person")
Part(models.OwedAfterEmergency, "What was owed after an emergency", path="placement__person")
Part(models.PlacementAgreement, "Agreements", path="placement__person")
Part(models.AgreementRequirement, "What was agreed", path="agreement__placement__person")
Part(models.AgreementSignature, "Who signed agreements", path="agreement__placement__person")
Part(models.AgreementSupersession, "Why an agreement was replaced", path="old__placement__person")
Part(models.OwedAfterDeath, "What was owed after a death")
Part(
    models.AgreementEnteredInError,
    "Agreements entered in error",
    path="agreement__placement__person",
    held=True,
)


def matched(person):
    """The carers with whom the person was matched."""
    for match in models.Match.objects.filter(referral__person=person).select_related("carer"):
        if match.carer:
            yield (
                f"{match.carer.preferred_name or match.carer.given_name} {match.carer.family_name}",
                "Shared Lives carer",
            )
            yield f"{match.carer.given_name} {match.carer.family_name}", "Shared Lives carer"


NAMES.append(matched)
