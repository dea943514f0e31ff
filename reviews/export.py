"""This floor's part of the copy of everything about one person, and who came to meetings."""

from sharedlives.records.subject_access import NAMES, Part, left_out

from . import models

Part(models.ReviewDue, "When your support is to be looked at again")
Part(models.Review, "Reviews")
Part(models.ReviewSubject, "What a review was about", path="review__person")
Part(models.Participant, "Who was asked to reviews", path="review__person")
Part(models.OutcomeRating, "How your outcomes went", path="review__person")
Part(models.RequirementRating, "How the agreement went", path="review__person")
Part(models.AgreedChange, "What a review agreed to change", path="review__person")
Part(models.IncidentConsidered, "Incidents that a review looked at", path="review__person", held=True)
Part(models.RecordOwed, "Records to be sent", path="person")
Part(models.RecordCopy, "Who got the record", path="review__person")
Part(models.RecordRemark, "What somebody said is wrong with a record", path="review__person")
Part(models.ReviewWanted, "Reviews wanted sooner")
Part(models.ReviewAction, "What was promised")
Part(models.RecordEnteredInError, "Review records entered in error", path="review__person", held=True)
Part(models.ActionAccount, "What became of it", path="review__person")
for model in (models.ReviewDue, models.ReviewSubject, models.RequirementRating, models.AgreedChange):
    left_out(model, "the review is the person’s, also where it looks at life with the carer", about="carer")


def guests(person):
    """Who came to meetings and is no member of staff."""
    for guest in models.Participant.objects.filter(review__person=person, user=None).exclude(name=""):
        yield guest.name, f"at a review: {guest.get_role_display().lower()}"


NAMES.append(guests)
