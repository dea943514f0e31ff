"""Agreements and placements of the demo, with the stays that they book."""

from datetime import timedelta

from carers.codes import CLAIM_OF
from carers.models import Stay
from people.models import Involvement
from placements.models import (
    AgreementFee,
    AgreementRequirement,
    AgreementSignature,
    Booking,
    GateAnswer,
    OwedAfterEmergency,
    Placement,
    PlacementAgreement,
)
from placements.rules import owed_by

from . import words
from .dice import References
from .monitoring import bands, look_at_charges, visits
from .people import Case
from .plans import at_noon
from .referring import PURPOSE, home_of, involve

END_REASONS = {
    "moved_on": 0.3, "family": 0.15, "care_home": 0.15, "other_placement": 0.1, "carer_stopped": 0.1, "person_chose": 0.1,
    "broke_down": 0.05, "planned_end": 0.05,
}  # fmt: skip
WEEKDAYS = (1, 2, 4, 8, 16, 3, 5, 10, 20, 9)  # Monday 1 … Friday 16, and pairs of them
RESPITE_CARER = ("Marek", "Nowak")  # Ahmad's, as his contacts say


class Running:
    """A placement as the review needs it: what it is, whose, since when, until when, and what was agreed."""

    def __init__(self, key, home, carer, began, ended, requirements):
        self.id, self.home, self.carer = key, home, carer
        self.began, self.ended, self.requirements = began, ended, requirements


class Placer:
    """Writes what runs or ran, and what is agreed and about to begin."""

    def __init__(self, loader, dice, today, estate, referrer, first_stage):
        self.loader, self.dice, self.today = loader, dice, today
        self.estate, self.referrer, self.first_stage = estate, referrer, first_stage
        self.references = References("PL", dice)
        self.banded = set()

    def write(self, case: Case, detailed):
        if case.status == "referred":
            self.referrer.waiting(case)
        elif case.status == "agreed":
            self.agreed(case)
        elif case.status in ("active", "ended"):
            self.running(case, detailed)
        if case.status in ("referred", "assessed", "ended") and self.dice.chance(0.4):
            self.referrer.not_found(case)

    def running(self, case, detailed):
        dice = self.dice
        case.started_on = case.started_on or min(
            case.began + dice.days(25, 85), self.today - timedelta(days=1)
        )
        if case.status == "ended":
            last = case.died_on or self.today - dice.days(10, 500)
            case.ended_on = max(
                case.started_on + timedelta(days=1), min(last, self.today - timedelta(days=1))
            )
            if case.died_on:
                case.ended_on = max(case.started_on, case.died_on + timedelta(days=1))
        self.begin(case, case.lives, detailed)
        if case.part is None and case.lives == "live_in" and dice.chance(0.03) or case.number == 0:
            self.begin(case, "short_break", detailed)
        involve(
            self.loader,
            case,
            Involvement.Role.SUPPORTS,
            case.scheme,
            case.started_on,
            case.ended_on,
            case.scheme_worker,
        )

    def begin(self, case, kind, detailed):
        """One placement with everything that its start asks for."""
        recent = (self.today - case.started_on).days < 40
        emergency = kind == "short_break" and recent and case.status == "active" and not case.part
        named = RESPITE_CARER if case.number == 0 and kind == "short_break" else None
        home = self.estate.place(case, kind, emergency, named)
        carer = home.carers[0]
        match = None
        if detailed and not emergency and case.began > self.today - timedelta(days=700):
            match = self.referrer.matched(case, kind, home, carer)
        key = self.placement(case, kind, home, carer, match, emergency)
        self.stays(case, key, kind, home, emergency, detailed)
        requirements = []
        if detailed and not emergency:
            requirements = self.agreement(case, key, carer, case.started_on - timedelta(days=4))
        if emergency:
            self.owe(case, key)
        if detailed and not emergency:
            self.gates(case, key)
        if detailed and not case.ended_on and kind != "short_break":
            visits(self, case, key, home, carer)
        case.placements.append(Running(key, home, carer, case.started_on, case.ended_on, requirements))

    def placement(self, case, kind, home, carer, match, emergency):
        reason = ""
        if case.ended_on:
            reason = "died" if case.died_on else self.dice.weighted(END_REASONS)
        return self.loader[Placement].write(
            person_id=case.id, reference=self.references.new(), scheme_id=case.scheme.id, funding_team_id=case.team.id,
            match_id=match, household_id=home_of(kind, home), carer_id=carer[0], kind=kind,
            route="emergency" if emergency else self.dice.weighted({"planned": 0.92, "transition": 0.05, "hospital": 0.03}),
            purpose="bridge" if emergency else PURPOSE.get(kind, "support"), state="ended" if case.ended_on else "active",
            agreed_on=case.started_on - timedelta(days=0 if emergency else 8), starts_on=case.started_on,
            ended_on=case.ended_on, end_reason=reason,
            why_emergency=self.dice.pick(words.EMERGENCIES) if emergency else "",
        )  # fmt: skip

    def stays(self, case, placement, kind, home, emergency, detailed):
        if kind == "live_in":
            self.book(case, placement, home, "home", (case.started_on, self.end_of_stay(case)))
        elif kind == "day_support":
            period = (case.started_on, self.end_of_stay(case))
            self.book(case, placement, home, "day", period, weekdays=self.dice.pick(WEEKDAYS))
        elif emergency:
            self.book(case, placement, home, "night", (case.started_on, case.started_on + timedelta(days=42)))
        elif kind == "short_break":
            self.breaks(case, placement, home, 5 if detailed else 2)

    @staticmethod
    def end_of_stay(case):
        return case.ended_on and max(case.ended_on, case.started_on + timedelta(days=1))

    def breaks(self, case, placement, home, count):
        """Nights away, one after the other: mostly those of the last half-year, and what is booked ahead."""
        last = case.ended_on or self.today + timedelta(days=120)
        day = max(case.started_on, last - timedelta(days=60 * count))
        for number in range(count):
            nights = self.dice.pick((2, 2, 3, 7, 14))
            self.book(case, placement, home, "night", (day, day + timedelta(days=nights)))
            day += timedelta(days=nights + self.dice.between(12, 45))
            if number and case.ended_on and day >= case.ended_on:
                return

    def book(self, case, placement, home, claim, period, weekdays=127, state="booked", **facts):
        stay = self.loader[Stay].write(
            household_id=home.id,
            person_id=case.id,
            claim=claim,
            weekdays=weekdays,
            period=period,
            state=state,
            **facts,
        )
        self.loader[Booking].write(placement_id=placement, stay_id=stay)

    def agreement(self, case, placement, carer, signed_on, signed=True):
        """The signed agreement (or its draft). Returns the ids of its requirements."""
        key, dice = self.dice.uuid(), self.dice
        wanted = dice.some(words.REQUIREMENTS, dice.between(2, 4))
        requirements = [
            self.loader[AgreementRequirement].write(agreement_id=key, number=n, words=said, responsible=who)
            for n, (said, who) in enumerate(wanted, start=1)
        ]
        if case.scheme.id not in self.banded:
            bands(self, case.scheme)
        for what, pounds, payer in (
            ("rent", 94, "benefit"),
            ("household", 58, "person"),
            ("care", 412, "council"),
        ):
            self.loader[AgreementFee].write(
                agreement_id=key, what=what, pounds=pounds + dice.between(0, 60), payer=payer
            )
        if signed:
            look_at_charges(self, case, placement, signed_on)
        signatures = (
            (case.name, None, "person", "on paper", case.scheme_worker.name),
            (carer[1], None, "carer", "on paper", case.scheme_worker.name),
            (case.scheme_worker.name, case.scheme_worker.id, "scheme", "in this program", ""),
            (case.worker.name, case.worker.id, "team", "in this program", ""),
        )
        for name, user, party, how, before in signatures if signed else ():
            self.loader[AgreementSignature].write(
                agreement_id=key,
                name=name,
                user_id=user,
                party=party,
                how=how,
                before_whom=before,
                on=signed_on,
            )
        self.loader[PlacementAgreement].write(
            id=key, placement_id=placement, organisation_id=case.scheme.id, number=1, state="signed" if signed else "draft",
            room="The room at the back, first floor", drafted_by_id=case.scheme_worker.id, easy_read_given=dice.chance(0.6),
            signed_on=signed_on if signed else None, **words.AGREEMENT,
        )  # fmt: skip
        return requirements

    def gates(self, case, placement):
        for gate in (
            "plan",
            "capacity",
            "one_place",
            "assessment",
            "responsibilities",
            "risk",
            "agreement",
            "approval",
        ):
            self.loader[GateAnswer].write(
                placement_id=placement,
                gate=gate,
                passed=True,
                by_id=case.scheme_worker.id,
                at=at_noon(case.started_on),
            )

    def owe(self, case, placement):
        """After an emergency: what was not there on the day is owed within three days."""
        due_on = owed_by(case.started_on)
        for what, late in (("agreement", True), ("responsibilities", False)):
            open_still = due_on >= self.today or late
            self.loader[OwedAfterEmergency].write(
                placement_id=placement, organisation_id=case.scheme.id, what=what, due_on=due_on,
                next_stage_on=self.first_stage("placements.owed_after_emergency", due_on) if open_still else None,
                done_on=None if open_still else due_on, closed_because="" if open_still else "It is there now",
            )  # fmt: skip

    def agreed(self, case):
        """Agreed, not begun: the place is held. The one written by hand may begin today: every gate is open."""
        sent_on = max(case.began, self.today - self.dice.days(25, 60))
        case.started_on = self.today + timedelta(days=0 if case.part else self.dice.between(3, 25))
        referral = self.referrer.referral(case, case.lives, sent_on)
        self.referrer.send(case, referral, case.scheme, sent_on, "accepted")
        home = self.estate.place(case, case.lives)
        carer = home.carers[0]
        agreed_on = self.today - timedelta(days=2)
        match = self.referrer.match(case, referral, case.scheme, case.lives, home, carer, agreed_on, "agreed")
        key = self.loader[Placement].write(
            person_id=case.id, reference=self.references.new(), scheme_id=case.scheme.id, funding_team_id=case.team.id,
            match_id=match, household_id=home_of(case.lives, home), carer_id=carer[0], kind=case.lives, state="agreed",
            purpose=PURPOSE.get(case.lives, "support"), agreed_on=agreed_on, starts_on=case.started_on,
        )  # fmt: skip
        if case.lives in CLAIM_OF:
            claim = CLAIM_OF[case.lives].value
            leaving = case.started_on + timedelta(days=14) if claim == "night" else None
            self.book(
                case, key, home, claim, (case.started_on, leaving), state="held",
                weekdays=3 if claim == "day" else 127, hold_until=case.started_on + timedelta(days=14),
            )  # fmt: skip
        self.agreement(case, key, carer, self.today - timedelta(days=1), signed=bool(case.part))
