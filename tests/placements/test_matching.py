"""Holding a home against what a person wants: in words, without a score."""

import pytest

from placements import matching
from placements.codes import Need
from placements.matching import NO, UNKNOWN, YES, Offer, Wanted, compare


def fit_of(need, wanted, **offer):
    return next(fit for fit in compare(wanted, Offer(**offer)) if fit.need == need)


@pytest.mark.parametrize(
    ("need", "wanted", "offer", "fit"),
    [
        ("Area", Wanted(areas=("NS1", "Seaside")), {"areas": ("NS1", "Northshire")}, YES),
        ("Area", Wanted(areas=("Hillside",)), {"areas": ("NS1", "Northshire")}, NO),
        ("Area", Wanted(areas=("Hillside",)), {}, UNKNOWN),
        ("Language", Wanted(language="Punjabi"), {"languages": "English, punjabi"}, YES),
        ("Language", Wanted(language="Punjabi"), {"languages": "English"}, NO),
        ("Language", Wanted(language="Punjabi"), {}, UNKNOWN),
        ("Interests", Wanted(interests="music and boats"), {"interests": "Music, walking and knitting"}, YES),
        ("Interests", Wanted(interests="boats and trains"), {"interests": "Music and knitting"}, NO),
        ("Culture or faith", Wanted(culture="Muslim"), {"culture": "Muslim"}, YES),
        ("Step-free way in", Wanted(needs=frozenset({Need.STEP_FREE})), {"step_free": True}, YES),
        ("Step-free way in", Wanted(needs=frozenset({Need.STEP_FREE})), {"step_free": False}, NO),
        ("Step-free way in", Wanted(needs=frozenset({Need.STEP_FREE})), {}, UNKNOWN),
        ("Nobody smokes", Wanted(needs=frozenset({Need.NO_SMOKING})), {"smoking": False}, YES),
        ("Nobody smokes", Wanted(needs=frozenset({Need.NO_SMOKING})), {"smoking": True}, NO),
        ("No pets", Wanted(needs=frozenset({Need.NO_PETS})), {"pets": ("cat",), "pet_words": "Two cats"}, NO),
        ("No pets", Wanted(needs=frozenset({Need.NO_PETS})), {"pets": ("none",)}, YES),
        ("No pets", Wanted(needs=frozenset({Need.NO_PETS})), {}, UNKNOWN),
        ("No dogs", Wanted(needs=frozenset({Need.NO_DOGS})), {"pets": ("cat",)}, YES),
        ("No dogs", Wanted(needs=frozenset({Need.NO_DOGS})), {"pets": ("cat", "dog")}, NO),
        ("Area", Wanted(areas=("NS",)), {"areas": ("NS1", "Northshire")}, YES),
        ("Area", Wanted(areas=("N",)), {"areas": ("NS1", "Northshire")}, NO),
        ("Area", Wanted(areas=("North Norfolk",)), {"areas": ("YO1", "North Yorkshire")}, NO),
        ("Two carers at once", Wanted(two_carers=True), {"carers": 2}, YES),
        ("Two carers at once", Wanted(two_carers=True), {"carers": 1}, NO),
        ("Nobody else supported in the home", Wanted(needs=frozenset({Need.ALONE})), {"others": 1}, NO),
        ("Nobody else supported in the home", Wanted(needs=frozenset({Need.ALONE})), {"others": 0}, YES),
        ("A place free", Wanted(), {"free": 2}, YES),
        ("A place free", Wanted(), {"free": 0}, NO),
        ("A place free", Wanted(), {}, UNKNOWN),
        ("Approval", Wanted(), {"not_approved_because": "Not approved for live-in"}, NO),
        ("Training", Wanted(), {"training_lacks": ("First aid is not current",)}, NO),
        ("Training", Wanted(), {}, YES),
    ],
)
def test_each_need_fits_or_does_not_or_is_not_known(need, wanted, offer, fit):
    found = fit_of(need, wanted, **offer)
    assert found.fit == fit
    assert found.words


def test_what_the_person_wants_comes_before_what_the_home_has():
    wanted = Wanted(areas=("NS1",), language="Urdu", needs=frozenset({Need.STEP_FREE}), skills="Makaton")
    assert [fit.need for fit in compare(wanted, Offer())] == [
        "Area",
        "Language",
        "Step-free way in",
        "Skills",
        "Approval",
        "Training",
        "A place free",
    ]


def test_culture_and_access_count_only_where_the_person_asked():
    needs = {fit.need for fit in compare(Wanted(), Offer(culture="Muslim", step_free=False, pets=("dog",)))}
    assert needs == {"Approval", "Training", "A place free"}


def test_support_outside_a_home_does_not_ask_about_the_home():
    wanted = Wanted(needs=frozenset({Need.STEP_FREE}), takes_a_place=False)
    assert {fit.need for fit in compare(wanted, Offer(free=0))} == {"Approval", "Training"}


def test_why_not_this_home_is_said_in_words():
    fits = compare(Wanted(needs=frozenset({Need.NO_PETS})), Offer(pets=("cat",), pet_words="Two", free=0))
    assert matching.against(fits) == ["A cat or cats; Two", "No place free on the first day"]


def test_others_are_counted_and_never_named():
    assert matching.others_in_words(2) == "2 other people are supported there then"
    assert matching.others_in_words(0) == "Nobody else is supported there then"


def test_ages_of_others_are_bands_of_ten_years():
    assert matching.bands([61, 17, 24, 34, 25, 35]) == [
        "under 18",
        "18 to 24",
        "25 to 34",
        "25 to 34",
        "35 to 44",
        "55 to 64",
    ]
