"""Charts: what they show is in words and in a table; nothing in them needs a script or a style."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from sharedlives import maps
from sharedlives.charts import DAYS, LINE, Strip, bars, in_lines, line, nice_top, occupancy
from sharedlives.maps import Area, council_map

TEESSIDE = {"E06000001": 12, "E06000002": 3, "E06000004": Area(None, "*")}


def strips():
    return [
        Strip("Ahmad Khan", {date(2027, 3, d): "home" for d in range(1, 15)} | {date(2027, 3, 15): "away"}),
        Strip("Place 2", {}),
    ]


@pytest.fixture(
    params=[
        lambda: bars("Carers", [("North", 3, "/north/"), ("South & East", 0), ("West", "*")], unit=" carers"),
        lambda: line("People", ["Jan", "Feb", "Mar"], [("Live-in", [1, None, 4]), ("Breaks", [2, 2, 4])]),
        lambda: occupancy("Who is here", date(2027, 3, 1), 28, strips(), today=date(2027, 3, 10)),
        lambda: council_map("Free places", TEESSIDE),
    ],
    ids=["bars", "line", "occupancy", "map"],
)
def chart(request):
    return request.param()


def test_each_chart_is_well_formed_named_and_has_its_table(chart):
    picture = re.search(r"<svg.*?</svg>", chart, re.S)[0]
    root = ElementTree.fromstring(picture)
    ids = set(re.findall(r' id="([^"]+)"', chart))
    named = (root.get("aria-labelledby") + " " + (root.get("aria-describedby") or "")).split()
    assert set(named) <= ids
    assert len(named) == 2
    assert root.find("{http://www.w3.org/2000/svg}desc").text.strip()
    assert "<details" in chart
    assert "<table" in chart


def test_no_chart_needs_a_script_a_style_or_another_address(chart):
    assert " style=" not in chart
    assert "<style" not in chart
    assert "<script" not in chart
    assert "data:" not in chart


def test_two_charts_on_a_page_have_different_ids():
    one, two = (set(re.findall(r' id="([^"]+)"', bars("x", [("a", 1)]))) for _n in range(2))
    assert not one & two


def test_names_are_escaped():
    html = bars("<b>", [("<script>x</script>", 1)])
    assert "<b>" not in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (7, 10), (21, 25), (99, 100), (101, 200), (0.3, 0.5)]
)
def test_an_axis_ends_on_a_round_number(value, top):
    assert nice_top(value) == pytest.approx(top)


def test_a_number_withheld_has_no_bar():
    html = bars("Carers", [("North", 30), ("West", "*")])
    widths = re.findall(r'class="app-chart__bar" [^>]*width="([\d.]+)"', html)
    assert widths[1] == "0"
    assert ">*</text>" in html


def test_lines_differ_in_dash_and_marker_and_do_not_write_over_one_another():
    html = line("People", ["Jan", "Feb"], [("A", [1, 4]), ("B", [2, 4])])
    assert "app-chart__line--1" in html
    assert "app-chart__line--2" in html
    assert "<circle" in html
    first, second = (float(y) for y in re.findall(r'class="app-chart__label" x="[\d.]+" y="([\d.]+)"', html))
    assert abs(first - second) >= 20
    with pytest.raises(ValueError, match="four lines"):
        line("x", ["a"], [("n", [1])] * 5)


def test_an_empty_chart_still_draws():
    assert "Nothing to show yet." in bars("x", [])
    assert "no values yet" in line("x", ["Jan"], [("A", [None])])


def test_days_are_told_in_words_too():
    html = occupancy("Who is here", date(2027, 3, 1), 28, strips(), today=date(2027, 3, 10))
    assert "Lives here 1 March to 14 March; Away, place kept 15 March" in html
    assert "Free on all these days" in html
    assert html.count("app-day--home") == 14 + 1  # 14 days and the key
    assert "Short break" not in html  # the key names only what is shown
    assert set(re.findall(r"app-day--(\w+)", html)) <= set(DAYS)


def test_three_councils_and_what_lies_round_them_stay_small():
    html = council_map("Free places", TEESSIDE)
    assert len(html.encode()) < 60 * 1024
    assert "Hartlepool: 12" in html
    assert "Open Government Licence v3.0" in html
    assert "Contains OS data © Crown copyright and database right 2022" in html
    assert html.count('class="app-map__area app-map__area--5"') == 2  # the council and the key
    assert "app-map__area--none" in html


@pytest.mark.parametrize("region", ["South West", "Yorkshire and The Humber", "London", "Wales"])
def test_every_region_fits(region):
    councils = regions()[region]
    html = council_map("Free places", {code: number for number, code in enumerate(councils)})
    assert len(html.encode()) < 100 * 1024
    assert "nan" not in html.lower().replace("governan", "")


def regions():
    found = {}
    for feature in json.loads(maps.OUTLINES.read_text())["features"]:
        facts = feature["properties"]
        found.setdefault(facts["region"], []).append(facts["code"])
    return found


def test_plates_do_not_stand_on_one_another():
    html = council_map("Free places", {code: 1 for code in regions()["North East"]})
    boxes = [
        tuple(map(float, found))
        for found in re.findall(
            r'app-map__plate" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="46"', html
        )
    ]
    assert len(boxes) == len(regions()["North East"])
    for n, (x, y, w) in enumerate(boxes):
        for other_x, other_y, other_w in boxes[n + 1 :]:
            apart = x + w <= other_x or other_x + other_w <= x or abs(y - other_y) >= 46
            assert apart


def test_an_unknown_council_is_a_fault():
    with pytest.raises(KeyError):
        council_map("x", {"E99999999": 1})


@pytest.mark.parametrize(
    ("number", "top", "shade"), [(0, 10, 1), (1, 10, 1), (5, 10, 3), (10, 10, 5), (None, 10, 0), (0, 0, 1)]
)
def test_shades(number, top, shade):
    assert maps.step(number, top) == shade


def test_a_long_label_stands_on_two_lines_and_none_is_wider_than_its_place():
    html = bars("How", [("Joint assessment of care manager and scheme", 3), ("Other", 1)])
    words = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", html)
    assert words == ["Joint assessment of care", "manager and scheme", "Other"]
    heights = [float(y) for y in re.findall(r'<tspan x="[\d.]+" y="([\d.]+)"', html)]
    assert heights[1] - heights[0] == LINE
    assert in_lines("Assessments of a great many people in a very long line of words")[-1].endswith("…")
    assert all(len(line) <= 25 for line in in_lines("An unusually long label " * 4))
