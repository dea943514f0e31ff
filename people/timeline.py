"""This floor's part of the timeline."""

from django.db.models import Q
from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part, cut, visible

from .models import (
    AboutMe,
    AccessGrant,
    AdvocacyTest,
    ContactNote,
    Involvement,
    LegalFact,
    Person,
    SharingDecision,
)
from .models.legal import of_own_organisation
from .visibility import Level

AROUND, CONTACT, VOICE = "Who is involved", "Contact", "Law and voice"


def involvements(user, person):
    """All for those who support or fund the person; the own organisation's for others."""
    whole = Q(person__in=Person.objects.visible_to(user, least=Level.SUPPORTS))
    own = Q(of_own_organisation(user), person__in=Person.objects.visible_to(user))
    return Involvement.objects.filter(whole | own, person=person).exclude(role=Involvement.Role.HOLDS_REVIEW)


def label(choices, code):
    return choices(code).label if code in choices.values else code


Part(
    name="people.involvement",
    lane=AROUND,
    permission=Permission.PERSON_VIEW,
    rows=involvements,
    at="since",
    until="until",
    code="role",
    text="organisation__name",
    says=lambda code, text: f"{text}: {label(Involvement.Role, code).lower()}",
)
Part(
    name="people.contact",
    lane=CONTACT,
    permission=Permission.PERSON_VIEW,
    rows=visible(ContactNote),
    at="happened_at",
    code="how",
    text="words",
    leads="person",
    says=lambda code, text: f"{label(ContactNote.How, code)}: {cut(text)}",
    path=lambda pk: reverse("people:contact_log", args=[pk]),
)
Part(
    name="people.legal_fact",
    lane=VOICE,
    permission=Permission.PERSON_VIEW,
    rows=visible(LegalFact),
    at="since",
    until="until",
    code="kind",
    text="about",
    says=lambda code, text: f"{label(LegalFact.Kind, code)}: {text}",
    path=lambda pk: reverse("people:legal_fact", args=[pk]),
)
Part(
    name="people.sharing",
    lane=VOICE,
    permission=Permission.PERSON_VIEW,
    rows=visible(SharingDecision),
    at="since",
    code="answer",
    text="what",
    leads="person",
    says=lambda code, text: (
        f"Asked about sharing, {label(SharingDecision.What, text).lower()}:"
        f" {label(SharingDecision.Answer, code).lower()}"
    ),
    path=lambda pk: reverse("people:sharing", args=[pk]),
)
Part(
    name="people.advocacy",
    lane=VOICE,
    permission=Permission.PERSON_VIEW,
    rows=visible(AdvocacyTest),
    at="tested_on",
    says=lambda code, text: "Asked whether an advocate is needed",
    path=lambda pk: reverse("people:advocacy", args=[pk]),
)
Part(
    name="people.about_me",
    lane=VOICE,
    permission=Permission.PERSON_VIEW,
    rows=visible(AboutMe),
    at="written_on",
    code="number",
    leads="person",
    says=lambda code, text: f"About me, version {code}",
    path=lambda pk: reverse("people:about_me", args=[pk]),
)
Part(
    name="people.emergency_access",
    lane=AROUND,
    permission=Permission.PERSON_LOOKED,
    rows=lambda user, person: AccessGrant.objects.visible_to(user).filter(
        person=person, kind=AccessGrant.Kind.EMERGENCY
    ),
    at="opened_at",
    until="ends_at",
    code="user__name",
    text="reason",
    says=lambda code, text: f"Emergency access by {code}: {cut(text)}",
)
