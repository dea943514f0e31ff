"""Applications to become a carer: one carer or a couple of one home, from enquiry to panel."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from carers.codes import Need, NotACarer, Stage
from people.models import Organisation, User
from sharedlives.permissions import Permission
from sharedlives.records.models import Row

from .carer import Carer
from .home import Household, own_schemes
from .tie import CarerTie


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.CARER_VIEW):
        """The applications to the user's own schemes, but those of somebody to whom the user is close."""
        close = CarerTie.objects.filter(
            carer__applicants__application=OuterRef("pk"), user=user.pk, until=None
        )
        return self.filter(~Exists(close), organisation__in=own_schemes(user, permission))

    def open(self):
        return self.filter(state=Application.State.OPEN)


class Application(Row):
    """Somebody wants to become a carer. Owner: `organisation`, the scheme that they asked. `fast`: a support carer."""

    class State(models.TextChoices):
        OPEN = "open", "Under way"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=12, unique=True, help_text="What mails say instead of a name.")
    fast = models.BooleanField(
        "support carer", default=False, help_text="Stands in for another carer: fewer stages."
    )
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.ENQUIRY)
    enquired_on = models.DateField()
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=NotACarer, blank=True)
    ended_words = models.CharField(max_length=300, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-enquired_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="open"), name="carers_one_open_application"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, ended_because="")
                | Q(state="approved", ended_on__isnull=False, ended_because="")
                | Q(state__in=["refused", "withdrawn"], ended_on__isnull=False) & ~Q(ended_because=""),
                name="carers_application_ended_for_a_reason",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "reference", "fast", "stage", "enquired_on", "state", "ended_on",
        )  # fmt: skip
        personal = ("household", "worker")
        special = ("ended_because", "ended_words")

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("carers:application", args=[self.pk])

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def names(self):
        """Who applies, in words."""
        return " and ".join(str(row.carer) for row in self.applicants.all())


class Applicant(Row):
    """A carer to be, of an application. Owner: the application's scheme."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="applicants")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="applicants")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["application", "place"], name="carers_applicant_one_a_place"),
            models.UniqueConstraint(fields=["application", "carer"], name="carers_applicant_once"),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="carers_applicant_first_or_second"),
        ]

    class Privacy:
        ordinary = ("id", "version", "application", "place")
        personal = ("carer",)
        special = ()

    def __str__(self):
        return str(self.carer)


class StageReached(Row):
    """The day on which an application came to a stage. Owner: the application's scheme."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reached")
    stage = models.CharField(max_length=12, choices=Stage)
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="carers_stage_reached_once")
        ]

    class Privacy:
        ordinary = ("id", "version", "application", "stage", "on")
        personal = ()
        special = ()

    def __str__(self):
        return f"{self.get_stage_display()}, {self.on}"


class NeedMet(Row):
    """What a stage needs is done, or not yet, because. Owner: the application's scheme."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="needs")
    need = models.CharField(max_length=20, choices=Need)
    done_on = models.DateField(null=True, blank=True)
    because = models.CharField("not yet, because", max_length=300, blank=True)

    class Meta:
        ordering = ["need"]
        constraints = [
            models.UniqueConstraint(fields=["application", "need"], name="carers_need_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) & ~Q(because="") | Q(done_on__isnull=False, because=""),
                name="carers_need_done_or_why_not",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "application", "need", "done_on")
        personal = ("because",)
        special = ()

    def __str__(self):
        return self.get_need_display()
