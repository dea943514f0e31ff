"""What is to be done: My work, a team's work and the reminders about it, from the declarations of all apps.

Every list is one UNION ALL over the registered deadlines, paged by key. List, count and export read one source.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Count, F, Q, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sharedlives.permissions import GRANTS, Permission

from . import protocols, wordings
from .deadlines import REGISTRY
from .models import Mail, Reminder, ReminderCopy

PER_PAGE = 25
EXPORT_LIMIT = 10_000
SIX_WEEKS = timedelta(days=42)
# A prefix, so that no field of any model can have the same name.
ITEM = ("w_list", "w_deadline", "w_object", "w_due", "w_person", "w_worker", "w_about")


@dataclass(frozen=True)
class WorkList:
    """One of the three lists, in words."""

    slug: str
    title: str
    hint: str
    empty: str


TODAY = WorkList(
    "today",
    _("Today"),
    _("Late first, then what is due today."),
    _("Nothing is due today, and nothing is late."),
)
WAITING = WorkList(
    "waiting", _("Waiting for others"), _("What somebody else owes you."), _("You wait for nobody.")
)
WEEKS = WorkList(
    "weeks",
    _("Next six weeks"),
    _("What comes up, soonest first."),
    _("Nothing falls due in the next six weeks."),
)
LISTS = {which.slug: which for which in (TODAY, WAITING, WEEKS)}


@dataclass(frozen=True)
class Item:
    """One line of a list of work."""

    which: str
    deadline: str
    object_id: uuid.UUID
    due_on: date
    person_id: uuid.UUID | None
    worker_id: uuid.UUID | None = None
    about: str = ""
    known_as: str = ""
    reference: str = ""

    @property
    def label(self):
        return REGISTRY[self.deadline].label

    @property
    def path(self):
        return REGISTRY[self.deadline].path(self.object_id)

    @property
    def key(self):
        """Where the next page begins: after this date and id."""
        return f"{self.due_on.isoformat()}_{self.object_id}"


def read_key(text):
    """(date, id) out of an address, or None where it was tampered with."""
    try:
        due_on, _sep, object_id = text.partition("_")
        return date.fromisoformat(due_on), uuid.UUID(object_id)
    except ValueError:
        return None


def owed(deadline, user, today):
    """What a user has to do in the next six weeks or should have done: a queryset."""
    return deadline.owed_by(user).filter(due_on__lte=today + SIX_WEEKS)


def waited_for(deadline, user):
    """What others owe a user: a queryset, or None."""
    return deadline.waits_for(user) if deadline.waits_for else None


def mine(which, deadline, user, today):
    """One deadline's part of one of the three lists: a queryset, or None."""
    if which == WAITING.slug:
        return waited_for(deadline, user)
    rows = owed(deadline, user, today)
    return rows.filter(due_on__lte=today) if which == TODAY.slug else rows.filter(due_on__gt=today)


def arms(slugs, part):
    """[(slug, deadline, queryset)] of every deadline and list that has a part."""
    found = ((slug, d, part(slug, d)) for slug in slugs for d in REGISTRY.values())
    return [(slug, deadline, rows) for slug, deadline, rows in found if rows is not None]


def columns(which, deadline, rows, worker=None):
    """A queryset of any deadline, in the columns that all have in common. `which` names the list, or tells it."""
    person = deadline.person
    fixed = {
        "w_list": which if hasattr(which, "resolve_expression") else Value(which),
        "w_deadline": Value(deadline.name),
        "w_object": F("pk"),
        "w_due": F("due_on"),
    }
    fixed["w_person"] = F(f"{person}__pk") if person else nobody()
    fixed["w_about"] = Cast(deadline.about() if deadline.about else Value(""), TextField())
    return rows.order_by().annotate(**fixed, w_worker=worker or nobody()).values_list(*ITEM)


def nobody():
    """No id, and PostgreSQL told so: in a union of several it would guess text."""
    return Cast(Value(None), UUIDField())


def after(rows, key):
    """The rows behind a key, in the order of due date and id."""
    if key is None:
        return rows
    due_on, object_id = key
    return rows.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=object_id))


def union(parts, limit):
    """One statement. Every part is cut before they are joined, so that none is read to its end."""
    if not parts:
        return []
    cut = [part.order_by("w_due", "w_object")[:limit] for part in parts]
    whole = cut[0].union(*cut[1:], all=True).order_by("w_due", "w_object") if len(cut) > 1 else cut[0]
    return [Item(*row) for row in whole[:limit]]


def named(items):
    """The same with the names of the persons: asked for once the few that show are known."""
    ids = {item.person_id for item in items if item.person_id}
    names = protocols.get("names")(persons=ids) if ids else {}
    unnamed = ("", "")
    found = [(item, names.get(item.person_id, unnamed)) for item in items]
    return [replace(item, known_as=known_as, reference=reference) for item, (known_as, reference) in found]


def page(user, slug, today, key=None, limit=PER_PAGE):
    """(items, more): one list from a key on, in one statement."""
    found = arms([slug], lambda which, deadline: mine(which, deadline, user, today))
    items = union([columns(which, d, after(rows, key)) for which, d, rows in found], limit + 1)
    return named(items[:limit]), len(items) > limit


def count(user, slug, today):
    """How long one list is: of the same querysets, in one statement."""
    found = arms([slug], lambda which, deadline: mine(which, deadline, user, today))
    parts = [
        rows.order_by().values(w_deadline=Value(d.name)).annotate(w_count=Count("pk")).values_list("w_count")
        for _slug, d, rows in found
    ]
    return sum(n for (n,) in (parts[0].union(*parts[1:], all=True) if parts else ()))


# -- A team's work -----------------------------------------------------------------------------------


def managed(user):
    """The organisations of which a user sees the team's work: own ones, and for teams those beneath."""
    return [m.organisation for m in user.current_memberships() if Permission.TEAM_VIEW in GRANTS[m.role]]


def of_team(deadline, user):
    """What is open in the organisations that a user manages and may see."""
    return within(deadline.visible_to(user), deadline, user)


def within(rows, deadline, user):
    """The rows for which one of the organisations that a user manages answers, or None where none can."""
    if not deadline.organisation:
        return None
    path = F(f"{deadline.organisation}__path")
    if deadline.follows_funding:
        funding, _worker = protocols.get("funding")(person=deadline.person, on=timezone.localdate())
        path = Coalesce(funding, path)
    parts = [Q(w_path__startswith=organisation.path) for organisation in managed(user)]
    return rows.alias(w_path=path).filter(reduce(or_, parts)) if parts else None


def worker_of(deadline, today):
    """Who works on the rows of a deadline, as an expression."""
    if not deadline.person:
        return nobody()
    if deadline.follows_funding:
        return protocols.get("funding")(person=deadline.person, on=today)[1]
    return protocols.get("worker")(person=deadline.person, organisation=deadline.organisation, on=today)


def team_totals(user, today):
    """[(worker id or None, late, due in the next six weeks)], most late first; one statement."""
    parts = []
    for _slug, deadline, rows in arms(["team"], lambda _slug, deadline: of_team(deadline, user)):
        rows = rows.filter(due_on__lte=today + SIX_WEEKS).order_by()
        parts.append(
            rows.annotate(w_worker=worker_of(deadline, today))
            .values("w_worker")
            .annotate(
                w_late=Count("pk", filter=Q(due_on__lt=today)),
                w_soon=Count("pk", filter=Q(due_on__gte=today)),
            )
            .values_list("w_worker", "w_late", "w_soon")
        )
    sums = {}
    for worker, late, soon in parts[0].union(*parts[1:], all=True) if parts else ():
        was = sums.get(worker, (0, 0))
        sums[worker] = (was[0] + late, was[1] + soon)
    return sorted(((w, *n) for w, n in sums.items()), key=lambda row: (-row[1], -row[2], str(row[0])))


TEAM_LATE, TEAM_SOON = "late", "soon"


def team_page(user, today, *, span, worker="", key=None, limit=PER_PAGE):
    """(items, more) of a team's work: late or coming; of one worker, of nobody (`none`), or of all."""

    def part(slug, deadline):
        rows = of_team(deadline, user)
        if rows is None:
            return None
        soon = {"due_on__gte": today, "due_on__lte": today + SIX_WEEKS}
        rows = rows.filter(**(soon if slug == TEAM_SOON else {"due_on__lt": today}))
        if not worker:
            return rows
        rows = rows.annotate(w_whose=worker_of(deadline, today))
        return rows.filter(w_whose=None) if worker == "none" else rows.filter(w_whose=worker)

    parts = [columns(s, d, after(rows, key), worker_of(d, today)) for s, d, rows in arms([span], part)]
    items = union(parts, limit + 1)
    return named(items[:limit]), len(items) > limit


# -- Reminders and mails -------------------------------------------------------------------------------


def reminders_of_team(user, *, undelivered=False):
    """The reminders about what a manager may see in the own organisations, newest first; of closed rows too."""
    about = Q(pk__in=[])
    for deadline in REGISTRY.values():
        rows = within(deadline.model.objects.visible_to(user), deadline, user)
        if rows is not None:
            about |= Q(deadline=deadline.name, object_id__in=rows.order_by().values("pk"))
    reminders = Reminder.objects.filter(about).order_by("-id")
    if undelivered:
        parked = ReminderCopy.objects.filter(mail__state=Mail.State.PARKED)
        reminders = reminders.filter(pk__in=parked.values("reminder"))
    return reminders.prefetch_related("copies__recipient", "copies__mail")


def subjects(reminders):
    """{(deadline, row): Item} of the rows behind some reminders; one statement."""
    parts = []
    for name in {reminder.deadline for reminder in reminders}:
        deadline, ids = REGISTRY[name], [r.object_id for r in reminders if r.deadline == name]
        parts.append(columns("about", deadline, deadline.model.objects.filter(pk__in=ids)))
    return {(item.deadline, item.object_id): item for item in named(union(parts, EXPORT_LIMIT))}


def next_stages(reminders):
    """{(deadline, row): the date of the next stage, or None}; one statement."""
    parts = []
    for name in {reminder.deadline for reminder in reminders}:
        ids = [r.object_id for r in reminders if r.deadline == name]
        rows = REGISTRY[name].model.objects.filter(pk__in=ids).order_by()
        parts.append(rows.annotate(w_deadline=Value(name)).values_list("w_deadline", "pk", "next_stage_on"))
    found = parts[0].union(*parts[1:], all=True) if parts else ()
    return {(name, pk): on for name, pk, on in found}


def parked_for(user):
    """How many mails to a user could not be delivered."""
    return Mail.objects.filter(recipient=user, state=Mail.State.PARKED).count()


def mail_facts(mail):
    """What a mail may say: what is due and when, a reference and a link. Never a name, never a word of a record."""
    reminder = mail.copy.reminder if mail.copy_id else None
    deadline = REGISTRY.get(reminder.deadline) if reminder else None
    return {
        "label": deadline.label if deadline else _("Something is due"),
        "due_on": reminder and reminder.due_on,
        "today": timezone.localdate(),
        "stands_in_for": mail.copy.stands_in_for if mail.copy_id else "",
        "reference": mail.reference,
        "link": f"{settings.SITE_URL}{path_of(mail)}",
        "home": f"{settings.SITE_URL}/",
        "product_name": settings.PRODUCT_NAME,
        "gathered": gathered(mail) if mail.digest_on else [],
    }


def path_of(mail):
    """Where the link of a mail leads: its own page, or one made for its recipient now."""
    shipped = wordings.REGISTRY.get(mail.template)
    return shipped.leads_to(mail.recipient) if shipped and shipped.leads_to else mail.path


def gathered(mail):
    """[(label, how many)] of the reminders that a digest counts, in order of the labels."""
    counted = mail.gathered.order_by().values("reminder__deadline").annotate(n=Count("pk"))
    found = [(REGISTRY.get(row["reminder__deadline"]), row["n"]) for row in counted]
    return sorted((str(deadline.label if deadline else _("Something is due")), n) for deadline, n in found)
