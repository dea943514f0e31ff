"""Friday night: a carer is ill. Only the right carers are offered, the known one first; one start is put right in three
days, the other is not, and goes up to the manager."""

import pytest
from django.core.management import call_command

from carers import actions as carers
from placements.models import Placement
from sharedlives.worklist.models import ReminderCopy

from .. import factories
from ..careplans import factories as plans
from ..placements import factories as placements
from ..placements.factories import days
from .conftest import PHONE

pytestmark = pytest.mark.browser


def emergency_home(scheme, council, by, label, **course):
    home = placements.home(scheme, council, by, label=label)
    row = placements.carer(home, by, emergency=True)
    return (
        placements.trained(row, by, for_emergencies=True, mandatory=False)
        if course.get("trained", True)
        else row
    )


def everything_else(placement, care_manager, worker):
    """What the three days are for: assessed, agreed who is responsible, risk signed, the agreement signed, the plan held."""
    person, scheme = placement.person, placement.scheme
    placements.held_plan(person, scheme, care_manager, worker)
    placements.ready(placement, care_manager, worker)
    plans.budget(person, care_manager)


def test_a_friday_night_emergency_from_cover_to_put_right_and_to_the_manager(
    window, team, council, scheme, care_manager, scheme_worker, scheme_manager, assert_accessible
):
    home = placements.home(scheme, council, scheme_worker, label="The Okafor home")
    ill = placements.carer(home, scheme_worker)
    stopping = emergency_home(scheme, council, scheme_worker, "The stopping home")
    carers.end_carer(carer=stopping, on=days(60), because="resigned", by=scheme_manager)
    emergency_home(scheme, council, scheme_worker, "The untrained home", trained=False)
    emergency_home(scheme, council, scheme_worker, "A new home")
    known = emergency_home(scheme, council, scheme_worker, "The known home")
    people = {}
    for name in ("Anna", "Bela"):
        person = people[name] = factories.person(
            team, worker=care_manager, given_name=name, family_name="Nagy"
        )
        factories.supports(person, scheme, worker=scheme_worker)
        placements.existing(person, scheme, ill, scheme_worker)
        before = placements.existing(person, scheme, known, scheme_worker, kind="day_support")
        placements.actions.end(placement=before, on=factories.today(), reason="planned_end", by=scheme_worker)
    desk = window(scheme_worker).go(f"/placements/homes/{home.pk}/cover/").sees("Anna Nagy", "Bela Nagy")
    for hidden in ("The stopping home", "The untrained home"):
        assert hidden not in desk.text
    assert desk.text.index("The known home") < desk.text.index("A new home"), "the known home comes first"
    assert_accessible(desk)
    for name in people:
        desk.go(f"/placements/homes/{home.pk}/cover/")
        section = desk.page.locator("section", has=desk.page.get_by_role("heading", name=f"{name} Nagy"))
        desk.enter(section.get_by_role("button", name="Take in tonight")).done()
    taken_in = {row.person: row for row in Placement.objects.filter(route="emergency")}
    right, wrong = (taken_in[person] for person in people.values())
    assert {row.due_on for row in right.owed.all()} == {days(3)} and right.carer == known
    everything_else(right, care_manager, scheme_worker)
    assert not right.owed.open().exists(), "what is there is closed by itself"
    desk.go(f"/placements/{wrong.pk}/owed/").sees("Needs assessment")
    desk.press("Check again").sees("This is still missing")
    call_command("send_reminders", as_of=str(days(6)), format="json", verbosity=0)
    late = ReminderCopy.objects.filter(recipient=scheme_manager, reminder__stage="manager")
    told = {copy.reminder.object_id for copy in late}
    assert told >= set(wrong.owed.open().values_list("pk", flat=True)), (
        "the manager hears of what is not put right"
    )
    assert not told & set(right.owed.values_list("pk", flat=True)), "and not of what is"
    assert {copy.reminder.due_on for copy in late} == {days(3)}
    phone = window(scheme_worker, viewport=PHONE).go(f"/placements/homes/{home.pk}/cover/")
    assert_accessible(phone)
