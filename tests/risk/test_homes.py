"""The risk assessment of a home: its scheme writes and signs it, care managers read the summary alone."""

import pytest
from django.urls import reverse

from risk import actions
from risk.deadlines import HOME_REVIEW, RISK_REVIEW
from risk.models import RiskAssessment

from .. import factories as cast
from ..careplans.pages import date_of, hidden, queries_of, send, text
from ..carers import factories as homes
from . import factories
from .test_actions import assert_broken, in_days, lives_in
from .test_changes import told


@pytest.fixture
def home(council, scheme):
    return homes.home(council, scheme)


@pytest.mark.rule("risk.home_signed_by_scheme", "risk.home_summary")
def test_its_scheme_signs_it_with_a_summary_for_others(home, care_manager, scheme_worker, scheme):
    draft = actions.draft_assessment(household=home, by=scheme_worker)
    assert draft.organisation == scheme
    actions.add_risk(assessment=draft, by=scheme_worker, **factories.risk())
    assert_broken("risk.home_signed_by_scheme", factories.sign, assessment=draft, by=care_manager)
    assert_broken("risk.home_summary", factories.sign, assessment=draft, by=scheme_worker)


def test_it_falls_due_to_the_scheme_and_to_nobody_else(home, scheme_worker, scheme_manager, care_manager):
    row = factories.signed_home(home, scheme_worker)
    assert list(HOME_REVIEW.open()) == [row]
    assert list(HOME_REVIEW.owed_by(scheme_manager)) == [row]
    assert not HOME_REVIEW.visible_to(care_manager).exists()
    assert not RISK_REVIEW.open().exists()
    assert told(HOME_REVIEW, row.due_on) == [scheme_manager.name]
    newer = factories.signed_home(home, scheme_worker, hazard="Other")
    assert list(HOME_REVIEW.open()) == [newer]


def test_care_managers_read_the_summary_alone(client, supported_person, home, care_manager, scheme_worker):
    lives_in(supported_person, home)
    row = factories.signed_home(home, scheme_worker, hazard="The brother drinks")
    overview = reverse("risk:overview", args=[supported_person.pk])
    client.force_login(care_manager)
    shown = text(client.get(overview))
    assert "A steep stair; two dogs" in shown and "drinks" not in shown
    assert len(queries_of(client, overview)) <= 12
    for name, pk in (("home", home.pk), ("home_assessment", row.pk)):
        assert client.get(reverse(f"risk:{name}", args=[pk])).status_code in (403, 404)
    assert client.get(reverse("risk:assessment", args=[row.pk])).status_code == 404
    client.force_login(scheme_worker)
    assert "drinks" in text(client.get(row.get_absolute_url()))
    assert "steep stair" not in text(client.get(overview)), "the scheme opens the home’s own page"


def test_a_home_goes_through_its_pages(client, home, scheme_worker):
    client.force_login(scheme_worker)
    listed = reverse("risk:home", args=[home.pk])
    assert "Look at the risks of the home" in text(client.get(listed))
    assert "Risk assessment of the home" in text(client.get(home.get_absolute_url()))
    send(client, reverse("risk:begin_home", args=[home.pk]))
    draft = RiskAssessment.objects.get()
    edit = reverse("risk:edit_home", args=[draft.pk])
    form = client.get(edit)
    assert "What the person says" not in text(form)
    data = {
        **hidden(form),
        "risk-TOTAL_FORMS": "1",
        "risk-0-hazard": "The stair",
        "risk-0-kind": "household",
        "risk-0-controls": "A rail",
        "risk-0-if_it_goes_wrong": "Ring 999",
        "risk-0-responsible": "carer",
        "summary_shared": "A steep stair",
        **date_of("risk-0-next_review_on", in_days(90)),
    }
    answer = client.post(edit, data)
    assert answer.status_code == 302, text(answer)
    sign = reverse("risk:sign_home", args=[draft.pk])
    assert "A steep stair" in text(client.get(sign))
    send(client, sign, {"seen_how": "visit", "seen_where": "At home"} | date_of("seen_on", cast.today()))
    draft.refresh_from_db()
    assert draft.state == "signed"
    assert "Look at it again" in text(client.get(draft.get_absolute_url()))
    assert client.get(edit).status_code == 404, "a signed version is not edited"
    for address in (listed, draft.get_absolute_url()):
        assert len(queries_of(client, address)) <= 12


def test_another_scheme_sees_nothing_of_it(client, home, scheme_worker, other_scheme):
    row = factories.signed_home(home, scheme_worker)
    client.force_login(cast.user("Gwen Other", other_scheme, "scheme_manager"))
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(reverse("risk:home", args=[home.pk])).status_code == 404
