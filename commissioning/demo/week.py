"""What a busy week left behind: one of each kind of thing that goes wrong or waits, made by the actions themselves.

For the people of the teams that sign in. Nothing where those sign-ins are missing.
"""

from datetime import timedelta
from types import SimpleNamespace

from django.db import transaction

from careplans import actions as careplans
from carers import actions as carers
from carers.codes import PlacementKind
from people import actions as people
from people.models import Involvement, Person, User
from placements import actions as placements
from placements.models import Placement
from risk import actions as risk
from sharedlives.devstack.signins import DOMAIN

SAFE = {
    "danger_now": False,
    "safe_to_contact": True,
    "contact_way": "phone",
    "contact_details": "01632 960181",
}
CAST = ("Rahmani", "Llewellyn", "Pinnock")  # whose stories the guide tells


@transaction.atomic
def leave_behind(today):
    """Write the week. Asks for the sign-ins, the people whom they share, and people of others."""
    week = who_is_there(today)
    if week is None:
        return
    for chapter in (
        concerns,
        changes,
        redress,
        weighed,
        promised,
        in_hospital,
        too_close,
        one_dwelling,
        carers_go,
        breaks,
        a_death,
    ):
        chapter(week)


def who_is_there(today):
    roles = ("care.manager", "team.manager", "scheme.worker", "scheme.manager", "reviewing.officer")
    found = {user.email: user for user in User.objects.filter(email__in=[f"{r}@{DOMAIN}" for r in roles])}
    if len(found) < len(roles):
        return None
    week = SimpleNamespace(today=today, **{r.replace(".", "_"): found[f"{r}@{DOMAIN}"] for r in roles})
    week.scheme = week.scheme_worker.current_memberships()[0].organisation
    lived = Placement.objects.active().filter(scheme=week.scheme, kind=PlacementKind.LIVE_IN)
    funded = Involvement.objects.funding().current(today).filter(worker=week.care_manager)
    shared = Person.objects.living().filter(
        pk__in=lived.values("person"), involvements__in=funded.values("pk"), risk_assessments__state="signed"
    )
    shared = shared.exclude(family_name__in=CAST).distinct().order_by("reference")
    week.people = list(shared[:6])
    return week if week.people else None


def one_of(week, number):
    """One of the people whom team and scheme share; where there are few, the same one again."""
    return week.people[number % len(week.people)]


def concerns(week):
    """One through a relative's link; one, by the scheme for the person, about the care manager."""
    link = risk.make_link(person=one_of(week, 0), made_for="relative", by=week.care_manager)
    facts = {
        "raiser": "relative",
        "raiser_name": "A sister",
        "words": "She is left alone on Sundays.",
        **SAFE,
    }
    risk.raise_concern(link=link, about=("carer",), **facts)
    facts = {"raiser": "person", "words": "My social worker does not come when she says so.", **SAFE}
    risk.raise_concern(by=week.scheme_worker, person=one_of(week, 1), about=("care_manager",), **facts)


def changes(week):
    """One change waits; one was answered with a review before its time."""
    noticed = {"kind": "mood", "words": "Eats little, and stays in the room.", "by": week.scheme_worker}
    risk.notice_change(person=one_of(week, 1), noticed_on=week.today - timedelta(days=4), **noticed)
    noticed |= {"kind": "service", "words": "The day service closes on Thursdays from next month."}
    change = risk.notice_change(person=one_of(week, 2), **noticed)
    answer = "Thank you. We meet before the summer, with the day service."
    risk.answer_change(change=change, outcome="review", answer=answer, by=week.care_manager)


def redress(week):
    """A complaint that the scheme answers, one past the care manager, and an apology still to go out in writing."""
    person = one_of(week, 3)
    facts = {"raiser": "relative", "wants": "To be rung the day before.", "by": week.scheme_worker}
    risk.record_complaint(person=person, words="Visits were changed twice without asking.", **facts)
    facts |= {"words": "Nobody at the council rang back for three weeks.", "about": ("care_manager",)}
    risk.record_complaint(person=person, **facts)
    incident = risk.record_incident(
        person=person, by=week.scheme_worker, happened_on=week.today - timedelta(days=3), kind="accident",
        what_happened="Fell on the back step, which was wet.", what_was_done="First aid; the doctor came. No fracture.",
    )  # fmt: skip
    risk.say_sorry(
        incident=incident, person=person, by=week.scheme_worker, told_whom="The person, and a sister",
        told_on=week.today - timedelta(days=2), account="The step is not lit, and was wet.",
        apology="We are sorry that you fell. The step gets a light and a rail.",
    )  # fmt: skip


def weighed(week):
    """A version with its risks weighed; another was written on the wrong record, and its copies are called back."""
    versions = []
    for number in (4, 5):
        draft = risk.draft_assessment(
            person=one_of(week, number), by=week.care_manager, why_new="Looked at together"
        )
        risks = [risk.as_facts(one) | {"likelihood": 2, "impact": 3} for one in draft.risks.all()]
        later = week.today + timedelta(days=180)
        risks = [one | {"next_review_on": max(one["next_review_on"], later)} for one in risks]
        risk.amend_assessment(assessment=draft, risks=risks, by=week.care_manager)
        seen = {"seen_how": "visit", "seen_on": week.today, "seen_where": "At home, with the carer"}
        why = "Went through each risk together: the words hold, the weights are new."
        signed = risk.sign_assessment(assessment=draft, by=week.care_manager, why_nothing_changed=why, **seen)
        versions.append(signed)
    wrong = versions[-1]
    given = wrong.copies.get(reader="person")
    risk.give_copy(copy=given, given_on=week.today, how="paper", by=week.care_manager)
    risk.enter_in_error(assessment=wrong, why="Written for a namesake.", by=week.care_manager)


def promised(week):
    """A wish that somebody promised to see to."""
    due_on = week.today + timedelta(days=21)
    facts = {"words": "To go to the sea for a weekend.", "due_on": due_on, "by": week.care_manager}
    careplans.write_wish(person=one_of(week, 2), **facts)


def in_hospital(week):
    placement = Placement.objects.active().filter(scheme=week.scheme, person=one_of(week, 0)).first()
    placements.go_away(
        placement=placement, reason="hospital", since=max(placement.starts_on, week.today - timedelta(days=2)),
        expected_on=week.today + timedelta(days=6), words="Ward 4. Brings the picture book.", by=week.scheme_worker,
    )  # fmt: skip


def too_close(week):
    """A worker and a carer who are close to somebody; and a door that was opened in an emergency, not read yet."""
    officer, person = week.reviewing_officer, one_of(week, 1)
    people.declare_conflict(
        user=officer, person=person, tie="friend", words="We sing in one choir.", by=officer
    )
    carer = Placement.objects.active().filter(scheme=week.scheme, person=one_of(week, 2)).first().carer
    carers.declare_tie(
        carer=carer, person=one_of(week, 2), kind="family", words="Aunt", by=week.scheme_manager
    )
    elsewhere = Involvement.objects.funding().current(week.today).exclude(worker=None)
    elsewhere = elsewhere.exclude(
        organisation__council=week.care_manager.current_memberships()[0].organisation.council
    )
    other = elsewhere.select_related("worker").order_by("pk").first()
    if other is not None:
        reason = "Found at the station at night; nobody answered the telephone."
        people.open_emergency_access(person=one_of(week, 3), reason=reason, by=other.worker)


def one_dwelling(week):
    """Two rows of one house: a new one was written beside the old, and the two are joined."""
    council = week.care_manager.current_memberships()[0].organisation.council
    facts = {"scheme": week.scheme, "council": council, "by": week.scheme_worker, "postcode": "QZ1 9ZZ"}
    kept = carers.register_household(label="The house on the quay", address="Flat 1, 3 Quayside", **facts)
    other = carers.register_household(label="Quayside", address="3 Quayside", **facts)
    pair = carers.say_same_dwelling(kept=kept, other=other, why="One front door", by=week.scheme_manager)
    carers.join_dwellings(pair=pair, by=week.scheme_manager)


def carers_go(week):
    """One carer is not available for a while; another one retires in ten weeks. Who lives there is on somebody's list."""
    lived = Placement.objects.active().filter(scheme=week.scheme).select_related("carer")
    for_now, for_good = (lived.filter(person=one_of(week, n)).first().carer for n in (4, 5))
    words = "A new knee; back in the spring."
    carers.suspend(carer=for_now, on=week.today, because="health", words=words, by=week.scheme_manager)
    on = week.today + timedelta(days=70)
    carers.end_carer(carer=for_good, on=on, because="retired", by=week.scheme_manager)


def breaks(week):
    """Somebody was with another carer for ten days in the spring, and for a week last month."""
    row = Placement.objects.active().filter(scheme=week.scheme, person=one_of(week, 3)).first()
    for days, nights in ((200, 10), (40, 7)):
        since = week.today - timedelta(days=days)
        if since >= row.starts_on and not row.away.open().exists():
            away = placements.go_away(placement=row, reason="break", since=since, by=week.scheme_worker)
            until = since + timedelta(days=nights)
            placements.come_home(away=away, until=until, by=week.scheme_worker)


def a_death(week):
    """Somebody of another scheme has died: what is owed to others has its rows."""
    lived = Placement.objects.active().exclude(scheme=week.scheme).filter(kind=PlacementKind.LIVE_IN)
    row = lived.filter(person__date_of_death=None).select_related("person").order_by("reference").first()
    if row is None:
        return
    funding = Involvement.objects.funding().current(week.today).filter(person=row.person).first()
    on = max(row.starts_on, week.today - timedelta(days=1))
    people.record_death(person=row.person, on=on, by=funding.worker if funding else week.team_manager)
