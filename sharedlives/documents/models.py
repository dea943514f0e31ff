"""Documents that left the house, byte for byte as they were sent; and the pictures that documents are made with."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sharedlives.records.models import Row


class IssuedDocument(models.Model):
    """The bytes of one document that was handed over, with their hash.

    A row never changes, so it is its own history: a corrected document is a new row. `person_id` is an id, not
    a key: the platform knows no persons, and the copy must outlive the record's erasure rules. For the copy of a carer, or
    of somebody who lives with one, it is theirs.
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


class PictureQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-in_force_from", "-made_at")

    def of(self, *organisation_ids):
        """Those of some councils; None among them stands for those of everybody."""
        ids = [pk for pk in organisation_ids if pk is not None]
        everybodys = Q(organisation_id=None) if None in organisation_ids else Q()
        return self.filter(Q(organisation_id__in=ids) | everybodys if ids else everybodys)

    def last_of_each(self):
        """The newest version of each picture of each council, without its bytes."""
        order = ("name", "organisation_id", "-in_force_from", "-made_at")
        return self.defer("content").order_by(*order).distinct("name", "organisation_id")


class Picture(Row):
    """How one picture of our documents looks from a day on. No bytes: back to the shipped one. Versions are only added.

    `organisation_id` is a council whose documents alone carry it, by id: the platform knows no organisations. Empty: all.
    """

    name = models.SlugField("picture", max_length=40)
    organisation_id = models.UUIDField("council", null=True, blank=True)
    content = models.BinaryField(blank=True, default=b"")
    content_type = models.CharField(max_length=20, blank=True)
    words = models.CharField("what it shows", max_length=120, blank=True)
    in_force_from = models.DateField("in force from")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-in_force_from", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content=b"", content_type="", words="")
                | ~Q(content=b"") & Q(content_type__in=["image/png", "image/jpeg"]) & ~Q(words=""),
                name="documents_picture_whole_or_none",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "name", "organisation_id", "content", "content_type", "words", "in_force_from", "made_at",
        )  # fmt: skip
        personal = ("made_by",)
        special = ()

    def __str__(self):
        return f"{self.name} from {self.in_force_from}"

    def get_absolute_url(self):
        """Where its bytes are."""
        return reverse("documents:picture_file", args=[self.pk])

    @property
    def is_own(self):
        """Whether it is a picture of the own house, rather than the return to the shipped one."""
        return self.content_type != ""
