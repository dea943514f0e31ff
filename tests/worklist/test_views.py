"""My work, the team's work and the reminders: the right rows, the right numbers, few queries, nobody else's people."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people import actions as people
from people.models import Involvement
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist import actions
from sharedlives.worklist.models import Mail

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


def ahead(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def page(client):
    """Open an address as somebody."""

    def open_as(user, url, **query):
        client.force_login(user)
        return client.get(url, query)

    return open_as


def shown(answer, slug):
    return next(row for row in answer.context["lists"] if row["which"].slug == slug)


def test_three_lists_late_first_and_no_more(deadline, team, care_manager, page):
    for days in (50, 42, 1, 0, -3, -1):
        factories.due(cast.person(team, care_manager), team, ahead(days))
    answer = page(care_manager, reverse("home"))
    assert answer.status_code == 200
    assert [row["which"].slug for row in answer.context["lists"]] == ["today", "waiting", "weeks"]
    today, weeks = shown(answer, "today"), shown(answer, "weeks")
    assert [(item.due_on - timezone.localdate()).days for item in today["items"]] == [-3, -1, 0]
    assert [(item.due_on - timezone.localdate()).days for item in weeks["items"]] == [1, 42]
    assert (today["count"], weeks["count"], shown(answer, "waiting")["count"]) == (3, 2, 0)
    text = answer.content.decode()
    assert "3 days late" in text
    assert "You wait for nobody" in text


def test_a_line_names_the_person_and_leads_to_the_page_that_sees_to_it(
    deadline, person, team, care_manager, page
):
    people.correct(person=person, by=care_manager, preferred_name="Billie")
    row = factories.due(person, team, ahead(-3))
    text = page(care_manager, reverse("home")).content.decode()
    assert f"Billie {person.family_name}" in text
    assert person.reference in text
    assert f'href="/reviews/due/{row.pk}/"' in text


def test_nothing_of_others_shows(deadline, person, team, charlie, page):
    factories.due(person, team, ahead(-3))
    answer = page(charlie, reverse("home"))
    assert [row["count"] for row in answer.context["lists"]] == [0, 0, 0]
    assert person.reference not in answer.content.decode()


def test_what_one_waits_for_stands_in_its_own_list(person, team, care_manager, page, deadline):
    waiting = factories.declare(name="tests.waiting", waits_for=lambda user: deadline.open())
    factories.only(waiting)
    factories.due(person, team, ahead(10))
    answer = page(care_manager, reverse("home"))
    assert shown(answer, "waiting")["count"] == 1
    assert shown(answer, "waiting")["items"][0].reference == person.reference


def test_several_deadlines_share_one_statement_also_where_there_is_no_person(
    deadline, person, team, care_manager, page, django_assert_max_num_queries
):
    for n in range(4):
        factories.declare(name=f"tests.more_{n}", label=f"More {n}", person="" if n else "person")
    factories.due(person, team, ahead(-3))
    client_page = page(care_manager, reverse("home"))
    assert shown(client_page, "today")["count"] == 5
    assert [item.known_as for item in shown(client_page, "today")["items"]].count("") == 3


@pytest.mark.parametrize("rows", [10, 100])
def test_the_pages_cost_the_same_however_many_rows(
    rows, deadline, team, care_manager, team_manager, client, django_assert_max_num_queries
):
    for n in range(rows):
        factories.due(cast.person(team, care_manager), team, ahead(n % 50 - 20))
    actions.send_reminders(as_of=timezone.localdate())
    urls = [
        reverse("home"),
        reverse("worklist:list_of", args=["today"]),
        reverse("worklist:team"),
        reverse("worklist:team_list", args=["late"]),
        reverse("worklist:reminders"),
    ]
    client.force_login(team_manager)
    client.get(urls[0])
    for url in urls:
        with django_assert_max_num_queries(15):  # 12 and what opens and closes the transaction
            answer = client.get(url)
        assert answer.status_code == 200, url
        assert len(answer.content) < 100 * 1024


def test_a_long_list_is_paged_by_key_without_gap_or_repeat(deadline, team, care_manager, page):
    expected = [
        factories.due(cast.person(team, care_manager), team, ahead(-(n // 10) - 1)).pk for n in range(60)
    ]
    first = page(care_manager, reverse("home"))
    assert len(shown(first, "today")["items"]) == 25
    assert "Show all 60" in first.content.decode()
    url, seen, sizes = reverse("worklist:list_of", args=["today"]), [], []
    query = ""
    while True:
        answer = page(care_manager, url + query)
        sizes.append(len(answer.context["items"]))
        seen += [item.object_id for item in answer.context["items"]]
        query = answer.context["next"]
        if not query:
            break
    assert sizes == [25, 25, 10]
    assert sorted(seen) == sorted(expected)
    assert "Back to the beginning" in answer.content.decode()


@pytest.mark.parametrize("query", ["?after=nonsense", "?after=2026-01-01_", "?after=2026-13-01_x"])
def test_a_key_that_was_tampered_with_is_no_page(query, deadline, care_manager, page):
    assert page(care_manager, reverse("worklist:list_of", args=["today"]) + query).status_code == 404


def test_an_unknown_list_is_no_page(deadline, care_manager, team_manager, page):
    assert page(care_manager, reverse("worklist:list_of", args=["tomorrow"])).status_code == 404
    assert page(team_manager, reverse("worklist:team_list", args=["tomorrow"])).status_code == 404
    wrong_worker = reverse("worklist:team_list", args=["late"]) + "?worker=everybody"
    assert page(team_manager, wrong_worker).status_code == 404


def test_the_spreadsheet_holds_the_same_rows_and_is_logged(deadline, team, care_manager, page):
    for _n in range(30):
        factories.due(cast.person(team, care_manager), team, ahead(-2))
    answer = page(care_manager, reverse("worklist:list_of", args=["today"]), format="csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 30
    assert rows[0]["How it stands"] == "2 days late"
    entry = AccessLogEntry.objects.latest("id")
    assert entry.exported == "my-work-today"
    assert len(entry.person_ids) == 30


def test_the_access_log_says_whose_names_were_shown(deadline, person, team, care_manager, page):
    factories.due(person, team, ahead(-2))
    page(care_manager, reverse("home"))
    assert AccessLogEntry.objects.latest("id").person_ids == [person.pk]


def test_the_team_page_counts_by_worker_and_each_number_leads_to_its_rows(
    deadline, team, care_manager, team_manager, page
):
    colleague = cast.user("Bea", team, Role.CARE_MANAGER)
    for worker, days in ((care_manager, -3), (care_manager, -1), (care_manager, 5), (colleague, -2)):
        factories.due(cast.person(team, worker), team, ahead(days))
    unnamed = cast.person(team, team_manager)
    Involvement.objects.filter(person=unnamed).update(worker=None)
    factories.due(unnamed, team, ahead(3))
    answer = page(team_manager, reverse("worklist:team"))
    rows = [(str(row["worker"]), row["late"], row["soon"]) for row in answer.context["rows"]]
    assert rows == [("Amina Yusuf", 2, 1), ("Bea", 1, 0), ("None", 0, 1)]
    assert (answer.context["late"], answer.context["soon"]) == (3, 2)
    for row in answer.context["rows"]:
        worker = row["worker"].pk if row["worker"] else "none"
        for span in ("late", "soon"):
            listed = page(team_manager, reverse("worklist:team_list", args=[span]), worker=worker)
            assert len(listed.context["items"]) == row[span]
    whole = page(team_manager, reverse("worklist:team_list", args=["late"]))
    assert len(whole.context["items"]) == 3
    saved = page(team_manager, reverse("worklist:team_list", args=["late"]), format="csv")
    assert len(saved.content.decode().splitlines()) == 4


def test_a_manager_sees_own_teams_only(deadline, person, team, team_manager, other_team, charlie, page):
    factories.due(cast.person(other_team, charlie), other_team, ahead(-3))
    assert page(team_manager, reverse("worklist:team")).context["rows"] == []
    assert page(team_manager, reverse("worklist:team_list", args=["late"])).context["items"] == []


def test_workers_do_not_see_the_teams_pages(deadline, care_manager, page):
    for url in (
        reverse("worklist:team"),
        reverse("worklist:team_list", args=["late"]),
        reverse("worklist:reminders"),
    ):
        assert page(care_manager, url).status_code == 403
    assert reverse("worklist:team") not in page(care_manager, reverse("home")).content.decode()


def test_the_reminders_page_says_who_was_told_how_it_went_out_and_what_comes_next(
    deadline, person, team, team_manager, page
):
    row = factories.due(person, team, ahead(10))
    actions.send_reminders(as_of=timezone.localdate())
    actions.deliver_outbox()
    answer = page(team_manager, reverse("worklist:reminders"))
    sent, skipped = answer.context["lines"]
    if sent["reminder"].state != "sent":
        sent, skipped = skipped, sent
    text = answer.content.decode()
    assert "Amina Yusuf" in text
    assert "mail sent" in text
    assert skipped["reminder"].why_skipped in text
    assert sent["next_on"] == row.due_on
    assert person.reference in text


def test_the_reminders_page_keeps_those_of_closed_rows(deadline, person, team, team_manager, page):
    row = factories.due(person, team, ahead(10))
    actions.send_reminders(as_of=timezone.localdate())
    type(row).objects.filter(pk=row.pk).update(
        state="void", why="moved away", closed_on=timezone.localdate(), next_stage_on=None
    )
    lines = page(team_manager, reverse("worklist:reminders")).context["lines"]
    assert len(lines) == 2
    assert {line["next_on"] for line in lines} == {None}


def test_the_reminders_page_of_another_team_is_empty(deadline, person, team, other_team, page):
    stranger = cast.user("Other manager", other_team, Role.TEAM_MANAGER)
    factories.due(person, team, ahead(10))
    actions.send_reminders(as_of=timezone.localdate())
    assert page(stranger, reverse("worklist:reminders")).context["lines"] == []


def test_what_could_not_be_delivered_shows_on_my_work_and_to_the_manager(
    deadline, person, team, care_manager, team_manager, page
):
    factories.due(person, team, ahead(10))
    actions.send_reminders(as_of=timezone.localdate())
    assert "could not be delivered" not in page(care_manager, reverse("home")).content.decode()
    Mail.objects.update(state="parked", attempts=8, last_error="SMTPRecipientsRefused 550")
    assert "1 mail to you could not be delivered" in page(care_manager, reverse("home")).content.decode()
    only = page(team_manager, reverse("worklist:reminders"), only="undelivered")
    assert len(only.context["lines"]) == 1
    assert "SMTPRecipientsRefused 550" in only.content.decode()


def test_administrators_send_parked_mails_again_and_change_nothing_else(care_manager, administrator, client):
    mail = actions.queue_mail(recipient=care_manager, template="reminder", path="/", reference="P-7KQ2MX")
    Mail.objects.update(state="parked", attempts=8)
    client.force_login(administrator)
    listed = client.get(reverse("admin:worklist_mail_changelist"))
    assert "P-7KQ2MX" in listed.content.decode()
    client.post(
        reverse("admin:worklist_mail_changelist"), {"action": "send_again", "_selected_action": [mail.pk]}
    )
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert client.get(reverse("admin:worklist_mail_add")).status_code == 403
    for name in ("jobrun", "reminder"):
        assert client.get(reverse(f"admin:worklist_{name}_changelist")).status_code == 200
