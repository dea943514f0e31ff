"""The panel: what it decides, what follows from it, its conditions and its letter."""

from datetime import timedelta

import page
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions
from carers.actions import panel
from carers.models import Approval, ApprovalCondition, Carer, PanelDecision, Requirement
from sharedlives.documents import pdf
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist import actions as clock
from sharedlives.worklist.actions import set_wording
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from .test_applications import ago, application, boxes, enquire, to_panel  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
SAID = {
    "papers": "Assessment report",
    "reasons": "Warm, patient and well prepared",
    "policy": "Approvals, version 3",
}


@pytest.fixture
def meeting(scheme, scheme_manager):
    return actions.hold_panel(
        scheme=scheme, on=ago(1), members="Ann Grey, independent chair", by=scheme_manager
    )


@pytest.fixture
def ready(application, scheme_worker):  # noqa: F811 - the fixture of that name
    return to_panel(application, scheme_worker)


@pytest.fixture
def decide(ready, meeting, scheme_manager, scheme_worker):
    def decide(outcome="conditions", **facts):
        approved = {"kinds": ["live_in", "short_break"], "since": cast.today(), "emergency": True}
        facts = (approved if outcome in ("approved", "conditions") else {}) | SAID | facts
        if outcome == "conditions" and "conditions" not in facts:
            due_on = cast.today() + timedelta(days=60)
            facts["conditions"] = [
                {"words": "First aid within two months", "owner": scheme_worker, "due_on": due_on}
            ]
        return actions.decide(application=ready, meeting=meeting, outcome=outcome, by=scheme_manager, **facts)

    return decide


def test_each_of_a_couple_is_approved_as_the_panel_said(decide):
    until = cast.today() + timedelta(days=365)
    ended = decide(probation_until=until)
    assert (ended.state, ended.ended_on) == ("approved", ago(1))
    approvals = list(Approval.objects.all())
    assert [a.carer.given_name for a in approvals] in (["Joan", "Ray"], ["Ray", "Joan"])
    for approval in approvals:
        assert (approval.kinds, approval.emergency, approval.until) == (
            ["live_in", "short_break"],
            True,
            until,
        )
        assert "First aid within two months" in approval.conditions
        assert approval.decision.policy == "Approvals, version 3"
    yearly = Requirement.objects.filter(kind__slug="carer-review")
    assert {row.due_on for row in yearly} == {ago(1).replace(year=ago(1).year + 1)}


@pytest.mark.rule("carers.decided_at_panel")
def test_nothing_is_decided_before_the_panel(application, meeting, scheme_manager):  # noqa: F811
    with pytest.raises(RuleBroken, match="not come to the panel"):
        actions.decide(
            application=application, meeting=meeting, outcome="deferred", by=scheme_manager, **SAID
        )


@pytest.mark.rule("carers.decided_once", "carers.one_panel_a_day")
def test_deferred_comes_back_to_another_meeting(decide, ready, meeting, scheme, scheme_manager):
    assert decide("deferred").is_open
    with pytest.raises(RuleBroken, match="decided on this application already"), transaction.atomic():
        decide("deferred")
    with pytest.raises(RuleBroken, match="of that day"), transaction.atomic():
        actions.hold_panel(scheme=scheme, on=meeting.on, members="Bo", by=scheme_manager)
    later = actions.hold_panel(scheme=scheme, on=cast.today(), members="Bo", by=scheme_manager)
    facts = SAID | {"kinds": ["live_in"], "since": cast.today()}
    again = actions.decide(application=ready, meeting=later, outcome="approved", by=scheme_manager, **facts)
    assert again.state == "approved"


@pytest.mark.rule("carers.refusal_can_be_appealed")
def test_not_approved_says_until_when_to_appeal(decide):
    with pytest.raises(RuleBroken, match="until when they may appeal"), transaction.atomic():
        decide("not_approved")
    ended = decide("not_approved", appeal_by=ago(-28), because="skills")
    assert (ended.state, ended.ended_because) == ("refused", "skills")
    assert not Carer.objects.active(cast.today()).exists()


@pytest.mark.rule(
    "carers.decision_says_for_what", "carers.decision_with_conditions", "carers.probation_in_order"
)
def test_a_decision_fits_together(decide):
    for words, facts in (
        ("says for what", {"outcome": "approved", "kinds": []}),
        ("says for what", {"outcome": "deferred", "kinds": ["live_in"]}),
        ("names them", {"outcome": "conditions", "conditions": []}),
        ("end before it began", {"outcome": "approved", "probation_until": cast.today()}),
    ):
        with pytest.raises(RuleBroken, match=words), transaction.atomic():
            decide(**facts)
    assert not PanelDecision.objects.exists()


@pytest.mark.rule("carers.condition_met_how")
def test_a_condition_falls_due_until_it_is_met(decide, scheme_worker, scheme_manager):
    decide()
    condition = ApprovalCondition.objects.get()
    for offset in (-28, 0, 7):
        clock.send_reminders(as_of=condition.due_on + timedelta(days=offset))
    copies = ReminderCopy.objects.filter(reminder__deadline="carers.condition").order_by("reminder__stage_on")
    assert [copy.recipient for copy in copies] == [scheme_worker, scheme_worker, scheme_manager]
    facts = {"condition": condition, "by": scheme_worker}
    with pytest.raises(RuleBroken, match="how it was met"):
        actions.meet_condition(on=cast.today(), words=" ", **facts)
    actions.meet_condition(on=cast.today(), words="Certificates seen", **facts)
    assert not ApprovalCondition.objects.unmet().exists()
    with pytest.raises(RuleBroken, match="met already"):
        actions.meet_condition(on=cast.today(), words="Again", **facts)


@pytest.mark.rule("carers.letter_sent_once")
def test_the_letter_is_kept_as_it_goes_out(decide, scheme_manager, client):
    decide()
    decision = PanelDecision.objects.get()
    actions.write_letter(decision=decision, by=scheme_manager)
    decision.refresh_from_db()
    assert decision.letter.content_type == (
        "application/pdf" if pdf.available() else "text/plain; charset=utf-8"
    )
    with pytest.raises(RuleBroken, match="on our records already"):
        actions.write_letter(decision=decision, by=scheme_manager)
    client.force_login(scheme_manager)
    answer = client.get(reverse("carers:letter", args=[decision.pk]))
    assert answer.content == bytes(decision.letter.content)


def test_a_validator_for_pdf_ua_finds_nothing(decide):
    decide(probation_until=cast.today() + timedelta(days=365), appeal_by=ago(-28))
    content, content_type, _ending = panel.rendered(PanelDecision.objects.get())
    assert content_type == "application/pdf"
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]


def test_where_pdfs_are_off_the_letter_is_plain_text(decide, scheme_manager, settings):
    settings.PDF_OFF = True
    decide("not_approved", appeal_by=ago(-28))
    decision = PanelDecision.objects.get()
    actions.write_letter(decision=decision, by=scheme_manager)
    decision.refresh_from_db()
    words = bytes(decision.letter.content).decode()
    assert "Warm, patient and well prepared" in words
    assert "If you do not agree" in words


def test_the_scheme_says_it_in_its_own_words(decide, scheme_manager, administrator, settings):
    settings.PDF_OFF = True
    decide()
    body = "We are glad.\n\n{decision}\n\nYours, {scheme}"
    set_wording(
        slug="panel_letter", subject="Our answer", body=body, in_force_from=cast.today(), by=administrator
    )
    words = panel.rendered(PanelDecision.objects.get())[0].decode()
    places = [
        words.index(said)
        for said in ("Our answer:", "We are glad.", "What the panel decided: Approved", "Yours, Harbour")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("table", "constraint", "change"),
    [
        ("paneldecision", "carers_decision_says_for_what", "kinds = '{}'"),
        ("paneldecision", "carers_decision_with_reasons", "reasons = ''"),
        (
            "paneldecision",
            "carers_refusal_can_be_appealed",
            "outcome = 'not_approved', kinds = '{}', since = NULL",
        ),
        ("paneldecision", "carers_probation_dates_in_order", "probation_until = since"),
        ("panelmeeting", "carers_panel_has_members", "members = ''"),
        ("approvalcondition", "carers_condition_has_words", "words = ''"),
        ("approvalcondition", "carers_condition_met_how", "met_words = 'x'"),
        (
            "approvalcondition",
            "carers_condition_met_reminds_nobody",
            "met_on = now(), met_words = 'x', next_stage_on = now()",
        ),
    ],
)
def test_the_database_keeps_it(decide, table, constraint, change):
    decide()
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE carers_{table} SET {change}")


def test_on_the_pages(ready, scheme, scheme_manager, scheme_worker, client):
    client.force_login(scheme_manager)

    def key():
        return {"form_key": new_key(scheme_manager)}

    held = {"scheme": scheme.pk, "members": "Ann Grey, chair", **boxes("on", ago(1)), **key()}
    held_on = client.post(reverse("carers:hold_panel"), held)
    assert held_on.status_code == 302
    meeting = held_on.url.split("/")[-2]
    url = reverse("carers:decide", args=[ready.pk])
    typed = SAID | {
        "meeting": meeting,
        "outcome": "conditions",
        "kinds": ["live_in"],
        **boxes("since", cast.today()),
        "condition_1": "First aid",
        "condition_1_owner": scheme_worker.pk,
        "form_version": ready.version,
    }
    said = client.post(url, typed | key())
    assert "A condition needs its words" in said.content.decode()
    assert client.post(url, typed | boxes("condition_1_due_on", ago(-30)) | key()).status_code == 302
    decision = PanelDecision.objects.get()
    assert client.post(reverse("carers:write_letter", args=[decision.pk]), key()).status_code == 302
    condition = ApprovalCondition.objects.get()
    met = {"words": "Seen", "form_version": 1, **boxes("on", cast.today()), **key()}
    assert client.post(reverse("carers:meet_condition", args=[condition.pk]), met).status_code == 302
    shown = client.get(ready.get_absolute_url()).content.decode()
    assert "Approved with conditions, Panel of" in shown
    assert "Made on" in shown
    assert "Joan Bell and Ray Bell" in client.get(held_on.url).content.decode()
    assert "Approvals, version 3" in client.get(Carer.objects.first().get_absolute_url()).content.decode()
    assert client.get(reverse("carers:panels")).status_code == 200
