"""The pages: the whole thread through the browser's door, what each role may open, and what a page costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from placements import actions, codes
from placements.models import Match, Placement, PlacementAgreement, Referral, ReferralScheme
from sharedlives.records.typed import new_key

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def go(client):
    """Open or send a page as a user: `go(user, page, pk, **typed)`; returns the response."""

    def visit(user, page, /, *args, **typed):
        client.force_login(user)
        url = reverse(f"placements:{page}", args=args)
        if not typed:
            return client.get(url)
        return client.post(url, dated(typed) | {"form_key": new_key(user)})

    return visit


@pytest.fixture
def cost(client):
    """How many queries a page costs the user who is signed in, besides transaction control."""

    def count(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    return count


def dated(typed):
    """Dates become the three boxes of the form."""
    sent = {}
    for name, value in typed.items():
        if hasattr(value, "year"):
            sent |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        else:
            sent[name] = value
    return sent


def checklist(**but):
    return {f"words_{item.value}": f"About {item.label}" for item in codes.Information} | but


def refer(go, care_manager, person, *schemes, **more):
    return go(
        care_manager,
        "refer",
        person.pk,
        schemes=[s.pk for s in schemes],
        kinds=["live_in"],
        purpose="home",
        route="planned",
        urgency="planned",
        wishes="A room near the sea",
        areas="NS1, NS2",
        **(checklist() | more),
    )


def test_the_whole_thread_through_its_pages(
    go, person, team, scheme, carer, care_manager, scheme_worker, scheme_manager
):
    assert refer(go, care_manager, person, scheme).status_code == 302
    sent = ReferralScheme.objects.get()
    assert sent.referral.areas == ["NS1", "NS2"]
    assert go(scheme_worker, "answer_referral", sent.pk, answer="accepted").status_code == 302
    factories.held_plan(person, scheme, care_manager, scheme_worker)
    page = go(scheme_worker, "homes", sent.pk).content.decode()
    assert str(carer) in page
    assert "Why not this home" in page
    answer = go(scheme_worker, "propose_match", sent.pk, carer.pk, "live_in", reasons="Both love the sea")
    match = Match.objects.get()
    assert answer.url == match.get_absolute_url()
    says = {"person_answer": "yes", "person_says": "Nice dog", "carer_answer": "yes", "carer_says": "Lovely"}
    assert go(scheme_worker, "record_answers", match.pk, **says).status_code == 302
    assert (
        go(
            care_manager, "agree_match", match.pk, starts_on=people.today(), purpose="home", **factories.FEWER
        ).status_code
        == 302
    )
    placement = Placement.objects.get()
    words = {"max_people": 2, "plan_elements": "Cooking", "requires_carer": "Cook together\nGo to the choir"}
    assert go(scheme_worker, "draft_agreement", placement.pk, **words).status_code == 302
    agreement = PlacementAgreement.objects.get()
    assert [r.words for r in agreement.requirements.all()] == ["Cook together", "Go to the choir"]
    for party in ("person", "carer", "scheme"):
        signed = {"party": party, "name": "X", "how": "On paper", "on": people.today()}
        assert go(scheme_worker, "sign_agreement", agreement.pk, **signed).status_code == 302
    signed = {"party": "team", "how": "On paper", "on": people.today()}
    assert go(care_manager, "sign_for_team", agreement.pk, **signed).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == "signed"
    page = go(scheme_worker, "gate", placement.pk).content.decode()
    assert "3 of 11 still to do" in page
    refused = go(scheme_worker, "start", placement.pk, on=people.today())
    assert refused.status_code == 422
    assert "There is no complete needs assessment" in refused.content.decode()
    assert reverse("risk:overview", args=[person.pk]) in refused.content.decode()
    factories.careplans.assessment(person, care_manager)
    factories.responsibilities(person, scheme, care_manager, scheme_worker)
    factories.signed_risk(person, care_manager)
    assert "Everything is there" in go(scheme_worker, "gate", placement.pk).content.decode()
    assert go(scheme_worker, "start", placement.pk, on=people.today()).status_code == 302
    placement.refresh_from_db()
    assert placement.state == "active"
    ended = go(care_manager, "end", placement.pk, on=people.today(), reason="moved_on", words="Own flat")
    assert ended.url == placement.get_absolute_url()
    assert (
        "Moved on to more independence".lower()
        in go(care_manager, "placement", placement.pk).content.decode()
    )


def test_a_referral_keeps_what_was_typed_and_names_what_is_missing(go, person, scheme, care_manager):
    page = refer(go, care_manager, person, scheme, words_risk="", words_money="")
    assert page.status_code == 422
    text = page.content.decode()
    assert "A room near the sea" in text
    assert text.count("is neither given nor explained") >= 2
    assert not Referral.objects.exists()


def test_the_checklist_begins_with_what_the_record_holds(go, person, care_manager):
    factories.careplans.signed_plan(person, care_manager)
    assert "Version 1, signed on" in go(care_manager, "refer", person.pk).content.decode()


def test_declining_leads_back_to_the_list_and_closes_the_page(go, referral, scheme_worker):
    sent = referral.schemes.get()
    answer = go(scheme_worker, "answer_referral", sent.pk, answer="declined", reason="no_carer")
    assert answer.url == reverse("placements:referrals")
    assert go(scheme_worker, "sent", sent.pk).status_code == 404
    assert "No carer with room" in go(scheme_worker, "answered").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"answer": "declined"}, "Choose why"),
        ({"answer": "returned"}, "Tick what is missing"),
    ],
)
def test_an_answer_says_what_and_why(go, referral, scheme_worker, typed, words):
    page = go(scheme_worker, "answer_referral", referral.schemes.get().pk, **typed)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_scheme_sees_the_pack_and_nothing_of_other_schemes(
    go, person, team, scheme, other_scheme, care_manager, scheme_worker
):
    person.what_matters = "My budgerigar"
    person.save()
    referral = factories.referral(person, team, care_manager, [scheme, other_scheme])
    page = go(scheme_worker, "sent", referral.schemes.get(scheme=scheme).pk).content.decode()
    assert factories.WISHES in page
    assert str(other_scheme) not in page
    assert "budgerigar" not in page
    assert go(scheme_worker, "sent", referral.schemes.get(scheme=other_scheme).pk).status_code == 404
    assert go(scheme_worker, "referral", referral.pk).status_code == 404


def test_not_yours_is_404_and_not_your_job_is_403(
    go, ready, person, charlie, other_scheme, scheme_worker, care_manager, reviewing_officer
):
    stranger = people.user("Elsewhere", other_scheme, "scheme_worker")
    sent = ready.match.referral.schemes.get()
    for user in (charlie, stranger):
        assert go(user, "placement", ready.pk).status_code == 404
        assert go(user, "gate", ready.pk).status_code == 404
        assert go(user, "match", ready.match.pk).status_code == 404
    assert go(charlie, "referral", ready.match.referral.pk).status_code == 404
    assert go(charlie, "agreement", ready.agreements.get().pk).status_code == 404
    assert go(stranger, "sent", sent.pk).status_code == 404
    assert go(stranger, "refer", person.pk).status_code == 403
    assert go(care_manager, "start", ready.pk).status_code == 403
    assert go(care_manager, "draft_agreement", ready.pk).status_code == 403
    assert go(scheme_worker, "agree_match", ready.match.pk).status_code == 403
    assert go(scheme_worker, "close_referral", ready.match.referral.pk).status_code == 403
    assert go(reviewing_officer, "placement", ready.pk).status_code == 404


def test_a_scheme_reads_the_agreed_placement_before_and_after_it_runs(go, ready, scheme_worker, care_manager):
    assert go(scheme_worker, "placement", ready.pk).status_code == 200
    actions.start(placement=ready, by=scheme_worker)
    assert go(scheme_worker, "placement", ready.pk).status_code == 200
    actions.end(placement=ready, on=people.today(), reason="family", by=care_manager)
    assert go(scheme_worker, "placement", ready.pk).status_code == 200
    assert go(scheme_worker, "end", ready.pk).status_code == 403


def test_emergency_access_shows_where_the_person_lives(go, ready, person, charlie, scheme_worker):
    actions.start(placement=ready, by=scheme_worker)
    people.actions.open_emergency_access(person=person, reason="Found at the station", by=charlie)
    assert go(charlie, "placement", ready.pk).status_code == 200
    assert go(charlie, "end", ready.pk).status_code == 403


def test_an_emergency_offers_only_homes_that_may(
    go, referral, person, home, emergency_carer, carer, scheme_worker
):
    page = go(scheme_worker, "start_emergency", person.pk).content.decode()
    assert str(emergency_carer) in page
    assert str(carer) not in page
    typed = {"carer": carer.pk, "kind": "short_break", "why": "Mother in hospital", "on": people.today()}
    assert go(scheme_worker, "start_emergency", person.pk, **typed).status_code == 422
    assert (
        go(scheme_worker, "start_emergency", person.pk, **(typed | {"carer": emergency_carer.pk})).status_code
        == 302
    )
    placement = Placement.objects.get()
    owed = placement.owed.first()
    assert go(scheme_worker, "owed", owed.pk).url == reverse("placements:settle", args=[placement.pk])
    assert "Due in 3 days" in go(scheme_worker, "settle", placement.pk).content.decode()


def test_living_there_already_is_recorded_and_shown_as_out_of_rule(
    go, referral, person, carer, scheme_worker
):
    typed = {
        "carer": carer.pk,
        "kind": "live_in",
        "since": factories.days(-5000),
        "why": "Before this record",
    }
    assert go(scheme_worker, "record_existing", person.pk, **typed).status_code == 302
    assert "Out of rule" in go(scheme_worker, "placement", Placement.objects.get().pk).content.decode()


def test_a_start_with_a_gap_names_reason_and_manager(go, agreed, scheme_manager, team_manager):
    why = {f"why_{gate}": "On Monday" for gate in ("assessment", "responsibilities", "risk", "agreement")}
    typed = {"on": people.today(), **why, "agreed_with": team_manager.pk}
    assert go(scheme_manager, "start", agreed.pk, **typed).status_code == 302
    page = go(scheme_manager, "placement", agreed.pk).content.decode()
    assert f"(agreed by {scheme_manager} with {team_manager})" in page


def test_a_double_click_refers_once(go, client, person, scheme, care_manager):
    client.force_login(care_manager)
    typed = {
        "schemes": [scheme.pk],
        "kinds": ["live_in"],
        "purpose": "home",
        "route": "planned",
        "urgency": "planned",
        "wishes": "The sea",
        "form_key": new_key(care_manager),
    }
    url = reverse("placements:refer", args=[person.pk])
    first, second = (client.post(url, checklist() | typed) for _click in range(2))
    assert first.url == second.url
    assert Referral.objects.count() == 1


def test_two_who_answer_at_once_are_told(go, client, referral, scheme_worker):
    sent = referral.schemes.get()
    version = sent.version
    actions.answer_referral(sent=sent, answer="returned", missing=["risk"], by=scheme_worker)
    page = go(scheme_worker, "answer_referral", sent.pk, answer="accepted", form_version=version)
    assert page.status_code == 422
    assert "Somebody else saved this" in page.content.decode()


@pytest.fixture
def many(person, team, scheme, home, care_manager, scheme_worker):
    """Twelve people with placements and referrals, all of Harbour and Riverside."""
    carer = factories.carer(home, scheme_worker)
    for other in [people.person(team, worker=care_manager) for _n in range(12)]:
        factories.referral(other, team, care_manager, [scheme])
        factories.existing(other, scheme, carer, scheme_worker)


@pytest.mark.parametrize("name", ["list", "referrals"])
def test_a_list_costs_the_same_however_long(go, cost, many, care_manager, scheme_worker, name):
    for user in (care_manager, scheme_worker):
        go(user, name)
        assert cost(reverse(f"placements:{name}")) <= 8
        page = go(user, name)
        assert page.content.decode().count("<tr") == 13


def test_a_list_sorts_and_leaves_as_a_spreadsheet(client, many, care_manager):
    client.force_login(care_manager)
    url = reverse("placements:list")
    assert client.get(url, {"sort": "-carer"}).status_code == 200
    answer = client.get(url, {"format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode().splitlines()) == 13
    assert client.get(url, {"state": "ended"}).content.decode().count("<tr") == 0


def test_the_match_list_costs_the_same_however_many_carers_and_residents(
    go, cost, accepted, scheme, council, team, care_manager, scheme_worker
):
    for _n in range(8):
        carer = factories.carer(factories.home(scheme, council, scheme_worker), scheme_worker)
        factories.existing(people.person(team, worker=care_manager), scheme, carer, scheme_worker)
    sent = accepted.schemes.get()
    go(scheme_worker, "homes", sent.pk)
    assert cost(reverse("placements:homes", args=[sent.pk])) <= 12
    page = go(scheme_worker, "homes", sent.pk)
    assert page.content.decode().count("Why not this home") == 8


def test_homes_stand_side_by_side_and_never_more_than_four(client, accepted, scheme, council, scheme_worker):
    homes = [factories.home(scheme, council, scheme_worker) for _n in range(5)]
    carers = [factories.carer(home, scheme_worker) for home in homes]
    client.force_login(scheme_worker)
    url = reverse("placements:compare_homes", args=[accepted.schemes.get().pk])
    page = client.get(url, {"home": [carer.pk for carer in carers], "kind": "live_in"}).content.decode()
    assert all(str(carer) in page for carer in carers[:4])
    assert str(carers[4]) not in page
    assert "the first four that you chose" in page
    alone = client.get(url, {"home": [carers[4].pk, "nonsense"]}).content.decode()
    assert "Approved for this kind" in alone
    assert "No home is chosen" in client.get(url).content.decode()


def test_a_home_of_another_scheme_is_not_put_beside_them(
    client, accepted, other_scheme, council, scheme_worker
):
    theirs = factories.carer(factories.home(other_scheme, council, scheme_worker), scheme_worker)
    client.force_login(scheme_worker)
    url = reverse("placements:compare_homes", args=[accepted.schemes.get().pk])
    assert str(theirs) not in client.get(url, {"home": theirs.pk}).content.decode()


def test_the_panel_shows_what_the_user_may_read(client, ready, person, care_manager, scheme_worker, charlie):
    for user, seen in ((care_manager, True), (scheme_worker, True)):
        client.force_login(user)
        page = client.get(person.get_absolute_url()).content.decode()
        assert (ready.get_absolute_url() in page) is seen
    assert not Person.objects.visible_to(charlie).exists()
