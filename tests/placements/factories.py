"""Referrals, homes and placements for tests, made through the actions."""

from datetime import timedelta

from django.db import transaction

from carers import actions as carers
from carers.actions.carers import RENEWAL
from carers.models import Training, TrainingCourse
from carers.moments import READY
from carers.rules import expires_on
from people.models import Organisation
from placements import actions, codes
from risk import actions as risk
from sharedlives.records.actions import record_all
from sharedlives.worklist.deadlines import first_stage_on

from ..careplans import factories as careplans
from ..factories import counter, today

INFORMATION = {item: (True, f"What to know about {item.label.lower()}.", "") for item in codes.Information}
FEWER = {"fewer_because": "known"}  # introductions that a test is not about
WISHES = "A room of my own, near the sea, with people who like music."


def days(n):
    return today() + timedelta(days=n)


def referral(person, team, by, schemes, **facts):
    facts = {
        "kinds": ["live_in"],
        "purpose": "home",
        "urgency": "planned",
        "wishes": WISHES,
        "areas": ["NS1"],
        "information": INFORMATION,
    } | facts
    return actions.refer(person=person, team=team, schemes=schemes, by=by, **facts)


def accepted(person, team, by, scheme, scheme_user, **facts):
    """A referral that one scheme has accepted for matching."""
    row = referral(person, team, by, [scheme], **facts)
    actions.answer_referral(sent=row.schemes.get(scheme=scheme), answer="accepted", by=scheme_user)
    return row


def home(scheme, council, by, places=3, **facts):
    n = next(counter)
    facts = {"label": f"Home {n}", "address": f"{n} Harbour Road", "postcode": "NS1 1AA"} | facts
    return carers.register_household(scheme=scheme, council=council, places=places, by=by, **facts)


def carer(household, by, kinds=("live_in", "short_break"), emergency=False, skilled=True, **facts):
    """A carer approved from long ago (without kinds by nobody), who has done what every carer must do."""
    n = next(counter)
    row = carers.register_carer(
        household=household, by=by, given_name="Mary", family_name=f"Okafor{n}", **facts
    )
    if kinds:
        carers.approve(carer=row, kinds=kinds, since=days(-400), emergency=emergency, by=by)
    return trained(row, by, mandatory=True) if skilled else row


def courses():
    """The shipped courses; two of their kind where a test before emptied the tables."""
    if not TrainingCourse.objects.exists():
        TrainingCourse.objects.create(slug="first-aid", name="First aid", mandatory=True)
        TrainingCourse.objects.create(slug="emergency", name="Emergency placements", for_emergencies=True)
    return TrainingCourse.objects.all()


def trained(carer, by, but=None, done_on=None, **which):
    """The carer has done every course that counts for `which`, but one. As the action writes it, all at once."""
    done_on = done_on or days(-30)
    council = carer.organisation.council
    rows = []
    for course in courses().filter(**which).exclude(pk=but and but.pk):
        row = Training(carer=carer, course=course, done_on=done_on)
        row.expires_on = row.due_on = expires_on(done_on, course.refresh_months)
        if row.due_on:
            row.next_stage_on = first_stage_on(RENEWAL, council=council, due_on=row.due_on)
        rows.append(row)
    with transaction.atomic():
        record_all(rows, by=by, why="trained")
        READY.happened(carer=carer, by=by)
    return carer


def emergency_course():
    """A course without which nobody may be taken in by emergency."""
    return courses().filter(for_emergencies=True).first()


def match(row, scheme, carer, by, kind="live_in", says=("yes", "yes")):
    """A proposed match with both answers."""
    found = actions.propose_match(
        referral=row,
        scheme=scheme,
        carer=carer,
        household=carer.household,
        kind=kind,
        reasons="Both love music",
        by=by,
    )
    return actions.record_answers(match=found, person_answer=says[0], carer_answer=says[1], by=by)


def held_plan(person, scheme, care_manager, scheme_user):
    return careplans.held_plan(person, scheme, care_manager, scheme_user)


def agreed(person, team, scheme, carer, care_manager, scheme_user, starts_on=None, **facts):
    """A placement agreed, its place held, the plan held by the scheme; nothing else of the gate."""
    row = accepted(person, team, care_manager, scheme, scheme_user)
    held_plan(person, scheme, care_manager, scheme_user)
    found = match(row, scheme, carer, scheme_user)
    return agree(found, care_manager, starts_on=starts_on or today(), **facts)


def agree(match, by, **facts):
    """Agreed without introductions: they know each other already."""
    return actions.agree_match(match=match, by=by, **({"starts_on": today()} | FEWER | facts))


def introduction(match, by, on=None, **facts):
    facts = {"kind": "tea", "where": "At the carer’s home"} | facts
    return actions.record_introduction(match=match, on=on or days(-1), by=by, **facts)


def agreement(placement, by, requirements=(("Cook together twice a week", "carer"),), **facts):
    facts = {"plan_elements": "Cooking and getting about"} | facts
    return actions.draft_agreement(placement=placement, requirements=list(requirements), by=by, **facts)


def sign_all(row, scheme_user, care_manager):
    """Everybody signs."""
    for party, by in (
        ("person", scheme_user),
        ("carer", scheme_user),
        ("scheme", scheme_user),
        ("team", care_manager),
    ):
        row = actions.sign_agreement(
            agreement=row, party=party, name="Somebody", how="On paper", before_whom="A witness", by=by
        )
    return row


def signed_risk(person, by, on=None):
    row = risk.draft_assessment(person=person, by=by)
    falls = {
        "hazard": "Falls on stairs",
        "kind": "person",
        "gains": "Gets about",
        "controls": "A rail",
        "if_it_goes_wrong": "Ring the carer first",
        "responsible": "carer",
        "responsible_name": "",
        "next_review_on": days(100),
    }
    row = risk.amend_assessment(
        assessment=row, risks=[falls], own_view="I hold on to the rail", took_part="All three of us", by=by
    )
    seen = {"seen_how": "visit", "seen_on": on or today(), "seen_where": "At home"}
    return risk.sign_assessment(assessment=row, on=on, by=by, **seen)


def responsibilities(person, scheme, care_manager, scheme_user):
    row = risk.draft_responsibilities(
        person=person,
        scheme=scheme,
        joint_needed=True,
        joint_words="Together",
        carer_risk_words="None known",
        change_words="At each review",
        by=care_manager,
    )
    risk.agree_responsibilities(agreement=row, side="team", by=care_manager)
    return risk.agree_responsibilities(agreement=row, side="scheme", by=scheme_user)


def ready(placement, care_manager, scheme_user):
    """Everything the gate asks is there."""
    person, scheme = placement.person, placement.scheme
    careplans.assessment(person, care_manager)
    responsibilities(person, scheme, care_manager, scheme_user)
    signed_risk(person, care_manager, on=days(-20))
    sign_all(agreement(placement, scheme_user), scheme_user, care_manager)
    return placement


def existing(person, scheme, carer, by, since=None, **facts):
    facts = {"kind": "live_in", "why": "Living there since before the record was kept"} | facts
    return actions.record_existing(
        person=person, scheme=scheme, carer=carer, since=since or days(-4000), by=by, **facts
    )


def council_of(team):
    return Organisation.objects.get(pk=team.council_id)
