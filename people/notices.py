"""What an administrator should notice about users, teams and people: numbers, no names.

And what a manager should: which policies their council has set for itself, and which defaults it runs on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef
from django.urls import reverse
from django.utils import timezone

from sharedlives.notices import AdminNotice, TeamNotice, Told
from sharedlives.permissions import Role
from sharedlives.rules import nations_without_rules
from sharedlives.together import fetch
from sharedlives.worklist.models import Mail
from sharedlives.worklist.queries import managed

from .gaps import without_funding_team
from .models import ContactPolicy, Membership, Organisation, User

POLICIES = []


def administration():
    return reverse("admin:index")


def users_without_membership():
    now = Membership.objects.current(timezone.localdate()).filter(user=OuterRef("pk"))
    return User.objects.filter(~Exists(now), is_active=True).count()


def teams_without_manager():
    today = timezone.localdate()
    managers = Membership.objects.current(today).filter(
        organisation=OuterRef("pk"), role=Role.TEAM_MANAGER, user__is_active=True
    )
    return Organisation.objects.teams().current(today).filter(~Exists(managers)).count()


AdminNotice(
    label="users without a membership",
    mends="They can sign in and see nothing. Give them a membership, or take the right to sign in away.",
    count=users_without_membership,
    path=lambda: reverse("admin:people_user_changelist"),
)
AdminNotice(
    label="teams without a manager",
    mends="What is late goes to the manager above. Name one.",
    count=teams_without_manager,
    path=lambda: reverse("people:teams") + "?sort=managers",
)
AdminNotice(
    label="people whom no team funds",
    mends="Their council’s data officer finds them under To sort out, and hands them to a team.",
    count=lambda: without_funding_team(timezone.localdate()).count(),
    path=administration,
)
AdminNotice(
    label="mails that could not be delivered",
    mends="Check the addresses, then choose “Send again”.",
    count=lambda: Mail.objects.filter(state=Mail.State.PARKED).count(),
    path=lambda: reverse("admin:worklist_mail_changelist") + "?state__exact=parked",
)


@dataclass(frozen=True)
class CouncilPolicy:
    """A policy that a council may set for itself. `says(policy)` is what a version says, in half a sentence.

    `model` has `council` (empty: the default for all) and `in_force_from`; without any row its fields' defaults hold.
    """

    about: str
    model: type[Model]
    says: Callable

    def __post_init__(self):
        POLICIES.append(self)

    def versions(self, today):
        return self.model.objects.filter(in_force_from__lte=today)

    def default(self, today):
        return self.versions(today).filter(council=None).order_by("-in_force_from")[:1]

    def own(self, today):
        return Exists(self.versions(today).filter(council=OuterRef("pk")))


def on_defaults(user):
    """For managers of teams, by council: which policies it has not set for itself, and what the defaults say.

    Before them, whether any rules are set for the nation that it lies in.
    """
    today = timezone.localdate()
    councils = {o.council_id for o in managed(user) if o.kind == Organisation.Kind.TEAM and o.council_id}
    if not councils:
        return []
    sets = {f"own_{number}": policy.own(today) for number, policy in enumerate(POLICIES)}
    rows = list(Organisation.objects.filter(pk__in=councils).annotate(**sets).order_by("name"))
    defaults = [policy.default(today) for policy in POLICIES]
    fetch(*defaults)
    return [told for row in rows for told in (told_of_nation(row), told_of(row, defaults)) if told]


def told_of_nation(council):
    """That no rule is set for the council's nation yet; None where there are."""
    if council.nation not in nations_without_rules():
        return None
    return Told(
        f"No rule is set yet for {council.nation}, where {council} lies: everything here follows the rules of England, "
        "each with its source. Where the law of your nation asks for something else, that law comes first: set your "
        "council’s own policies to it, and tell your administrator what else differs."
    )


def told_of(council, defaults):
    """What one council runs on by default; None where it has set everything."""
    lacking = [
        (policy, default)
        for number, (policy, default) in enumerate(zip(POLICIES, defaults, strict=True))
        if not getattr(council, f"own_{number}")
    ]
    if not lacking:
        return None
    says = (
        f"{policy.about}: {policy.says(next(iter(default), None) or policy.model())}."
        for policy, default in lacking
    )
    number = "1 policy" if len(lacking) == 1 else f"{len(lacking)} policies"
    return Told(
        f"{council} runs on the default for {number} that it has not set for itself. An administrator can set them.",
        tuple(says),
    )


CouncilPolicy(
    "Contact", ContactPolicy, lambda policy: f"a person is to be seen again within {policy.days} days"
)
TeamNotice("people.default_policies", on_defaults)
