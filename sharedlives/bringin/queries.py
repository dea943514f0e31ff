"""Questions of the pages: how the rows of a file stand, and which comes next."""

from django.db.models import Count

from .models import BringInRow

State = BringInRow.State
IN_WORDS = (  # state, in the sentence of a file
    (State.WAITING, "not checked yet"),
    (State.NEW, "new"),
    (State.BROUGHT, "brought in"),
    (State.HERE, "already here"),
    (State.MEND, "to mend"),
    (State.DECIDE, "to decide"),
    (State.LEFT_OUT, "left out"),
)


def counts(bring_in):
    """{state: how many rows}. One query."""
    rows = bring_in.rows.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def sentence(counted):
    """The rows of a file in one sentence: *312 rows: 298 new, 9 already here, 5 to mend*."""
    total = sum(counted.values())
    parts = [f"{counted[state]:,} {words}" for state, words in IN_WORDS if counted.get(state)]
    return f"{total:,} {'row' if total == 1 else 'rows'}: {', '.join(parts)}"


def next_open(row):
    """The next row of the same file that somebody must look at, after this one and then from the start; or None."""
    rows = BringInRow.objects.open().filter(bring_in=row.bring_in_id).exclude(pk=row.pk).order_by("number")
    return rows.filter(number__gt=row.number).first() or rows.first()


def seen_candidates(row):
    """Ids of the records that a row to decide names, for the access log."""
    return [one["id"] for one in row.candidates]
