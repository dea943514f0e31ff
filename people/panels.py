"""This floor's part of a person's page."""

from datetime import timedelta

from django.utils import timezone

from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from . import queries
from .about import filled
from .models import AboutMe, AdvocacyTest, ContactNote, LegalFact, Person, SharingDecision
from .rules import independence_warning
from .visibility import Level

SPEAKS_UP = ("named_person", "advocate")
CHANGES_IN = timedelta(days=730)  # changes of worker are counted over two years


def ask_around(user, person):
    return {
        "involved": person.involvements.select_related("organisation", "worker").order_by("-until", "-since")
    }


def around(user, person, involved):
    """Who is involved, and who is in the person's own life.

    Whoever was only asked about the person, or whose part has ended, reads of the own organisation alone.
    """
    today = timezone.localdate()
    if not sees_whole(user, person):
        own = {membership.organisation_id for membership in user.current_memberships()}
        return sorted_by_day([row for row in involved if row.organisation_id in own], [], today)
    contacts = [c for c in person.contacts.all() if c.until is None or c.until > today]
    return sorted_by_day(involved, contacts, today)


def sees_whole(user, person):
    """Does the user see the person as one who supports or funds them? Asked once a page."""
    if not hasattr(person, "is_seen_whole"):
        whole = Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=person.pk)
        person.is_seen_whole = whole.exists()
    return person.is_seen_whole


def sorted_by_day(involved, contacts, today):
    return {
        "involved": [row for row in involved if row.until is None or row.until > today],
        "before": [row for row in involved if row.until is not None and row.until <= today],
        "contacts": [(c, independence_warning(tie=c.tie, named=c.kind in SPEAKS_UP)) for c in contacts],
    }


def worker_at_a_glance(facts):
    funding = [row for row in facts["involved"] if row.role == "funds"]
    if not funding:
        return [Glance("Care manager", "No team funds this person", "late")]
    row = funding[0]
    if row.worker is None:
        return [Glance("Care manager", f"Nobody named, {row.organisation}", "late")]
    return [Glance("Care manager", f"{row.worker}, {row.organisation}")]


def ask_about_me(user, person):
    return {"versions": AboutMe.objects.visible_to(user).filter(person=person)[:1]}


def about_me(user, person, versions):
    """What the newest version says, heading by heading; the page offers to write one where there is none."""
    version = versions[0] if versions else None
    if version is not None:
        version.person = person
    return {"version": version, "words": filled(version) if version else []}


def ask_contact(user, person):
    if not sees_whole(user, person):
        return {}
    notes = ContactNote.objects.visible_to(user).filter(person=person).order_by("-happened_at")
    notes = notes.select_related("by", "organisation")
    policies = queries.contact_policies(person.responsible_council_id, timezone.localdate())
    return {"notes": notes[:3], "seen": notes.council_saw()[:1], "policies": policies[:1]}


def contact(user, person, notes=None, seen=(), policies=()):
    """The last contacts, when a care manager last saw the person, and how long the worker has known them."""
    if notes is None:
        return None
    seen_at = seen[0].happened_at if seen else None
    today = timezone.localdate()
    return {
        "notes": notes,
        "seen_on": timezone.localdate(seen_at) if seen_at else None,
        "seen_days": (today - timezone.localdate(seen_at)).days if seen_at else None,
        "within": policies[0].days if policies else queries.CONTACT_DAYS,
        "worker": queries.worker_story(person, after=today - CHANGES_IN),
        "today": today,
    }


def contact_at_a_glance(facts):
    days = facts["seen_days"]
    if days is None:
        return [Glance("Seen by the care manager", "Not written down yet", "soon")]
    words = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return [Glance("Seen by the care manager", words, "late" if days > facts["within"] else "")]


def ask_law_and_voice(user, person):
    today = timezone.localdate()
    decisions = SharingDecision.objects.visible_to(user).holding(today).filter(person=person)
    facts = LegalFact.objects.visible_to(user).holding(today).filter(person=person)
    return {
        "facts": facts.select_related("holder"),
        "decisions": decisions.select_related("scheme", "contact")[:10],
        "tests": AdvocacyTest.objects.visible_to(user).filter(person=person, superseded_on=None)[:1],
    }


def law_and_voice(user, person, facts, decisions, tests):
    """Legal facts that hold, objections to sharing, and whether an advocate is owed."""
    test = tests[0] if tests else None
    if not sees_whole(user, person) and not (facts or decisions or test):
        return None
    return {"facts": facts, "decisions": decisions, "advocacy": test, "today": timezone.localdate()}


def law_at_a_glance(facts):
    found = [
        Glance(
            "No court order",
            f"{fact.about}. Deprivation of liberty without an order of the court.",
            alert=True,
        )
        for fact in facts["facts"]
        if fact.kind == LegalFact.Kind.LIBERTY and fact.granted_on is None
    ]
    for decision in facts["decisions"]:
        if decision.answer == SharingDecision.Answer.OBJECTS:
            said = f"{decision.get_what_display()} with {decision.with_whom}"
            found.append(Glance("Objects to sharing", said, alert=True))
    test = facts["advocacy"]
    if test and test.outcome[0] in ("waiting", "missing"):
        found.append(Glance("Advocate", test.outcome[1], "late"))
    return found


ABOUT_ME = Panel(
    name="people.about_me",
    title="About me",
    template="people/_about_me.html",
    order=5,
    permission=Permission.PERSON_VIEW,
    asks=ask_about_me,
    rows=about_me,
    sheet="people/_sheet_about_me.html",
)
AROUND = Panel(
    name="people.around",
    title="Who is around the person",
    template="people/_around.html",
    order=10,
    permission=Permission.PERSON_VIEW,
    asks=ask_around,
    rows=around,
    glance=worker_at_a_glance,
    side=True,
    sheet="people/_sheet_around.html",
)
CONTACT = Panel(
    name="people.contact",
    title="Contact",
    template="people/_contact.html",
    order=12,
    permission=Permission.PERSON_VIEW,
    asks=ask_contact,
    rows=contact,
    glance=contact_at_a_glance,
    side=True,
)
LAW_AND_VOICE = Panel(
    name="people.law_and_voice",
    title="Law, sharing and advocate",
    template="people/_law_and_voice.html",
    order=14,
    permission=Permission.PERSON_VIEW,
    asks=ask_law_and_voice,
    rows=law_and_voice,
    glance=law_at_a_glance,
    side=True,
    sheet="people/_sheet_law.html",
)
