"""Reviews for tests: placements that started, meetings that were arranged, answers that close them."""

from datetime import date, timedelta

from django.utils import timezone

from placements.models import AgreementRequirement, Placement, PlacementAgreement
from reviews import actions
from reviews.models import ReviewDue
from reviews.queries import asked_of
from risk.models import Incident, IncidentPerson

from ..careplans import factories as careplans
from ..carers import factories as carers
from ..factories import counter


def today():
    return timezone.localdate()


def ago(days):
    return today() - timedelta(days=days)


def placement(person, scheme, team, started=None, **facts):
    """A placement that takes no place in a home: support where the person lives."""
    home = carers.home(team.council, scheme)
    facts = {
        "kind": "floating",
        "state": "active",
        "starts_on": started or ago(50),
        "reference": f"A-{next(counter):06}",
    } | facts
    return Placement.objects.create(
        person=person, scheme=scheme, funding_team=team, carer=carers.carer(home, scheme), **facts
    )


def started(person, scheme, team, by, on=None, **facts):
    """The same, and what reviews do when it starts. Returns (placement, due of the plan, due of the agreement)."""
    row = placement(person, scheme, team, on, **facts)
    agreement = actions.open_first_due(placement=row, by=by)
    return row, ReviewDue.objects.get(person=person, subject="care_plan", state="open"), agreement


def agreed(placement, *words):
    """A signed agreement with requirements."""
    row = PlacementAgreement.objects.create(
        placement=placement,
        organisation=placement.scheme,
        number=1,
        plan_elements="All",
        roles="As usual",
        drafted_by=placement.person.involvements.first().worker,
    )
    for number, said in enumerate(words or ("Meals together",), 1):
        AgreementRequirement.objects.create(agreement=row, number=number, words=said)
    row.state, row.signed_on = "signed", placement.starts_on
    row.save()
    return row


def incident(person, team, on=None, **facts):
    facts = {
        "kind": "illness",
        "is_emergency": True,
        "what_happened": "A fall",
        "what_was_done": "Ambulance",
    } | facts
    row = Incident.objects.create(organisation=team, happened_on=on or ago(5), **facts)
    IncidentPerson.objects.create(incident=row, person=person, organisation=team, due_on=today())
    return row


def signed_off(person, by, on=None):
    """Plan and budget signed off, as most people's are."""
    plan = careplans.signed_plan(person, by, on=on or ago(60))
    careplans.budget(person, by, signed_off_on=on or ago(60), since=date(2024, 1, 1))
    return plan


def meeting(dues, by, planned_on=None, **facts):
    facts = {
        "place": "At home",
        "reviewer": by,
        "why_late": "First day the person could",
        "known_since": "2024",
    } | facts
    return actions.schedule(dues=dues, planned_on=planned_on or today(), by=by, **facts)


def asked(person, by, days_ago=0, **facts):
    """A review that somebody asked for before its date."""
    facts = {"asked_by": "scheme", "asked_name": by.name, "reason": "His day service closes"} | facts
    return actions.ask_for_review(person=person, asked_on=ago(days_ago), by=by, **facts)


def answers(review, on=None, **changes):
    """Everything that closes this meeting, in one flat dictionary; `changes` replaces or empties some of it."""
    held_on = on or today()
    asked = asked_of(review, today=today(), held_on=held_on)
    full = {
        "held_on": held_on.isoformat(),
        "method": "face_to_face",
        "seen_on": held_on.isoformat(),
        "seen_where": "At home",
        "seen_how": "at_meeting",
        "persons_views": "I like it here. I want to cook on Fridays.",
        "how_views_counted": "Friday is cooking day from now on.",
        "carers_views": "We get on well.",
        "s27_impact": "More confident.",
        "s27_outcomes": "Two of three.",
        "s27_contribution": "Practice every week.",
        "s27_needs": "No.",
        "options_explained": "All five, with pictures.",
        "options_format": "standard",
        "persons_preference": "as_now",
        "outcome": "no_change",
        "why_as_now": "More hours, and a home of his own: not yet, he says.",
        "next_due_on": asked.latest_next(held_on).isoformat(),
        "return_reason": "planned",
        "return_method": "person",
        "return_achieved": "partly",
        "return_outcome": "continues",
        "next_due_why": "Nothing is expected to change before.",
    }
    full |= {f"attended-{key}": "yes" for key, _name in asked.guests}
    for prefix, rows, rating in (
        ("outcome", asked.outcomes, "met"),
        ("requirement", asked.requirements, "partly"),
        ("incident", asked.incidents, "considered"),
        ("earlier", asked.earlier, "goes_on"),
    ):
        for key, _label in rows:
            full |= {f"{prefix}-{key}-rating": rating, f"{prefix}-{key}-words": "Some words."}
    return full | changes


def held(dues, by, held_on=None, **changes):
    """A meeting arranged and held. Returns the review."""
    review = meeting(dues, by, planned_on=held_on)
    return actions.hold(review=review, answers=answers(review, on=held_on, **changes), by=by)
