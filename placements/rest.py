"""Breaks and rest of a home: the arithmetic, in words. Pure: no database, no clock."""

from datetime import timedelta

YEAR = timedelta(days=365)


def nights(periods, first, last):
    """The nights from `first` up to but without `last` that lie in any of (since, until): `until` None is still on."""
    found = set()
    for since, until in periods:
        day, end = max(since, first), min(until or last, last)
        while day < end:
            found.add(day)
            day += timedelta(days=1)
    return found


def nights_off(lived, away, first, last):
    """The nights on which nobody who lives there was at home, while somebody lives there: a break of the carers.

    `lived` and `away` are {who: [(since, until)]}.
    """
    off = None
    anybody = set()
    for who, periods in lived.items():
        there = nights(periods, first, last)
        home = there - nights(away.get(who, ()), first, last)
        anybody |= there
        off = home if off is None else off | home
    return anybody - (off or set())


def weeks_since(last_night, began, today):
    """Whole weeks since the last night off, or since somebody came to live there, where there was none."""
    since = last_night + timedelta(days=1) if last_night else began
    return (today - since).days // 7


def warnings(rest):
    """What a scheme should look at, each with its arithmetic: [words]. `rest` is `queries.rest.Rest`."""
    policy, found = rest.policy, []
    if rest.began is None:
        return found
    said = f"the council’s policy of {policy.in_force_from:%-d %B %Y}" if policy.council_id else "the default"
    if rest.weeks > policy.weeks_without:
        last = (
            f"the last night off was {rest.last_night:%-d %B %Y}"
            if rest.last_night
            else "none is on our records"
        )
        found.append(
            f"No break for {rest.weeks} weeks: {last}. At most {policy.weeks_without} weeks, says {said}. Plan one with "
            "the carer, and somebody to stand in."
        )
    elapsed = min((rest.today - rest.began).days, YEAR.days)
    due = policy.nights_a_year * elapsed // YEAR.days
    if rest.taken < due:
        found.append(
            f"{rest.taken} nights off in {elapsed} days, where {due} would be their share: {policy.nights_a_year} nights a "
            f"year × {elapsed} ÷ {YEAR.days}. So says {said}."
        )
    for line in rest.lines:
        if line.alone is not None and line.alone.by_day > line.most:
            found.append(
                f"{line.alone.by_day:g} hours a week by day of {line.who} rest on the carer alone: "
                f"{line.alone.by_day - line.most:g} more than the {line.most} of the council’s planning policy. Ask the "
                "funding team to look at the plan."
            )
    return found
