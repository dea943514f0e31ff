"""The map of councils, drawn on the server as SVG from the outlines in `data/councils-2023.geojson`."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from .charts import draw

OUTLINES = Path(__file__).parent / "data" / "councils-2023.geojson"
SOURCE = (
    "Outlines: Office for National Statistics, licensed under the Open Government Licence v3.0."
    " Contains OS data © Crown copyright and database right 2022."
)
WIDTH, MOST_HIGH = 680, 640
STEPS = 5
LABELS_UP_TO = 14  # more names than this do not fit; the table has them all


@dataclass(frozen=True)
class Area:
    """What the map says of one council: a number (None: none known) or a text in its place, and an address."""

    number: float | None
    words: str = ""
    url: str = ""


@cache
def outlines():
    """{ONS code: (name, centre, [rings])}, read once; a ring is a list of (longitude, latitude)."""
    found = {}
    for feature in json.loads(OUTLINES.read_text())["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        facts = feature["properties"]
        found[facts["code"]] = (
            facts["name"],
            facts["centre"],
            [ring for rings in polygons for ring in rings],
        )
    return found


def council_map(title, values, *, unit="", first="Council", second="Number"):
    """A map of the councils in `values`, {ONS code: number or Area}, with what lies round them.

    Unknown codes raise KeyError. Darker means more; each council's number stands on it where there is room, and
    in the table always.
    """
    areas = {code: value if isinstance(value, Area) else Area(value) for code, value in values.items()}
    known = {code: outlines()[code] for code in areas}
    view = View([point for _name, _centre, rings in known.values() for ring in rings for point in ring])
    top = max((area.number for area in areas.values() if area.number is not None), default=0)
    view.coarse = max(0.7, len(areas) / 20)  # a whole country would not fit into a page otherwise
    drawn = [drawn_area(code, known[code], areas[code], top, unit, view) for code in areas]
    plates = sorted(drawn, key=lambda one: one["cy"]) if len(areas) <= LABELS_UP_TO else []
    keep_apart(plates)
    return draw(
        "map",
        title,
        around=[path for code, path in surroundings(view) if code not in areas],
        areas=drawn,
        plates=plates,
        width=WIDTH,
        height=view.height,
        description=". ".join(f"{one['name']}: {one['words']}" for one in drawn) + ".",
        key=steps_in_words(top, unit, any(area.number is None for area in areas.values())),
        head=[first, second],
        table=sorted((one["name"], one["url"], [one["words"]]) for one in drawn),
        source=SOURCE,
    )


class View:
    """From longitude and latitude to the picture: true at its middle, a margin of surroundings on each side."""

    coarse = 0.7  # units of the picture: nearer points tell the eye nothing

    def __init__(self, points):
        if not points:
            points = [point for _n, _c, rings in outlines().values() for ring in rings for point in ring]
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        self.shrink = cos(radians((south + north) / 2))
        margin = 0.12 * max((east - west) * self.shrink, north - south)
        west, east = west - margin / self.shrink, east + margin / self.shrink
        south, north = south - margin, north + margin
        self.west, self.north = west, north
        self.scale = min(WIDTH / ((east - west) * self.shrink), MOST_HIGH / (north - south))
        self.height = round((north - south) * self.scale)
        self.shift = (WIDTH - (east - west) * self.shrink * self.scale) / 2

    def at(self, point):
        x = (point[0] - self.west) * self.shrink * self.scale + self.shift
        return round(x, 1), round((self.north - point[1]) * self.scale, 1)

    def path(self, rings, coarse=None):
        """An SVG path of the rings that are in the picture; points nearer than `coarse` units are left out."""
        coarse = coarse or self.coarse
        parts, form = [], ".0f" if coarse > 2.5 else "g"
        for ring in rings:
            points = [self.at(point) for point in ring]
            if not self.shows(points):
                continue
            kept = thinned(points, coarse)
            if len(kept) > 2:
                parts.append("M" + "L".join(f"{x:{form}} {y:{form}}" for x, y in kept) + "z")
        return "".join(parts)

    def shows(self, points):
        return (
            max(p[0] for p in points) > 0
            and min(p[0] for p in points) < WIDTH
            and max(p[1] for p in points) > 0
            and min(p[1] for p in points) < self.height
        )


def thinned(points, coarse):
    kept = [points[0]]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= coarse:
            kept.append((x, y))
    return kept


def drawn_area(code, outline, area, top, unit, view):
    name, centre, rings = outline
    x, y = view.at(centre)
    words = area.words or ("not known" if area.number is None else f"{area.number:,}{unit}")
    wide = max(len(name) * 7.4, len(words) * 10) + 20
    return {
        "code": code,
        "name": name,
        "words": words,
        "url": area.url,
        "path": view.path(rings),
        "step": step(area.number, top),
        "x": x,
        "y": y,
        "cx": min(max(x, wide / 2 + 4), WIDTH - wide / 2 - 4),
        "cy": y,
        "wide": round(wide, 1),
    }


def step(number, top):
    """Which of the five shades a number gets; 0 for no number."""
    if number is None:
        return 0
    return 1 if top <= 0 else max(1, min(STEPS, -int(-number * STEPS // top)))


def steps_in_words(top, unit, some_unknown):
    """The key of the shades: [(step, words)]; only as many shades as there are whole numbers to tell apart."""
    key, low = [], 0
    for number in range(1, STEPS + 1):
        high = int(top * number / STEPS)
        if high < low or (number > 1 and high == low - 1):
            continue
        words = f"{low:,}{unit}" if high == low else f"{low:,} to {high:,}{unit}"
        key.append((number, words))
        low = high + 1
    if some_unknown:
        key.append((0, "No number shown"))
    return key


def keep_apart(plates, high=48):
    """Place the name plates: none on another, each with a line to its council where it had to move."""
    placed = []
    for plate in plates:
        while any(overlap(plate, other, high) for other in placed):
            plate["cy"] += 6
        plate["moved"] = plate["cy"] != plate["y"] or abs(plate["cx"] - plate["x"]) > 2
        plate["left"] = round(plate["cx"] - plate["wide"] / 2, 1)
        plate["top"] = round(plate["cy"] - 23, 1)
        plate["name_y"] = round(plate["cy"] - 5, 1)
        plate["words_y"] = round(plate["cy"] + 16, 1)
        placed.append(plate)


def overlap(one, other, high):
    beside = abs(one["cx"] - other["cx"]) >= (one["wide"] + other["wide"]) / 2 + 4
    return not beside and abs(one["cy"] - other["cy"]) < high


def surroundings(view):
    """The other councils in the picture, coarser: [(code, path)]."""
    for code, (_name, _centre, rings) in outlines().items():
        path = view.path(rings, coarse=max(2.2, 2 * view.coarse))
        if path:
            yield code, path
