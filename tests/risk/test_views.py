"""The pages of risk: as the right users, as the wrong ones, and what they cost."""

import pytest
from django.apps import apps
from django.urls import reverse

from people import actions as people
from risk import actions
from risk.models import Incident, ResponsibilityAgreement, RiskAssessment
from sharedlives.panels import panels_for
from sharedlives.records.models import AccessLogEntry

from .. import factories as cast
from ..careplans.pages import date_of, hidden, queries_of, send, text
from . import factories
from .test_actions import in_days


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def url(name, row=None):
    return reverse(f"risk:{name}", args=[row.pk] if row else [])


@pytest.fixture
def everything(supported_person, scheme, scheme_worker, care_manager):
    """{name: address} of every page, for a person with a signed version, a draft, an agreement and an incident."""
    person = supported_person
    signed = factories.signed(person, care_manager)
    draft = factories.draft(person, care_manager)
    agreement = actions.draft_responsibilities(
        person=person, scheme=scheme, by=care_manager, **factories.ANSWERS
    )
    incident = factories.incident(person, scheme_worker)
    pages = {
        name: url(name, person) for name in ("overview", "begin", "write_responsibilities", "record_incident")
    }
    pages |= {name: url(name, draft) for name in ("edit", "sign", "enter_in_error")}
    return pages | {
        "assessment": url("assessment", signed),
        "draft": url("assessment", draft),
        "responsibility": url("responsibility", agreement),
        "incidents": url("incidents"),
        "incident": url("incident", incident),
        "safeguarding": url("safeguarding", incident),
        "read_incident": url("read_incident", incident.people.get()),
    }


def test_the_own_care_manager_opens_every_page(signed_in, everything):
    assert {
        name: signed_in.get(address).status_code for name, address in everything.items()
    } == dict.fromkeys(everything, 200)


def test_to_another_council_no_page_exists(client, charlie, everything):
    client.force_login(charlie)
    found = {name: client.get(address).status_code for name, address in everything.items()}
    assert found.pop("incidents") == 200  # an empty list of one's own
    assert set(found.values()) == {404}
    assert "No incident of anybody whom you support" in text(client.get(everything["incidents"]))


def test_a_scheme_reads_signed_risk_agrees_and_records_incidents(client, scheme_worker, everything):
    client.force_login(scheme_worker)
    found = {name for name, address in everything.items() if client.get(address).status_code == 200}
    assert found == {"overview", "assessment", "responsibility", "incidents", "incident", "record_incident"}
    page = text(client.get(everything["overview"]))
    assert "Version 1" in page
    assert "Version 2" not in page


def test_an_incident_shows_no_other_persons_words_or_name(
    client, supported_person, scheme_worker, charlie, other_team
):
    neighbour = cast.person(other_team, worker=charlie, family_name="Neighbour")
    found = factories.incident(supported_person, scheme_worker, words="His knee")
    actions.name_person(found, neighbour, "Her arm", scheme_worker)
    client.force_login(charlie)
    page = text(client.get(url("incident", found)))
    assert "Her arm" in page
    assert "His knee" not in page
    assert supported_person.family_name not in page
    entry = AccessLogEntry.objects.get()
    assert entry.person_ids == [neighbour.pk]


# -- Drafting and signing -----------------------------------------------------------------------------


def typed_risk(number=0, **facts):
    words = {
        "hazard": "Crossing the road",
        "kind": "activity",
        "controls": "Practise",
        "if_it_goes_wrong": "Ring the carer",
        "responsible": "carer",
    } | facts
    return {f"risk-{number}-{k}": v for k, v in words.items()} | date_of(
        f"risk-{number}-next_review_on", in_days(90)
    )


def seen():
    """A visit of today, as it is typed."""
    return {"seen_how": "visit", "seen_where": "At home"} | date_of("seen_on", cast.today())


def test_begin_write_and_sign(signed_in, person):
    send(signed_in, url("begin", person), {"why_new": "First look"})
    draft = RiskAssessment.objects.get()
    answer = send(signed_in, url("edit", draft), typed_risk() | {"own_view": "I want to go alone"})
    assert answer.url == url("sign", draft)
    answer = send(signed_in, url("sign", draft), seen())
    assert answer.url == url("assessment", draft)
    draft.refresh_from_db()
    assert (draft.state, draft.due_on) == ("signed", in_days(90))
    assert "Crossing the road" in text(signed_in.get(answer.url))


def test_another_risk_keeps_what_is_typed_and_judges_nothing_yet(signed_in, person, care_manager):
    draft = actions.draft_assessment(person=person, by=care_manager)
    typed = {"risk-0-hazard": "Half a tho", "risk-0-next_review_on_0": "31", "own_view": "Kept", "more": "1"}
    page = send(signed_in, url("edit", draft), typed)
    body = page.content.decode()
    assert page.status_code == 200
    assert "Half a tho" in body
    assert 'value="31"' in body
    assert "Kept" in body
    assert 'name="risk-1-hazard"' in body
    assert "There is something to put right" not in body
    assert not draft.risks.exists()
    whole = hidden(page) | typed_risk() | typed_risk(1, hazard="Stairs") | {"own_view": "Kept"}
    assert signed_in.post(url("edit", draft), whole).status_code == 302
    assert [risk.hazard for risk in draft.risks.all()] == ["Crossing the road", "Stairs"]


def test_a_risk_without_owner_or_date_is_named_in_the_summary(signed_in, person, care_manager):
    draft = actions.draft_assessment(person=person, by=care_manager)
    page = send(signed_in, url("edit", draft), {"risk-0-hazard": "Stairs", "risk-0-next_review_on_0": "31"})
    assert page.status_code == 422
    body = page.content.decode()
    assert '<a href="#id_risk-0-responsible">Risk 1, who is responsible: This field is required.</a>' in body
    assert "The date must include a month and a year." in body
    assert "Stairs" in body


def test_a_risk_is_taken_out(signed_in, person, care_manager):
    draft = factories.draft(person, care_manager, [factories.risk(hazard="A"), factories.risk(hazard="B")])
    typed = typed_risk(0, hazard="A") | typed_risk(1, hazard="B") | {"risk-0-DELETE": "on"}
    send(signed_in, url("edit", draft), typed)
    assert [risk.hazard for risk in draft.risks.all()] == ["B"]


def test_a_second_editor_is_told_and_may_then_save(signed_in, person, care_manager, team_manager):
    draft = factories.draft(person, care_manager)
    page = signed_in.get(url("edit", draft))
    actions.amend_assessment(assessment=draft, risks=[factories.risk()], by=team_manager, own_view="Theirs")
    typed = typed_risk() | {"own_view": "Mine"}
    page = signed_in.post(url("edit", draft), hidden(page) | typed)
    assert page.status_code == 422
    assert "became “Theirs”" in text(page)
    assert signed_in.post(url("edit", draft), hidden(page) | typed).status_code == 302


def test_the_second_time_nothing_changed_the_page_asks_why(signed_in, person, care_manager):
    for _n in range(2):
        factories.signed(person, care_manager)
    draft = factories.draft(person, care_manager)
    assert "Nothing changed again" in text(signed_in.get(url("sign", draft)))
    send(signed_in, url("sign", draft), seen() | {"why_nothing_changed": "Walked it on Monday"})
    draft.refresh_from_db()
    assert draft.why_nothing_changed == "Walked it on Monday"


def test_entered_in_error(signed_in, person, care_manager):
    row = factories.signed(person, care_manager)
    send(signed_in, url("enter_in_error", row), {"why": "about his brother"})
    assert signed_in.get(url("assessment", row)).status_code == 404


# -- Responsibilities ---------------------------------------------------------------------------------


def test_both_sides_agree_on_their_own_page(client, person, scheme, care_manager, scheme_worker):
    people.involve(person=person, organisation=scheme, role="referred", since=cast.today(), by=care_manager)
    client.force_login(care_manager)
    typed = factories.ANSWERS | {"scheme": scheme.pk, "joint_needed": "True"}
    send(client, url("write_responsibilities", person), typed)
    row = ResponsibilityAgreement.objects.get()
    send(client, url("responsibility", row))
    client.force_login(scheme_worker)
    assert "We agree to this" in client.get(url("responsibility", row)).content.decode()
    send(client, url("responsibility", row))
    row.refresh_from_db()
    assert (row.agreed_by_team, row.agreed_by_scheme) == (care_manager, scheme_worker)
    assert "We agree to this" not in client.get(url("responsibility", row)).content.decode()


# -- Incidents ----------------------------------------------------------------------------------------


def typed_incident(**facts):
    return (
        {
            "kind": "accident",
            "what_happened": "A fall",
            "what_was_done": "Rang the doctor",
            "words": "Bruised knee",
        }
        | date_of("happened_on", cast.today())
        | facts
    )


def test_a_scheme_records_an_incident_and_the_team_reads_it(
    client, supported_person, scheme_worker, care_manager
):
    client.force_login(scheme_worker)
    page = client.get(url("record_incident", supported_person))
    assert b"Safeguarding: has needs" not in page.content
    answer = send(client, url("record_incident", supported_person), typed_incident(has_needs="True"))
    found = Incident.objects.get()
    assert answer.url == url("incident", found)
    assert found.has_needs is None
    client.force_login(care_manager)
    row = found.people.get()
    assert "Not read yet" in text(client.get(url("incident", found)))
    send(client, url("read_incident", row))
    assert f"Read by {care_manager}" in text(client.get(url("incident", found)))


def test_the_council_decides_the_test(signed_in, supported_person, scheme_worker):
    found = factories.incident(supported_person, scheme_worker)
    answers = dict.fromkeys(("has_needs", "at_risk", "cannot_protect"), "True") | {"person_wants": "To stay"}
    page = send(signed_in, url("safeguarding", found), answers, follow=True)
    assert "All three parts are met" in text(page)


def test_a_notice_without_its_kind_keeps_what_was_typed(signed_in, person):
    page = send(signed_in, url("record_incident", person), typed_incident(cqc_notifiable="on"))
    assert page.status_code == 422
    assert "Choose what kind of notice it is." in text(page)
    assert "Bruised knee" in text(page)


def test_the_list_of_incidents_as_a_spreadsheet(signed_in, supported_person, scheme_worker):
    factories.incident(supported_person, scheme_worker)
    page = signed_in.get(url("incidents") + "?format=csv")
    assert b"Accident or injury" in page.content
    assert AccessLogEntry.objects.get().exported == "incidents"


# -- Panel, admin, and what pages cost ------------------------------------------------------------------


def panel(user, person):
    shown = panels_for(user, person, lambda permission: permission == "risk.view")
    return next(context for found, context in shown if found.name == "risk.assessment")


def test_the_panel_shows_each_side_its_own_in_two_queries(
    supported_person, scheme_worker, care_manager, django_assert_max_num_queries
):
    factories.signed(supported_person, care_manager)
    draft = factories.draft(supported_person, care_manager)
    factories.incident(supported_person, scheme_worker)
    for user, expected in ((care_manager, draft), (scheme_worker, None)):
        user.current_memberships()
        with django_assert_max_num_queries(2):
            mine = panel(user, supported_person)
            assert len(mine["incidents"]) == 1
        assert (mine["assessment"].number, mine["draft"]) == (1, expected)


def test_no_page_costs_more_than_twelve_queries(signed_in, everything):
    costs = {name: len(queries_of(signed_in, address)) for name, address in everything.items()}
    assert {name: cost for name, cost in costs.items() if cost > 12} == {}


def test_a_hundred_incidents_cost_as_much_as_two(signed_in, supported_person, scheme_worker):
    for _n in range(2):
        factories.incident(supported_person, scheme_worker)
    queries_of(signed_in, url("incidents"))
    few = len(queries_of(signed_in, url("incidents")))
    for _n in range(20):
        factories.incident(supported_person, scheme_worker)
    assert len(queries_of(signed_in, url("incidents"))) == few <= 12


@pytest.mark.parametrize(
    "name",
    [
        "riskassessment",
        "risk",
        "risksupersession",
        "riskenteredinerror",
        "responsibilityagreement",
        "incident",
        "incidentperson",
    ],
)
def test_administrators_see_no_content(
    client, administrator, supported_person, scheme, care_manager, scheme_worker, name
):
    secret = "Wants to live near the sea"
    factories.signed(supported_person, care_manager, [factories.risk(hazard=secret)])
    last = factories.signed(supported_person, care_manager, [factories.risk(controls=secret)])
    actions.enter_in_error(assessment=last, why=secret, by=care_manager)
    factories.agreed(supported_person, scheme, care_manager, scheme_worker)
    factories.incident(supported_person, scheme_worker, words=secret, what_happened=secret)
    client.force_login(administrator)
    rows = apps.get_model("risk", name).objects.all()
    before = set(rows.values_list("pk", flat=True))
    pages = [reverse(f"admin:risk_{name}_changelist")]
    pages += [reverse(f"admin:risk_{name}_change", args=[pk]) for pk in before]
    assert len(pages) > 1
    for address in pages:
        content = client.get(address).content.decode()
        assert secret not in content
        assert supported_person.family_name not in content
        client.post(address, {"action": "delete_selected", "_selected_action": list(before), "post": "yes"})
    assert set(rows.values_list("pk", flat=True)) == before
