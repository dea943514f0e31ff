"""Administrators see reference, state and dates of case records, and no content."""

import pytest
from django.apps import apps
from django.urls import reverse

from careplans import actions

from . import factories

SECRET = "Wants to live near the sea"


@pytest.fixture
def rows(supported_person, scheme, care_manager):
    old = factories.signed_plan(supported_person, care_manager, needs=SECRET, outcomes=(SECRET,))
    factories.assessment(supported_person, care_manager, summary=SECRET)
    factories.budget(supported_person, care_manager)
    plan = factories.signed_plan(supported_person, care_manager, why_new=SECRET)
    actions.share_plan(plan=plan, scheme=scheme, by=care_manager)
    actions.write_wish(person=supported_person, words=SECRET, by=care_manager)
    actions.enter_in_error(plan=plan, why=SECRET, by=care_manager)
    return old


@pytest.mark.parametrize(
    "name",
    [
        "assessment",
        "careplan",
        "personalbudget",
        "planshare",
        "signoff",
        "supersession",
        "enteredinerror",
        "wish",
    ],
)
def test_lists_and_pages_show_no_content_and_change_nothing(
    client, administrator, rows, supported_person, name
):
    client.force_login(administrator)
    model = apps.get_model("careplans", name)
    pages = [reverse(f"admin:careplans_{name}_changelist")]
    pages += [reverse(f"admin:careplans_{name}_change", args=[row.pk]) for row in model.objects.all()]
    assert len(pages) > 1
    chosen = set(model.objects.values_list("pk", flat=True))
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        content = page.content.decode()
        assert SECRET not in content
        assert supported_person.family_name not in content
        client.post(address, {"action": "delete_selected", "_selected_action": list(chosen), "post": "yes"})
    assert set(model.objects.values_list("pk", flat=True)) == chosen
    assert client.get(reverse(f"admin:careplans_{name}_add")).status_code == 403
