"""Rows that fall due, the reminders about them, the mails that carry them, and the runs of the jobs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sharedlives.records.models import Row


class FallsDue(models.Model):
    """Mixin for a row that somebody must see to by a date.

    `next_stage_on` is the date of the next stage of its ladder: null when the row is closed or the ladder is
    exhausted. The same action that opens, moves or closes the row sets it (`worklist.ladders.first_stage_on`).
    """

    due_on = models.DateField()
    next_stage_on = models.DateField(null=True, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True


class Reminder(models.Model):
    """One stage of one deadline of one row: sent, or skipped with its reason. Once, whatever happens."""

    class State(models.TextChoices):
        SENT = "sent", "Told"
        SKIPPED = "skipped", "Skipped"

    deadline = models.CharField(max_length=80)
    object_id = models.UUIDField()
    due_on = models.DateField()
    stage = models.CharField(max_length=40)
    stage_on = models.DateField()
    state = models.CharField(max_length=10, choices=State)
    why_skipped = models.CharField(max_length=120, blank=True)
    written_on = models.DateField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "object_id", "due_on", "stage"], name="worklist_reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", why_skipped="") | (Q(state="skipped") & ~Q(why_skipped="")),
                name="worklist_reminder_skipped_with_reason",
            ),
        ]

    class Privacy:
        ordinary = (
            "id",
            "deadline",
            "object_id",
            "due_on",
            "stage",
            "stage_on",
            "state",
            "why_skipped",
            "written_on",
            "written_at",
        )
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.deadline} {self.stage} for {self.due_on}"


class ReminderCopy(models.Model):
    """A reminder to one recipient, fixed when written: worker, else cover, else manager."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="copies")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stands_in_for = models.CharField(max_length=40, blank=True, help_text="Why this one: cover, manager.")
    seen_at = models.DateTimeField(null=True, blank=True)
    waits_for_digest = models.BooleanField(
        default=False, help_text="The recipient wants one mail a working day: the next one counts this copy."
    )
    reference = models.CharField(max_length=40, blank=True, help_text="Whom it is about.")
    digest = models.ForeignKey(
        "Mail", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reminder", "recipient"], name="worklist_copy_once"),
            models.CheckConstraint(
                condition=Q(waits_for_digest=False) | Q(digest=None),
                name="worklist_copy_waits_or_is_gathered",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(waits_for_digest=True), name="worklist_copy_waits")
        ]

    class Privacy:
        ordinary = ("id", "reminder", "stands_in_for", "seen_at", "waits_for_digest", "reference", "digest")
        personal = ("recipient",)
        special = ()

    def __str__(self):
        return f"{self.reminder} to a recipient"


class Mail(models.Model):
    """The outbox. A mail carries a subject, plain words and links; never a name, never a record."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        PARKED = "parked", "Could not be sent"
        DROPPED = "dropped", "Not sent any more"

    copy = models.OneToOneField(
        ReminderCopy, on_delete=models.CASCADE, null=True, blank=True, related_name="mail"
    )
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=60)
    path = models.CharField(max_length=300, help_text="The page that the mail links to.")
    reference = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    digest_on = models.DateField(null=True, blank=True, help_text="The working day that a digest is of.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "digest_on"], name="worklist_one_digest_a_day"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(last_error=""), name="worklist_dropped_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=["queued", "sending"]), name="worklist_mail_unsent"
            )
        ]

    class Privacy:
        ordinary = (
            "id", "copy", "template", "path", "reference", "message_id", "state", "attempts", "claimed_until",
            "not_before", "queued_at", "sent_at", "last_error", "digest_on",
        )  # fmt: skip
        personal = ("recipient",)
        special = ()

    def __str__(self):
        return f"Mail {self.pk} ({self.get_state_display()})"


class JobRun(models.Model):
    """One run of a job: when, as of which day, what it did, whether it got to the end."""

    job = models.CharField(max_length=60)
    as_of = models.DateField()
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    complete = models.BooleanField(default=False)
    done = models.JSONField(default=dict)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["job", "-ended_at"], condition=Q(complete=True), name="worklist_job_last")
        ]

    class Privacy:
        ordinary = ("id", "job", "as_of", "started_at", "ended_at", "complete", "done", "fault")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.job} as of {self.as_of}"


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, nobody else's."""
        return self.filter(user=user.pk)

    def open(self):
        return self.filter(revoked_at=None)


class CalendarFeed(Row):
    """A secret address at which a calendar reads somebody's own dates. Of the address only its hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField("stopped", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="worklist_one_calendar_each"
            ),
            models.CheckConstraint(condition=~Q(token_hash=""), name="worklist_calendar_has_a_token"),
        ]

    class Privacy:
        ordinary = ("id", "version", "token_hash", "made_at", "revoked_at")
        personal = ("user",)
        special = ()

    def __str__(self):
        return f"Calendar address of {self.made_at:%-d %B %Y}"


class WordingVersionQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-in_force_from", "-made_at")


class WordingVersion(Row):
    """The words of one kind of mail from a day on. Empty words: back to the shipped ones. Versions are only added."""

    slug = models.SlugField("mail", max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    in_force_from = models.DateField("in force from")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = WordingVersionQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-in_force_from", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="", body="") | ~Q(subject="") & ~Q(body=""),
                name="worklist_wording_whole_or_none",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "slug", "subject", "body", "in_force_from", "made_at")
        personal = ("made_by",)
        special = ()

    def __str__(self):
        return f"{self.slug} from {self.in_force_from}"
