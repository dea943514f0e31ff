"""The person's page: what stands on it, what it costs, the timeline, the sheet and the papers."""

import io
from datetime import timedelta

import page
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careplans.actions import open_reassessment, write_wish
from people import actions
from people.models import ContactNote
from risk import actions as risk_actions
from sharedlives import timeline
from sharedlives.records.models import AccessLogEntry

from .. import factories
from ..careplans import factories as plans
from ..careplans.pages import text
from ..risk import factories as risks

CEILING = 20  # besides transaction control


def queries_of(client, address):
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    assert answer.status_code == 200
    control = ("SAVEPOINT", "RELEASE", "SET CONSTRAINTS", "BEGIN", "COMMIT")
    return [query["sql"] for query in caught if not query["sql"].startswith(control)]


def notes(person, by, count):
    """So many contacts, one a day, straight into the table."""
    organisation = by.current_memberships()[0].organisation
    now = timezone.now()
    ContactNote.objects.bulk_create(
        ContactNote(
            person=person,
            organisation=organisation,
            by=by,
            how="phone",
            words=f"Call {n}",
            happened_at=now - timedelta(hours=8 * n),
        )
        for n in range(count)
    )


@pytest.fixture
def told(supported_person, care_manager, scheme, scheme_worker, council):
    """Somebody about whom there is something of everything."""
    person = supported_person
    plans.signed_plan(person, care_manager, outcomes=("Cook by myself",))
    actions.add_communication_need(
        person=person, kind="support", words="One thing at a time", by=care_manager
    )
    actions.write_about_me(
        person=person,
        by=care_manager,
        writer="for_person",
        supported_by="Amina Yusuf",
        why_for_person="He asked her to",
        most_important="My mum محمد",
        please_do_not="Rush me",
        people="Mum",
    )
    actions.record_legal_fact(
        person=person,
        kind="liberty",
        about="Locked door at night",
        since=factories.today(),
        risk_note="Tell him why",
        by=care_manager,
    )
    actions.decide_sharing(
        person=person,
        what="plan",
        answer="objects",
        words="Not my uncle",
        since=factories.today(),
        by=care_manager,
    )
    actions.write_contact_note(person=person, how="visit", saw_person=True, words="Well", by=care_manager)
    return person


def test_what_a_duty_worker_must_know_stands_above_the_rest(client, told, care_manager):
    client.force_login(care_manager)
    text = client.get(told.get_absolute_url()).content.decode()
    order = [
        "One thing at a time",
        "No court order",
        "Objects to sharing",
        "Seen by the care manager",
        "Version 1,",
        "About me",
        "What happened",
    ]
    places_found = [text.index(words) for words in order]
    assert places_found == sorted(places_found)
    assert "app-glance__fact--late" in text  # no risk assessment is signed
    assert "Written by Amina Yusuf for" in text


def test_risks_with_who_is_responsible_and_open_work_stand_on_the_page(
    client, told, care_manager, scheme_worker
):
    risk = risks.risk(hazard="Crosses without looking", responsible="other", responsible_name="Nasreen Begum")
    risks.signed(told, care_manager, [risk])
    risk_actions.notice_change(person=told, kind="mood", words="Sleeps badly", by=scheme_worker)
    later = factories.today() + timedelta(days=90)
    risk_actions.foresee(person=told, words="Grace retires", look_again_on=later, by=care_manager)
    open_reassessment(
        person=told,
        cause="carer",
        what_happened="Grace is ill",
        happened_on=factories.today(),
        owner=care_manager,
        due_on=factories.today() + timedelta(days=9),
        by=care_manager,
    )
    client.force_login(care_manager)
    words = text(client.get(told.get_absolute_url()))
    assert "Crosses without looking: Nasreen Begum" in words
    assert "Mood or behaviour: Sleeps badly" in words
    assert "Grace retires : Amina Yusuf" in words
    assert "Reassessment: Grace is ill : Amina Yusuf" in words
    assert len(queries_of(client, told.get_absolute_url())) <= CEILING


def test_the_page_costs_the_same_with_3_and_with_3000_entries(client, told, care_manager):
    client.force_login(care_manager)
    client.get(told.get_absolute_url())  # what the first page of all looks up once is no cost of a person
    costs = []
    for more in (3, 2997):
        notes(told, care_manager, more)
        asked = queries_of(client, told.get_absolute_url())
        costs.append(len(asked))
        assert len([sql for sql in asked if "UNION ALL" in sql]) == 1
    assert costs[0] == costs[1] <= CEILING, "\n".join(sql[:160] for sql in asked)


def test_the_timeline_is_paged_by_key_and_loses_nothing(client, told, care_manager):
    notes(told, care_manager, 120)
    client.force_login(care_manager)
    address, seen, pages = reverse("people:timeline", args=[told.pk]), [], 0
    while address:
        answer = client.get(address)
        seen += [(entry.part.name, entry.row) for entry in answer.context["entries"]]
        earlier, pages = answer.context["earlier"], pages + 1
        address = (
            reverse("people:timeline", args=[told.pk]) + f"?before={earlier.replace('+', '%2B')}"
            if earlier
            else ""
        )
    assert pages == 3
    assert len(seen) == len(set(seen))
    assert len([row for part, row in seen if part == "people.contact"]) == 121
    assert {"people.involvement", "people.legal_fact", "people.about_me", "careplans.plan"} <= {
        part for part, _row in seen
    }


def test_a_page_of_the_timeline_is_one_statement(client, told, care_manager):
    notes(told, care_manager, 300)
    client.force_login(care_manager)
    asked = queries_of(client, reverse("people:timeline", args=[told.pk]))
    assert len(asked) <= 12
    assert len([sql for sql in asked if "people_contactnote" in sql]) == 1


def test_a_key_that_is_not_ours_begins_at_the_newest(told, care_manager):
    first = timeline.entries(care_manager, told, lambda permission: True)
    for key in ("x", "2026-01-01~y", "2026-01-01T00:00:00~7c0c4c5e-0000-4000-8000-000000000000"):
        assert timeline.entries(care_manager, told, lambda permission: True, before=key) == first


def test_the_timeline_shows_each_side_only_what_it_may_read(told, care_manager, scheme_worker, charlie):
    def parts(user):
        return {entry.part.name for entry in timeline.entries(user, told, lambda permission: True)}

    assert {"people.contact", "people.legal_fact", "people.about_me", "careplans.plan"} <= parts(care_manager)
    assert not {"people.contact", "people.legal_fact", "careplans.plan"} & parts(scheme_worker)
    assert "people.about_me" in parts(scheme_worker)
    assert parts(charlie) == set()


def test_the_timeline_holds_placements_risk_and_incidents(supported_person, care_manager, scheme_worker):
    risks.signed(supported_person, care_manager)
    risks.incident(supported_person, scheme_worker)
    found = timeline.entries(care_manager, supported_person, lambda permission: True)
    said = {entry.part.name: entry for entry in found}
    assert said["risk.assessment"].words == "Risk assessment signed, version 1"
    assert said["risk.incident"].url
    assert said["people.involvement"].part.lane == "Who is involved"


def test_the_timeline_holds_what_was_wished_noticed_promised_and_complained(
    supported_person, scheme, care_manager, team_manager, scheme_worker, charlie
):
    who, by = {"person": supported_person}, {"by": care_manager}
    plans.held_plan(supported_person, scheme, care_manager, scheme_worker)
    plans.budget(supported_person, care_manager, weekly_pounds=410)
    write_wish(words="To see the sea", **who, **by)
    row = risks.signed(supported_person, care_manager)
    risk_actions.still_right(assessment=row, seen_where="At home", **by)
    risks.complaint(supported_person, care_manager)
    actions.open_emergency_access(by=charlie, reason="Found on the street", **who)
    said = {e.part.name: e.words for e in timeline.entries(team_manager, supported_person, lambda p: True)}
    assert said["careplans.plan_given"] == f"Plan given to {scheme}, version 1"
    assert said["careplans.plan_acknowledged"] == f"Plan acknowledged by {scheme}, version 1"
    assert said["careplans.budget"] == "Personal budget: £410.00 a week"
    assert said["careplans.wish"] == "Wish: To see the sea"
    assert said["risk.check"] == "Risk assessment checked with the person, still right"
    assert said["risk.complaint"] == "Complaint received"
    assert said["people.emergency_access"] == f"Emergency access by {charlie.name}: Found on the street"
    theirs = {e.part.name for e in timeline.entries(scheme_worker, supported_person, lambda p: True)}
    assert not {"careplans.budget", "careplans.wish", "risk.complaint", "people.emergency_access"} & theirs


# -- Paper -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["before_i_go", "about_me_pdf", "about_me_easy_read"])
def test_papers_are_tagged_and_logged(client, told, care_manager, name):
    client.force_login(care_manager)
    answer = client.get(reverse(f"people:{name}", args=[told.pk]))
    assert answer["Content-Type"] == "application/pdf"
    result = page.validate_pdf_bytes(answer.content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    opened = pikepdf.open(io.BytesIO(answer.content))
    if name != "before_i_go":
        assert "NotoArabic" in str({str(f.BaseFont) for p in opened.pages for f in p.Resources.Font.values()})
    assert AccessLogEntry.objects.latest("at").exported


def test_without_pdf_the_page_says_what_to_do(client, told, care_manager, settings):
    settings.PDF_OFF = True
    client.force_login(care_manager)
    answer = client.get(reverse("people:before_i_go", args=[told.pk]))
    assert answer.status_code == 503
    assert "print that page instead" in answer.content.decode()


# -- Who has looked --------------------------------------------------------------------------------


def test_the_list_for_the_person_names_safeguarding_as_the_council(
    client, person, care_manager, team_manager
):
    client.force_login(care_manager)
    client.get(person.get_absolute_url())
    entry = AccessLogEntry.objects.get()
    AccessLogEntry.objects.create(
        user_id=charlies_id(person),
        person_ids=[person.pk],
        view="risk:concern",
        method="GET",
        status=200,
        request_id=entry.request_id,
    )
    client.force_login(team_manager)
    for name in ("looked", "looked_sheet"):
        text = client.get(reverse(f"people:{name}", args=[person.pk])).content.decode()
        assert str(care_manager) in text
        assert "The council" in text
        assert "Secret Investigator" not in text
        assert "risk: concern" not in text


def charlies_id(person):
    team = person.involvements.get().organisation
    return factories.user("Secret Investigator", team, "care_manager").pk
