"""Each kind of file: what a good row becomes, and what a wrong one says."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from carers.models import Approval, Carer, Household, Training
from people.models import Involvement, Membership, Organisation, User
from placements.models import OwedAfterEmergency, Placement
from reviews import actions as review_actions
from reviews import rules as review_rules
from reviews.models import ReviewDue
from sharedlives.bringin.kinds import REGISTRY, kinds_for, organisations_for
from sharedlives.worklist.gaps import REGISTRY as GAPS

from .. import factories as cast
from ..placements import factories as places
from .factories import NUMBERS, brought, only, received, states

pytestmark = pytest.mark.django_db
TEAMS = "Name,Kind,Part of,Takes emergencies"
USERS = "Name,Email,Works in,Role,Since"
HOMES = "Address,Postcode,Council area,Places,Carer’s given name,Carer’s family name,Carer’s email,Approved for,Emergencies too,Approved since"
PLACEMENTS = "NHS number,Family name,Scheme,Carer’s email,Kind,Since"
REVIEWS = "NHS number,Last review,It had been due,What was reviewed"


def test_who_brings_in_what(
    data_officer, scheme_manager, administrator, care_manager, council, scheme, region
):
    able = {
        user: [kind.slug for kind in kinds_for(user)]
        for user in (data_officer, scheme_manager, administrator, care_manager)
    }
    assert able == {
        data_officer: ["people", "placements", "reviews"],
        scheme_manager: ["homes", "training", "placements"],
        administrator: ["teams", "users"],
        care_manager: [],
    }
    assert organisations_for(data_officer, REGISTRY["people"]) == [council]
    assert organisations_for(scheme_manager, REGISTRY["homes"]) == [scheme]
    assert organisations_for(administrator, REGISTRY["users"]) == [region]


@pytest.mark.parametrize("slug", list(REGISTRY))
def test_the_example_of_each_template_can_be_read(slug):
    kind = REGISTRY[slug]
    values, problems = kind.read({column.key: column.example for column in kind.columns})
    assert problems == {}
    headings = [column.heading for column in kind.columns]
    assert list(kind.places_of(headings).values()) == [column.key for column in kind.columns]
    assert any(values.values())


# -- Teams and users ---------------------------------------------------------------------------------


def test_teams_come_as_a_tree(region, council, administrator, other_council):
    bring_in = brought(
        "teams",
        region,
        administrator,
        TEAMS,
        "Hilltop team,team,Northshire,",
        "Night team,Team,hilltop team,",
        "Harbour,scheme,The Shires,yes",
        "Northshire,team,The Shires,",
        "Lost team,team,Atlantis,",
        "New council,council,The Shires,",
    )
    assert states(bring_in) == ["brought", "brought", "brought", "here", "mend", "mend"]
    night = Organisation.objects.get(name="Night team")
    assert night.parent.name == "Hilltop team"
    assert (night.council, night.path.startswith(council.path)) == (council, True)
    assert Organisation.objects.get(name="Harbour").accepts_emergencies


def test_an_administrator_of_one_council_reaches_no_other(council, other_team, region):
    own = cast.user("Ada Own", council, "administrator")
    bring_in = received("teams", council, own, TEAMS, "New team,team,Eastmoor,", "Moor team,team,Northshire,")
    assert states(bring_in) == ["mend", "mend"]
    assert "Another organisation has this name" in bring_in.rows.get(number=3).problems["name"]


def test_users_with_their_memberships(region, administrator, team, scheme):
    bring_in = brought(
        "users",
        region,
        administrator,
        USERS,
        "Nia Poe,nia@example.org,Riverside team,Care manager,1/4/2024",
        "Nia Poe,Nia@example.org,Riverside team,team manager,",
        "Olu Day,olu@example.org,Riverside team,Scheme worker,",
        "Olu Day,olu@example.org,Nowhere,Scheme worker,",
        "Olu Day,not an address,Riverside team,Care manager,",
        "Olu Day,olu@example.org,Riverside team,king,",
    )
    assert states(bring_in) == ["brought", "brought", "mend", "mend", "mend", "mend"]
    nia = User.objects.get(email="nia@example.org")
    assert not nia.has_usable_password()
    assert set(Membership.objects.filter(user=nia).values_list("role", "organisation__name")) == {
        ("care_manager", "Riverside team"),
        ("team_manager", "Riverside team"),
    }
    assert nia.history.get().history_user == administrator
    again = received(
        "users", region, administrator, USERS, "Nia P,nia@example.org,Riverside team,Care manager,"
    )
    assert states(again) == ["here"]


# -- Homes, carers, training ------------------------------------------------------------------------


def test_homes_with_two_carers_and_approvals(scheme, scheme_manager, council):
    rows = (
        '12 Ash Grove,NS1 2AB,Northshire,2,Maria,Okafor,maria@example.org,"Live-in, Short break",yes,1/6/2010',
        "12 Ash Gr.,ns12ab,Northshire,2,Paul,Okafor,,,,",
        "13 Ash Grove,NS1 2AB,Atlantis,2,Ana,Lee,,,,",
        "14 Ash Grove,NS1 2AB,Northshire,4,Ana,Lee,,,,",
        "15 Ash Grove,NS1 2AB,Northshire,1,Ana,Lee,,live-in,,",
    )
    bring_in = brought("homes", scheme, scheme_manager, HOMES, *rows)
    assert states(bring_in) == ["brought", "brought", "mend", "mend", "mend"]
    home = Household.objects.get()
    assert (home.label, home.council) == ("The Okafor home", council)
    assert set(Carer.objects.values_list("given_name", "household")) == {
        ("Maria", home.pk),
        ("Paul", home.pk),
    }
    approval = Approval.objects.get()
    assert (approval.kinds, approval.emergency, approval.since) == (
        ["live_in", "short_break"],
        True,
        date(2010, 6, 1),
    )
    again = received("homes", scheme, scheme_manager, HOMES, rows[0].replace("yes", "no"))
    assert states(again) == ["here"]


def test_a_home_of_another_scheme_is_not_taken(scheme, scheme_manager, other_scheme, council):
    worker = cast.user("Vera Vale", other_scheme, "scheme_worker")
    places.home(other_scheme, council, worker, address="12 Ash Grove", postcode="NS1 2AB")
    row = only(
        received("homes", scheme, scheme_manager, HOMES, "12 Ash Grove,NS1 2AB,Northshire,2,Maria,Okafor,,,,")
    )
    assert "on our records already" in row.problems["address"]


def test_training(scheme, scheme_manager, carer):
    heading = "Carer’s given name,Carer’s family name,Course,Done on"
    name = f"{carer.given_name},{carer.family_name}"
    bring_in = brought(
        "training",
        scheme,
        scheme_manager,
        heading,
        f"{name},First aid,4/5/2025",
        f"{name},Juggling,4/5/2025",
        "No,Body,First aid,4/5/2025",
    )
    assert states(bring_in) == ["brought", "mend", "mend"]
    assert "Write one of:" in bring_in.rows.get(number=3).problems["course"]
    assert Training.objects.get(done_on=date(2025, 5, 4)).expires_on == date(2028, 5, 4)


# -- Placements and last reviews -----------------------------------------------------------------------


@pytest.fixture
def carer(scheme, council, scheme_manager):
    home = places.home(scheme, council, scheme_manager)
    return places.carer(home, scheme_manager, email="maria@example.org")


@pytest.fixture
def ahmad(team, care_manager):
    return cast.person(
        team,
        worker=care_manager,
        given_name="Ahmad",
        family_name="Rahmani",
        date_of_birth=date(1991, 3, 14),
        nhs_number=NUMBERS[0],
    )


ROW = f"{NUMBERS[0]},Rahmani,Harbour Shared Lives,maria@example.org,Live-in,1/9/2011"


def test_living_there_since_2011(council, data_officer, carer, ahmad, scheme, team):
    bring_in = brought("placements", council, data_officer, PLACEMENTS, ROW)
    assert states(bring_in) == ["brought"]
    placement = Placement.objects.get()
    assert (placement.starts_on, placement.state, placement.out_of_rule) == (date(2011, 9, 1), "active", True)
    assert Involvement.objects.filter(person=ahmad, organisation=scheme, role="supports").exists()
    owed = OwedAfterEmergency.objects.filter(placement=placement, done_on=None)
    assert {row.organisation for row in owed} == {scheme}
    assert {"plan", "risk", "agreement"} <= set(owed.values_list("what", flat=True))
    gaps = GAPS["placements.no_signed_plan"].found(timezone.localdate())
    assert [row["owner_organisation_id"] for row in gaps if row["subject_id"] == placement.pk] == [team.pk]


def test_no_missed_review_is_invented_from_before(council, data_officer, carer, ahmad):
    brought("placements", council, data_officer, PLACEMENTS, ROW)
    today = timezone.localdate()
    assert {due.due_on for due in ReviewDue.objects.filter(person=ahmad)} == {today + timedelta(days=56)}
    review_actions.miss_overdue(as_of=today)
    assert not ReviewDue.objects.filter(state="missed").exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (ROW.replace(NUMBERS[0], NUMBERS[1]), "nhs_number"),
        (ROW.replace("Rahmani", "Rees"), "nhs_number"),
        (ROW.replace("Harbour", "Sunken"), "scheme"),
        (ROW.replace("maria@", "mario@"), "carer_email"),
        (ROW.replace("1/9/2011", "1/9/2999"), "since"),
        (ROW.replace("Live-in", "lodger"), "kind"),
    ],
)
def test_a_wrong_placement_says_where(council, data_officer, carer, ahmad, row, column):
    assert column in only(received("placements", council, data_officer, PLACEMENTS, row)).problems


def test_the_same_placement_twice_is_one(
    council, data_officer, carer, ahmad, scheme, scheme_manager, scheme_worker
):
    brought("placements", council, data_officer, PLACEMENTS, ROW)
    again = received("placements", council, data_officer, PLACEMENTS, ROW.replace("2011", "2012"))
    assert states(again) == ["here"]
    own = received("placements", scheme, scheme_manager, PLACEMENTS, ROW)  # supported now: theirs to see
    assert states(own) == ["here"]
    second = places.carer(
        places.home(scheme, scheme.council or carer.household.council, scheme_worker),
        scheme_worker,
        email="second@example.org",
    )
    other = only(received("placements", council, data_officer, PLACEMENTS, ROW.replace("maria@", "second@")))
    assert second.family_name not in other.problems[""]
    assert "End that placement first" in other.problems[""]


def test_a_scheme_learns_nothing_of_people_who_are_not_its_own(scheme, scheme_manager, carer, ahmad):
    known = only(received("placements", scheme, scheme_manager, PLACEMENTS, ROW))
    unknown = only(
        received("placements", scheme, scheme_manager, PLACEMENTS, ROW.replace(NUMBERS[0], NUMBERS[1]))
    )
    assert known.problems == unknown.problems


def test_the_last_review_sets_the_next_due(council, data_officer, carer, ahmad):
    brought("placements", council, data_officer, PLACEMENTS, ROW)
    today = timezone.localdate()
    held = today - timedelta(days=100)
    bring_in = brought(
        "reviews",
        council,
        data_officer,
        REVIEWS,
        f"{NUMBERS[0]},{held:%d/%m/%Y},{held + timedelta(days=9):%d/%m/%Y},both",
    )
    assert states(bring_in) == ["brought"]
    opened = ReviewDue.objects.open().filter(person=ahmad)
    assert {(due.subject, due.is_first, due.due_on) for due in opened} == {
        ("care_plan", False, review_rules.add_months(held, 12)),
        ("placement_agreement", False, review_rules.add_months(held, 12)),
    }
    assert all(due.next_stage_on for due in opened)
    void = ReviewDue.objects.filter(person=ahmad, state="void")
    assert {due.why for due in void} == {f"looked at on {held:%-d %B %Y}, before this came on our records"}
    again = received("reviews", council, data_officer, REVIEWS, f"{NUMBERS[0]},{held:%d/%m/%Y},,")
    assert states(again) == ["here"]


def test_a_review_of_years_ago_is_late_once_and_not_missed_five_times(council, data_officer, carer, ahmad):
    brought("placements", council, data_officer, PLACEMENTS, ROW)
    today = timezone.localdate()
    held = today - timedelta(days=5 * 365 + 100)
    brought("reviews", council, data_officer, REVIEWS, f"{NUMBERS[0]},{held:%d/%m/%Y},,plan")
    due = ReviewDue.objects.open().get(person=ahmad, subject="care_plan")
    assert review_rules.add_months(today, -12) < due.due_on < today
    assert not ReviewDue.objects.filter(state="missed").exists()


def test_a_review_of_a_placement_that_is_not_here(council, data_officer, ahmad):
    row = only(received("reviews", council, data_officer, REVIEWS, f"{NUMBERS[0]},3/2/2026,,placement"))
    assert "Bring it in first" in row.problems["what"]


@pytest.mark.parametrize(
    ("held_on", "today", "expected"),
    [
        (date(2026, 2, 3), date(2026, 11, 22), date(2026, 2, 3)),
        (date(2025, 2, 3), date(2026, 11, 22), date(2025, 2, 3)),  # due February 2026: late
        (date(2024, 11, 22), date(2026, 11, 22), date(2025, 11, 22)),  # would be missed today: passed over
        (date(2020, 2, 29), date(2026, 11, 22), date(2025, 2, 28)),
    ],
)
def test_the_round_that_runs(held_on, today, expected):
    assert review_rules.round_running(held_on, 12, today) == expected
