"""Who has nobody to answer for them."""

from django.utils import timezone

from people import gaps


def found(gap):
    return list(gap.found(timezone.localdate()).values("subject_id", "person_id", "owner_organisation_id"))


def test_a_living_person_whom_no_team_funds_is_a_gap_of_the_council(person, council):
    assert found(gaps.NO_FUNDING_TEAM) == []
    person.involvements.update(until=timezone.localdate())
    row = {"subject_id": person.pk, "person_id": person.pk, "owner_organisation_id": council.pk}
    assert found(gaps.NO_FUNDING_TEAM) == [row]
    person.date_of_death = timezone.localdate()
    person.save()
    assert found(gaps.NO_FUNDING_TEAM) == []


def test_no_care_manager_or_one_who_left_is_a_gap_of_the_team(person, team, care_manager):
    assert found(gaps.NO_WORKER) == []
    row = {"subject_id": person.pk, "person_id": person.pk, "owner_organisation_id": team.pk}
    person.involvements.update(worker=None)
    assert found(gaps.NO_WORKER) == [row]
    person.involvements.update(worker=care_manager)
    care_manager.is_active = False
    care_manager.save()
    assert found(gaps.NO_WORKER) == [row]
    person.date_of_death = timezone.localdate()
    person.save()
    assert found(gaps.NO_WORKER) == []
