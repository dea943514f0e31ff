"""One small world for the access table: everything of Northshire that an address can name, and some who may not see it.

All of it is made through the apps' own actions. Every text that tells something carries a canary: a word that stands
nowhere else, so that a page which shows what it should not is caught by its body, not by its status.
"""

import json
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.management import call_command
from django.utils import timezone

from careplans.models import ShareOwed
from carers import actions as carers
from carers.models import Closure
from people import actions as people
from people.models import Involvement, Membership
from placements import actions as placements
from placements.models import OwedAfterDeath, OwedAfterEmergency
from reviews import actions as reviews
from reviews.models import RecordCopy, RecordOwed, ReviewAction, ReviewDue
from risk.models import IncidentPerson
from safetynet import actions as safetynet
from safetynet.models import Flag, RosterRow
from sharedlives.permissions import Role
from sharedlives.records import typed
from sharedlives.records.models import ParkedPost

from .. import factories as cast
from ..careplans import factories as plans
from ..placements import factories as places
from ..reviews import factories as meetings
from ..risk import factories as risks
from ..safetynet import factories as lists
from .apart import kept_apart
from .canaries import canary
from .joining import becoming_carers
from .papers import copied, files, logo
from .redress import complained
from .visited import visited

NUMBER, HIDDEN_NUMBER = "9434765919", "4010232137"


def build():
    """Everything. Takes some seconds; tests share it and roll back whatever they do."""
    w = SimpleNamespace(today=timezone.localdate())
    for stage in (
        organisations,
        users,
        outsiders,
        persons,
        homes,
        plan_of_anna,
        risk_of_anna,
        start,
        voice_of_anna,
        reviewed,
        of_others,
        flags,
        files,
        logo,
        rest,
        handed_over,
        copied,
        kept_apart,
    ):
        stage(w)
    return w


def organisations(w):
    w.region = cast.organisation("region", "The Shires")
    w.council = cast.organisation("council", "Northshire", parent=w.region, ons_code="E06000001")
    w.team = cast.organisation("team", "Riverside team", parent=w.council)
    w.next_team = cast.organisation("team", "Hilltop team", parent=w.council)
    w.scheme = cast.organisation("scheme", "Harbour Shared Lives", parent=w.region, accepts_emergencies=True)
    w.other_council = cast.organisation("council", "Eastmoor", parent=w.region, ons_code="E06000002")
    w.other_team = cast.organisation("team", "Moor team", parent=w.other_council)
    w.other_scheme = cast.organisation("scheme", "Hillside Shared Lives", parent=w.region)


def users(w):
    """The eight roles, each where it belongs to this world."""
    where = {
        Role.CARE_MANAGER: ("Amina Yusuf", w.team),
        Role.REVIEWING_OFFICER: ("Ruth Pell", w.team),
        Role.TEAM_MANAGER: ("Tom Ellery", w.team),
        Role.SCHEME_WORKER: ("Priya Nair", w.scheme),
        Role.SCHEME_MANAGER: ("Owen Price", w.scheme),
        Role.COMMISSIONER: ("Carla Munro", w.council),
        Role.DATA_OFFICER: ("Dev Patel", w.council),
        Role.ADMINISTRATOR: ("Sam Root", w.region),
    }
    w.users = {str(role): cast.user(name, place, role) for role, (name, place) in where.items()}
    w.amina, w.ruth = w.users["care_manager"], w.users["reviewing_officer"]
    w.priya, w.owen = w.users["scheme_worker"], w.users["scheme_manager"]
    w.tom, w.dev = w.users["team_manager"], w.users["data_officer"]


def outsiders(w):
    """The same roles elsewhere, each with rows of their own, so that what they are refused is not refused to all."""
    where = {
        "charlie": (Role.CARE_MANAGER, w.other_team),
        "neighbour": (Role.TEAM_MANAGER, w.next_team),
        "other_reviewing_officer": (Role.REVIEWING_OFFICER, w.team),
        "other_scheme_worker": (Role.SCHEME_WORKER, w.other_scheme),
        "other_scheme_manager": (Role.SCHEME_MANAGER, w.other_scheme),
        "other_commissioner": (Role.COMMISSIONER, w.other_council),
        "other_data_officer": (Role.DATA_OFFICER, w.other_council),
    }
    w.outsiders = {who: cast.user(f"Outside {who}", place, role) for who, (role, place) in where.items()}
    w.role_of = {who: str(role) for who, (role, _place) in where.items()} | {role: role for role in w.users}
    charlie, neighbour = w.outsiders["charlie"], w.outsiders["neighbour"]
    w.eastman = cast.person(w.other_team, worker=charlie, given_name="Edwin", family_name="Eastman")
    cast.supports(w.eastman, w.other_scheme, worker=w.outsiders["other_scheme_worker"])
    hillman = cast.person(w.next_team, worker=neighbour, given_name="Hugh", family_name="Hillman")
    people.involve(
        person=hillman,
        organisation=w.next_team,
        role=Involvement.Role.HOLDS_REVIEW,
        by=neighbour,
        worker=w.outsiders["other_reviewing_officer"],
        since=w.today,
        until=w.today + timedelta(days=30),
    )
    w.away = places.home(
        w.other_scheme, w.other_council, w.outsiders["other_scheme_worker"], label="Hillside home"
    )
    w.hilda = places.carer(w.away, w.outsiders["other_scheme_worker"], preferred_name="Hilda")


def two_hats(w, rival):
    """Two who work in two places. One membership makes Anna visible, the other holds the permission."""
    officer = cast.user("Olga Twice", w.other_team, Role.CARE_MANAGER)
    Membership.objects.create(user=officer, organisation=w.team, role=Role.REVIEWING_OFFICER, since=w.today)
    people.involve(
        person=w.anna,
        organisation=w.team,
        role=Involvement.Role.HOLDS_REVIEW,
        by=w.amina,
        worker=officer,
        since=w.today,
        until=w.today + timedelta(days=30),
    )
    worker = cast.user("Wanda Twice", w.team, Role.CARE_MANAGER)
    Membership.objects.create(user=worker, organisation=rival, role=Role.SCHEME_WORKER, since=w.today)
    w.twice = {"officer": officer, "worker": worker}


def persons(w):
    """Anna lives with a carer; Ben will; Cara and Dora are referred; Eve is known to her team alone, twice."""
    known = {"family_name": canary("PERSON"), "address": canary("PERSON"), "what_matters": canary("PERSON")}
    facts = {"worker": w.amina, "team": w.team}
    w.anna = cast.person(given_name="Anna", **facts, **known)
    w.ben = cast.person(given_name="Ben", **facts, **known)
    asked_about = known | {"address": canary("BEFORE"), "what_matters": canary("BEFORE")}
    w.cara = cast.person(given_name="Cara", **facts, **asked_about)
    w.dora = cast.person(given_name="Dora", **facts, **known)
    hidden = {name: canary("PRIVATE") for name in known} | {"date_of_birth": date(1984, 3, 9)}
    w.eve = cast.person(given_name="Eve", nhs_number=NUMBER, postcode="NE1 1AA", **facts, **hidden)
    w.eve_again = cast.person(given_name="Evie", nhs_number=NUMBER, **facts, **hidden)
    secret = {name: canary("HIDDEN") for name in known}
    w.gus = cast.person(given_name="Gus", nhs_number=HIDDEN_NUMBER, **facts, **secret)
    people.restrict(person=w.gus, kind="invisible", reason="A relative works here", allowed=[w.tom], by=w.tom)
    phone = canary("CONTACT")
    people.add_contact(person=w.anna, kind="friend", name=phone, relation="friend", phone=phone, by=w.amina)
    w.communication = people.add_communication_need(
        person=w.anna, kind="support", words=canary("NEED"), by=w.amina
    )
    people.add_contact(person=w.cara, kind="friend", name=canary("BEFORE"), relation="friend", by=w.amina)


def homes(w):
    w.home = places.home(
        w.scheme,
        w.council,
        w.priya,
        label=canary("HOME"),
        address=canary("ADDRESS"),
        notes=canary("ADDRESS"),
        pets=canary("ADDRESS"),
    )
    w.member = carers.add_member(household=w.home, given_name=canary("FAMILY"), relation="son", by=w.priya)
    w.carer = places.carer(
        w.home,
        w.priya,
        emergency=True,
        preferred_name=canary("CARER"),
        phone=canary("CARERWORD"),
        skills=canary("CARERWORD"),
        faith=canary("CARERWORD"),
        culture=canary("CARERWORD"),
    )
    places.trained(w.carer, w.priya, for_emergencies=True, mandatory=False)
    period = (w.today + timedelta(days=60), w.today + timedelta(days=70))
    carers.close_places(household=w.home, places=1, period=period, reason=canary("CLOSURE"), by=w.priya)
    w.closure = Closure.objects.get()
    becoming_carers(w)
    evening = {"says": "cannot", "weekdays": 2, "parts": ["evening"], "since": w.today}
    w.said = carers.state_availability(carer=w.carer, words=canary("CARERWORD"), by=w.priya, **evening)
    w.tie = carers.declare_tie(
        carer=w.carer, user=cast.user("Kim Kin", w.scheme, Role.SCHEME_WORKER), kind="family", by=w.owen
    )
    rooms = [places.home(w.scheme, w.council, w.priya, label=f"Twin {n}") for n in (1, 2)]
    w.pair = carers.say_same_dwelling(kept=rooms[0], other=rooms[1], why="One front door", by=w.owen)


def words(kind):
    return {key: canary(kind) for key in plans.WORDS}


def plan_of_anna(w):
    """One version that the scheme holds; a second one comes after the start."""
    told = {"summary": canary("ASSESSMENT"), "took_part": canary("ASSESSMENT")}
    w.assessment = plans.assessment(w.anna, w.amina, **told)
    w.draft_assessment = plans.assessment(w.anna, w.amina, state="draft", **told)
    w.referral_of_anna = refer(w, w.anna)
    w.joint_assessment = plans.assessment(w.anna, w.amina, state="draft", scheme=w.scheme, **told)
    accept(w, w.referral_of_anna)
    w.first_plan = plans.signed_plan(w.anna, w.amina, outcomes=(canary("PLAN"),), **words("PLAN"))
    share = plans.actions.share_plan(plan=w.first_plan, scheme=w.scheme, by=w.amina)
    plans.actions.acknowledge_plan(share=share, by=w.priya)
    plans.budget(w.anna, w.amina)


def refer(w, person, schemes=None):
    told = {"wishes": canary("REFERRAL"), "interests": canary("REFERRAL")}
    information = {item: (True, canary("REFERRAL"), "") for item in places.INFORMATION}
    return places.referral(person, w.team, w.amina, schemes or [w.scheme], information=information, **told)


def accept(w, referral):
    sent = referral.schemes.get(scheme=w.scheme)
    return placements.answer_referral(sent=sent, answer="accepted", words=canary("REFERRAL"), by=w.priya)


def match(w, referral):
    found = placements.propose_match(
        referral=referral,
        scheme=w.scheme,
        carer=w.carer,
        household=w.home,
        kind="live_in",
        by=w.priya,
        reasons=canary("MATCH"),
        why_not=canary("MATCH"),
    )
    return placements.record_answers(
        match=found,
        person_answer="yes",
        carer_answer="yes",
        person_says=canary("MATCH"),
        carer_says=canary("MATCH"),
        by=w.priya,
    )


def voice_of_anna(w):
    """Legal context, what Anna agrees to, About me and the contact log."""
    facts = {"person": w.anna, "since": w.today - timedelta(days=30), "by": w.amina}
    own = {"about": canary("OWNLAW"), "risk_note": canary("OWNLAW")}
    told = {"about": canary("LAW"), "risk_note": canary("LAW"), "reference": canary("LAW")}
    w.own_fact = people.record_legal_fact(kind="court", **facts, **own)
    w.fact = people.record_legal_fact(kind="section_117", **facts, **told)
    w.own_copy, w.fact_copy = w.own_fact.shares.get(scheme=w.scheme), w.fact.shares.get(scheme=w.scheme)
    people.share_legal_fact(share=w.fact_copy, by=w.amina)
    w.sharing = people.decide_sharing(
        what="plan", answer="agrees", scheme=w.scheme, words=canary("SHARING"), **facts
    )
    w.advocacy = people.ask_about_advocate(
        person=w.anna,
        tested_on=w.today,
        understand=True,
        remember=False,
        weigh=False,
        say=False,
        words=canary("ADVOCACY"),
        by=w.amina,
    )
    w.about = people.write_about_me(
        person=w.anna, writer="person", most_important=canary("ABOUT"), by=w.priya
    )
    people.write_about_me(person=w.eastman, writer="person", most_important="Tea", by=w.outsiders["charlie"])
    seen = {"how": "visit", "saw_person": True}
    w.note = people.write_contact_note(person=w.anna, words=canary("NOTE"), by=w.amina, **seen)
    people.write_contact_note(person=w.anna, how="phone", words=canary("SCHEMENOTE"), by=w.priya)


def risk_of_anna(w):
    told = {name: canary("RISK") for name in ("hazard", "gains", "controls", "if_it_goes_wrong")}
    said = {"own_view": canary("RISK"), "took_part": canary("RISK")}
    draft = risks.draft(w.anna, w.amina, [risks.risk(**told)], **said)
    w.risk = risks.sign(draft, w.amina, seen_where=canary("RISK"))
    w.draft_risk = risks.draft(
        w.anna,
        w.amina,
        [risks.risk(**{name: canary("DRAFTRISK") for name in told})],
        own_view=canary("DRAFTRISK"),
        took_part=canary("DRAFTRISK"),
    )
    said = {name: canary("DUTIES") for name in ("joint_words", "carer_risk_words", "change_words")}
    w.duties = risks.actions.draft_responsibilities(
        person=w.anna, scheme=w.scheme, by=w.amina, joint_needed=True, **said
    )
    risks.actions.agree_responsibilities(agreement=w.duties, side="team", by=w.amina)
    risks.actions.agree_responsibilities(agreement=w.duties, side="scheme", by=w.priya)


def agreement(w, placement):
    told = dict.fromkeys(("plan_elements", "roles", "fees"), canary("AGREEMENT"))
    requirements = [(canary("AGREEMENT"), "carer")]
    return placements.draft_agreement(placement=placement, requirements=requirements, by=w.priya, **told)


def start(w):
    """Anna moves in, with nothing missing at the gate; then her plan gets a second version and a third draft."""
    w.match_of_anna = match(w, w.referral_of_anna)
    w.visit = places.introduction(w.match_of_anna, w.priya, person_view=canary("MATCH"), showed_by="seen")
    w.placement = places.agree(w.match_of_anna, w.amina)
    w.agreement = places.sign_all(agreement(w, w.placement), w.priya, w.amina)
    w.placement = placements.start(placement=w.placement, by=w.owen)
    visited(w)
    told = {
        "what_happened": canary("INCIDENT"),
        "what_was_done": canary("INCIDENT"),
        "words": canary("INCIDENT"),
    }
    w.incident = risks.incident(w.anna, w.priya, is_emergency=True, **told)
    w.incident_row = IncidentPerson.objects.get(incident=w.incident)
    w.concern = risks.concern(w.anna, w.amina, words=canary("CONCERN"), contact_details=canary("CONCERN"))
    w.concern_link = risks.link(w.anna, w.amina)
    w.wanted = w.risk.look_agains.get()
    w.check = risks.actions.still_right(assessment=w.risk, seen_where=canary("RISK"), by=w.amina)
    complained(w)
    w.copy_to_read = risks.actions.share_assessment(assessment=w.risk, scheme=w.scheme, by=w.amina)
    w.copy_to_give = w.risk.copies.get(reader="person")
    w.home_risk = risks.signed_home(w.home, w.priya, summary=canary("HOMETOLD"), hazard=canary("HOMERISK"))
    w.home_draft = risks.actions.draft_assessment(household=w.home, by=w.priya)
    w.noticed = risks.actions.notice_change(person=w.anna, kind="mood", words=canary("CHANGE"), by=w.priya)
    in_spring = w.today + timedelta(days=90)
    w.need = risks.actions.foresee(
        person=w.anna, words=canary("FORESEEN"), look_again_on=in_spring, by=w.amina
    )
    w.plan = plans.signed_plan(w.anna, w.amina, outcomes=(canary("PLAN"),), **words("PLAN"))
    w.share = plans.actions.share_plan(plan=w.plan, scheme=w.scheme, by=w.amina)
    w.draft = plans.draft(w.anna, w.amina, outcomes=(canary("DRAFTPLAN"),), **words("DRAFTPLAN"))
    w.service = plans.actions.add_service(plan=w.draft, kind="day", name=canary("DRAFTPLAN"), by=w.amina)
    w.share_owed = ShareOwed.objects.filter(plan=w.plan).first()
    w.wish = plans.actions.write_wish(person=w.anna, words=canary("WISH"), by=w.amina)
    w.reassessment = plans.actions.open_reassessment(
        person=w.anna, cause="carer", what_happened=canary("WISH"), happened_on=w.today, by=w.amina
    )
    w.support_draft = plans.actions.draft_support_plan(person=w.anna, scheme=w.scheme, by=w.priya)
    plans.actions.write_support_plan(
        plan=w.support_draft, about=canary("SUPPORT"), steps=[(canary("SUPPORT"), "", None)], by=w.priya
    )


def reviewed(w):
    """Three reviews of Anna: one held and sent, one arranged, one only due. Ruth holds the arranged one."""
    due = {row.subject: row for row in ReviewDue.objects.filter(person=w.anna, state="open")}
    promise = {
        "action-1-words": canary("PROMISE"),
        "action-1-owner": w.amina.name,
        "action-1-by": w.today.isoformat(),
    }
    told = {
        name: canary("REVIEW")
        for name in ("persons_views", "how_views_counted", "carers_views", "s27_impact", "s27_outcomes")
    }
    w.held = meetings.held([due["care_plan"]], w.amina, **told, **promise)
    reviews.send_record(review=w.held, by=w.amina)
    w.copy = RecordCopy.objects.filter(review=w.held).first()
    w.promise, w.owed_record = ReviewAction.objects.get(review=w.held), RecordOwed.objects.get(review=w.held)
    w.meeting = meetings.meeting([due["placement_agreement"]], w.amina, place=canary("MEETING"))
    reviews.assign_reviewing_officer(
        review=w.meeting, officer=w.ruth, why_not_care_manager=canary("MEETING"), by=w.amina
    )
    guests = {
        str(row.pk): {"wanted": "yes", "invite": True, "why_differs": "", "format": "standard"}
        for row in w.meeting.participants.all()
    }
    reviews.set_guests(review=w.meeting, asked_on=w.today, asked_how="With photos", guests=guests, by=w.amina)
    sooner = risks.actions.notice_change(person=w.anna, kind="mood", words=canary("CHANGE"), by=w.priya)
    answer = {"outcome": "review", "answer": canary("CHANGE")}
    w.review_wanted = risks.actions.answer_change(change=sooner, by=w.amina, **answer).review_wanted
    w.asked = meetings.asked(w.anna, w.priya, reason=canary("CHANGE"))
    w.due = reviews.open_service_due(person=w.anna, service=canary("SERVICE"), started_on=w.today, by=w.amina)


def with_another_scheme(w):
    """Anna is supported by a second scheme as well, in her own time: neither scheme reads the other's rows."""
    rival = cast.organisation("scheme", "Valley Shared Lives", parent=w.region)
    worker = cast.user("Vera Vale", rival, Role.SCHEME_WORKER)
    home = places.home(rival, w.other_council, worker, label=canary("ELSEWHERE"))
    carer = places.carer(home, worker, kinds=("floating",), preferred_name=canary("ELSEWHERE"))
    cast.supports(w.anna, rival, worker=worker)
    places.existing(w.anna, rival, carer, worker, kind="floating", why=canary("ELSEWHERE"))
    two_hats(w, rival)
    return rival


def of_others(w):
    """Ben's placement has not begun; Cara's match is proposed; Dora's referral waits for an answer; Eve is private."""
    referral = refer(w, w.ben)
    accept(w, referral)
    plans.held_plan(w.ben, w.scheme, w.amina, w.priya, outcomes=(canary("PLAN"),), **words("PLAN"))
    w.waiting = places.agree(match(w, referral), w.amina)
    w.draft_agreement = agreement(w, w.waiting)
    rival = with_another_scheme(w)
    w.referral = refer(w, w.cara, [w.scheme, rival])
    known = Involvement.objects.get(person=w.cara, organisation=rival)
    people.change_worker(
        involvement=known,
        worker=cast.user(canary("RIVAL"), rival, Role.SCHEME_WORKER, email="rival@example.org"),
        by=w.amina,
    )
    accept(w, w.referral)
    w.sent = w.referral.schemes.get(scheme=w.scheme)
    w.match = match(w, w.referral)
    w.referral_of_dora = refer(w, w.dora)
    w.unanswered, w.answer_owed = w.referral_of_dora.schemes.get(), w.referral_of_dora.answers_owed.get()
    plans.draft(w.eve, w.amina, outcomes=(canary("DRAFTPLAN"),), **words("DRAFTPLAN"))
    w.fay = cast.person(w.team, worker=w.amina, given_name="Fay", family_name=canary("PERSON"))
    w.out_of_rule = places.existing(w.fay, w.scheme, w.carer, w.owen, why=canary("PLACEMENT"))
    w.owed = OwedAfterEmergency.objects.filter(placement=w.out_of_rule, done_on=None).first()


def flags(w):
    """Lists with a row of each fate, and what the nightly sweep finds."""
    source = lists.source(w.scheme, w.council, name="Harbour’s list", slug="harbour")
    born = f"{w.eve.date_of_birth:%d/%m/%Y}"
    rows = (
        f"Eve,{canary('ROSTER')},{born},,NE1 1AA,",
        f"Anna,{canary('PERSON')},{w.anna.date_of_birth:%d/%m/%Y},,,{canary('ROSTER')}",
        f"Wilfred,{canary('ROSTER')},18/3/1993,,,{canary('ROSTER')}",
    )
    w.roster = lists.received(source, *rows, by=w.priya)
    w.row = RosterRow.objects.get(roster=w.roster, given_name="Eve")
    w.linked = RosterRow.objects.get(roster=w.roster, given_name="Anna")
    safetynet.sweep_safety_net(as_of=w.today)
    w.duplicate = Flag.objects.get(kind=Flag.Kind.DUPLICATE)
    w.flag = Flag.objects.create(
        kind="gap",
        code="people.no_worker",
        person=w.anna,
        owner_organisation=w.team,
        council=w.council,
        not_yet_because=canary("FLAG"),
    )
    w.scheme_flag = Flag.objects.create(
        kind="gap",
        code="placements.no_agreement",
        placement=w.placement,
        owner_organisation=w.scheme,
        council=w.council,
        not_yet_because=canary("FLAG"),
    )


def rest(w):
    """Ruth is close to Fay; somebody from elsewhere opened the record of Eve in an emergency."""
    w.conflict = people.declare_conflict(
        user=w.ruth, person=w.fay, tie="family", words=canary("CONFLICT"), by=w.ruth
    )
    fred = cast.person(w.team, worker=w.amina, given_name="Fred", family_name="Gone")
    places.existing(fred, w.scheme, w.carer, w.owen, kind="day_support")
    people.record_death(person=fred, on=w.today, by=w.amina)
    w.owed_after_death = OwedAfterDeath.objects.filter(person=fred).first()
    w.recall = people.recall_copies(
        person=w.anna,
        organisation=w.team,
        record_id=w.plan.pk,
        what="Care and support plan, version 1",
        copies=[(canary("RECALL"), w.today)],
        by=w.amina,
    )[0]
    gwen = cast.user("Gwen Grant", w.other_team, Role.CARE_MANAGER)
    w.grant = people.open_emergency_access(person=w.eve, reason=canary("GRANT"), by=gwen)
    sealed = typed.cipher().encrypt(json.dumps({"words": ["Typed before the time-out"]}).encode())
    w.parked = ParkedPost.objects.create(user=w.amina, path="/", sealed=sealed)
    call_command("take_availability_snapshot", verbosity=0)


def handed_over(w):
    """The far team asks Riverside to take over somebody and, later, the whole team; Riverside asks it for Anna."""
    far = cast.organisation("team", "Far team", parent=w.council)
    asker = cast.user("Fay Lund", far, Role.TEAM_MANAGER)
    stranger = cast.person(far, worker=asker, given_name="Fred")
    facts = {"reason": canary("HANDOVER"), "on": w.today}
    w.handover = people.ask_handover(person=stranger, to=w.team, by=asker, **facts)
    w.handover_of_anna = people.ask_handover(person=w.anna, to=far, by=w.amina, **facts)
    w.change = people.ask_change(
        kind="merge", team=far, to=w.team, reason="One office from April", by=w.users["administrator"]
    )
