"""How people pass from one team to another: one person's handover, or a whole team's change. Accepted first."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from sharedlives.permissions import Permission, Role
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .organisation import Membership, Organisation, User
from .person import Involvement, Person


class Answer(models.TextChoices):
    """How a question from one team to another stands."""

    ASKED = "asked", "Waits for an answer"
    DONE = "done", "Accepted and done"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNDONE = "undone", "Undone"


def managed_teams(user):
    """The teams that a user manages, and those beneath them, as a condition on their ids."""
    paths = [m.organisation.path for m in user.current_memberships() if m.role == Role.TEAM_MANAGER]
    teams = Q(pk__in=[])
    for path in paths:
        teams |= Q(path__startswith=path)
    return Organisation.objects.teams().filter(teams).values("pk")


class AskedQuerySet(models.QuerySet):
    """What both questions have in common."""

    def open(self):
        return self.filter(state=Answer.ASKED)

    def to_answer_by(self, user):
        """Those whose receiving team the user manages."""
        return self.open().filter(to__in=managed_teams(user))


class HandoverQuerySet(AskedQuerySet):
    def visible_to(self, user):
        """Handovers of the user's own people, and those asked of a team that the user manages.

        Until it is accepted the receiving manager reads the question, never the person's record.
        """
        asked = Person.objects.visible_to(user, permission=Permission.HANDOVER_ASK)
        return self.filter(Q(person__in=asked.values("pk")) | Q(to__in=managed_teams(user)))


class Handover(FallsDue, Row):
    """One team asks another to take over a person's funding. Until it is accepted the old team stays responsible.

    `due_on` is when the answer is due; `on` is the day from which the new team shall fund.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handovers")
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers_asked")
    reason = models.TextField()
    on = models.DateField("from which day")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="asked"), name="people_one_open_handover_per_person"
            ),
            models.CheckConstraint(condition=~Q(team=F("to")), name="people_handover_to_another_team"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_on=None)
                | ~Q(state="asked") & Q(answered_on__isnull=False),
                name="people_handover_answered_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["to", "state"], name="people_handover_to")]

    class Privacy:
        ordinary = (
            "id",
            "version",
            "team",
            "to",
            "on",
            "asked_on",
            "state",
            "answered_on",
            "due_on",
            "next_stage_on",
        )
        personal = ("person", "asked_by", "worker", "answered_by")
        special = ("reason", "answer")

    def __str__(self):
        return f"Handover from {self.team} to {self.to}"

    def get_absolute_url(self):
        return reverse("people:handover", args=[self.pk])


class OrganisationChangeQuerySet(AskedQuerySet):
    def visible_to(self, user):
        """Administrators see all; a team manager those that reach an own team."""
        if any(m.role == Role.ADMINISTRATOR for m in user.current_memberships()):
            return self.all()
        own = managed_teams(user)
        return self.filter(Q(team__in=own) | Q(to__in=own))


class OrganisationChange(FallsDue, Row):
    """A team merges into another, closes, or gives some workers and their people away. Its rows say what it moved.

    Asked by an administrator, done when the receiving team's manager accepts; can be undone for 30 days.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Merge into another team"
        SPLIT = "split", "Split: some workers and their people go to another team"
        CLOSE = "close", "Close: everybody goes to another team"

    kind = models.CharField("what happens", max_length=10, choices=Kind)
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes_asked")
    workers = models.ManyToManyField(User, blank=True, related_name="+", help_text="Of a split: who goes.")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_on = models.DateField(null=True, blank=True)

    objects = OrganisationChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(state="asked"), name="people_one_open_change_per_team"
            ),
            models.CheckConstraint(condition=~Q(team=F("to")), name="people_change_to_another_team"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_on=None)
                | ~Q(state="asked") & Q(answered_on__isnull=False),
                name="people_change_answered_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_on__isnull=False) | ~Q(state="undone") & Q(undone_on=None),
                name="people_change_undone_has_a_day",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "kind", "team", "to", "asked_on", "state", "answered_on", "undone_on", "due_on",
            "next_stage_on", "reason", "answer",
        )  # fmt: skip
        personal = ("workers", "asked_by", "answered_by", "undone_by")
        special = ()

    def __str__(self):
        return f"{self.get_kind_display().partition(':')[0]}: {self.team} → {self.to}"

    def get_absolute_url(self):
        return reverse("people:change", args=[self.pk])

    @property
    def closes(self):
        """Whether the old team ends with it."""
        return self.kind != self.Kind.SPLIT


class OrganisationMove(Row):
    """One thing that a change moved: a person's involvement, or a worker's membership. Undo reads these."""

    change = models.ForeignKey(OrganisationChange, on_delete=models.CASCADE, related_name="moves")
    was = models.ForeignKey(Involvement, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    became = models.ForeignKey(Involvement, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    member_was = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    member_became = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_back = models.BooleanField(default=False)
    left_because = models.CharField("why undo left it", max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(was__isnull=False, member_was=None) | Q(was=None, member_was__isnull=False),
                name="people_move_is_of_one_thing",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "change", "moved_back", "left_because")
        personal = ("was", "became", "member_was", "member_became")
        special = ()

    def __str__(self):
        return "An involvement" if self.was_id else "A membership"
