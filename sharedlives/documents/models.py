"""Documents that left the house, byte for byte as they were sent."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class IssuedDocument(models.Model):
    """The bytes of one document that was handed over, with their hash.

    A row never changes, so it is its own history: a corrected document is a new row. `person_id` is an id, not
    a key: the platform knows no persons, and the copy must outlive the record's erasure rules.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60, help_text="What it is, such as reviews.record.")
    person_id = models.UUIDField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(default=timezone.now)
    content = models.BinaryField()
    content_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-issued_at"]
        indexes = [models.Index(fields=["person_id", "kind", "-issued_at"], name="documents_issued_person")]

    class Privacy:
        ordinary = ("id", "kind", "issued_at", "content_type", "sha256")
        personal = ("person_id", "issued_by", "filename")
        special = ("content",)

    def __str__(self):
        return f"{self.kind} of {self.issued_at:%Y-%m-%d}"
