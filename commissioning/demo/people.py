"""Persons of the demo: who they are, how they communicate, who is around them, which team funds them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from people.actions import plain
from people.actions.communication import NO_NEEDS
from people.models import CommunicationNeed, Involvement, Person, PersonalContact
from sharedlives.devstack.signins import DOMAIN

from .cast import CAST
from .dice import Dice, References, nhs_number
from .names import HERITAGE_SHARES, HERITAGES, NAMES, SHORT_FORMS, STREETS
from .voices import Listener

REASONS = {  # sector: two in three have a learning disability
    "learning": 0.67, "mental_health": 0.12, "memory": 0.06, "physical_care": 0.06, "physical_access": 0.02,
    "sensory_visual": 0.02, "sensory_hearing": 0.01, "isolation": 0.02, "substance": 0.01, "unknown": 0.01,
}  # fmt: skip
OLDER = {"memory", "physical_care", "physical_access", "sensory_visual", "sensory_hearing"}
LIVES = {"live_in": 0.56, "short_break": 0.26, "day_support": 0.16, "kinship": 0.01, "floating": 0.01}
STATUS = {"active": 0.84, "ended": 0.06, "agreed": 0.02, "referred": 0.06, "assessed": 0.02}
NO_NUMBER = (
    "The person does not want it kept here",
    "Waiting for the GP practice to answer",
    "Came from another country, and is not yet registered with a GP",
)
AGAIN_WITHIN, SOON = timedelta(days=365), timedelta(days=14)  # the shipped policy and ladder
NEEDS = (
    ("format", "Easy read, with pictures", "easy_read"),
    ("format", "Large print, at least 16 point", "large_print"),
    ("format", "By email, in plain text that a screen reader can read", "plain_text"),
    ("method", "Ring before writing; letters worry me", ""),
    ("method", "Text messages, not calls", ""),
    ("professional", "British Sign Language interpreter", ""),
    ("support", "Short sentences, one thing at a time", ""),
    ("support", "Face me when you speak; I lip-read", ""),
    ("support", "Uses Makaton signs with speech", ""),
    ("support", "Uses a communication book; it is in the blue bag", ""),
)
MATTERS = (
    "My room is my own. Knock first.",
    "Seeing my mum every week.",
    "Music, loud, and nobody turning it down.",
    "A routine. I want to know the day before if something changes.",
    "Being useful: I like to cook and to clear up.",
    "My cat. Where I go, she goes.",
    "Going out by myself, and being trusted to.",
    "Church on Sundays and bingo on Tuesdays.",
    "A job. A real one, with wages.",
    "Peace and quiet, and my garden.",
    "Football on Saturdays with my friends.",
    "People who remember what I told them last time.",
)
CONTACT_KINDS = {"family": 0.6, "friend": 0.12, "professional": 0.15, "named_person": 0.07, "advocate": 0.06}
OTHERS = {
    "family": ("mother", "father", "sister", "brother", "aunt", "cousin"),
    "friend": ("friend", "neighbour", "old school friend"),
    "professional": ("community nurse", "key worker at the day service", "GP practice nurse", "job coach"),
    "named_person": ("friend from church", "family friend", "former neighbour"),
    "advocate": ("advocate",),
}
POSTCODES = ("QX", "QJ", "QV", "ZX")  # areas that do not exist
BY_HAND = "harbour"  # this scheme supports those of `cast.py` and nobody else, so that its whole list fits on a page
LAST_BIRTH = date(2008, 8, 31)


@dataclass
class Case:
    """What one person's story is made of; each generator adds its part for the next."""

    number: int
    id: str
    name: str
    given: str
    born: date
    reason: str
    lives: str
    status: str
    language: str
    team: object
    worker: object
    began: date  # on our records, and funded, since
    scheme: object = None
    scheme_worker: object = None
    part: object = None
    contacts: list = field(default_factory=list)  # (id, name, kind)
    placements: list = field(default_factory=list)
    needs_format: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    signed_off_on: date | None = None
    died_on: date | None = None
    versions: list = field(default_factory=list)  # (day of signing, outcomes) of the plan
    not_found: tuple | None = None


def postcode(dice):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    tail = dice.pick(letters) + dice.pick(letters)
    return f"{dice.pick(POSTCODES)}{dice.between(1, 29)} {dice.between(1, 9)}{tail}"


def phone(dice):
    return f"01632 960{dice.between(0, 999):03d}"


class Registrar:
    """Writes persons one by one. Who they are hangs on the seed and their number alone, not on the day."""

    def __init__(self, loader, dice, world, today, seed):
        self.loader, self.dice, self.world, self.today, self.seed = loader, dice, world, today, seed
        self.references = References("P", Dice(seed, "references"))
        self.listener = Listener(loader, today)
        self.teams = world.all_teams
        self.council_number = {council.id: number for number, council in enumerate(world.councils)}

    def register(self, number, detailed=True):
        """Write a person with everyone around them, and return their `Case`."""
        own = Dice(self.seed, "person", number)
        own.prefix = self.dice.prefix
        part = CAST[number] if number < len(CAST) else None
        who = self.scripted(part) if part else self.drawn(own)
        case = self.case(number, own, part, who)
        self.write_person(case, own, who)
        self.communication(case, own)
        if detailed or own.chance(0.4):
            self.around(case, own)
        self.involve(case, own, detailed)
        if detailed:
            self.listener.listen(case, own)
        return case

    @staticmethod
    def scripted(part):
        return {
            "given_name": part.given, "family_name": part.family, "preferred_name": part.preferred,
            "date_of_birth": part.born, "gender": part.gender, "ethnicity": part.ethnicity,
            "first_language": part.language, "religion": part.faith, "nhs_number": part.nhs,
            "primary_support_reason": part.reason, "what_matters": part.matters,
        }  # fmt: skip

    @staticmethod
    def drawn(own):
        heritage = own.weighted(HERITAGE_SHARES)
        kin, (female, male, family) = HERITAGES[heritage], NAMES[heritage]
        reason = own.weighted(REASONS)
        is_female = own.chance(0.46)
        given = own.pick(female if is_female else male)
        oldest, youngest = (94, 62) if reason in OLDER else (74, 18)
        born = own.day_between(date(2026 - oldest, 1, 1), min(date(2026 - youngest, 12, 31), LAST_BIRTH))
        has_number = own.chance(0.85)
        return {
            "given_name": given,
            "family_name": f"{own.pick(family)}-{own.pick(family)}" if own.chance(0.03) else own.pick(family),
            "preferred_name": SHORT_FORMS.get(given, "") if own.chance(0.5) else "",
            "date_of_birth": born,
            "gender": "female" if is_female else "male",
            "ethnicity": kin.ethnicity if own.chance(0.95) else "unknown",
            "first_language": kin.language if own.chance(0.6) else "English",
            "religion": kin.faith if own.chance(0.3) else "",
            "nhs_number": nhs_number(own) if has_number else "",
            "no_nhs_number_because": "" if has_number else own.pick(NO_NUMBER),
            "primary_support_reason": reason,
            "what_matters": own.pick(MATTERS) if own.chance(0.7) else "",
        }

    def case(self, number, own, part, who):
        team = self.teams[0 if part else number % len(self.teams)]
        schemes = self.world.schemes_near(team.council)
        scheme = schemes[0] if part else own.pick([one for one in schemes if one.slug != BY_HAND])
        status = part.status if part else own.weighted(STATUS)
        years = own.random() ** 2 * 12  # most came in the last few years
        known = part.known if part else 90 + int(years * 365)
        return Case(
            number=number,
            id=own.uuid(),
            name=f"{who['preferred_name'] or who['given_name']} {who['family_name']}",
            given=who["preferred_name"] or who["given_name"],
            born=who["date_of_birth"],
            reason=who["primary_support_reason"],
            lives=part.lives if part else own.weighted(LIVES),
            status=status,
            language=who["first_language"],
            team=team,
            worker=self.care_manager(part, team),
            began=self.today - own.days(known, known + 40),
            scheme=scheme if status in ("active", "ended", "agreed") else None,
            scheme_worker=scheme.next_worker(),
            part=part,
        )

    def care_manager(self, part, team):
        """Those written by hand are in the caseload of the care manager who signs in to the demo."""
        if part is None:
            return team.next_worker()
        worker = self.world.sign_ins["care.manager"]
        worker.people += 1
        return worker

    def write_person(self, case, own, who):
        names = (who["given_name"], who["preferred_name"], who["family_name"])
        if case.status == "ended" and own.chance(0.25):
            case.died_on = self.today - own.days(20, 400)
            case.died_on = max(case.died_on, case.began)
        lives_with_us = case.lives == "live_in" and case.status == "active"
        self.loader[Person].write(
            id=case.id,
            reference=self.references.new(),
            search_name=plain(" ".join(dict.fromkeys(name for name in names if name))),
            sort_name=plain(f"{who['family_name']} {case.given}"),
            date_of_death=case.died_on,
            council_reference=f"{case.team.council.name[:2].upper()}{100_000 + case.number}"
            if own.chance(0.8)
            else "",
            responsible_council_id=case.team.council.id,
            accommodation_status="shared_lives"
            if lives_with_us
            else own.pick(("family", "tenant_social", "supported")),
            address=f"{own.between(1, 140)} {own.pick(STREETS)}",
            postcode=postcode(own),
            phone=phone(own) if own.chance(0.6) else "",
            **who,
        )

    def communication(self, case, own):
        needs = (
            case.part.needs if case.part else own.some(NEEDS, own.between(1, 3)) if own.chance(0.34) else ()
        )
        # A stream of its own: what is drawn later stays as it was.
        asked = Dice(self.seed, "asked", case.number)
        asked.prefix = self.dice.prefix
        asked_on = self.asked_lately(case, asked)
        due_on = asked_on + AGAIN_WITHIN
        if not needs and case.part is None and asked.chance(0.94):
            needs, own = ((CommunicationNeed.Kind.NONE, NO_NEEDS, ""),), asked
        for kind, words, needs_format in needs:
            case.needs_format = case.needs_format or needs_format
            self.loader[CommunicationNeed].write(
                id=own.uuid(),
                person_id=case.id,
                kind=kind,
                words=words,
                format=needs_format,
                asked_on=asked_on,
                due_on=due_on,
                next_stage_on=due_on and due_on - SOON,
            )
            due_on = None  # one row keeps the clock

    def asked_lately(self, case, asked):
        """The day on which somebody was last asked: within the year for all but a few."""
        before = asked.days(20, 350) if asked.chance(0.97) else asked.days(366, 420)
        return max(case.began, self.today - before)

    def around(self, case, own):
        if case.part and case.part.contacts:
            around = case.part.contacts
        else:
            around = [self.contact(own) for _ in range(own.weighted({0: 0.2, 1: 0.4, 2: 0.3, 3: 0.1}))]
        for kind, name, relation in around:
            key = own.uuid()
            tie = "scheme" if relation == "respite carer" else "none"
            self.loader[PersonalContact].write(
                id=key, person_id=case.id, kind=kind, name=name, relation=relation, tie=tie, phone=phone(own),
                email=f"{'.'.join(plain(name).split())}@{DOMAIN}" if own.chance(0.4) else "",
                agreed_by_person=own.chance(0.9) or bool(case.part),
            )  # fmt: skip
            case.contacts.append((key, name, kind, relation))

    @staticmethod
    def contact(own):
        kind = own.weighted(CONTACT_KINDS)
        female, male, family = NAMES[own.weighted(HERITAGE_SHARES)]
        return kind, f"{own.pick(female + male)} {own.pick(family)}", own.pick(OTHERS[kind])

    def involve(self, case, own, detailed):
        funds = {"person_id": case.id, "organisation_id": case.team.id, "role": Involvement.Role.FUNDS.value}
        self.loader[Involvement].write(id=own.uuid(), worker_id=case.worker.id, since=case.began, **funds)
        if detailed and (case.reason == "learning" and own.chance(0.3) or case.number == 0):
            service = self.world.services[self.council_number[case.team.council.id]]
            self.loader[Involvement].write(
                id=own.uuid(), person_id=case.id, organisation_id=service.id, since=case.began,
                role=Involvement.Role.KNOWS.value,
            )  # fmt: skip
