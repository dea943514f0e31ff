"""Rows of files that became the person's record."""

from sharedlives.records.subject_access import Part

from . import models

Part(
    models.BringInRow, "Rows of files that became your record", path="subject_id", leave=("candidates", "raw")
)
