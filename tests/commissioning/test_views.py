"""The availability page: who may open it, that its numbers agree, what it withholds, what it costs."""

import pytest
from django.urls import reverse

from commissioning.models import DisclosureLimit, UnmetNeed
from placements.models import Referral
from sharedlives.records.models import AccessLogEntry

from .. import factories as people
from ..carers import factories as carers

URL = reverse("commissioning:availability")


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def offer(council, other_council, scheme, other_scheme):
    """Three places in Northshire for living in, three in Eastmoor by day; nobody there."""
    for area, own, kind in ((council, scheme, "live_in"), (other_council, other_scheme, "day_support")):
        home = carers.home(area, own, label="The secret home", address="1 Hidden Lane")
        carers.approval(carers.carer(home, own), kind)


def unmet(team, council, count, category="dementia"):
    for _n in range(count):
        person = people.person(team)
        referral = Referral.objects.create(
            person=person,
            organisation=team,
            reference=f"R-{next(people.counter)}",
            kinds=["live_in"],
            wishes="x",
            state="closed",
            sent_on=people.today(),
            closed_on=people.today(),
            closed_reason="no_carer",
        )
        UnmetNeed.objects.create(
            referral=referral, organisation=team, council=council, kinds=["live_in"], categories=[category]
        )


@pytest.mark.parametrize(
    "role", ["commissioner", "care_manager", "reviewing_officer", "scheme_worker", "team_manager"]
)
def test_who_commissions_refers_and_places_may_look(as_user, offer, role, request):
    page = as_user(request.getfixturevalue(role)).get(URL)
    assert page.context["totals"]["free"] == 6
    assert "Northshire" in page.text


@pytest.mark.parametrize("role", ["data_officer", "administrator"])
def test_others_may_not(as_user, role, request):
    assert as_user(request.getfixturevalue(role)).get(URL).status_code == 403


def test_no_home_and_no_person_is_named(as_user, offer, commissioner, person):
    page = as_user(commissioner).get(URL)
    assert "secret" not in page.text
    assert "Hidden Lane" not in page.text
    assert person.family_name not in page.text
    assert not AccessLogEntry.objects.exists()


def test_tile_map_list_and_export_agree(as_user, offer, commissioner, council):
    client = as_user(commissioner)
    page = client.get(URL, {"council": council.pk})
    assert page.context["totals"]["free"] == 3
    assert [row[4].text for row in page.context["list"].rows] == ["3"]
    saved = client.get(URL, {"council": council.pk, "format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert saved[1].startswith("Northshire,Harbour Shared Lives,1,3,3")
    assert "app-map" in page.text


@pytest.mark.parametrize(
    ("asked", "free"),
    [
        ({"kind": "live_in"}, 3),
        ({"kind": "nonsense"}, 6),
        ({"accessible": "on"}, 0),
        ({"emergency": "on"}, 0),
        ({"council": "x"}, 6),
    ],
)
def test_filters(as_user, offer, commissioner, asked, free):
    assert as_user(commissioner).get(URL, asked).context["totals"]["free"] == free


def test_small_counts_of_people_are_withheld(
    as_user, offer, commissioner, team, council, other_team, other_council
):
    unmet(team, council, 3)
    unmet(other_team, other_council, 12)
    page = as_user(commissioner).get(URL)
    assert page.context["unmet"]["rows"] == [("Younger and older people with dementia", ["*", "*"], "15")]
    assert "rounded to the nearest 5" in page.text


def test_narrowing_the_list_tells_no_more_about_people(
    as_user, offer, commissioner, team, council, other_team, other_council
):
    unmet(team, council, 3)
    unmet(other_team, other_council, 12)
    page = as_user(commissioner).get(URL, {"council": other_council.pk})
    assert page.context["unmet"]["rows"] == [("Younger and older people with dementia", ["*", "*"], "15")]


def test_the_council_may_set_a_stricter_limit(as_user, commissioner, team, council):
    DisclosureLimit.objects.create(council=council, withhold_up_to=12, nearest=10)
    unmet(team, council, 12)
    assert as_user(commissioner).get(URL).context["unmet"]["rows"][0][1:] == (["*"], "*")


def test_an_empty_region_says_so(as_user, commissioner):
    page = as_user(commissioner).get(URL)
    assert "No home is on offer yet" in page.text
    assert "No referral was closed for want of a carer" in page.text


def test_many_homes_cost_what_one_costs(
    as_user, offer, commissioner, team, council, scheme, django_assert_max_num_queries
):
    for _n in range(20):
        carers.approval(carers.carer(carers.home(council, scheme), scheme), "live_in")
    unmet(team, council, 9)
    client = as_user(commissioner)
    client.get(URL)
    with django_assert_max_num_queries(12 + 2):  # two of them begin and end the request's own transaction
        page = client.get(URL)
    assert len(page.content) < 100_000


def in_vain(team, council, count, **fits):
    """Referrals closed for want of a carer, that kept how many of nine carers each need fitted."""
    unmet(team, council, count)
    needs = [
        {"code": code, "need": code.replace("_", " ").title(), "fits": n, "against": 9 - n, "unknown": 0}
        for code, n in fits.items()
    ]
    for referral in Referral.objects.filter(tried=[]):
        referral.tried = [{"kind": "live_in", "carers": 9, "needs": needs}]
        referral.save()


def test_what_stood_in_the_way_is_counted_by_council_and_protected(
    as_user, offer, commissioner, team, other_team, council, other_council
):
    in_vain(team, council, 3, room=0, step_free=4)
    in_vain(other_team, other_council, 12, room=0, no_dogs=0)
    page = as_user(commissioner).get(URL)
    assert page.context["unmet"]["in_the_way"] == [("No Dogs", ["*", "0"], "10"), ("Room", ["*", "*"], "15")]
    assert "What stood in the way" in page.text
    assert "Step Free" not in page.text, "four of nine carers had it: it stood in nobody’s way"


def test_where_no_carer_was_looked_at_nothing_stood_in_the_way(as_user, commissioner, team, council):
    unmet(team, council, 12)
    Referral.objects.update(
        tried=[{"kind": "live_in", "carers": 0, "needs": [{"code": "room", "need": "Room", "fits": 0}]}]
    )
    page = as_user(commissioner).get(URL)
    assert page.context["unmet"]["in_the_way"] == []
    assert "What stood in the way" not in page.text
