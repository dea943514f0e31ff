"""Questions that the pages ask: what has to be sorted out, what became of a list, what to compare."""

from datetime import timedelta

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from people import likeness
from people.models import Involvement, User
from people.models.organisation import current

from .models import Flag, LinkDecision, RosterRow
from .models.flag import restricted
from .models.scope import own_councils
from .rules import AGES

WITH_SUBJECT = (
    "person", "placement__person", "carer", "household", "roster_row__roster__source", "other_person",
    "owner_organisation", "owner_user",
)  # fmt: skip


def found_between(age, today):
    """The condition that a flag is of an age: a name out of `rules.AGES`."""
    _name, youngest, oldest = next(one for one in AGES if one[0] == age)
    newest = Q(found_on__lte=today - timedelta(days=youngest))
    return newest if oldest is None else newest & Q(found_on__gte=today - timedelta(days=oldest))


def ages(flags, today):
    """{age: how many}: one query."""
    return flags.aggregate(
        **{name: Count("pk", filter=found_between(name, today)) for name, _from, _to in AGES}
    )


def narrowed(seen, form, user, today):
    """The flags that the filter asks for; only open ones unless it says otherwise. Oldest first."""
    asked = form.cleaned_data if form.is_valid() else {}
    rows = seen.closed() if asked.get("state") == "closed" else seen.open()
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("age"):
        rows = rows.filter(found_between(asked["age"], today))
    if asked.get("owner"):
        rows = rows.filter(owner_user=user if asked["owner"] == "me" else None)
    return rows.order_by("found_on", "pk")


def held(user, flag, permissions):
    """Those of some permissions that a membership which makes this flag visible holds."""
    return [one for one in permissions if Flag.objects.visible_to(user, one).filter(pk=flag.pk).exists()]


def narrowed_rows(rows, form):
    """Rows of a list by what became of them."""
    state = form.cleaned_data.get("state") if form.is_valid() else ""
    return rows.filter(state=state) if state else rows


def colleagues(flag, today):
    """Those to whom a flag may be given: whoever works in the organisation that owns it."""
    working = flag.owner_organisation.memberships.current(today).values("user")
    return User.objects.filter(is_active=True, pk__in=working)


def rows_for(user, roster, today):
    """The rows of a list as one of its readers may see them, with `linked_person` and `shown`.

    A list must not be an oracle: a sender learns what became of a row only where the person is involved with the
    own organisation already. Everything else reads *passed to the council*. Data officers see all.
    """
    linked = LinkDecision.objects.linked().filter(row=OuterRef("pk")).values("person")[:1]
    rows = RosterRow.objects.visible_to(user).filter(roster=roster).alias(linked_to=Subquery(linked))
    if decides(user, roster):
        return rows.annotate(shown=Value(True, output_field=BooleanField()), linked_person=F("linked_to"))
    known = Involvement.objects.filter(
        current(today), person=OuterRef("linked_to"), organisation=roster.source.organisation_id
    )
    return rows.annotate(shown=Exists(known)).annotate(
        linked_person=Case(When(shown=True, then="linked_to"), default=None)
    )


def decides(user, roster):
    """Whether a user decides about the rows of a list: as data officer of the council to which it was sent."""
    return roster.source.council_id in own_councils(user)


def comparisons(user, row):
    """[(person or None, council, reasons in words, id)] of those whom a row may be, the likeliest first.

    A record of another council, or one that few may open, comes without its person: only that it is there.
    """
    standing = LinkDecision.objects.standing().filter(row=row).exclude(person=None)
    found = standing.select_related("person__responsible_council").order_by("-weight", "person__reference")
    return [compared(user, one.person, one.reasons, closed) for one, closed in with_closed(found)]


def with_closed(decisions):
    closed = set(
        restricted().filter(person__in=[one.person_id for one in decisions]).values_list("person", flat=True)
    )
    return [(one, one.person_id in closed) for one in decisions]


def compared(user, person, reasons, closed):
    mine = person.responsible_council_id in own_councils(user) and not closed
    return {
        "id": person.pk,
        "person": person if mine else None,
        "reference": person.reference,
        "council": person.responsible_council,
        "reasons": reasons,
    }


def two_records(user, flag):
    """Both records of a possible duplicate, with what agrees and what does not."""
    pair = [flag.person, flag.other_person]
    alike = likeness.compare(*map(likeness.facts_of, pair))
    closed = set(restricted().filter(person__in=pair).values_list("person", flat=True))
    return [compared(user, person, [], person.pk in closed) for person in pair], alike.reasons
