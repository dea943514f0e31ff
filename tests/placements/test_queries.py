"""Which homes are offered: known carers first, everybody counted and nobody named, emergencies only where allowed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from carers import actions as carers
from carers.models import RequirementKind
from people.models import PersonalContact, SharingDecision
from placements import actions, codes, matching, queries

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


def ranked(referral, scheme, **how):
    return queries.candidates(referral, [scheme.pk], "live_in", people.today(), **how).candidates


def fit_of(candidate, need):
    return next(fit for fit in candidate.fits if fit.need == need)


def test_carers_whom_the_person_knows_come_first(
    accepted, person, scheme, council, scheme_worker, care_manager
):
    for _n in range(3):
        factories.carer(factories.home(scheme, council, scheme_worker), scheme_worker)
    known = factories.carer(
        factories.home(scheme, council, scheme_worker, postcode="ZZ9 9ZZ"), scheme_worker, kinds=()
    )
    placement = factories.existing(person, scheme, known, scheme_worker, since=factories.days(-900))
    actions.end(placement=placement, on=factories.days(-500), reason="family", by=care_manager)
    found = ranked(accepted, scheme)
    assert (found[0].carer, found[0].known) == (known, True)
    assert fit_of(found[0], "Approval").fit == matching.NO
    assert not any(candidate.known for candidate in found[1:])


def test_a_full_home_is_shown_with_its_reason(accepted, team, scheme, carer, care_manager, scheme_worker):
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, scheme, carer, scheme_worker)
    found = ranked(accepted, scheme)[0]
    assert fit_of(found, "A place free").fit == matching.NO
    assert found.others_in_words.startswith("3 other people are supported there then (")
    assert found.far == ""


def test_a_filter_leaves_the_homes_where_a_need_fits(accepted, scheme, council, scheme_worker):
    """All are counted, whatever is shown; one who is not known to fit is left out."""
    accepted.needs = ["no_dogs"]
    accepted.save()
    quiet = factories.carer(
        factories.home(scheme, council, scheme_worker, pet_kinds=["none"]), scheme_worker, kinds=()
    )
    for kinds in (["dog"], []):
        factories.carer(factories.home(scheme, council, scheme_worker, pet_kinds=kinds), scheme_worker)
    found = queries.candidates(accepted, [scheme.pk], "live_in", people.today(), must=["no_dogs", "nonsense"])
    assert [candidate.carer for candidate in found.candidates] == [quiet]
    assert (found.verdicts.all, found.verdicts.shown) == (3, 1)
    assert ("no_dogs", "No dogs", 1, 1, 1) in found.tally


def test_how_far_is_from_the_middle_of_one_council_to_that_of_another(
    accepted, scheme, other_council, scheme_worker
):
    factories.carer(factories.home(scheme, other_council, scheme_worker), scheme_worker)
    far = ranked(accepted, scheme)[0].far
    assert far.startswith("about ")
    assert far.endswith("from Northshire, centre to centre")


@pytest.mark.parametrize(("answers", "shown"), [(["objects"], False), (["objects", "agrees"], True)])
def test_an_age_band_is_shown_unless_the_person_objects(
    accepted, team, scheme, carer, care_manager, scheme_worker, answers, shown
):
    other = people.person(team, worker=care_manager)
    factories.existing(other, scheme, carer, scheme_worker)
    for n, answer in enumerate(answers):
        SharingDecision.objects.create(
            person=other,
            organisation=team,
            what="profile",
            answer=answer,
            words="Mine",
            since=people.today(),
            recorded_at=timezone.now() + timedelta(seconds=n),
        )
    assert ("(" in ranked(accepted, scheme)[0].others_in_words) is shown


def test_restricted_people_are_counted_and_nobody_is_named(
    accepted, team, scheme, carer, care_manager, team_manager, scheme_worker
):
    hidden = people.person(team, worker=care_manager, family_name="Hiddenname")
    factories.existing(hidden, scheme, carer, scheme_worker)
    people.actions.restrict(
        person=hidden, kind="invisible", reason="Safety", allowed=[team_manager], by=team_manager
    )
    found = ranked(accepted, scheme)[0]
    assert found.others_in_words == "1 other person is supported there then"
    assert "Hiddenname" not in str(found.fits)


def test_the_list_is_of_the_own_scheme_and_narrows_by_area(
    accepted, scheme, other_scheme, council, scheme_worker
):
    near = factories.carer(factories.home(scheme, council, scheme_worker, postcode="AB1 1AA"), scheme_worker)
    factories.carer(factories.home(scheme, council, scheme_worker, postcode="CD2 2BB"), scheme_worker)
    factories.carer(factories.home(other_scheme, council, scheme_worker), scheme_worker)
    assert len(ranked(accepted, scheme)) == 2
    assert [candidate.carer for candidate in ranked(accepted, scheme, area="AB1")] == [near]


def test_two_carers_of_a_home_count_together(accepted, scheme, council, scheme_worker):
    accepted.two_carers = True
    accepted.language = "Urdu"
    accepted.save()
    home = factories.home(scheme, council, scheme_worker)
    first = factories.carer(home, scheme_worker)
    factories.carer(home, scheme_worker, languages="Urdu")
    found = queries.candidate(accepted, first, "live_in", people.today())
    assert fit_of(found, "Two carers at once").fit == matching.YES
    assert fit_of(found, "Language").fit == matching.YES


def test_training_that_is_not_current_is_said(accepted, scheme, council, scheme_worker):
    factories.courses()
    carer = factories.carer(factories.home(scheme, council, scheme_worker), scheme_worker, skilled=False)
    found = queries.candidate(accepted, carer, "live_in", people.today())
    assert fit_of(found, "Training").fit == matching.NO
    assert "First aid is not current" in fit_of(found, "Training").words


def test_a_lapsed_insurance_stops_new_placements_at_the_gate_and_in_the_match(
    accepted, person, scheme, council, scheme_worker
):
    today = people.today()
    home = factories.home(scheme, council, scheme_worker)
    carer = factories.carer(home, scheme_worker, emergency=True)
    factories.trained(carer, scheme_worker, for_emergencies=True, mandatory=False)
    move = queries.Move(person, scheme, carer, home, "live_in", codes.Route.PLANNED, today)

    def stands():
        training = fit_of(ranked(accepted, scheme)[0], "Training")
        offered = bool(queries.emergency_homes(person, [scheme.pk], today))
        why = next(s.why for s in queries.standings(move) if s.gate.code == codes.GateCode.TRAINING)
        return training.fit, why, offered

    assert stands() == (matching.YES, "", True)
    insurance = RequirementKind.objects.get(slug="public-liability")
    facts = {"kind": insurance, "done_on": today - timedelta(days=400), "carer": carer, "by": scheme_worker}
    carers.record_requirement(**facts)
    assert stands() == (matching.NO, "Public liability insurance has lapsed", False)


def test_emergency_homes_are_approved_trained_and_have_room_known_ones_first(
    person, team, scheme, council, emergency_carer, carer, scheme_worker, care_manager
):
    other_home = factories.home(scheme, council, scheme_worker)
    known = factories.carer(other_home, scheme_worker, emergency=True)
    factories.trained(known, scheme_worker, for_emergencies=True, mandatory=False)
    carers.record_found(
        person=person,
        household=other_home,
        claim="night",
        why="A break",
        period=queries.Move(
            person,
            scheme,
            known,
            other_home,
            "short_break",
            "planned",
            factories.days(-9),
            factories.days(-7),
        ).period,
        by=scheme_worker,
    )
    found = queries.emergency_homes(person, [scheme.pk], people.today())
    assert [(home.carer, home.known) for home in found] == [(known, True), (emergency_carer, False)]
    for other in [people.person(team, worker=care_manager) for _n in range(3)]:
        factories.existing(other, scheme, emergency_carer, scheme_worker)
    assert [home.carer for home in queries.emergency_homes(person, [scheme.pk], people.today())] == [known]


def test_contacts_of_the_past_are_not_sent(person, team, scheme, care_manager):
    PersonalContact.objects.create(
        person=person, kind="friend", name="Old Friend", agreed_by_person=True, until=factories.days(-5)
    )
    referral = factories.referral(person, team, care_manager, [scheme])
    assert "Old Friend" not in str(queries.pack(referral))
