"""Counts of people, so that nobody can be made out: the one rule that every such number obeys.

One to seven are withheld (`*`), others rounded to the nearest five, totals rounded for themselves; where a withheld
count could be worked out from what is shown, more is withheld. Homes, places, carers and schemes are no people.
(NHS England, rules for small numbers below national level. Limits may be set by the council.)
"""

from dataclasses import dataclass
from itertools import chain

WITHHELD = "*"
NO_END = 10**9
LEAST_DOUBT = 3  # so many values must remain possible for a withheld count


@dataclass(frozen=True)
class Limits:
    """Counts from 1 to `withhold_up_to` are withheld, others rounded to the `nearest`."""

    withhold_up_to: int = 7
    nearest: int = 5

    def small(self, number):
        return 0 < number <= self.withhold_up_to

    def rounded(self, number):
        return (2 * number + self.nearest) // (2 * self.nearest) * self.nearest

    def shown(self, number):
        """A count by itself: "0", "*" or the rounded number."""
        return WITHHELD if self.small(number) else f"{self.rounded(number):,}"

    def could_be(self, number):
        """(least, most) that a reader of the rounded number may think of."""
        if number == 0:
            return 0, 0
        near = self.rounded(number)
        half = self.nearest // 2
        least = near - half
        return max(least, self.withhold_up_to + 1), near + (self.nearest - 1 - half)


def strictest(limits):
    """The limits that protect as much as each of several."""
    limits = list(limits) or [Limits()]
    return Limits(max(one.withhold_up_to for one in limits), max(one.nearest for one in limits))


def share(part, whole, limits=None):
    """A percentage, from the unrounded counts; withheld with either of its parts."""
    limits = limits or Limits()
    if whole == 0 or limits.small(part) or limits.small(whole) or limits.small(whole - part):
        return WITHHELD
    return f"{round(100 * part / whole)}%"


@dataclass
class Protected:
    """A table as it may be shown: texts by row and column, and the totals."""

    cells: dict
    row_totals: dict
    column_totals: dict
    total: str


def protect(table, limits=None):
    """A two-way table {row: {column: count}} as `Protected`. Every row has every column; the counts add up.

    Withholds small counts; then a second one where a single one of a line is withheld; then the totals of lines
    from which a withheld count could still be worked out.
    """
    return Audit(table, limits or Limits()).protected()


class Audit:
    """Thinks like a reader who knows the rule: what could each withheld count be, given all that is shown?"""

    def __init__(self, table, limits):
        self.limits = limits
        self.counts = {(row, column): n for row, cells in table.items() for column, n in cells.items()}
        self.rows = {row: [(row, column) for column in cells] for row, cells in table.items()}
        self.columns = {}
        for row, column in self.counts:
            self.columns.setdefault(column, []).append((row, column))
        self.lines = {
            **{("row", row): places for row, places in self.rows.items()},
            **{("column", column): places for column, places in self.columns.items()},
            ("all", None): list(self.counts),
        }
        self.first = {place for place, n in self.counts.items() if limits.small(n)}
        self.second = set()
        self.silent = {line for line, places in self.lines.items() if limits.small(self.sum_of(places))}

    def sum_of(self, places):
        return sum(self.counts[place] for place in places)

    @property
    def withheld(self):
        return self.first | self.second

    def protected(self):
        self.withhold_seconds()
        while telling := self.telling_lines():
            self.silent |= telling
        return self.as_shown()

    def withhold_seconds(self):
        """Of each row and column with a single withheld count, the next smallest too, until there is none."""
        while single := self.single():
            self.second.add(single)

    def single(self):
        """The next smallest count of a line that shows its total and all counts but one; None when there is no such."""
        for line, places in self.lines.items():
            hidden = [place for place in places if place in self.withheld]
            others = [place for place in places if place not in self.withheld and self.counts[place]]
            if line[0] != "all" and len(hidden) == 1 and others and line not in self.silent:
                return min(others, key=lambda place: (self.counts[place], str(place)))
        return None

    def telling_lines(self):
        """Lines whose totals leave too little doubt about a withheld count. Without them only its own limits are left."""
        possible = self.possible()
        narrow = [place for place in self.first if width(possible[place]) < LEAST_DOUBT]
        return {line for line, places in self.lines.items() if set(narrow) & set(places)} - self.silent

    def possible(self):
        """{place: (least, most)} after all shown totals were used against each other.

        Totals are narrowed as counts are: those of the rows, and those of the columns, add up to that of the whole.
        """
        found = {place: self.by_itself(place) for place in self.counts}
        sums = {line: self.total_by_itself(line) for line in self.lines}
        whole = ("all", None)
        rows = [line for line in self.lines if line[0] == "row"]
        columns = [line for line in self.lines if line[0] == "column"]
        changed = True
        while changed:
            changed = False
            for line, places in self.lines.items():
                changed |= self.narrow(found, places, *sums[line])
                changed |= tighten(sums, line, found, places)
            for lines in (rows, columns):
                changed |= self.narrow(sums, lines, *sums[whole])
                changed |= tighten(sums, whole, sums, lines)
        return found

    def total_by_itself(self, line):
        """(least, most) of a total before any count is used against it."""
        return (0, NO_END) if line in self.silent else self.limits.could_be(self.sum_of(self.lines[line]))

    def by_itself(self, place):
        """(least, most) of a count before any total is used; a reader may know why it was withheld."""
        if place in self.first:
            return 1, self.limits.withhold_up_to
        if place in self.second:
            return self.limits.withhold_up_to + 1, NO_END
        return self.limits.could_be(self.counts[place])

    @staticmethod
    def narrow(found, places, least, most):
        """Narrow each place of a line by its total and the others. Returns whether something changed."""
        low, high = sum(found[p][0] for p in places), sum(found[p][1] for p in places)
        changed = False
        for place in places:
            a, b = found[place]
            new = max(a, least - (high - b)), min(b, most - (low - a))
            if new != (a, b):
                low, high = low + new[0] - a, high + new[1] - b
                found[place] = new
                changed = True
        return changed

    def as_shown(self):
        limits, withheld = self.limits, self.withheld

        def text(place):
            return WITHHELD if place in withheld else limits.shown(self.counts[place])

        def total(line):
            return WITHHELD if line in self.silent else limits.shown(self.sum_of(self.lines[line]))

        return Protected(
            cells={row: {place[1]: text(place) for place in places} for row, places in self.rows.items()},
            row_totals={row: total(("row", row)) for row in self.rows},
            column_totals={column: total(("column", column)) for column in self.columns},
            total=total(("all", None)),
        )


def tighten(sums, line, parts, keys):
    """Narrow a total by what its parts can be at least and at most. Returns whether something changed."""
    low, high = sum(parts[key][0] for key in keys), sum(parts[key][1] for key in keys)
    new = max(sums[line][0], low), min(sums[line][1], high)
    changed = new != sums[line]
    sums[line] = new
    return changed


def width(interval):
    return interval[1] - interval[0] + 1


def texts(protected):
    """Every text of a protected table, for exports and tests."""
    return chain(
        chain.from_iterable(cells.values() for cells in protected.cells.values()),
        protected.row_totals.values(),
        protected.column_totals.values(),
        [protected.total],
    )
