"""Legal context: who may decide what for a person, and what a court or the law has ordered.

SCIE At a glance 02: schemes need to understand what legislation implies, and full information about the risks linked
to it. So each fact says what risk goes with it, and each supporting scheme acknowledges that it has read it.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.visibility import Level, opened_to
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .organisation import Organisation, User
from .person import Person, PersonalContact


def of_own_organisation(user, field="organisation"):
    """Condition: the row belongs to an organisation in which the user works today."""
    return Q(**{f"{field}__in": [membership.organisation_id for membership in user.current_memberships()]})


class LegalFactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Funding teams read all; a scheme what was shared with it; a former team its own; emergency access all."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        shared = Exists(
            LegalFactShare.objects.filter(of_own_organisation(user, "scheme"), fact=OuterRef("pk")).exclude(
                shared_on=None
            )
        )
        supported = Q(shared, person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        former = Q(of_own_organisation(user), person__in=Person.objects.visible_to(user, least=Level.PAST))
        emergency = Q(opened_to(user), person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        return self.filter(funded | supported | former | emergency, entered_in_error=None)

    def holding(self, on):
        """Facts that hold on a day, past days too: begun, and not yet ended, closed or replaced by a newer one."""
        return self.filter(
            Q(until=None) | Q(until__gt=on),
            Q(closed_on=None) | Q(closed_on__gt=on),
            Q(replaced_by=None) | Q(replaced_by__since__gt=on),
            since__lte=on,
            entered_in_error=None,
        )

    def to_look_at_again(self):
        """Facts with a date by which somebody must act: an order that ends, an application not yet made."""
        return self.filter(
            closed_on=None,
            replaced_by__isnull=True,
            due_on__isnull=False,
            person__date_of_death=None,
            entered_in_error=None,
        )


class LegalFact(Row, FallsDue):
    """One fact of law about a person. A change is a new fact that `replaces` the old one; closing keeps the row.

    `until` is the first day on which it no longer holds. `due_on` is when somebody must act: the end of an order,
    or, where a deprivation of liberty has no order yet, the day by which the court is asked.
    """

    class Kind(models.TextChoices):
        CAPACITY = "capacity", "Decision about capacity"
        BEST_INTERESTS = "best_interests", "Best-interests decision"
        LICENCE = "licence", "Capacity to agree to the licence of the room"
        ATTORNEY = "attorney", "Lasting power of attorney"
        DEPUTY = "deputy", "Deputy of the Court of Protection"
        APPOINTEE = "appointee", "Appointee for benefits"
        LIBERTY = "liberty", "Deprivation of liberty"
        SECTION_117 = "section_117", "Aftercare under section 117"
        MENTAL_HEALTH_ACT = "mental_health_act", "Mental Health Act status"
        COURT = "court", "Condition of a court or of probation"

    class Field(models.TextChoices):
        """What an authority reaches: an attorney for money decides nothing about where somebody lives."""

        NONE = "", "Does not apply"
        WELFARE = "welfare", "Health and welfare"
        MONEY = "money", "Money and property"
        BOTH = "both", "Health and welfare, money and property"

    AUTHORITY = (Kind.ATTORNEY, Kind.DEPUTY, Kind.APPOINTEE)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_facts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="The team that recorded it."
    )
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField("what it is about", max_length=200)
    field = models.CharField("what it reaches", max_length=10, choices=Field, blank=True)
    scope = models.TextField("scope and limits", blank=True)
    holder = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="legal_facts"
    )
    has_capacity = models.BooleanField("the person has capacity for this decision", null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    applied_on = models.DateField("applied to the court on", null=True, blank=True)
    granted_on = models.DateField("granted on", null=True, blank=True)
    reference = models.CharField("reference of the court or registration", max_length=80, blank=True)
    decided_by = models.CharField("who decided", max_length=160, blank=True)
    evidence = models.TextField("evidence seen", blank=True)
    risk_note = models.TextField("risk that goes with it")
    due_on = models.DateField(null=True, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    objects = LegalFactQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="people_legal_fact_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(risk_note=""), name="people_legal_fact_has_a_risk_note"),
            models.CheckConstraint(
                condition=~Q(kind__in=["attorney", "deputy", "appointee"])
                | (Q(holder__isnull=False) & ~Q(field="")),
                name="people_authority_has_holder_and_reach",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["capacity", "licence"]) | Q(has_capacity__isnull=False),
                name="people_capacity_decision_says_which",
            ),
            models.CheckConstraint(
                condition=~Q(kind="liberty", granted_on__isnull=False)
                | (Q(until__isnull=False, applied_on__isnull=False) & ~Q(reference="")),
                name="people_court_order_has_reference_and_end",
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(granted_on__gte=F("applied_on")) | Q(applied_on=None),
                name="people_order_granted_after_application",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="") | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="people_legal_fact_closed_with_reason",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["person", "kind"], name="people_legal_person")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "since", "until", "applied_on", "granted_on", "due_on", "next_stage_on",
            "replaces", "closed_on",
        )  # fmt: skip
        personal = ("person", "holder", "reference", "decided_by")
        special = (
            "kind", "about", "field", "scope", "has_capacity", "evidence", "risk_note", "closed_because",
        )  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()}: {self.about}"

    def get_absolute_url(self):
        return reverse("people:legal_fact", args=[self.pk])

    def reaches(self, reach):
        """Does it let its holder decide about `welfare` or `money`? An appointee decides about benefits alone."""
        if self.kind == self.Kind.BEST_INTERESTS:
            return True
        if self.kind == self.Kind.APPOINTEE and reach != self.Field.MONEY:
            return False
        return self.kind in self.AUTHORITY and self.field in (reach, self.Field.BOTH)

    @property
    def in_words(self):
        """What it is about, how far it reaches, since when and by which paper, on one line."""
        facts = [self.about, self.get_field_display() if self.field else "", f"since {self.since:%-d %B %Y}"]
        facts += [f"reference {self.reference}" if self.reference else "", self.scope]
        facts.append(f"decided by {self.decided_by}" if self.decided_by else "")
        return "; ".join(fact for fact in facts if fact)

    @property
    def holds(self):
        """Whether it holds today: begun, not ended, not closed, not replaced."""
        today = timezone.localdate()
        newer = getattr(self, "replaced_by", None)
        ends = (self.until, self.closed_on, newer.since if newer else None)
        return self.since <= today and not any(end is not None and end <= today for end in ends)


class LegalFactShareQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people, and what was shared with the own scheme."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        own = Q(
            of_own_organisation(user, "scheme"),
            person__in=Person.objects.visible_to(user, least=Level.SUPPORTS),
            shared_on__isnull=False,
        )
        return self.filter(funded | own, fact__entered_in_error=None)

    def living(self):
        return self.filter(
            fact__closed_on=None,
            fact__replaced_by__isnull=True,
            fact__entered_in_error=None,
            person__date_of_death=None,
            no_longer=False,
        )

    def to_share(self):
        """Not yet shared with a scheme that supports the person."""
        return self.living().filter(shared_on=None)

    def to_acknowledge(self):
        """Shared, and not yet read and acknowledged by the scheme."""
        return self.living().filter(shared_on__isnull=False, acknowledged_at=None)


class LegalFactShare(Row, FallsDue):
    """One supporting scheme and one legal fact: shared on a day, acknowledged by a named user. The stamp."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey(LegalFact, on_delete=models.PROTECT, related_name="shares")
    scheme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="The team that shares it."
    )
    shared_on = models.DateField(null=True, blank=True)
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    no_longer = models.BooleanField("the scheme no longer supports the person", default=False)

    objects = LegalFactShareQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "scheme"], name="people_legal_fact_shared_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(shared_on__isnull=False, acknowledged_by__isnull=False),
                name="people_acknowledged_after_sharing",
            ),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "fact", "scheme", "organisation", "due_on", "next_stage_on", "shared_on",
            "acknowledged_at", "no_longer",
        )  # fmt: skip
        personal = ("person", "shared_by", "acknowledged_by")
        special = ()

    def __str__(self):
        return f"{self.scheme}: {self.fact}"
