"""This floor's part of the copy of everything about one person."""

from sharedlives.records.subject_access import Part, left_out

from . import models

# Whoever raised a concern, and how to reach them safely, is never told.
RAISED_BY = (
    "written_by", "written_for", "link", "raiser", "raiser_name", "filled_in_by", "safe_to_contact", "contact_way",
    "contact_details", "contact_when", "reach", "answer_way",
)  # fmt: skip

Part(models.RiskAssessment, "Risk assessments")
Part(models.Risk, "Risks", path="assessment__person")
Part(models.RiskControl, "What is done about risks", path="risk__assessment__person")
Part(models.RiskCopy, "Who got your risk assessment")
Part(models.RiskSupersession, "Why a risk assessment was replaced", path="old__person")
Part(models.RiskEnteredInError, "Risk assessments entered in error", path="assessment__person", held=True)
Part(models.EventEnteredInError, "Incidents and changes entered in error", held=True)
Part(models.RiskCheck, "Risks checked with you")
Part(models.LookAgain, "Risks to look at again")
Part(models.ResponsibilityAgreement, "Who is responsible for which risk")
Part(models.ChangeNoticed, "Changes that were noticed")
Part(models.ForeseenNeed, "Needs that are foreseen")
# Headers of incidents speak of everybody in the home.
Part(models.Incident, "Incidents", path="people__person", held=True)
Part(models.IncidentPerson, "Your part in incidents", held=True)
# A complaint may be somebody else's, about somebody who may not know; an apology is read out by whoever owes it.
Part(models.Complaint, "Complaints", held=True, leave=("raiser", "raiser_name", "reach"))
Part(models.DutyOfCandour, "What was said openly after an incident", held=True, leave=("reach",))
Part(models.Concern, "Concerns", held=True, leave=RAISED_BY)
left_out(models.ConcernLink, "a way in for whoever is worried; what came of it is the concern")
left_out(models.RedressAbout, "says whom a complaint is about: never told by way of a copy")
left_out(models.ConcernAbout, "says whom a concern is about: never told by way of a copy")

Part(
    models.RiskCopy,
    "Risk assessments that you were given",
    path="carer",
    leave=("assessment",),
    about="carer",
)
left_out(models.ConcernAbout, "says whom a concern is about: never told by way of a copy", about="carer")
left_out(models.RedressAbout, "says whom a complaint is about: never told by way of a copy", about="carer")
left_out(
    models.Incident, "speaks of everybody in the home; each person’s part is theirs to ask for", about="carer"
)
left_out(
    models.RiskAssessment,
    "risks of the home are read with the scheme, and speak of the people there",
    about="carer",
)
