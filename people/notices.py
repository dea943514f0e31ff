"""What an administrator should notice about users, teams and people: numbers, no names."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from sharedlives.notices import AdminNotice
from sharedlives.permissions import Role
from sharedlives.worklist.models import Mail

from .gaps import without_funding_team
from .models import Membership, Organisation, User


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
