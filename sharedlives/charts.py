"""Pictures of numbers, drawn on the server as SVG: no script, no inline style, each with its data as a table.

Nothing is told by colour alone: bars carry their number, lines their name, dash and marker, days their mark.
The map is in `maps.py`.
"""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from textwrap import wrap

from django.template.loader import render_to_string
from django.utils.html import strip_tags

WIDTH = 720
numbers = itertools.count(1)


def uid():
    """An id for the parts of one chart, different from the others on its page."""
    return f"chart-{next(numbers) % 1_000_000}"


def nice_top(value):
    """A round number at or above a value, for the end of an axis."""
    if value <= 0:
        return 1
    size = 10 ** floor(log10(value))
    return next(step * size for step in (1, 2, 2.5, 5, 10) if value <= step * size)


def draw(kind, title, **context):
    return render_to_string(f"components/charts/{kind}.html", {"uid": uid(), "title": title, **context})


def bars(title, rows, *, unit="", first="Name", second="Number", tone=""):
    """Horizontal bars. `rows` are (label, value) or (label, value, address); `unit` stands behind each number.

    A value may be a text such as "*" (a number withheld): it has no bar, and the text stands in its place.
    """
    rows = [(*row, "")[:3] for row in rows]
    labels = [in_lines(label) for label, _value, _url in rows]
    top = nice_top(max((v for _l, v, _u in rows if not isinstance(v, str)), default=1))
    label_width, gap = 230, 10
    high = 28 if all(len(lines) < 2 for lines in labels) else 2 * LINE
    room = WIDTH - label_width - 90
    drawn = []
    for number, (_label, value, url) in enumerate(rows):
        width = 0 if isinstance(value, str) else round(value / top * room, 1)
        middle = number * (high + gap) + high // 2 + 5
        drawn.append(
            {
                "y": number * (high + gap),
                "text_y": middle,
                "width": width,
                "value_x": label_width + width + 8,
                "words": f"{value}{unit}",
                "url": url,
                "lines": placed(labels[number], middle),
            }
        )
    known = [(label, value) for label, value, _url in rows if not isinstance(value, str)]
    return draw(
        "bars",
        title,
        bars=drawn,
        left=label_width,
        label_x=label_width - 12,
        high=high,
        room=room,
        width=WIDTH,
        height=max(1, len(rows)) * (high + gap),
        description=extremes(known, unit),
        head=[first, second],
        table=[(label, url, [f"{value}{unit}"]) for label, value, url in rows],
        linked=any(url for _label, _value, url in rows),
        tone=tone,
    )


LINE = 20  # from one line of a label to the next


def in_lines(label, most=25):
    """A label on two lines at most, none wider than its place; the table keeps the whole."""
    return wrap(strip_tags(str(label)), most, max_lines=2, placeholder="…") or [""]


def placed(lines, middle):
    """[(y, words)] of the lines of a label, round the middle of its bar."""
    first = middle - (len(lines) - 1) * LINE / 2
    return [(first + number * LINE, words) for number, words in enumerate(lines)]


def shortened(text, most):
    """A label that fits its place; the table keeps the whole."""
    text = strip_tags(str(text))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def extremes(known, unit=""):
    if not known:
        return "Nothing to show yet."
    high = max(known, key=lambda row: row[1])
    low = min(known, key=lambda row: row[1])
    return f"{len(known)} bars. Most: {high[0]}, {high[1]}{unit}. Least: {low[0]}, {low[1]}{unit}."


def line(title, labels, series, *, first="When", unit=""):
    """Lines over time. `labels` name the points, `series` are (name, [values]), four at most, None for no value."""
    if len(series) > 4:
        raise ValueError("A line chart tells four lines apart, not more")
    left, right, above, below, height = 52, 150, 14, 34, 300
    values = [v for _name, points in series for v in points if v is not None]
    top = nice_top(max(values, default=1))
    wide, high = WIDTH - left - right, height - above - below

    def at(number, value):
        x = left + (number * wide / (len(labels) - 1) if len(labels) > 1 else wide / 2)
        return round(x, 1), round(above + high - value / top * high, 1)

    drawn = [drawn_line(name, points, order, at) for order, (name, points) in enumerate(series, 1)]
    spread_labels(drawn)
    every = max(1, -(-len(labels) // 6))
    return draw(
        "line",
        title,
        lines=drawn,
        grid=[{"y": at(0, top * n / 4)[1], "words": f"{top * n / 4:g}{unit}"} for n in range(5)],
        ticks=[{"x": at(n, 0)[0], "words": words} for n, words in enumerate(labels) if n % every == 0],
        left=left,
        right=WIDTH - right,
        tick_x=left - 10,
        tick_y=height - 8,
        width=WIDTH,
        height=height,
        description=" ".join(in_words(name, points, unit) for name, points in series),
        head=[first, *[name for name, _points in series]],
        table=[
            (label, "", ["" if points[n] is None else f"{points[n]}{unit}" for _name, points in series])
            for n, label in enumerate(labels)
        ],
    )


def drawn_line(name, points, order, at):
    dots = [at(number, value) for number, value in enumerate(points) if value is not None]
    last = next((value for value in reversed(points) if value is not None), "")
    return {
        "name": name,
        "order": order,
        "path": " ".join(f"{x},{y}" for x, y in dots),
        "dots": dots,
        "label_x": (dots[-1][0] if dots else 0) + 12,
        "label_y": (dots[-1][1] if dots else 0) + 5,
        "last": last,
    }


def spread_labels(lines, distance=20):
    """Move the names at the ends of lines apart where they would stand on one another."""
    below = None
    for drawn in sorted(lines, key=lambda one: one["label_y"]):
        if below is not None and drawn["label_y"] - below < distance:
            drawn["label_y"] = below + distance
        below = drawn["label_y"]


def in_words(name, points, unit):
    known = [value for value in points if value is not None]
    return f"{name}: from {known[0]}{unit} to {known[-1]}{unit}." if known else f"{name}: no values yet."


# -- Who is in a home, day by day ------------------------------------------------------------------

DAYS = {
    "home": "Lives here",
    "night": "Short break or emergency",
    "day": "Day support",
    "held": "Place held",
    "away": "Away, place kept",
    "closed": "Not available",
    "found": "Out of rule",
    "free": "Free",
}


@dataclass(frozen=True)
class Strip:
    """One row of an occupancy picture: whose it is, and {day: kind} with the kinds of `DAYS`."""

    label: str
    days: dict
    url: str = ""


def occupancy(title, start, count, strips, *, today=None):
    """Rows of days: who claims a place in a home. `start` is the first day, `count` how many (42 fit a page)."""
    left, size, row_high, above = 170, 20, 28, 40
    days = [start + timedelta(days=n) for n in range(count)]
    rows = [
        {
            "label": shortened(strip.label, 20),
            "y": above + number * row_high,
            "text_y": above + number * row_high + 15,
            "cells": [
                {"x": left + n * size, "kind": strip.days.get(day, "free")} for n, day in enumerate(days)
            ],
        }
        for number, strip in enumerate(strips)
    ]
    used = {strip.days.get(day, "free") for strip in strips for day in days}
    return draw(
        "occupancy",
        title,
        rows=rows,
        weeks=[{"x": left + n * size, "words": f"{day:%-d %b}"} for n, day in enumerate(days) if n % 7 == 0],
        today_x=left + (today - start).days * size if today and start <= today <= days[-1] else None,
        width=left + count * size + 4,
        height=above + len(strips) * row_high + 4,
        description=f"{len(strips)} rows from {start:%-d %B %Y} to {days[-1]:%-d %B %Y}.",
        key=[(kind, words) for kind, words in DAYS.items() if kind in used],
        head=["Who", "When"],
        table=[(strip.label, strip.url, [spans_in_words(strip, days)]) for strip in strips],
    )


def spans_in_words(strip, days):
    """*Lives here 1 March to 14 April; away 15 April to 20 April*: a strip for those who read it."""
    spans = []
    for kind, group in itertools.groupby(days, key=lambda day: strip.days.get(day, "free")):
        group = list(group)
        if kind == "free":
            continue
        until = "" if len(group) == 1 else f" to {group[-1]:%-d %B}"
        spans.append(f"{DAYS[kind]} {group[0]:%-d %B}{until}")
    return "; ".join(spans) or "Free on all these days"


# -- What happened, over two years ---------------------------------------------------------------------


def story(title, start, today, entries):
    """Lanes over time: what lasts as bars, what happened as dots, several in one month as a dot with their number.

    `entries` have `day`, `until` (a moment or None) and `part.lane`. What began earlier is drawn from the left edge.
    """
    left, above, lane_high = 132, 34, 34
    whole = (today - start).days or 1
    lanes = {}
    for entry in reversed(entries):
        lanes.setdefault(entry.part.lane, []).append(entry)

    def x(day):
        return round(left + min(max((day - start).days, 0), whole) / whole * (WIDTH - left - 12), 1)

    rows = [
        {"label": lane, "y": above + number * lane_high, **marks(own, start, today, x)}
        for number, (lane, own) in enumerate(lanes.items())
    ]
    return draw(
        "story",
        title,
        rows=rows,
        ticks=[{"x": x(day), "words": f"{day:%b %Y}"} for day in quarters(start, today)],
        left=left,
        width=WIDTH,
        right=WIDTH - 12,
        height=above + len(rows) * lane_high + 4,
        description=" ".join(f"{lane}: {counted(own)}." for lane, own in lanes.items()),
        head=["What", "How much", "Last"],
        table=[(lane, "", [counted(own), f"{own[-1].day:%-d %B %Y}"]) for lane, own in lanes.items()],
    )


def counted(entries):
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


def marks(entries, start, today, x):
    """The bars and dots of one lane. What began before the picture and has no end is a bar up to today."""
    bars, months = [], {}
    for entry in entries:
        lasts = entry.part.until is not None
        if lasts:
            end = min(entry.until.date(), today) if entry.until else today
            left = x(entry.day)
            bars.append({"x": left, "width": max(round(x(end) - left, 1), 4), "words": entry.words})
        elif entry.day >= start:
            months.setdefault((entry.day.year, entry.day.month), []).append(entry)
    dots = [
        {"x": x(group[len(group) // 2].day), "count": len(group), "words": in_month(group)}
        for group in months.values()
    ]
    return {"bars": bars, "dots": dots}


def in_month(group):
    first = group[0]
    if len(group) == 1:
        return f"{first.day:%-d %B %Y}: {first.words}"
    return f"{len(group)} in {first.day:%B %Y}"


def quarters(start, today):
    """The first days of January, April, July and October in a time."""
    months = ((year, month) for year in range(start.year, today.year + 1) for month in (1, 4, 7, 10))
    return [day for day in (date(year, month, 1) for year, month in months) if start <= day <= today]
