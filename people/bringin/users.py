"""Users, one row for each membership: who works where, as what. The same email twice is one user with two roles."""

from django.utils import timezone

from people.actions.users import add_membership, add_user
from people.models import Membership, Organisation, User
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission, Role

from .teams import beneath

WORKS_IN = {
    Role.CARE_MANAGER: Organisation.Kind.TEAM,
    Role.REVIEWING_OFFICER: Organisation.Kind.TEAM,
    Role.TEAM_MANAGER: Organisation.Kind.TEAM,
    Role.SCHEME_WORKER: Organisation.Kind.SCHEME,
    Role.SCHEME_MANAGER: Organisation.Kind.SCHEME,
}
COLUMNS = (
    Column("name", "Name", cells.words(120), needed=True, others=("full name", "user", "worker"), example="Amina Yusuf"),
    Column("email", "Email", cells.email, needed=True, others=("e mail", "email address", "work email"), what="They sign in with it.", example="amina.yusuf@example.org"),
    Column("organisation", "Works in", cells.words(120), needed=True, others=("team", "organisation", "scheme"), what="The name of the team, scheme or council.", example="Riverside team"),
    Column("role", "Role", cells.choice(Role, social_worker=Role.CARE_MANAGER), needed=True, others=("job", "job role"), what="Such as care manager, team manager, scheme worker.", example="Care manager"),
    Column("phone", "Phone", cells.words(40), others=("telephone", "tel", "mobile"), example="01632 960102"),
    Column("since", "Since", cells.day, others=("from", "start date"), what="The first day of this role; today unless said.", example="1/4/2024"),
)  # fmt: skip


def check(rows, scope):
    emails = [row["email"] for row in rows]
    users = {user.email.lower(): user for user in User.objects.filter(email__in=emails)}
    places = {o.name.lower(): o for o in beneath(scope)}
    held = Membership.objects.filter(user__in=users.values(), until=None)
    roles = {(m.user_id, m.organisation_id, m.role): m.pk for m in held}
    return [finding(row, users, places, roles) for row in rows]


def finding(row, users, places, roles):
    place, user = places.get(row["organisation"].lower()), users.get(row["email"])
    if place is None:
        return mend(organisation=f"There is no “{row['organisation']}” among your organisations. Check the spelling, or bring it in first.")  # fmt: skip
    wanted = WORKS_IN.get(row["role"])
    if wanted and place.kind != wanted:
        role, kind = Role(row["role"]).label.lower(), Organisation.Kind(wanted).label.lower()
        return mend(
            role=f"A {role} works in a {kind}, and {place} is none. Check the role, or where they work."
        )
    if user and not user.is_active:
        return mend(email="This user may not sign in any more. Let them in again in Administration first, or leave the row out.")  # fmt: skip
    known = user and roles.get((user.pk, place.pk, row["role"]))
    return here(f"{user} has this role there already.", known) if known else new()


def bring(row, scope):
    user = User.objects.filter(email=row["email"]).first() or add_user(
        email=row["email"], name=row["name"], phone=row["phone"] or "", by=scope.by
    )
    place = beneath(scope).get(name__iexact=row["organisation"])
    since = row["since"] or timezone.localdate()
    return add_membership(user=user, organisation=place, role=row["role"], since=since, by=scope.by)


Kind(
    slug="users",
    title="Users",
    noun=("user", "users"),
    about="Who works where, and as what: one row for each role.",
    permission=Permission.BRING_IN_SET_UP,
    columns=COLUMNS,
    order=2,
    check=check,
    bring=bring,
    key=lambda row: (row["email"], row["organisation"].lower(), row["role"]),
)
