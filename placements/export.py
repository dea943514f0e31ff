"""This floor's part of the copy of everything about one person, and the carers they were matched with."""

from sharedlives.records.subject_access import NAMES, Part, left_out

from . import models

Part(models.Referral, "Referrals")
Part(models.ReferralInformation, "What was sent with referrals", path="referral__person")
Part(models.ReferralScheme, "Schemes that were asked", path="referral__person")
# What a carer said of themselves is theirs.
Part(models.Match, "Carers who were thought of", path="referral__person", leave=("carer_says",))
# What a carer made of a visit is theirs.
Part(models.Introduction, "When you met carers", path="match__referral__person", leave=("carer_view",))
Part(models.AnswerOwed, "Answers that were waited for", path="referral__person")
Part(models.Placement, "Where you live with support")
Part(models.Away, "When you were away", path="placement__person")
Part(models.MonitoringNote, "What was seen on visits", path="placement__person")
Part(models.VisitOwed, "Visits that were owed", path="placement__person")
Part(
    models.MonitoringVisit,
    "Visits to you, and what you said",
    path="carer",
    about="carer",
    leave=("home_words",),
)
Part(models.Booking, "Times that belong to it", path="placement__person")
Part(models.GateAnswer, "Checks before the start", path="placement__person")
Part(models.OwedAfterEmergency, "What was owed after an emergency", path="placement__person")
Part(models.PlacementAgreement, "Agreements", path="placement__person")
Part(models.AgreementRequirement, "What was agreed", path="agreement__placement__person")
Part(models.AgreementFee, "What was to be paid", path="agreement__placement__person")
Part(models.ChargesLook, "When charges were looked at", path="placement__person")
Part(models.AgreementSignature, "Who signed agreements", path="agreement__placement__person")
Part(models.AgreementSupersession, "Why an agreement was replaced", path="old__placement__person")
Part(models.OwedAfterDeath, "What was owed after a death")
Part(models.ToSettle, "What was settled when a carer stopped")
Part(
    models.AgreementEnteredInError,
    "Agreements entered in error",
    path="agreement__placement__person",
    held=True,
)
# What the person said, and why they came or went, is the person's; what spoke for or against the home is looked at first.
Part(
    models.Match, "People whom you were asked about", path="carer", about="carer", held=True,
    leave=("referral", "fits", "person_answer", "person_says", "person_asked_on"),
)  # fmt: skip
Part(
    models.Introduction, "When you met people", path="match__carer", about="carer",
    leave=("match", "person_view", "showed_by"),
)  # fmt: skip
Part(
    models.Placement, "Placements in your home", path="carer", about="carer",
    leave=("person", "match", "end_words", "out_of_rule_because", "why_emergency"),
)  # fmt: skip
Part(
    models.AgreementSignature, "Agreements that were signed", path="agreement__placement__carer", about="carer",
    leave=("agreement",),
)  # fmt: skip
for model, why in (
    (
        models.AnswerOwed,
        "when one person’s referral or match was to be answered; the answer is told by the match",
    ),
    (models.MonitoringNote, "what was seen of one person on a visit: theirs to ask for"),
    (models.VisitOwed, "when one person was to be visited; the visits themselves are in the copy"),
    (models.Away, "where one person was, and why: theirs to ask for"),
    (models.Booking, "times of one person; when places were taken is told by the placement"),
    (
        models.GateAnswer,
        "checks before one person’s start; the carer’s own approval and training are in the copy",
    ),
    (models.OwedAfterEmergency, "what others owed after an emergency"),
    (models.OwedAfterDeath, "what others owed after a death"),
    (models.ToSettle, "what was settled with one person when the carer stopped: theirs to ask for"),
    (
        models.PlacementAgreement,
        "speaks of the person; the carer signed and holds it, its signatures are in the copy",
    ),
    (models.AgreementFee, "what is paid for one person; the carer holds the agreement"),
    (models.ChargesLook, "when one person’s charges were looked at"),
    (models.AgreementRequirement, "what the person needs, line by line"),
    (models.AgreementSupersession, "says which agreement came after which"),
    (models.AgreementEnteredInError, "entered by mistake on somebody’s record: the person’s to ask for"),
):
    left_out(model, why, about="carer")


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
