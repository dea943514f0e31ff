"""The pages: to sort out, lists, decisions; who may open them, what they show, what they cost."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.models import Person
from safetynet import actions
from safetynet.models import Flag, LinkDecision, NotSamePerson, Roster, RosterRow
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry

from .. import factories as people
from . import factories


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def key_on(client, url):
    return client.get(url).context["form"].fields["form_key"].initial


def send(client, url, **answers):
    return client.post(url, {"form_key": key_on(client, url), **answers}, follow=True)


def send_list(client, source, content, name="list.csv"):
    url = reverse("safetynet:upload")
    return send(client, url, source=source.pk, file=SimpleUploadedFile(name, content))


@pytest.fixture
def gap(person, team, council):
    return Flag.objects.create(
        kind="gap",
        code="people.no_worker",
        person=person,
        owner_organisation=team,
        council=council,
        found_on=people.today() - timedelta(days=30),
    )


def test_the_list_shows_what_the_team_has_to_sort_out(as_user, gap, care_manager):
    page = as_user(care_manager).get(reverse("safetynet:flags"))
    assert "No care manager is named" in page.text
    assert str(gap.person) in page.text
    assert AccessLogEntry.objects.latest("pk").person_ids == [gap.person_id]


def test_tile_list_and_export_count_the_same(as_user, gap, care_manager):
    client = as_user(care_manager)
    page = client.get(reverse("safetynet:flags"), {"age": "quarter"})
    assert dict((name, number) for name, _words, number in page.context["ages"])["quarter"] == 1
    assert page.context["list"].count == 1
    saved = client.get(reverse("safetynet:flags"), {"age": "quarter", "format": "csv"})
    assert len(saved.content.decode("utf-8-sig").splitlines()) == 2
    assert client.get(reverse("safetynet:flags"), {"age": "week"}).context["list"].count == 0


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"kind": "gap"}, 1),
        ({"kind": "duplicate"}, 0),
        ({"owner": "me"}, 0),
        ({"owner": "nobody"}, 1),
        ({"state": "closed"}, 0),
    ],
)
def test_filters(as_user, gap, care_manager, asked, count):
    assert as_user(care_manager).get(reverse("safetynet:flags"), asked).context["list"].count == count


def test_a_list_of_many_costs_what_a_list_of_one_costs(
    as_user, team, care_manager, council, django_assert_max_num_queries
):
    for _n in range(30):
        person = people.person(team, worker=care_manager)
        Flag.objects.create(
            kind="gap", code="people.no_worker", person=person, owner_organisation=team, council=council
        )
    client = as_user(care_manager)
    client.get(reverse("safetynet:flags"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("safetynet:flags"))
    assert len(page.content) < 100_000


def test_not_yours_is_not_found_and_not_your_job_is_refused(
    as_user, supported_person, scheme, council, scheme_worker, charlie
):
    flag = Flag.objects.create(
        kind="gap",
        code="people.no_worker",
        person=supported_person,
        owner_organisation=scheme,
        council=council,
    )
    client = as_user(scheme_worker)
    assert client.get(flag.get_absolute_url()).status_code == 200
    assert "Close it with a reason" not in client.get(flag.get_absolute_url()).text
    assert client.get(reverse("safetynet:close", args=[flag.pk])).status_code == 403
    assert client.get(reverse("safetynet:assign", args=[flag.pk])).status_code == 403
    assert client.get(reverse("safetynet:records", args=[flag.pk])).status_code == 403
    assert as_user(charlie).get(flag.get_absolute_url()).status_code == 404


def test_take_not_yet_and_close(as_user, gap, care_manager):
    client = as_user(care_manager)
    assert "You see to it now." in send(client, reverse("safetynet:take", args=[gap.pk])).text
    page = send(client, reverse("safetynet:not_yet", args=[gap.pk]), because="Amina is back on Monday")
    assert "Not yet, because: Amina is back on Monday" in page.text
    page = send(client, reverse("safetynet:close", args=[gap.pk]), because="other")
    assert page.status_code == 422
    assert "needs words" in page.text
    page = send(client, reverse("safetynet:close", args=[gap.pk]), because="other", words="Moved away")
    assert "Another reason, in words. Moved away" in page.text
    gap.refresh_from_db()
    assert (gap.owner_user, gap.closed_by) == (care_manager, care_manager)


def test_a_manager_gives_it_to_a_colleague(as_user, gap, team_manager, care_manager):
    url = reverse("safetynet:assign", args=[gap.pk])
    send(as_user(team_manager), url, owner_user=care_manager.pk)
    gap.refresh_from_db()
    assert gap.owner_user == care_manager


def test_the_panel_on_the_persons_page(as_user, gap, care_manager, django_assert_max_num_queries):
    page = as_user(care_manager).get(gap.person.get_absolute_url())
    assert page.status_code == 200
    assert "No care manager is named" in page.text
    assert gap.get_absolute_url() in page.text


# -- Lists ------------------------------------------------------------------------------------------------


def test_a_scheme_sends_its_list(as_user, source, scheme_worker):
    page = send_list(
        as_user(scheme_worker), source, factories.csv("Ann,Vale,1/2/1990,,,", "=1+1,Hill,1/2/1990,,,")
    )
    assert "The list was taken in." in page.text
    assert "“Given name” holds a formula" in page.text
    assert "=1+1, Hill, 1/2/1990" in page.text
    assert Roster.objects.get().uploaded_by == scheme_worker


def test_a_bad_file_is_refused_beside_its_field(as_user, source, scheme_worker):
    page = send_list(as_user(scheme_worker), source, b"Client,Born\nRees,1984\n")
    assert page.status_code == 422
    assert "Missing: Given name, Family name" in page.text
    assert "there is nothing in this file" in send_list(as_user(scheme_worker), source, b"").text.lower()
    assert not Roster.objects.exists()


@pytest.mark.rule("documents.file_not_too_big")
def test_fifty_megabytes_are_refused_before_they_are_parsed(
    as_user, source, scheme_worker, monkeypatch, settings
):
    from django.http.multipartparser import MultiPartParser

    client = as_user(scheme_worker)
    monkeypatch.setattr(MultiPartParser, "parse", lambda self: pytest.fail("It was parsed"))
    page = client.post(
        reverse("safetynet:upload"), {"file": SimpleUploadedFile("list.csv", b"x" * 50_000_000)}
    )
    assert page.status_code == 413
    assert "This file has 50.0 MB. A list may have up to 5 MB." in page.text
    assert not Roster.objects.exists()


def test_a_list_comes_with_its_csrf_token_only(source, scheme_worker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scheme_worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(
        reverse("safetynet:upload"), {"source": source.pk, "file": SimpleUploadedFile("l.csv", b"x")}
    )
    assert answer.status_code == 403


def test_only_own_sources_may_be_chosen(as_user, source, other_scheme, council):
    stranger = people.user("Else Where", other_scheme, Role.SCHEME_WORKER)
    client = as_user(stranger)
    page = send_list(client, source, factories.csv("Ann,Vale,1/2/1990,,,"))
    assert page.status_code == 422
    assert not Roster.objects.exists()
    roster = factories.received(source, "Ann,Vale,1/2/1990,,,")
    assert client.get(roster.get_absolute_url()).status_code == 404
    assert client.get(reverse("safetynet:rosters")).context["list"].count == 0


def outcomes(page):
    return [row[4].text for row in page.context["list"].rows]


def test_a_list_is_not_an_oracle(as_user, source, scheme, scheme_worker, kate, team, data_officer):
    """The sender learns what became of a row only about people already involved with it."""
    known = people.person(team, given_name="Olive", family_name="Marsh", date_of_birth=date(1970, 1, 2))
    people.supports(known, scheme)
    roster = factories.received(
        source,
        "Katherine,Rees,9/3/1984,9434765919,,",
        "Olive,Marsh,2/1/1970,,,",
        "Ann,Vale,1/2/1990,,,",
        "Megan,Rees,9/3/1984,,NE1 1AA,",
        by=scheme_worker,
    )
    client = as_user(scheme_worker)
    page = client.get(roster.get_absolute_url())
    assert outcomes(page) == [
        "Passed to the council",
        "Linked",
        "Passed to the council",
        "Passed to the council",
    ]
    for words in ("Not on our records", "Perhaps on our records", "Compare"):
        assert words not in page.content.decode().split("<main")[1].replace("not on our records", "")
    assert AccessLogEntry.objects.latest("pk").person_ids == [known.pk]
    saved = client.get(roster.get_absolute_url(), {"format": "csv"}).content.decode("utf-8-sig")
    assert saved.count("Passed to the council") == 3
    for state in ("linked", "possible", "missing"):
        assert client.get(roster.get_absolute_url(), {"state": state}).context["list"].count == 4
    assert client.get(reverse("safetynet:decide", args=[roster.rows.first().pk])).status_code == 403
    officer = as_user(data_officer).get(roster.get_absolute_url())
    assert outcomes(officer) == ["Linked", "Linked", "Not on our records", "Perhaps on our records"]


def test_an_involvement_that_ended_tells_nothing_more(as_user, source, scheme, scheme_worker, kate):
    row = people.supports(kate, scheme)
    row.until = people.today()
    row.save()
    roster = factories.received(source, "Katherine,Rees,9/3/1984,9434765919,,")
    assert outcomes(as_user(scheme_worker).get(roster.get_absolute_url())) == ["Passed to the council"]


def test_a_list_of_many_rows_costs_what_one_costs(
    as_user, source, data_officer, django_assert_max_num_queries
):
    roster = factories.received(source, *[f"Given{n},Family,1/2/1990,,," for n in range(40)])
    client = as_user(data_officer)
    client.get(roster.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(roster.get_absolute_url())


# -- Decisions ----------------------------------------------------------------------------------------------


@pytest.fixture
def twin_row(source, kate):
    return factories.received(source, "Megan,Rees,9/3/1984,,NE1 1AA,Live-in").rows.get()


def test_side_by_side_with_the_reasons(as_user, twin_row, kate, data_officer, django_assert_max_num_queries):
    client = as_user(data_officer)
    url = reverse("safetynet:decide", args=[twin_row.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    for words in (
        "Megan Rees",
        "Katherine Rees",
        kate.reference,
        "9 March 1984",
        "first names differ (a twin or another relative?)",
    ):
        assert words in page.text
    assert AccessLogEntry.objects.latest("pk").person_ids == [kate.pk]


def test_the_same_person_by_hand_and_undone(as_user, twin_row, kate, data_officer):
    client = as_user(data_officer)
    url = reverse("safetynet:decide", args=[twin_row.pk])
    assert "Decided, and remembered" in send(client, url, choice=str(kate.pk)).text
    assert LinkDecision.objects.linked().get().decided_by == data_officer
    assert "Undo the link" in client.get(url).text
    page = send(client, reverse("safetynet:undo", args=[twin_row.pk]), because="Her sister")
    assert "Not on our records" in page.text
    assert RosterRow.objects.get().state == RosterRow.State.MISSING


def test_none_of_these(as_user, twin_row, kate, data_officer):
    send(
        as_user(data_officer),
        reverse("safetynet:decide", args=[twin_row.pk]),
        choice="none",
        why="Her sister",
    )
    assert NotSamePerson.objects.get().why == "Her sister"
    assert Flag.objects.open().get().kind == "not_on_our_records"


@pytest.mark.rule("safetynet.record_of_the_council")
def test_another_record_by_reference_of_the_own_council_only(as_user, source, team, other_team, data_officer):
    row = factories.received(source, "Ann,Vale,1/2/1990,,,").rows.get()
    mine, theirs = people.person(team), people.person(other_team)
    client, url = as_user(data_officer), reverse("safetynet:decide", args=[row.pk])
    page = send(client, url, choice="other", reference=theirs.reference)
    assert page.status_code == 422
    assert "no record" in page.text
    assert send(client, url, choice="other").status_code == 422
    send(client, url, choice="other", reference=mine.reference.lower())
    assert LinkDecision.objects.linked().get().person == mine


def test_the_data_officer_of_another_council_finds_nothing(as_user, twin_row, other_council):
    stranger = people.user("Other Officer", other_council, Role.DATA_OFFICER)
    assert as_user(stranger).get(reverse("safetynet:decide", args=[twin_row.pk])).status_code == 404


def test_a_record_of_another_council_is_its_data_officers_to_decide(
    as_user, source, other_team, data_officer, other_council
):
    theirs = people.person(
        other_team,
        given_name="Katherine",
        family_name="Rees",
        date_of_birth=date(1984, 3, 9),
        postcode="NE1 1AA",
    )
    row = factories.received(source, "Megan,Rees,9/3/1984,,NE1 1AA,").rows.get()
    assert Flag.objects.get().council == other_council
    page = as_user(data_officer).get(reverse("safetynet:decide", args=[row.pk]))
    assert "Not shown to you" in page.text
    assert "Katherine" not in page.text
    officer = people.user("Other Officer", other_council, Role.DATA_OFFICER)
    client = as_user(officer)
    assert "Katherine Rees" in client.get(reverse("safetynet:decide", args=[row.pk])).text
    send(client, reverse("safetynet:decide", args=[row.pk]), choice=str(theirs.pk))
    assert RosterRow.objects.get().state == RosterRow.State.LINKED


def test_a_restricted_record_is_not_shown_to_those_who_decide(
    as_user, twin_row, kate, data_officer, team_manager
):
    from people.actions import restrict

    restrict(person=kate, kind="masked", reason="Safety", allowed=[team_manager], by=team_manager)
    page = as_user(data_officer).get(reverse("safetynet:decide", args=[twin_row.pk]))
    assert "Katherine" not in page.text
    assert kate.reference in page.text


def test_two_records_side_by_side(as_user, kate, team, data_officer):
    people.person(
        team,
        given_name="Kate",
        family_name="Rees",
        date_of_birth=date(1984, 3, 9),
        nhs_number=kate.nhs_number,
    )
    actions.sweep_safety_net(as_of=people.today())
    flag = Flag.objects.get(kind="duplicate")
    client, url = as_user(data_officer), reverse("safetynet:records", args=[flag.pk])
    assert "same NHS number" in client.get(url).text
    send(client, url, same="yes")
    assert len(set(Person.objects.values_list("identity", flat=True))) == 1
    send(client, url, because="They are two")
    assert set(Person.objects.values_list("identity", flat=True)) == {None}
