"""Where an administrator begins; why a page is closed; whether a user may open a reference."""

from datetime import timedelta

import pytest
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone

from careplans.actions import write_wish
from careplans.models import PlanPolicy
from people import actions
from people.models import Membership, Organisation
from people.notices import POLICIES
from placements.models import BreaksPolicy, MatchingPolicy
from reviews.models import ReviewPolicy
from risk.actions import raise_concern
from risk.models import RiskPolicy
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist.jobs import JOBS, at_a_glance
from sharedlives.worklist.models import JobRun

from .. import factories
from ..risk.factories import CONCERN, PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def owed(desk):
    page = desk.get(reverse("people:administration"))
    return {notice["label"]: notice["count"] for notice in page.context["owed"]}


def test_an_administrator_begins_at_the_administration(desk):
    assert desk.get("/").url == reverse("people:administration")


def test_it_counts_users_without_a_role_and_teams_without_a_manager(desk, team, team_manager, care_manager):
    assert "teams without a manager" not in owed(desk)
    Membership.objects.filter(user=team_manager).update(until=factories.today())
    assert owed(desk)["teams without a manager"] == 1
    assert owed(desk)["users without a membership"] == 1


def test_it_counts_people_whom_no_team_funds_and_names_none(desk, person, care_manager):
    row = person.involvements.get()
    actions.end_involvement(involvement=row, on=factories.today(), by=care_manager)
    assert owed(desk)["people whom no team funds"] == 1
    page = desk.get(reverse("people:administration")).content.decode()
    assert person.family_name not in page and person.reference not in page


def test_a_council_with_its_own_policy_no_longer_counts(desk, council):
    before = owed(desk)["councils on the default review policy"]
    ReviewPolicy.objects.create(council=council, in_force_from=factories.today())
    assert owed(desk).get("councils on the default review policy", 0) == before - 1


def test_the_managers_of_a_team_see_that_their_council_runs_on_the_default(client, team_manager, council):
    client.force_login(team_manager)
    page = client.get(reverse("worklist:team")).content.decode()
    assert "Northshire runs on the default for 7 policies that it has not set for itself." in page
    says = [
        "Contact: a person",
        "Plans: a signed plan",
        "Risk and concerns: a",
        "Matching: 3",
        "Breaks of carers: 28 nights off a year",
        "Visits of the scheme:",
        "Reviews: the first after 56 days",
    ]
    assert [words for words in says if words not in page] == []
    ReviewPolicy.objects.create(council=council, in_force_from=factories.today())
    page = client.get(reverse("worklist:team")).content.decode()
    assert [words for words in says if words not in page] == ["Reviews: the first after 56 days"]


@pytest.mark.parametrize(
    ("ons_code", "nation"),
    [("W06000015", "Wales"), ("S12000033", "Scotland"), ("E06000001", None), ("", None)],
)
def test_managers_outside_england_read_that_no_rule_is_set_for_their_nation(
    client, team_manager, council, ons_code, nation
):
    council.ons_code = ons_code
    council.save()
    client.force_login(team_manager)
    page = client.get(reverse("worklist:team")).content.decode()
    assert ("No rule is set yet" in page) == bool(nation)
    assert not nation or f"No rule is set yet for {nation}, where Northshire lies" in page


def test_a_council_that_has_set_everything_is_told_nothing(
    client, team_manager, council, django_assert_max_num_queries
):
    for policy in POLICIES:
        policy.model.objects.create(council=council, in_force_from=factories.today())
    client.force_login(team_manager)
    client.get("/")
    with django_assert_max_num_queries(14):  # two of them open and close the transaction
        assert "runs on the default" not in client.get(reverse("worklist:team")).content.decode()


@pytest.mark.parametrize("model", [RiskPolicy, PlanPolicy, MatchingPolicy, BreaksPolicy])
def test_a_policy_that_moves_nothing_says_so_when_it_is_saved(
    desk, model, council, supported_person, care_manager
):
    wish = write_wish(person=supported_person, words="A garden", by=care_manager)
    concern = raise_concern(person=supported_person, about=("carer",), by=care_manager, **CONCERN, **PHONE)
    typed = {name: value for name, value in model_to_dict(model()).items() if value is not None}
    tomorrow = factories.today() + timedelta(days=1)
    typed |= {"council": council.pk, "in_force_from": tomorrow.isoformat()}
    at = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = desk.post(at, typed, follow=True).content.decode()
    assert model.objects.filter(council=council).exists()
    assert "No due date changes: what is owed already keeps its date." in page
    for row in (wish, concern):
        due_on = row.due_on
        row.refresh_from_db()
        assert row.due_on == due_on


def test_each_job_says_when_it_ran_what_it_did_and_when_it_comes_next(desk):
    now = timezone.now()
    JobRun.objects.create(
        job="deliver_outbox", as_of=factories.today(), ended_at=now, complete=True, done={"sent": 12}
    )
    JobRun.objects.create(job="miss_overdue", as_of=factories.today(), fault="OperationalError")
    standing = {s.label: s for s in at_a_glance()}
    assert len(standing) == len(JOBS)
    assert standing["Mails sent"].figures == "sent 12"
    assert now - timedelta(seconds=1) <= standing["Mails sent"].next_at <= now + timedelta(minutes=1)
    page = desk.get(reverse("people:administration")).content.decode()
    assert "The newest run met a fault (OperationalError)" in page


def test_a_job_whose_last_complete_run_is_too_old_stands_first(db):
    long_ago = timezone.now() - timedelta(days=3)
    for job in JOBS:
        ended = long_ago if job == "check_stages" else timezone.now()
        JobRun.objects.create(job=job, as_of=factories.today(), ended_at=ended, complete=True)
    first = at_a_glance()[0]
    assert (first.label, first.late) == ("Due dates checked", True)


# -- Why can't I -------------------------------------------------------------------------------------


def test_a_closed_page_leads_to_words_that_say_whose_it_is(client, scheme_worker, person):
    client.force_login(scheme_worker)
    refused = client.get(reverse("people:register"))
    assert "/people/why/?page=/people/register/" in refused.content.decode()
    page = client.get(reverse("people:why"), {"page": "/people/register/"}).content.decode()
    assert "That page is for: care manager, team manager" in page


def test_it_says_the_same_of_a_record_that_is_there_and_of_one_that_is_not(client, charlie, person):
    client.force_login(charlie)
    there = client.get(reverse("people:why"), {"page": person.get_absolute_url()})
    gone = client.get(reverse("people:why"), {"page": person.get_absolute_url()[:-9] + "00000000/"})
    words = [page.content.decode().partition("<main")[2].partition("</main>")[0] for page in (there, gone)]
    assert words[0] == words[1]
    assert "What opens a record" in words[0]


def test_it_names_the_own_manager_and_not_oneself(client, care_manager, team_manager):
    client.force_login(care_manager)
    assert "Tom Ellery, your manager" in client.get(reverse("people:why")).content.decode()
    client.force_login(team_manager)
    assert "Tom Ellery, your manager" not in client.get(reverse("people:why")).content.decode()


@pytest.mark.parametrize("page", ["", "/nowhere/", "/healthz", "no address"])
def test_an_address_that_is_none_still_gets_an_answer(client, care_manager, page):
    client.force_login(care_manager)
    assert client.get(reverse("people:why"), {"page": page}).status_code == 200


# -- Checking a user's access --------------------------------------------------------------------------


def check(desk, user, reference):
    typed = {"email": user.email, "reference": reference, "why": "She rang: page not found"}
    return desk.post(reverse("people:check_access"), typed)


def test_yes_through_the_funding_of_the_team_without_a_name(desk, person, care_manager):
    page = check(desk, care_manager, person.reference.lower())
    answer, text = page.context["answer"], page.content.decode()
    assert answer["yes"]
    assert "Care manager of Riverside team: Riverside team funds" in text
    assert person.given_name not in text and person.family_name not in text


def test_no_for_a_stranger_and_for_a_closed_record(desk, person, charlie, care_manager, team_manager):
    assert not check(desk, charlie, person.reference).context["answer"]["yes"]
    actions.restrict(person=person, kind="invisible", reason="x", allowed=[team_manager], by=team_manager)
    answer = check(desk, care_manager, person.reference).context["answer"]
    assert (answer["yes"], answer["closed"]) == (False, True)
    assert answer["sources"]
    assert answer["permissions"] == []


def test_the_check_is_kept_where_the_looks_are(desk, administrator, person, care_manager):
    check(desk, care_manager, person.reference)
    entry = AccessLogEntry.objects.get()
    assert (entry.user_id, entry.person_ids) == (administrator.pk, [person.pk])
    assert entry.why == "access of another user checked: She rang: page not found"


def test_a_reference_that_is_none_is_said_plainly(desk, care_manager):
    page = check(desk, care_manager, "P-XXXXXX")
    assert page.context["answer"] is None
    assert "no such reference" in page.content.decode()


def test_emergency_access_shows_as_what_opens(desk, person, charlie):
    actions.open_emergency_access(person=person, reason="Found at the station", by=charlie)
    answer = check(desk, charlie, person.reference).context["answer"]
    assert answer["yes"] and answer["grant"].kind == "emergency"


def test_the_page_costs_few_queries(desk, council, django_assert_max_num_queries):
    for number in range(10):
        team = factories.organisation(Organisation.Kind.TEAM, f"Team {number}", parent=council)
        factories.user(f"Manager {number}", team, Role.TEAM_MANAGER)
    with django_assert_max_num_queries(18):  # with savepoints, and a session that begins
        desk.get(reverse("people:administration"))
    with django_assert_max_num_queries(12):
        desk.get(reverse("people:teams"))


@pytest.mark.parametrize(
    ("demo", "words"), [(True, "Demo: made-up people"), (False, "Training copy: every person")]
)
def test_a_training_copy_says_so_on_every_page(client, settings, care_manager, demo, words):
    settings.TRAINING_COPY, settings.DEMO = True, demo
    client.force_login(care_manager)
    for name in ("home", "people:find", "people:why"):
        assert words in client.get(reverse(name)).content.decode()
    settings.TRAINING_COPY = False
    assert words not in client.get(reverse("home")).content.decode()
