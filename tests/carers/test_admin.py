"""What administrators see of homes and carers: courses in full, everything else without names."""

import pytest
from django.urls import reverse

from carers.models import TrainingCourse

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def test_an_administrator_sets_how_often_a_course_is_refreshed(admin_client, administrator):
    course = TrainingCourse.objects.get(slug="first-aid")
    address = reverse("admin:carers_trainingcourse_change", args=[course.pk])
    typed = {"slug": "first-aid", "name": "First aid", "refresh_months": 12, "mandatory": "on"}
    assert admin_client.post(address, typed).status_code == 302
    course.refresh_from_db()
    assert course.refresh_months == 12
    assert course.history.first().history_user == administrator


@pytest.mark.parametrize(
    "model",
    [
        "approval",
        "carer",
        "closure",
        "household",
        "householdmember",
        "householdscheme",
        "placelimit",
        "stay",
        "training",
    ],
)
def test_case_records_show_no_name_and_cannot_be_changed(admin_client, home, scheme, people, model):
    home.label = "The Okafors of Quay Street"
    home.save()
    home.members.create(given_name="Adaeze", relation="daughter")
    carer = factories.carer(home, scheme, family_name="Okafor")
    factories.approval(carer, "live_in", only_for=people[0], conditions="Never with Okafor’s brother")
    factories.training(carer, TrainingCourse.objects.first())
    factories.limit(home, 2)
    factories.closure(home)
    factories.stay(people[0], home, purpose="Okafor visits")
    row = {
        "approval": carer.approvals,
        "carer": home.carers,
        "closure": home.closures,
        "householdmember": home.members,
        "householdscheme": home.scheme_links,
        "placelimit": home.limits,
        "stay": home.stays,
        "training": carer.trainings,
    }
    one = row[model].get() if model != "household" else home
    addresses = [
        reverse(f"admin:carers_{model}_changelist"),
        reverse(f"admin:carers_{model}_change", args=[one.pk]),
    ]
    for address in addresses:
        page = admin_client.get(address).content.decode()
        for name in ("Okafor", "Adaeze", people[0].family_name):
            assert name not in page
    assert admin_client.post(addresses[1], {"label": "Changed"}).status_code == 403
