"""Who is close to a carer: a person whom the scheme supports, or a worker. Recorded, so that nobody decides for kin."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Conflict, Person, User
from people.models.organisation import current
from sharedlives.records.models import Row

from .carer import Carer


class CarerTieQuerySet(models.QuerySet):
    def current(self, on):
        return self.filter(current(on))

    def visible_to(self, user):
        return self.filter(carer__in=Carer.objects.visible_to(user))


class CarerTie(Row):
    """A carer and a person, or a carer and a user, are close. Owner: the carer's scheme.

    Between carer and user: that user neither opens nor approves the carer. Between carer and person: kinship, which
    those who match and review must know.
    """

    Kind = Conflict.Tie

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("what connects them", max_length=10, choices=Conflict.Tie)
    words = models.CharField("more about it", max_length=200, blank=True)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")

    objects = CarerTieQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, user__isnull=False) | Q(person__isnull=False, user=None),
                name="carers_tie_to_a_person_or_a_user",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="carers_tie_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["carer", "person"], condition=Q(until=None), name="carers_one_open_tie_to_a_person"
            ),
            models.UniqueConstraint(
                fields=["carer", "user"], condition=Q(until=None), name="carers_one_open_tie_to_a_user"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "kind", "since", "until")
        personal = ("carer", "person", "user", "declared_by", "words")
        special = ()

    def __str__(self):
        return f"{self.get_kind_display()} since {self.since:%-d %B %Y}"
