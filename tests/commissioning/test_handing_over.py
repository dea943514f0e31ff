"""What the demo leaves for the team manager and the administrator to find."""

import pytest

from carers.models import CarerCopy
from commissioning.demo import asking, handing_over
from people.models import AccessRequest, Handover
from sharedlives.documents.pictures import replaced
from sharedlives.permissions import Role
from sharedlives.worklist.wordings import in_force

from .. import factories
from ..carers import factories as places

pytestmark = pytest.mark.django_db


def test_a_neighbouring_team_asks_the_team_that_signs_in(team, council):
    manager = factories.user("Tess Mann", team, Role.TEAM_MANAGER, email="team.manager@example.org")
    hilltop = factories.organisation("team", "Hilltop team", parent=council)
    worker = factories.user("Nadia Stone", hilltop, Role.CARE_MANAGER)
    person = factories.person(hilltop, worker=worker)
    handing_over.ask_the_team_that_signs_in(factories.today())
    row = Handover.objects.to_answer_by(manager).get()
    assert (row.person, row.team, row.asked_by) == (person, hilltop, worker)


def test_without_such_a_team_nothing_is_asked(person):
    handing_over.ask_the_team_that_signs_in(factories.today())
    assert not Handover.objects.exists()


def test_one_mail_has_own_words(region):
    handing_over.word_one_mail(factories.today())
    assert in_force("handover_answered", factories.today())[0] == "Your question to another team was answered"
    factories.user("Ada Root", region, Role.ADMINISTRATOR, email="admin@example.org")
    handing_over.word_one_mail(factories.today())
    assert in_force("handover_answered", factories.today())[0] == "An answer about a handover"


def test_the_council_that_signs_in_has_its_own_logo(region, council, other_council, team):
    handing_over.give_a_council_its_logo(factories.today())
    assert replaced(council.pk) == {}
    factories.user("Ada Root", region, Role.ADMINISTRATOR, email="admin@example.org")
    factories.user("Tess Mann", team, Role.TEAM_MANAGER, email="team.manager@example.org")
    handing_over.give_a_council_its_logo(factories.today())
    assert replaced(council.pk)["mark"].words == "Northshire"
    assert replaced(other_council.pk) == {}


def test_copies_are_asked_for_in_every_state(team, council, scheme):
    manager = factories.user("Tess Mann", team, Role.TEAM_MANAGER, email="team.manager@example.org")
    owner = factories.user("Owen Price", scheme, Role.SCHEME_MANAGER, email="scheme.manager@example.org")
    for _ in range(5):
        factories.person(team, worker=manager)
    carer = places.carer(places.home(council, scheme), scheme)
    asking.ask_for_copies(factories.today())
    asking.ask_for_a_carers_copy(factories.today())
    assert set(AccessRequest.objects.values_list("state", flat=True)) == set(asking.STATES)
    assert AccessRequest.objects.get(state="released").documents.exists()
    row = CarerCopy.objects.visible_to(owner).get()
    assert (row.carer, row.state) == (carer, "review")


def test_without_those_managers_nobody_asks(person):
    asking.ask_for_copies(factories.today())
    asking.ask_for_a_carers_copy(factories.today())
    assert not AccessRequest.objects.exists()
    assert not CarerCopy.objects.exists()
