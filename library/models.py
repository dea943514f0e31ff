"""Texts that everyone must know, shown where they are needed."""

from django.db import models
from django.db.models import Q

from people.models import Organisation
from sharedlives.records.models import Row


class ProcedureTextQuerySet(models.QuerySet):
    def in_force(self, for_what, council, on):
        """The council's own newest text on a day, before the default's."""
        rows = self.filter(Q(council=council) | Q(council=None), for_what=for_what, in_force_from__lte=on)
        return rows.order_by(models.F("council").asc(nulls_last=True), "-in_force_from")


class ProcedureText(Row):
    """One version of a council's procedure, in words. Without a council: the default for all without one of their own."""

    class ForWhat(models.TextChoices):
        REASSESSMENT = "reassessment", "Reassessment after a major change"
        WISH = "wish", "Wishes and changes"
        SERVICE_CLOSES = "service_closes", "A service closes"

    council = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="procedure_texts",
        limit_choices_to={"kind": Organisation.Kind.COUNCIL},
        help_text="Empty: the default for every council without a text of its own.",
    )
    for_what = models.CharField("what it is for", max_length=20, choices=ForWhat)
    words = models.TextField(help_text="Plain text; an empty line begins a new paragraph.")
    in_force_from = models.DateField("in force from")

    objects = ProcedureTextQuerySet.as_manager()

    class Meta:
        ordering = ["for_what", "council__name", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "for_what", "in_force_from"],
                nulls_distinct=False,
                name="library_one_procedure_a_day",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="library_procedure_has_words"),
        ]

    class Privacy:
        ordinary = ("id", "version", "council", "for_what", "words", "in_force_from")
        personal = ()
        special = ()

    def __str__(self):
        return (
            f"{self.get_for_what_display()}: {self.council or 'default'}, from {self.in_force_from:%-d %B %Y}"
        )
