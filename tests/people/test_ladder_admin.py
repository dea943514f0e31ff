"""Before a ladder is saved a page says what it moves; saving it moves that, and the nightly check finds no drift."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people import actions
from people.models import Ladder
from sharedlives.permissions import Role
from sharedlives.worklist.actions import check_stages, send_reminders

from .. import factories

pytestmark = pytest.mark.django_db
ADD = "admin:people_ladder_add"


def typed(council, *rungs, deadline="people.handover"):
    facts = {"council": council.pk, "deadline": deadline}
    facts |= {"stages-TOTAL_FORMS": len(rungs), "stages-INITIAL_FORMS": 0}
    for n, (stage, offset, tells) in enumerate(rungs):
        facts |= {f"stages-{n}-stage": stage, f"stages-{n}-offset": offset, f"stages-{n}-tells": tells}
    return facts


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def asked(person, other_team, care_manager):
    factories.user("Nadia Stone", other_team, Role.TEAM_MANAGER)
    facts = {"reason": "Moves away in May", "on": factories.today()}
    return actions.ask_handover(person=person, to=other_team, by=care_manager, **facts)


def test_it_is_counted_first_and_moved_when_saved(desk, asked, other_council):
    rungs = [("first", -3, "manager"), ("late", 5, "manager")]
    page = desk.post(reverse(ADD), typed(other_council, *rungs))
    assert "The next reminder of 1 open deadline moves" in page.content.decode()
    assert not Ladder.objects.exists()
    desk.post(reverse(ADD), dict(page.context["typed"]) | {"_confirmed": "1"})
    assert Ladder.objects.get().stages.count() == 2
    asked.refresh_from_db()
    assert asked.next_stage_on == asked.due_on - timedelta(days=3)
    assert asked.version == 1
    assert check_stages(as_of=factories.today()).done["drifted"] == 0


def test_what_was_sent_is_not_sent_again(desk, asked, other_council):
    send_reminders(as_of=factories.today())  # the rung "asked", seven days before
    page = desk.post(reverse(ADD), typed(other_council, ("asked", -7, "manager"), ("late", 5, "manager")))
    desk.post(reverse(ADD), dict(page.context["typed"]) | {"_confirmed": "1"})
    asked.refresh_from_db()
    assert asked.next_stage_on == asked.due_on + timedelta(days=5)


def test_the_ladder_of_another_council_moves_nothing(desk, asked, council):
    page = desk.post(reverse(ADD), typed(council, ("first", -3, "manager")))
    assert "The next reminder of 0 open deadlines moves" in page.content.decode()


def test_a_deadline_that_is_none_is_refused_on_its_page(desk, council):
    page = desk.post(reverse(ADD), typed(council, deadline="no.such"))
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
