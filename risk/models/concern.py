"""Concerns: what worries somebody about a person's life, whoever they are; and the links by which they say so.

Whom a concern is about sees no trace of it. So there is no page, panel, list, count or search of concerns that does
not go through `Concern.objects.visible_to`, Django admin does not know them, and the access log keeps the id of the
concern in place of the person's.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from carers.models import Carer
from people.models import Membership, Organisation, Person, User
from people.models.organisation import current
from people.visibility import Level
from sharedlives.permissions import GRANTS, Permission, Role
from sharedlives.records.models import Row
from sharedlives.worklist.models import FallsDue

from .own import own_organisations
from .safeguarding import TEST_IS_WHOLE, ThreePartTest


class ConcernLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's links: their funding team's all, a scheme's own. The public one: the managers of its council."""
        funded = Q(person__in=Person.objects.visible_to(user, least=Level.FUNDS))
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS)
        own = Q(organisation__in=own_organisations(user), person__in=supported)
        public = Q(person=None, council__in=councils_managed(user))
        return self.filter(funded | own | public)

    def open(self, on):
        """Links that still open on a day."""
        return self.filter(revoked_at=None, expires_on__gte=on)


class ConcernLink(Row):
    """An address that opens the page for raising a concern, without an account. Of the token only its hash is kept.

    For one person, made for a carer, a relative or the person; or public, one per council, with nobody named.
    """

    class For(models.TextChoices):
        CARER = "carer", "The carer"
        RELATIVE = "relative", "A relative or friend"
        PERSON = "person", "The person, in easy read"
        PUBLIC = "public", "Anybody: nobody is named"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="concern_links"
    )
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="Whose worker made it."
    )
    made_for = models.CharField("who will use it", max_length=10, choices=For)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField("last day on which it opens")
    revoked_at = models.DateTimeField("closed", null=True, blank=True)

    objects = ConcernLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_for="public", person=None) | ~Q(made_for="public") & Q(person__isnull=False),
                name="risk_link_for_a_person_or_public",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(made_for="public", revoked_at=None),
                name="risk_one_public_link",
            ),
            models.CheckConstraint(condition=~Q(token_hash=""), name="risk_link_has_a_token"),
        ]

    class Privacy:
        ordinary = (
            "id", "version", "council", "organisation", "made_for", "made_at", "expires_on", "revoked_at", "token_hash",
        )  # fmt: skip
        personal = ("person", "made_by")
        special = ()

    def __str__(self):
        return f"Concern link, {self.get_made_for_display().lower()}"

    def opens(self, on):
        """Whether it still opens on a day."""
        return self.revoked_at is None and self.expires_on >= on


def managed_by(user, permission=Permission.CONCERN_ANSWER):
    """The organisations whose concerns a user answers as their manager: the own one, and teams beneath it."""
    found = set()
    for membership in user.current_memberships():
        if membership.role == Role.TEAM_MANAGER and permission in GRANTS[membership.role]:
            found |= {membership.organisation_id, *membership.beneath}
    return found


def councils_managed(user):
    """The councils in which a user is a team's manager."""
    rows = user.current_memberships()
    return {m.organisation.council_id for m in rows if m.role == Role.TEAM_MANAGER}


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person's funding team; the scheme what its own workers wrote. Never those whom it is about.

        About a scheme: the council alone. About somebody at the council, or with nobody named: the managers of
        the organisation that answers for it. Emergency access, a held review and a past involvement open none.
        """
        if not user.is_authenticated:
            return self.none()
        funded = Person.objects.visible_to(user, least=Level.FUNDS, permission=Permission.CONCERN_VIEW)
        supported = Person.objects.visible_to(user, least=Level.SUPPORTS, permission=Permission.CONCERN_VIEW)
        team = Q(reach__in=(Concern.Reach.TEAM, Concern.Reach.COUNCIL), person__in=funded)
        scheme = Q(reach=Concern.Reach.TEAM, written_for__in=own_organisations(user), person__in=supported)
        openly = Q(person=None) | Q(person__in=Person.objects.not_invisible()) | Q(person__in=funded)
        managers = Q(openly, reach=Concern.Reach.MANAGERS, organisation__in=managed_by(user))
        about = ConcernAbout.objects.filter(concern=OuterRef("pk"))
        return self.filter(team | scheme | managers).exclude(about_or_above(user, about))

    def open(self):
        """Not answered yet."""
        return self.filter(answered_on=None)


def about_or_above(user, about):
    """Condition on a row: it is about the user, about where they work, or about somebody who can direct them.

    `about` are the rows that say whom it is about.
    """
    above = set()
    for membership in user.current_memberships():
        above |= set(membership.organisation.path.strip("/").split("/")) - {str(membership.organisation_id)}
    directs = Membership.objects.filter(
        current(timezone.localdate()), user=OuterRef("user"), organisation__in=above, role=Role.TEAM_MANAGER
    )
    return Exists(
        about.filter(Q(user=user.pk) | Q(organisation__in=own_organisations(user)) | Exists(directs))
    )


class Concern(FallsDue, ThreePartTest, Row):
    """What worries somebody. Written by a user, or through a link by somebody without an account.

    `organisation` answers for it. `due_on` is the day by which whoever raised it has an answer.
    """

    class Raiser(models.TextChoices):
        PERSON = "person", "The person"
        CARER = "carer", "A Shared Lives carer"
        RELATIVE = "relative", "A relative or friend"
        WORKER = "worker", "Somebody at work for the person"
        OTHER = "other", "Somebody else"
        UNNAMED = "unnamed", "Would rather not say"

    class Way(models.TextChoices):
        PHONE = "phone", "By phone"
        TEXT = "text", "By text message"
        EMAIL = "email", "By email"
        LETTER = "letter", "By letter"
        IN_PERSON = "in_person", "In person"
        THROUGH = "through", "Through somebody they trust"
        NONE = "none", "Not at all"

    class Reach(models.TextChoices):
        """Who may know of it. Follows from whom it is about."""

        TEAM = "team", "The person’s team, and the scheme that wrote it"
        COUNCIL = "council", "The council alone"
        MANAGERS = "managers", "Managers of the council alone"

    class Outcome(models.TextChoices):
        PUT_RIGHT = "put_right", "Put right"
        NOTHING = "nothing", "Looked at; nothing more is needed"
        REVIEW = "review", "A review or a new assessment"
        RISK = "risk", "The risks are looked at again"
        ENQUIRY = "enquiry", "A safeguarding enquiry"
        COMPLAINT = "complaint", "Taken on as a complaint"
        PASSED_ON = "passed_on", "Passed on to somebody else"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    person_words = models.CharField("whom it is about, as written", max_length=250, blank=True)
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.TEAM, editable=False)
    reference = models.CharField(max_length=12, unique=True, editable=False)
    once = models.UUIDField(
        unique=True, editable=False, help_text="The key of the form: sent twice, it is one concern."
    )
    received_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The scheme or team whose worker wrote it.",
    )  # fmt: skip
    link = models.ForeignKey(
        ConcernLink, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    raiser = models.CharField("who raises it", max_length=10, choices=Raiser)
    raiser_name = models.CharField("their name", max_length=120, blank=True)
    filled_in_by = models.CharField("who filled it in for them", max_length=120, blank=True)
    danger_now = models.BooleanField("somebody is in danger now")
    safe_to_contact = models.BooleanField("it is safe to contact them", null=True, blank=True)
    contact_way = models.CharField("safe way", max_length=10, choices=Way, default=Way.NONE)
    contact_details = models.CharField("number or address", max_length=200, blank=True)
    contact_when = models.CharField("when", max_length=120, blank=True)
    words = models.TextField("what worries them")
    hopes = models.TextField("what they want to happen", blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("what came of it", max_length=12, choices=Outcome, blank=True)
    answer = models.TextField("what they were told", blank=True)
    answer_way = models.CharField("how they were told", max_length=10, choices=Way, blank=True)
    why_not_told = models.TextField("why they were not told", blank=True)
    officer_told_on = models.DateField("children’s designated officer told on", null=True, blank=True)
    officer_told_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, link=None) | Q(written_by=None, link__isnull=False),
                name="risk_concern_by_a_worker_or_a_link",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="risk_concern_has_its_words"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, outcome="", answer="", answer_way="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(answer_way=""),
                name="risk_concern_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer_way="") | Q(answer_way="none") & ~Q(why_not_told="") | ~Q(answer_way="none") & ~Q(answer=""),
                name="risk_concern_told_or_why_not",
            ),
            models.CheckConstraint(
                # each half names the empty answer: a check that comes out as unknown would let it through
                condition=Q(contact_way="none") & (Q(safe_to_contact=None) | Q(safe_to_contact=False))
                | ~Q(contact_way="none") & Q(safe_to_contact__isnull=False, safe_to_contact=True),
                name="risk_concern_safe_way",
            ),
            models.CheckConstraint(
                condition=Q(answer_way__in=("", "none", "in_person")) | Q(answer_way=F("contact_way")),
                name="risk_concern_answered_the_safe_way",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(reach="managers"), name="risk_unnamed_concern_goes_to_managers"
            ),
            models.CheckConstraint(condition=TEST_IS_WHOLE, name="risk_concern_test_whole"),
            models.CheckConstraint(
                condition=Q(officer_told_on=None, officer_told_by=None)
                | Q(officer_told_on__isnull=False, officer_told_by__isnull=False),
                name="risk_officer_told_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["link", "-received_at"], name="risk_concern_link")]

    class Privacy:
        ordinary = (
            "id", "version", "council", "organisation", "reference", "once", "received_at", "due_on", "next_stage_on",
            "answered_on",
        )  # fmt: skip
        personal = (
            "person", "person_words", "written_by", "written_for", "link", "raiser", "raiser_name", "filled_in_by",
            "safe_to_contact", "contact_way", "contact_details", "contact_when", "answered_by", "test_decided_by",
            "officer_told_by",
        )  # fmt: skip
        special = (
            "reach", "danger_now", "words", "hopes", "outcome", "answer", "answer_way", "why_not_told", "person_wants",
            "has_needs", "at_risk", "cannot_protect", "officer_told_on",
        )  # fmt: skip

    def __str__(self):
        return f"Concern {self.reference}"

    def get_absolute_url(self):
        return reverse("risk:concern", args=[self.pk])


class ConcernAbout(Row):
    """Whom a concern is about: somebody or some organisation, and in words. They see no trace of it."""

    class Kind(models.TextChoices):
        CARER = "carer", "The carer"
        HOUSEHOLD = "household", "Somebody else in the home"
        FAMILY = "family", "Family or a friend"
        SCHEME = "scheme", "The scheme, or somebody who works there"
        CARE_MANAGER = "care_manager", "The care manager (social worker)"
        TEAM_MANAGER = "team_manager", "The manager of the social work team"
        COUNCIL = "council", "Somebody else at the council"
        SERVICE = "service", "Another service"
        NOBODY = "nobody", "Nobody: something else is not right"
        UNSURE = "unsure", "I would rather not say here"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="about")
    kind = models.CharField(max_length=15, choices=Kind)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) | Q(kind__in=("scheme", "care_manager", "team_manager", "council")),
                name="risk_about_a_user_who_works_there",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(kind__in=("scheme", "service")),
                name="risk_about_an_organisation",
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "concern")
        personal = ("user", "organisation", "carer")
        special = ("kind",)

    def __str__(self):
        return self.get_kind_display()
