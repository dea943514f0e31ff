"""This floor's part of the copy of everything about one person."""

from sharedlives.records.subject_access import Part

from . import models

Part(models.Assessment, "Assessments")
Part(models.AssessmentPart, "The scheme's part of assessments", path="assessment__person")
Part(models.CarePlan, "Care and support plans")
Part(models.Outcome, "What you want to achieve", path="plan__person")
Part(models.Service, "Services in your plan", path="plan__person")
Part(models.SignOff, "Who signed your plans", path="plan__person")
Part(models.Supersession, "Why a plan was replaced", path="old__person")
# The words may be about somebody else, on whose record they should have stood.
Part(models.EnteredInError, "Plans entered in error", path="plan__person", held=True)
Part(models.NeedEnteredInError, "Assessments and wishes entered in error", held=True)
Part(models.PersonalBudget, "Your personal budget")
Part(models.PlanShare, "With whom your plan was shared")
Part(models.ShareOwed, "Sharing still to be done")
Part(models.SupportPlan, "Support plans of the scheme")
Part(models.SupportStep, "Steps in support plans", path="plan__person")
Part(models.Wish, "What you asked for")
Part(models.Reassessment, "Looking again at your needs")
