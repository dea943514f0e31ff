"""Who may not live together: decided by somebody, for a reason, and looked at again."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue


class KeptApartQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever supports or funds one of the two reads that there is a decision; who reads what of it: below."""
        seen = Person.objects.visible_to(user, least=Level.SUPPORTS)
        return self.filter(Q(person__in=seen) | Q(other__in=seen))

    def seen_whole_by(self, user):
        """Those of which a user sees everybody whom they are about: only they read both names."""
        seen = Person.objects.visible_to(user, least=Level.SUPPORTS)
        return self.filter(Q(other=None) | Q(other__in=seen), person__in=seen)

    def read_by(self, user, permission=None):
        """Those whose reason a user reads: they see both, or see the person and their organisation decided it."""
        seen = Person.objects.visible_to(user, least=Level.SUPPORTS, permission=permission)
        own = [membership.organisation_id for membership in user.current_memberships()]
        return self.filter(Q(other=None) | Q(other__in=seen) | Q(organisation__in=own), person__in=seen)

    def holding(self):
        """The decisions that hold; nothing is kept apart from somebody who has died."""
        alive = Q(other=None) | Q(other__date_of_death=None)
        return self.filter(alive, until=None, person__date_of_death=None)

    def about(self, persons):
        """Those that concern any of these persons, on either side."""
        return self.filter(Q(person__in=persons) | Q(other__in=persons))


class KeptApart(FallsDue, Row):
    """`person` may not live with `other`, or with nobody else at all where `other` is empty. `due_on`: to be looked at again.

    `organisation` decided it. The other's name shows only to whoever may see both, and so does the reason, but to
    those who decided it.
    """

    class Source(models.TextChoices):
        """What the decision rests on."""

        INCIDENT = "incident", "Something that happened between them"
        RISK = "risk", "A risk assessment"
        COURT = "court", "A court order or a condition of probation"
        WISH = "wish", "The person’s own wish"
        FAMILY = "family", "What their families ask for, and the person agrees"
        OTHER = "other", "Something else"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_apart")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("what it rests on", max_length=10, choices=Source)
    words = models.TextField("why they may not live together")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    why_ended = models.TextField("why it no longer holds", blank=True)

    objects = KeptApartQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("person")), name="carers_apart_from_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="carers_apart_for_a_reason"),
            models.CheckConstraint(
                condition=Q(until=None, why_ended="")
                | Q(until__gte=F("since"), next_stage_on=None) & ~Q(why_ended=""),
                name="carers_apart_ended_with_date_and_reason",
            ),
            models.UniqueConstraint(
                Least("person", "other"), Greatest("person", "other"), condition=Q(until=None),
                name="carers_apart_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person"], condition=Q(until=None), name="carers_apart_person"),
            models.Index(fields=["other"], condition=Q(until=None), name="carers_apart_other"),
        ]

    class Privacy:
        ordinary = ("id", "version", "organisation", "since", "until", "due_on", "next_stage_on")
        personal = ("person", "other", "decided_by")
        special = ("source", "words", "why_ended")

    def __str__(self):
        return f"Living apart, decided on {self.since:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("carers:kept_apart", args=[self.pk])
