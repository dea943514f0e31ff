"""Two schemes agree on the last place of a home they share, at the same moment: one gets it, one is told why."""

import threading

import pytest
from django.db import connections

from carers import actions as carers
from carers.models import Stay
from people.models import User
from placements import actions
from placements.models import Match, Placement
from sharedlives.rules import RuleBroken

from .. import factories as people
from . import factories


@pytest.mark.django_db(transaction=True)
def test_two_schemes_agree_on_the_last_place(
    team, scheme, other_scheme, council, care_manager, scheme_worker
):
    neighbour = people.user("Neighbour", other_scheme, "scheme_worker")
    home = factories.home(scheme, council, scheme_worker, places=1)
    carers.share_household(household=home, scheme=other_scheme, by=scheme_worker)
    carer = factories.carer(home, scheme_worker)
    matches = []
    for own, worker in ((scheme, scheme_worker), (other_scheme, neighbour)):
        person = people.person(team, worker=care_manager)
        referral = factories.accepted(person, team, care_manager, own, worker)
        factories.held_plan(person, own, care_manager, worker)
        matches.append(factories.match(referral, own, carer, worker))
    barrier, answers = threading.Barrier(2), []

    def agree(pk):
        try:
            match = Match.objects.select_related("referral").get(pk=pk)
            by = User.objects.get(pk=care_manager.pk)
            barrier.wait(timeout=20)
            actions.agree_match(match=match, starts_on=people.today(), by=by, **factories.FEWER)
            answers.append("agreed")
        except RuleBroken as refused:
            answers.append(refused.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=agree, args=[match.pk]) for match in matches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == 2
    assert answers.count("agreed") == 1
    refusal = next(words for words in answers if words != "agreed")
    assert "This home has no place free" in refusal
    assert Placement.objects.count() == Stay.objects.binding().count() == 1
