"""Referrals of the demo: what was sent, what schemes answered, and the matches that came of it."""

from datetime import timedelta

from carers.codes import CLAIM_OF
from people.models import Involvement
from placements import codes
from placements.models import (
    AnswerOwed,
    Introduction,
    Match,
    MatchingPolicy,
    Referral,
    ReferralInformation,
    ReferralScheme,
)

from . import words
from .dice import References

PURPOSE = {"live_in": "home", "short_break": "break"}
POLICY = MatchingPolicy()  # as shipped: the councils of the demo have set no numbers of their own
FEWER = ("known", "known", "person", "carer", "urgent", "workload")
MISSING = ("history", "money")


def home_of(kind, home):
    """The id of the home, where the kind of support takes a place in one."""
    return home.id if kind in CLAIM_OF else None


def involve(loader, case, role, scheme, since, until=None, worker=None):
    loader[Involvement].write(
        person_id=case.id, organisation_id=scheme.id, role=role.value, worker_id=worker and worker.id, since=since,
        until=until,
    )  # fmt: skip


class Referrer:
    """Writes referrals: those that are out, those that led to a placement, and those that found nobody."""

    def __init__(self, loader, dice, world, today, estate, first_stage):
        self.loader, self.dice, self.world, self.today, self.estate = loader, dice, world, today, estate
        self.first_stage = first_stage
        self.references = References("R", dice)
        self.detailed = True

    def referral(self, case, kind, sent_on, closed_on=None, reason=""):
        key = self.loader[Referral].write(
            person_id=case.id, organisation_id=case.team.id, reference=self.references.new(), kinds=[kind],
            purpose=PURPOSE.get(kind, "support"), urgency=self.dice.pick(("planned", "planned", "soon", "urgent")),
            wanted_from=sent_on + timedelta(days=30), areas=[case.team.council.name], wishes=self.dice.pick(words.WISHES),
            needs=["step_free", "ground_floor"] if case.reason.startswith("physical") else [],
            language=case.language if case.language != "English" else "", interests=self.dice.pick(words.INTERESTS),
            tried=self.tried(kind) if self.detailed and reason == "no_carer" else [],
            state="closed" if closed_on else "sent", sent_on=sent_on, closed_on=closed_on, closed_reason=reason,
        )  # fmt: skip
        for item in codes.Information.values if self.detailed else ():
            missing = item in MISSING and self.dice.chance(0.5)
            self.loader[ReferralInformation].write(
                referral_id=key, item=item, given=not missing, words="" if missing else self.said(case, item),
                why_missing="Asked for; the family looks for it" if missing else "",
            )  # fmt: skip
        return key

    @staticmethod
    def said(case, item):
        return {
            "assessment": words.ASSESSMENT[0],
            "wishes": "What was said is at the top of this page.",
            "daily_life": words.PLAN["own_words"][0],
        }.get(item, "With the plan.")

    def pack(self, case):
        """A short form of what a scheme is sent; it is frozen when it is sent."""
        return [
            {"title": "Person", "words": case.name},
            {"title": "Kind", "words": case.lives.replace("_", " ")},
            {"title": "What for", "words": words.ASSESSMENT[0]},
        ]

    def send(self, case, referral, scheme, sent_on, answer, closed_on=None, **facts):
        answered_on = (
            None if answer == "none" else min(self.today, sent_on + timedelta(days=self.dice.between(1, 8)))
        )
        if answer == "declined":
            closed_on, facts = answered_on, {"reason": self.dice.pick(("no_carer", "area", "no_skills"))}
        if answer == "returned":
            facts = {
                "missing": ["history"],
                "words": "Please tell us where the person lived before, and what worked.",
            }
        self.loader[ReferralScheme].write(
            referral_id=referral, scheme_id=scheme.id, sent_on=sent_on, pack=self.pack(case), answer=answer,
            answered_on=answered_on, closed_on=closed_on, **facts,
        )  # fmt: skip
        if answer == "none":
            self.owe(referral, scheme, "scheme", sent_on + timedelta(days=POLICY.scheme_days))
        involve(self.loader, case, Involvement.Role.REFERRED, scheme, sent_on, closed_on)

    def owe(self, referral, scheme, side, due_on, match=None):
        """An answer that somebody waits for."""
        if self.detailed:
            self.loader[AnswerOwed].write(
                referral_id=referral, organisation_id=scheme.id, match_id=match, side=side, due_on=due_on,
                next_stage_on=self.first_stage("placements.answer_owed", due_on),
            )  # fmt: skip

    def match(self, case, referral, scheme, kind, home, carer, proposed_on, state="proposed"):
        yes = {"person_answer": "yes", "person_says": "“I like them.”", "person_asked_on": proposed_on}
        yes |= {"carer_answer": "yes", "carer_says": "We got on well at tea.", "carer_asked_on": proposed_on}
        key, visits = (
            self.dice.uuid(),
            list(self.visits(proposed_on)) if self.detailed and state == "agreed" else [],
        )
        yes |= {
            "introductions_held": len(visits),
            "introductions_usual": POLICY.introductions if self.detailed else None,
        }
        if self.detailed and len(visits) < POLICY.introductions:
            yes["fewer_because"] = self.dice.pick(FEWER)
        for visit in visits:
            by = case.scheme_worker or scheme.workers[0]
            self.loader[Introduction].write(match_id=key, recorded_by_id=by.id, **visit)
        return self.loader[Match].write(
            id=key, referral_id=referral, scheme_id=scheme.id, household_id=home_of(kind, home), carer_id=carer[0], kind=kind,
            fits=[{"need": "Place free on the day", "fit": "yes", "words": "One more may live here"}],
            reasons="Shares interests, and lives near the family.", state=state, proposed_on=proposed_on,
            **(yes if state == "agreed" else {}),
        )  # fmt: skip

    def visits(self, proposed_on):
        """None to three visits, with what each side made of them."""
        count = self.dice.weighted({0: 0.1, 1: 0.15, 2: 0.15, 3: 0.6})
        first = proposed_on - timedelta(days=count)
        for number, (kind, where, person, showed, carer) in enumerate(words.VISITS[:count]):
            yield {
                "kind": kind, "on": first + timedelta(days=number), "where": where, "person_view": person,
                "showed_by": showed, "carer_view": carer,
            }  # fmt: skip

    def matched(self, case, kind, home, carer):
        """The referral that led to a placement, with the match that was agreed."""
        sent_on = case.began + timedelta(days=8)
        referral = self.referral(case, kind, sent_on, max(sent_on, case.started_on), "arranged")
        self.send(case, referral, case.scheme, sent_on, "accepted", closed_on=max(case.started_on, sent_on))
        return self.match(
            case, referral, case.scheme, kind, home, carer, sent_on + timedelta(days=5), "agreed"
        )

    def waiting(self, case):
        """A referral that is out: with answers of all kinds, now and then a match proposed."""
        sent_on = self.today - self.dice.days(1, 45)
        sent_on = max(sent_on, case.began)
        referral = self.referral(case, case.lives, sent_on)
        schemes = self.world.schemes_near(case.team.council)
        answers = (
            ["accepted", "none"]
            if case.part
            else self.dice.sample(["none", "accepted", "returned", "declined"], 2)
        )
        for scheme, answer in zip(schemes, answers, strict=False):
            self.send(case, referral, scheme, sent_on, answer)
            if answer == "accepted" and not case.part and self.dice.chance(0.5):
                case.scheme = scheme
                home = self.estate.place(case, case.lives)
                proposed_on = max(sent_on, self.today - self.dice.days(0, 6))
                match = self.match(case, referral, scheme, case.lives, home, home.carers[0], proposed_on)
                self.owe(referral, scheme, "person", proposed_on + timedelta(days=POLICY.person_days), match)
                self.owe(referral, scheme, "carer", proposed_on + timedelta(days=POLICY.carer_days), match)
                case.scheme = None

    def tried(self, kind):
        """What stood in the way, as a closed referral keeps it."""
        carers = self.dice.between(3, 14)
        needs = []
        for code, need in words.NEEDS_TRIED:
            fits = self.dice.pick((0, 0, 1, 2))
            unknown = self.dice.between(0, carers - fits) // 3
            counts = {"fits": fits, "against": carers - fits - unknown, "unknown": unknown}
            needs.append({"code": code, "need": need, **counts})
        return [{"kind": kind, "carers": carers, "needs": needs}]

    def not_found(self, case):
        """An earlier referral that found no carer: an unmet need."""
        sent_on = case.began + timedelta(days=3)
        closed_on = min(self.today - timedelta(days=1), sent_on + self.dice.days(40, 90))
        kind = self.dice.pick(("short_break", "day_support", "live_in"))
        referral = self.referral(case, kind, sent_on, max(sent_on, closed_on), "no_carer")
        case.not_found = (referral, kind, max(sent_on, closed_on))
