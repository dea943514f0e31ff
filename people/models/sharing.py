"""What the person agrees to being shared, and who speaks up for them."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from people.visibility import Level, opened_to
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .legal import of_own_organisation
from .organisation import Organisation, current
from .person import Person, PersonalContact


class SharingDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The funding team's people; whoever the decision is about reads that one; emergency access reads all."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        theirs = Q(of_own_organisation(user, "scheme") | opened_to(user))
        return self.not_in_error().filter(
            funded | Q(theirs, person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        )

    def not_in_error(self):
        """All but what somebody else said."""
        return self.filter(entered_in_error=None)

    def holding(self, on):
        return self.not_in_error().filter(current(on))

    def deciding(self, what, with_whom, on):
        """What bears on sharing a kind of record with a scheme or a contact on a day. The first one decides.

        The newest comes first; of two of one day the one that names them. `with_whom` None is somebody who is neither a
        scheme nor a contact: then only what the person said about everybody bears on it. For rows of many schemes it is
        the `OuterRef` that leads to theirs.
        """
        side = "scheme" if isinstance(with_whom, (Organisation, OuterRef)) else "contact"
        bears = Q(scheme=None, contact=None)
        if with_whom:
            bears |= Q(**{side: with_whom})
        rows = self.holding(on).filter(bears, what__in=(what, SharingDecision.What.EVERYTHING))
        return rows.order_by("-since", F(side).asc(nulls_last=True), "-recorded_at")


class SharingDecision(Row):
    """What the person said about sharing one kind of record with somebody. The newest decision holds.

    With whom: a `scheme`, a `contact`, or, where both are empty, everybody. An objection stops a share unless it is
    overridden on a lawful `ground`; then the person is told, or it is written down why not.
    """

    class What(models.TextChoices):
        EVERYTHING = "everything", "Everything"
        PLAN = "plan", "Care and support plan"
        RISK = "risk", "Risk assessments"
        LEGAL = "legal", "Legal context"
        ABOUT_ME = "about_me", "About me"
        REVIEW = "review", "Records of reviews"
        PROFILE = "profile", "Profile for finding a home"

    class Answer(models.TextChoices):
        AGREES = "agrees", "Agrees"
        OBJECTS = "objects", "Objects"
        BEST_INTERESTS = "best_interests", "Lacks capacity for this: shared in best interests"

    class Ground(models.TextChoices):
        """Lawful grounds for sharing against an objection (UK GDPR Articles 6 and 9; Care Act 2014 s45)."""

        NONE = "", "None"
        SAFEGUARDING = "safeguarding", "Safeguarding an adult or a child"
        VITAL = "vital", "Somebody's life is in danger"
        COURT = "court", "A court orders it"
        LAW = "law", "The law requires it"
        CRIME = "crime", "Preventing a serious crime"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sharing_decisions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="The team that asked."
    )
    what = models.CharField(max_length=12, choices=What)
    scheme = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=15, choices=Answer)
    words = models.TextField("in the person's words, or why it is in their best interests")
    ground = models.CharField("shared all the same, because", max_length=15, choices=Ground, blank=True)
    told_on = models.DateField("the person was told on", null=True, blank=True)
    not_told_because = models.CharField(max_length=200, blank=True)
    since = models.DateField("asked on")
    until = models.DateField("to be asked again on", null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SharingDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-recorded_at"]
        get_latest_by = "since"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="people_sharing_says_why"),
            models.CheckConstraint(
                condition=Q(scheme=None) | Q(contact=None), name="people_sharing_with_one_or_all"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(answer="objects"), name="people_ground_only_against_objection"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(told_on__isnull=False) | ~Q(not_told_because=""),
                name="people_overridden_is_told_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="people_sharing_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["person", "-since"], name="people_sharing_person")]

    class Privacy:
        ordinary = ("id", "version", "organisation", "scheme", "told_on", "since", "until", "recorded_at")
        personal = ("person", "contact")
        special = ("what", "answer", "words", "ground", "not_told_because")

    def __str__(self):
        return f"{self.get_what_display()}: {self.get_answer_display().lower()}"

    @property
    def with_whom(self):
        return str(self.scheme or self.contact or "everybody")

    @property
    def allows(self):
        return self.answer != self.Answer.OBJECTS or bool(self.ground)


def objected_to(what, scheme):
    """Condition on a row with a `person`: the decision about it refuses a scheme this kind of record.

    `scheme` is one, or `OuterRef("scheme")` for the row's own. What `people.queries.sharing_allowed` says of one person, for whole lists.
    """
    rows = SharingDecision.objects.deciding(what, scheme, timezone.localdate())
    newest = rows.filter(person=OuterRef("person"))
    refused = Case(When(answer="objects", ground="", then=True), default=False)
    return Q(
        Coalesce(Subquery(newest.values(refused=refused)[:1]), False, output_field=models.BooleanField())
    )


def schemes_of(user):
    """The schemes in which a user works today."""
    rows = [membership.organisation for membership in user.current_memberships()]
    return [organisation for organisation in rows if organisation.kind == Organisation.Kind.SCHEME]


class AdvocacyTestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who fund the person; emergency access reads too."""
        opened = Q(opened_to(user), person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        return self.not_in_error().filter(funded | opened)

    def not_in_error(self):
        """All but the tests that somebody else was asked."""
        return self.filter(entered_in_error=None)

    def waiting_for_advocate(self):
        """An advocate is owed and not there: the newest test of a living person, neither appointed nor refused."""
        return self.not_in_error().filter(
            due_on__isnull=False,
            appointed_on=None,
            refused_on=None,
            superseded_on=None,
            person__date_of_death=None,
        )


class AdvocacyTest(Row, FallsDue):
    """The test of Care Act 2014 s67: four questions, and whether somebody suitable can help instead.

    Substantial difficulty with one of the four, and no appropriate person: an independent advocate is owed from that
    day. `due_on` is when one should be there; null where none is owed.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advocacy_tests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    tested_on = models.DateField("asked on")
    understand = models.BooleanField("great difficulty understanding what is said")
    remember = models.BooleanField("great difficulty remembering it long enough")
    weigh = models.BooleanField("great difficulty weighing it up")
    say = models.BooleanField("great difficulty saying what they want")
    words = models.TextField("how we know", blank=True)
    appropriate_person = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person_agrees = models.BooleanField("the person agrees to being helped by them", default=False)
    referred_to = models.CharField("advocacy service", max_length=120, blank=True)
    referred_on = models.DateField(null=True, blank=True)
    advocate = models.ForeignKey(
        PersonalContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appointed_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField("the person said no on", null=True, blank=True)
    had_capacity_to_refuse = models.BooleanField(null=True, blank=True)
    refusal_words = models.TextField("what the person said", blank=True)
    due_on = models.DateField(null=True, blank=True, editable=False)
    superseded_on = models.DateField(null=True, blank=True, editable=False)

    objects = AdvocacyTestQuerySet.as_manager()

    class Meta:
        ordering = ["-tested_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_on=None)
                | (
                    Q(had_capacity_to_refuse__isnull=False, had_capacity_to_refuse=True)
                    & ~Q(refusal_words="")
                ),
                name="people_refusal_with_capacity",
            ),
            models.CheckConstraint(
                condition=Q(appointed_on=None, advocate=None)
                | Q(appointed_on__isnull=False, advocate__isnull=False),
                name="people_appointed_names_advocate",
            ),
            models.CheckConstraint(
                condition=Q(appropriate_person=None) | Q(person_agrees=True),
                name="people_appropriate_person_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(referred_on=None) | ~Q(referred_to=""), name="people_referral_names_service"
            ),
        ]
        indexes = [models.Index(fields=["person", "-tested_on"], name="people_advocacy_person")]

    class Privacy:
        ordinary = (
            "id", "version", "organisation", "tested_on", "due_on", "next_stage_on", "referred_on", "appointed_on",
            "superseded_on",
        )  # fmt: skip
        personal = ("person", "appropriate_person", "person_agrees", "referred_to", "advocate", "refused_on")
        special = (
            "understand", "remember", "weigh", "say", "words", "had_capacity_to_refuse", "refusal_words",
        )  # fmt: skip

    def __str__(self):
        return f"Advocacy test of {self.tested_on}"

    def get_absolute_url(self):
        return reverse("people:advocacy", args=[self.pk])

    @property
    def has_difficulty(self):
        return self.understand or self.remember or self.weigh or self.say

    @property
    def outcome(self):
        """(state, words) for a tag."""
        if not self.has_difficulty:
            return "not_needed", "No advocate needed"
        if self.appropriate_person_id:
            return "done", "Somebody suitable helps"
        if self.appointed_on:
            return "done", "Advocate appointed"
        if self.refused_on:
            return "declined", "The person does not want one"
        return (
            ("waiting", "Referred, not appointed yet")
            if self.referred_on
            else ("missing", "Not referred yet")
        )
