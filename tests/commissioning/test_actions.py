"""The snapshot, and what follows a referral that found no carer."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from commissioning import actions, queries
from commissioning.models import AvailabilitySnapshot, PlacesCount, UnmetNeed
from commissioning.tasks import take_availability_snapshot
from placements import actions as placements
from sharedlives.worklist.models import JobRun

from ..placements import factories as referrals


def test_a_snapshot_keeps_what_each_scheme_had(homes, on, scheme, council):
    run = actions.take_availability_snapshot(as_of=on)
    assert run.done == {"rows": 5, "homes": 3, "free": 3}
    row = AvailabilitySnapshot.objects.get(scheme=scheme, council=council, kind="")
    assert (row.homes, row.places, row.free, row.accessible_homes, row.accessible_free) == (2, 6, 1, 1, 1)
    assert AvailabilitySnapshot.objects.latest().all_kinds().count() == 2


def test_again_changes_nothing(homes, on):
    actions.take_availability_snapshot(as_of=on)
    before = list(
        AvailabilitySnapshot.objects.order_by("pk")
        .values_list("scheme", "kind", "free")
        .order_by("scheme", "kind")
    )
    actions.take_availability_snapshot(as_of=on)
    assert (
        list(AvailabilitySnapshot.objects.values_list("scheme", "kind", "free").order_by("scheme", "kind"))
        == before
    )
    assert JobRun.objects.filter(job="take_availability_snapshot", complete=True).count() == 2


def test_the_command_says_what_it_did(homes, on):
    out = StringIO()
    call_command("take_availability_snapshot", as_of=on.isoformat(), format="json", stdout=out)
    assert json.loads(out.getvalue())["done"]["free"] == 3


def test_the_tick(homes):
    take_availability_snapshot()
    assert JobRun.objects.get(job="take_availability_snapshot").complete


def test_free_places_are_places(homes, on, scheme, council):
    with pytest.raises(IntegrityError, match="commissioning_free_places_are_places"), transaction.atomic():
        AvailabilitySnapshot.objects.create(
            taken_on=on,
            scheme=scheme,
            council=council,
            homes=1,
            places=1,
            free=2,
            accessible_homes=0,
            accessible_free=0,
            emergency_homes=0,
            emergency_free=0,
        )


def test_history_is_one_point_a_week(homes, on):
    for n in (0, 1, 7):
        actions.take_availability_snapshot(as_of=on.fromordinal(on.toordinal() - n))
    assert [day for day, _n in queries.history(on)] == [on.fromordinal(on.toordinal() - 7), on]


@pytest.fixture
def referral(person, team, care_manager, scheme):
    return referrals.referral(person, team, care_manager, [scheme], kinds=["short_break"], culture="Sikh")


@pytest.mark.follower("commissioning.actions.note_unmet_need")
def test_a_referral_that_found_no_carer_is_an_unmet_need(referral, care_manager, council):
    placements.close_referral(referral=referral, reason="no_carer", words="", by=care_manager)
    need = UnmetNeed.objects.get()
    assert need.council == council
    assert need.categories == ["planned_short_stay", "culturally_specific"]
    names = {field.name for field in UnmetNeed._meta.get_fields()}
    assert "person" not in names


def test_any_other_end_of_a_referral_is_none(referral, care_manager):
    placements.close_referral(referral=referral, reason="withdrawn", words="", by=care_manager)
    assert not UnmetNeed.objects.exists()


def test_a_count_holds_until_something_changes(homes, on):
    first = actions.count_places(on=on)
    assert actions.count_places(on=on) == first
    homes["full"].stays.first().delete()
    again = actions.count_places(on=on)
    assert again != first
    assert sum(row["n_free"] for row in queries.by_scheme(queries.places(on))) == 4


def test_a_count_that_took_long_rests_and_none_rests_for_ever(homes, on, time_machine):
    first = actions.count_places(on=on)
    PlacesCount.objects.update(seconds=2)
    homes["full"].stays.first().delete()
    assert actions.count_places(on=on) == first
    time_machine.move_to(first.counted_at + timedelta(minutes=3))
    assert actions.count_places(on=on) != first


def test_ten_minutes_are_the_most(homes, on, time_machine):
    first = actions.count_places(on=on)
    time_machine.move_to(first.counted_at + timedelta(minutes=11))
    assert actions.count_places(on=on) != first


def test_the_snapshot_forgets_the_counts_of_days_before(homes, on):
    actions.count_places(on=on - timedelta(days=1))
    actions.take_availability_snapshot(as_of=on)
    assert list(PlacesCount.objects.values_list("on", flat=True)) == [on]
