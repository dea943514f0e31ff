"""This floor's part of the copy of everything about one person."""

from sharedlives.records.subject_access import Part

from . import models

Part(models.UnmetNeed, "What could not be found for you", path="referral__person")
