"""What is on offer on a day: every place counted once, as the database counts it."""

from datetime import date, timedelta

import pytest

from carers.models import HouseholdScheme, TrainingCourse
from carers.queries import occupancy
from commissioning import queries
from commissioning.actions import count_places

from ..carers import factories as carers


def free(on, *, kind="", accessible=False, emergency=False):
    return {
        offer.household: (offer.places, offer.free)
        for offer in queries.offers(on)
        if (not kind or kind in offer.kinds) and offer.step_free >= accessible and offer.ready >= emergency
    }


def counted(on):
    count_places(on=on)
    return queries.places(on)


def test_places_less_closures_less_people(homes, on):
    assert free(on) == {homes["free"].pk: (3, 1), homes["full"].pk: (3, 0), homes["by_day"].pk: (3, 2)}


def test_a_day_claim_counts_on_its_weekdays(homes, on):
    monday = carers.day(7)
    assert free(monday)[homes["by_day"].pk] == (3, 1)


def test_a_guest_who_leaves_makes_room_on_that_day(homes):
    assert free(carers.day(4))[homes["free"].pk] == (3, 1)
    assert free(carers.day(5))[homes["free"].pk] == (3, 2)


def test_the_same_as_the_day_by_day_count(homes):
    for n in range(10):
        day = carers.day(n)
        for home in ("free", "full", "by_day"):
            assert free(day)[homes[home].pk][1] == occupancy(homes[home], day, day)[0].free


def test_a_lower_limit(homes, on):
    carers.limit(homes["free"], 2)
    assert free(on)[homes["free"].pk] == (2, 0)


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        ({"kind": "live_in"}, {"free", "full"}),
        ({"kind": "day_support"}, {"by_day"}),
        ({"accessible": True}, {"free"}),
        ({"emergency": True}, set()),
    ],
)
def test_narrowed(homes, on, wishes, names):
    assert set(free(on, **wishes)) == {homes[name].pk for name in names}
    narrowed = queries.narrowed(counted(on), **wishes)
    assert sum(row["n_homes"] for row in queries.by_scheme(narrowed)) == len(names)


def test_ready_for_emergencies_needs_approval_and_every_training(homes, on, scheme):
    carer = homes["free"].carers.get()
    carers.approval(carer, "live_in", emergency=True)
    courses = TrainingCourse.objects.filter(for_emergencies=True)
    assert courses.exists()
    assert free(on, emergency=True) == {}
    for course in courses:
        carers.training(carer, course, done_on=date(2026, 1, 1), expires_on=on + timedelta(days=1))
    assert set(free(on, emergency=True)) == {homes["free"].pk}
    assert free(on + timedelta(days=1), emergency=True) == {}


def test_no_approval_for_anybody_is_no_offer(homes, on, person):
    homes["free"].carers.get().approvals.update(only_for=person)
    homes["full"].carers.update(ended_on=on)
    assert set(free(on)) == {homes["by_day"].pk}


def test_a_home_that_two_schemes_share_counts_once(homes, on, other_scheme):
    HouseholdScheme.objects.create(household=homes["free"], scheme=other_scheme, since=date(2021, 1, 1))
    assert len(free(on)) == 3
    assert sum(row["n_homes"] for row in queries.by_scheme(counted(on))) == 3


def test_list_map_and_tiles_add_up_to_the_same(homes, on, django_assert_num_queries):
    rows = counted(on)
    with django_assert_num_queries(2):
        schemes, councils = list(queries.by_scheme(rows)), list(queries.by_council(rows))
    totals = queries.totals(councils)
    assert totals["free"] == sum(row["n_free"] for row in schemes) == 3
    assert (totals["homes"], totals["places"], totals["accessible_free"]) == (3, 9, 1)
    assert (totals["free_live_in"], totals["free_short_break"], totals["free_day_support"]) == (1, 1, 2)
    assert queries.on_the_map(councils) == {"E06000001": 1, "E06000002": 2}
