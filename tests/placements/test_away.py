"""Away in hospital or elsewhere: the place is kept, and hospital pulls the risk review forward, there and back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from carers.models import Stay
from placements import actions
from placements.models import Away
from placements.panels import PLACEMENTS
from risk import actions as risk
from risk.deadlines import LOOK_AGAIN
from risk.panels import RISK
from sharedlives import timeline

from .. import factories as cast
from ..careplans.pages import date_of, send, text
from ..careplans.test_models import assert_refused, run
from ..risk import factories as risks
from ..risk.test_actions import assert_broken, in_days
from . import factories


@pytest.fixture
def placement(supported_person, scheme, council, scheme_worker, scheme_manager):
    home = factories.home(scheme, council, scheme_worker)
    carer = factories.carer(home, scheme_worker)
    return factories.existing(supported_person, scheme, carer, scheme_manager)


def away(placement, by, reason="hospital", since=None, **facts):
    return actions.go_away(placement=placement, reason=reason, since=since or cast.today(), by=by, **facts)


def wanted(version):
    return [row.why for row in version.look_agains.order_by("opened_on", "pk")]


def test_a_stay_in_hospital_and_coming_home_each_want_the_risks_looked_at(
    placement, supported_person, scheme_worker, care_manager
):
    version = risks.signed(supported_person, care_manager)
    version.look_agains.all().delete()
    gone = away(placement, scheme_worker, since=in_days(-3))
    assert wanted(version) == ["hospital"]
    assert [row.assessment for row in LOOK_AGAIN.owed_by(care_manager)] == [version]
    risk.still_right(assessment=version, seen_where="On the ward", by=care_manager)
    assert not LOOK_AGAIN.open().exists()
    actions.come_home(away=gone, until=cast.today(), by=scheme_worker)
    assert wanted(version) == ["hospital", "hospital"]
    assert LOOK_AGAIN.open().count() == 1


@pytest.mark.parametrize("reason", ["holiday", "break", "family", "other"])
def test_other_times_away_do_not(placement, supported_person, scheme_worker, care_manager, reason):
    version = risks.signed(supported_person, care_manager)
    version.look_agains.all().delete()
    gone = away(placement, scheme_worker, reason=reason)
    actions.come_home(away=gone, until=cast.today(), by=scheme_worker)
    assert wanted(version) == []


def test_the_place_at_home_is_kept(placement, scheme_worker):
    before = list(Stay.objects.values("pk", "state", "period", "version"))
    away(placement, scheme_worker)
    assert list(Stay.objects.values("pk", "state", "period", "version")) == before
    placement.refresh_from_db()
    assert placement.state == "active"


@pytest.mark.rule("placements.away_dates", "placements.away_once", "placements.back_already")
def test_what_it_refuses(placement, scheme_worker, scheme_manager):
    facts = {"placement": placement, "by": scheme_worker}
    assert_broken("placements.not_in_the_future", away, since=in_days(1), **facts)
    assert_broken("placements.away_dates", away, since=placement.starts_on - timedelta(days=1), **facts)
    assert_broken("placements.away_dates", away, expected_on=in_days(-1), **facts)
    gone = away(**facts)
    assert_broken("placements.away_once", away, **facts)
    back = {"away": gone, "by": scheme_worker}
    assert_broken("placements.not_in_the_future", actions.come_home, until=in_days(1), **back)
    assert_broken("placements.away_dates", actions.come_home, until=in_days(-1), **back)
    actions.come_home(until=cast.today(), **back)
    assert_broken("placements.back_already", actions.come_home, until=cast.today(), **back)
    actions.end(placement=placement, on=cast.today(), reason="moved_on", by=scheme_manager)
    assert_broken("placements.state", away, **facts)


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("placements_away_dates_in_order", "UPDATE placements_away SET until = since - 1"),
        ("placements_away_dates_in_order", "UPDATE placements_away SET expected_on = since - 1"),
        (
            "placements_away_once_at_a_time",
            "INSERT INTO placements_away (id, version, placement_id, reason, since, words)"
            " SELECT gen_random_uuid(), 1, placement_id, reason, since, '' FROM placements_away",
        ),
    ],
)
def test_direct_sql_cannot_break_it(placement, scheme_worker, constraint, sql):
    away(placement, scheme_worker)
    assert_refused(constraint, lambda: run(sql))


def test_when_the_placement_ends_nobody_is_away_any_more(placement, scheme_worker, scheme_manager):
    gone = away(placement, scheme_worker)
    actions.end(placement=placement, on=cast.today(), reason="hospital", by=scheme_manager)
    gone.refresh_from_db()
    assert gone.until == cast.today()


def test_it_goes_through_its_pages_and_stands_on_the_persons(
    client, placement, supported_person, scheme_worker, care_manager, charlie
):
    risks.signed(supported_person, care_manager)
    client.force_login(care_manager)
    typed = {"reason": "hospital", "words": "Ward 7"} | date_of("since", cast.today())
    assert send(client, reverse("placements:go_away", args=[placement.pk]), typed).status_code == 302
    gone = Away.objects.get()
    assert "Ward 7" in text(client.get(placement.get_absolute_url()))
    assert "In hospital since" in text(client.get(supported_person.get_absolute_url()))
    for user in (care_manager, scheme_worker):
        facts = RISK.facts(user, supported_person)
        assert facts["due_on"] == in_days(7)
        assert "a stay in hospital" in RISK.glance(facts)[0].words
    shown = [
        entry.words for entry in timeline.entries(care_manager, supported_person, lambda _permission: True)
    ]
    assert "In hospital" in shown
    assert list(PLACEMENTS.facts(scheme_worker, supported_person)["away"]) == [gone]
    back = reverse("placements:come_home", args=[gone.pk])
    assert send(client, back, date_of("until", cast.today())).status_code == 302
    client.force_login(charlie)
    assert client.get(back).status_code == 404
