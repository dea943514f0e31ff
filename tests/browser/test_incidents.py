"""An incident in a home of three people tells each one's worker, each of their own person alone."""

import pytest

from risk.models import Incident
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from ..carers import factories as homes
from ..risk.test_actions import lives_in

pytestmark = pytest.mark.browser


def test_an_incident_in_a_home_of_three_tells_three_workers(
    window, council, team, scheme, scheme_worker, assert_accessible
):
    home = homes.home(council, scheme)
    workers = [cast.user(name, team, "care_manager") for name in ("Ann First", "Ben Second", "Cas Third")]
    people = []
    for worker, name in zip(workers, ("Ahmad", "Bela", "Carol"), strict=True):
        person = cast.person(team, worker=worker, given_name=name, family_name=f"{name}son")
        cast.supports(person, scheme, worker=scheme_worker)
        lives_in(person, home)
        people.append(person)

    desk = window(scheme_worker).go(f"/risk/person/{people[0].pk}/incident/")
    desk.answer(
        happened_on=cast.today(),
        kind="accident",
        what_happened="A small fire in the kitchen",
        what_was_done="The fire service came; everybody was out",
        words="He was near the stove",
        concerns_home=True,
    )
    desk.press("Record the incident").done().sees("A small fire in the kitchen")
    assert_accessible(desk)
    incident = Incident.objects.get()
    assert {row.person for row in incident.people.all()} == set(people)

    send_reminders(as_of=cast.today(), limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="risk.incident_read")
    assert set(copies.values_list("recipient__name", flat=True)) == {worker.name for worker in workers}

    for worker, person in zip(workers, people, strict=True):
        own = incident.people.get(person=person)
        reader = window(worker).go(f"/risk/incident-rows/{own.pk}/read/").sees("A small fire", str(person))
        assert ("near the stove" in reader.text) is (person == people[0])
        reader.press("I have read").done()
    assert not incident.people.unread().exists()
