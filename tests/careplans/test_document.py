"""The plan on paper: a validator finds nothing, foreign letters stay, and what is kept back stays back."""

import io
from datetime import time

import page
import pikepdf
import pytest
from django.urls import reverse

from careplans import actions, document
from careplans.models import CarePlan

from . import factories

NAMES = "Llŷr Ŵyn, Ivanović, Nguyễn Văn Đạt"


@pytest.fixture
def plan(supported_person, scheme, care_manager):
    draft = factories.draft(supported_person, care_manager, own_words=NAMES, wellbeing="Secretword")
    actions.add_service(plan=draft, by=care_manager, kind="shared_lives", name="Lives with the Okafors")
    hours = {"weekdays": [0], "starts_at": time(9), "ends_at": time(15)}
    actions.add_service(plan=draft, by=care_manager, kind="day", name="Brook day service", **hours)
    return factories.sign(draft, care_manager)


@pytest.mark.parametrize("form", document.FORMATS)
def test_a_validator_for_pdf_ua_finds_nothing(plan, form):
    plan = CarePlan.objects.get(pk=plan.pk)
    content = document.render(plan, form).content
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.Root.Lang) == "en-GB"


def test_it_says_what_the_page_says_without_what_is_kept_back(
    plan, scheme, scheme_worker, care_manager, client
):
    facts = document.facts_of(CarePlan.objects.get(pk=plan.pk))
    assert "Secretword" in [words for _section, words, _not_yet in facts["sections"]]
    assert facts["alone"].by_day == 99
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager, withheld=["wellbeing"], why_withheld="x")
    shown = CarePlan.objects.get(pk=plan.pk)
    shown.kept_back = {"wellbeing"}
    facts = document.facts_of(shown)
    assert "Secretword" not in str(facts["sections"]) + str(facts["easy"])
    client.force_login(scheme_worker)
    answer = client.get(reverse("careplans:plan_file", args=[plan.pk, "standard"]))
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(reverse("careplans:plan_file", args=[plan.pk, "other"])).status_code == 404
