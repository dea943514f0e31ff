"""What was noted about a version: who signed it, what took its place, that it was entered in error."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import LegalFact, User
from sharedlives.records.models import Row

from .plan import CarePlan


class SignOff(Row):
    """A signature: who, in what capacity, how, before whom. A representative's names what it rests on (MCA 2005).

    `authority_words` are what the record said on that day; signatures from before `rests_on` have them alone.
    """

    class Capacity(models.TextChoices):
        PERSON = "person", "The person"
        REPRESENTATIVE = "representative", "The person's representative"
        CARE_MANAGER = "care_manager", "Care manager"
        MANAGER = "manager", "Team manager"

    class How(models.TextChoices):
        HERE = "here", "In this program"
        PAPER = "paper", "On paper"
        MARK = "mark", "With a mark, symbol or sign"
        SPOKEN = "spoken", "Spoken, in the presence of a witness"

    class Authority(models.TextChoices):
        NONE = "", "Not needed: signs for themselves or for the council"
        ATTORNEY = "attorney", "Attorney (lasting power for health and welfare)"
        DEPUTY = "deputy", "Deputy appointed by the Court of Protection"
        BEST_INTERESTS = "best_interests", "Best-interests decision"

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="sign_offs")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(max_length=15, choices=Capacity)
    authority = models.CharField(
        "what the representative's signature rests on", max_length=15, choices=Authority, blank=True
    )
    authority_words = models.CharField(
        "its date, reference and scope",
        max_length=300,
        blank=True,
        help_text="As seen by whoever took the signature.",
    )
    rests_on = models.ForeignKey(
        LegalFact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the authority on our records",
    )
    how = models.CharField(max_length=10, choices=How)
    before_whom = models.CharField("before whom", max_length=120, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["on", "capacity"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "capacity"], name="careplans_one_signature_per_capacity"),
            models.CheckConstraint(
                condition=~Q(capacity="representative", authority=""),
                name="careplans_representative_has_authority",
            ),
            models.CheckConstraint(
                condition=~Q(capacity="representative", authority_words=""),
                name="careplans_authority_in_words",
            ),
            # Not checked against rows from before it: their authority was seen, and stands in words alone.
            models.CheckConstraint(
                condition=~Q(capacity="representative") | Q(rests_on__isnull=False),
                name="careplans_representative_rests_on_a_record",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(before_whom=""), name="careplans_signature_has_a_witness"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "plan", "capacity", "how", "on")
        personal = ("name", "user", "before_whom", "authority", "authority_words", "rests_on")
        special = ()

    def __str__(self):
        return f"Signed as {self.get_capacity_display().lower()} on {self.on:%-d %B %Y}"


class Supersession(Row):
    """A newer signed version took the place of an older one, and why."""

    old = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="superseded_by")
    new = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="supersedes")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="careplans_supersedes_another"),
        ]

    class Privacy:
        ordinary = ("id", "version", "old", "new", "on")
        personal = ()
        special = ("why",)

    def __str__(self):
        return f"Superseded on {self.on:%-d %B %Y}"


class EnteredInError(Row):
    """A version that should not be on this record, and why. It is hidden; copies already sent are to be recalled."""

    plan = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="entered_in_error")
    why = models.TextField()
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="careplans_error_says_why")]

    class Privacy:
        ordinary = ("id", "version", "plan", "on")
        personal = ("why",)
        special = ()

    def __str__(self):
        return f"Entered in error, {self.on:%-d %B %Y}"
