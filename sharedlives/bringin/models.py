"""A file that was sent, and its rows: what they said, what was mended, and what became of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sharedlives.records.models import Row

from .kinds import REGISTRY, kinds_for, organisations_for


class BringInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The files of the organisations for which the user brings in this kind. Says nothing about a person."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(pk=None)
        for kind in kinds_for(user):
            places = [organisation.pk for organisation in organisations_for(user, kind)]
            mine |= Q(kind=kind.slug, organisation_id__in=places)
        return self.filter(mine)


class BringIn(Row):
    """One file. Owner: the organisation `organisation_id`; an id, not a key: the platform knows no organisations."""

    class State(models.TextChoices):
        COLUMNS = "columns", "Waiting: which column is which?"
        CHECKING = "checking", "Being checked"
        READY = "ready", "Checked, not brought in yet"
        BRINGING = "bringing", "Being brought in"
        DONE = "done", "Brought in"
        PUT_ASIDE = "put_aside", "Put aside"

    kind = models.CharField(max_length=30)
    organisation_id = models.UUIDField("for", db_index=True)
    organisation_name = models.CharField("for whom", max_length=120)
    filename = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    headings = models.JSONField(default=list, help_text="The first line of the file.")
    columns = models.JSONField(
        default=dict, help_text="Which column is which: place in the row → our column."
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = BringInQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "id"]
        verbose_name = "file brought in"
        verbose_name_plural = "files brought in"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["bringing", "done"], confirmed_at__isnull=False, confirmed_by__isnull=False)
                | ~Q(state__in=["bringing", "done"]) & Q(confirmed_at=None, confirmed_by=None),
                name="bringin_confirmed_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state__in=["checking", "bringing"]),
                name="bringin_to_work_off",
            )
        ]

    class Privacy:
        ordinary = (
            "id", "version", "kind", "organisation_id", "organisation_name", "sha256", "headings", "columns", "uploaded_at",
            "state", "confirmed_at",
        )  # fmt: skip
        personal = ("filename", "uploaded_by", "confirmed_by")
        special = ()

    def __str__(self):
        return f"{self.spec.title}: {self.filename}"

    def get_absolute_url(self):
        return reverse("bringin:file", args=[self.pk])

    @property
    def spec(self):
        """The kind of file, as its app declared it."""
        return REGISTRY[self.kind]

    @property
    def is_confirmed(self):
        return self.state in (self.State.BRINGING, self.State.DONE)

    @property
    def is_working(self):
        return self.state in (self.State.CHECKING, self.State.BRINGING)


class BringInRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(bring_in__in=BringIn.objects.visible_to(user).values("pk"))

    def open(self):
        """Rows that somebody must look at: to mend or to decide, in a file that was not put aside."""
        return self.filter(state__in=BringInRow.OPEN).exclude(bring_in__state=BringIn.State.PUT_ASIDE)


class BringInRow(models.Model):
    """One row of a file, by its number there. `raw` stays as it came; `cells` is that with what was mended.

    Without history of its own: what came stands beside what was mended, with who and when, and the records that a
    row became keep theirs. Owner: the file's organisation.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not checked yet"
        NEW = "new", "New"
        HERE = "here", "Already here"
        MEND = "mend", "To mend"
        DECIDE = "decide", "To decide"
        BROUGHT = "brought", "Brought in"
        LEFT_OUT = "left_out", "Left out"

    OPEN = (State.MEND, State.DECIDE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bring_in = models.ForeignKey(BringIn, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("row")
    raw = models.JSONField(default=list)
    raw_hash = models.CharField(max_length=64, db_index=True)
    cells = models.JSONField(default=dict)
    key_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problems = models.JSONField(default=dict, blank=True, help_text="Column → what is wrong.")
    says = models.CharField("what became of it", max_length=300, blank=True)
    candidates = models.JSONField(default=list, blank=True, help_text="Records whom it may be.")
    nobody_of_those = models.BooleanField("somebody else than those it is like", default=False)
    subject_id = models.UUIDField(null=True, blank=True, help_text="The record that it is or became.")
    touched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    touched_at = models.DateTimeField(null=True, blank=True)

    objects = BringInRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "row brought in"
        verbose_name_plural = "rows brought in"
        constraints = [
            models.UniqueConstraint(fields=["bring_in", "number"], name="bringin_each_row_once"),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(says=""), name="bringin_left_out_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="brought") | Q(subject_id__isnull=False),
                name="bringin_brought_in_names_its_record",
            ),
            models.CheckConstraint(
                condition=~Q(state="mend") | ~Q(problems={}), name="bringin_to_mend_says_what"
            ),
        ]
        indexes = [models.Index(fields=["bring_in", "state", "number"], name="bringin_row_state")]

    class Privacy:
        ordinary = (
            "id",
            "bring_in",
            "number",
            "state",
            "key_hash",
            "raw_hash",
            "nobody_of_those",
            "touched_at",
        )
        personal = ("raw", "cells", "problems", "says", "candidates", "subject_id", "touched_by")
        special = ()

    def __str__(self):
        return f"Row {self.number}"

    def get_absolute_url(self):
        return reverse("bringin:row", args=[self.pk])

    @property
    def said(self):
        """The first cells of the row, to know it by."""
        shown = [self.cells.get(column.key, "") for column in self.bring_in.spec.columns]
        return ", ".join(cell for cell in shown if cell)[:120] or ", ".join(c for c in self.raw if c)[:120]
