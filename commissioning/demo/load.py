"""Puts the demo together: batch by batch, one story after another, in one transaction."""

from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from multiprocessing import get_context

from django.db import connection, transaction
from django.utils import timezone

from careplans import models as careplans
from carers import models as carers
from commissioning import models as commissioning
from commissioning.actions import take_availability_snapshot
from people import models as people_models
from placements import models as placements
from reviews import models as reviews
from risk import models as risk
from safetynet.actions import sweep_safety_net
from safetynet.models import RosterSource
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist import ladders
from sharedlives.worklist.deadlines import REGISTRY

from . import asking, bringing_in, closing, handing_over, joining, week, words
from .copying import Loader
from .dice import Dice
from .homes import Estate
from .organisations import Founder
from .people import Registrar
from .placing import Placer
from .plans import Planner
from .referring import Referrer
from .reviewing import Reviewer
from .risks import Assessor

BATCH = 2000
IN_DETAIL = (
    2000  # so many people have all there is; those after them only how things stand today, as if brought in
)
SPARE_HOMES = 14  # of the scheme whose staff sign in: something to choose from when somebody is matched
LOOKED_AT = 60  # the first people have been looked at by somebody
# Parts of what is final once signed or held come before it; persons, homes and limits before the stays that count them.
ORDER = (
    people_models.Organisation, people_models.User, people_models.Membership, people_models.Person,
    people_models.CommunicationNeed, people_models.PersonalContact, people_models.Involvement,
    people_models.ContactNote, people_models.AboutMe, people_models.SharingDecision, people_models.LegalFact,
    people_models.LegalFactShare,
    carers.Household, carers.HouseholdScheme, carers.HouseholdMember, carers.PlaceLimit, carers.Carer, carers.Approval,
    carers.Availability, carers.Training, carers.Requirement, carers.Stay, carers.Closure, carers.PlanB,
    carers.KeptApart,
    careplans.AssessmentPart, careplans.Assessment, careplans.Outcome, careplans.Service, careplans.SignOff, careplans.CarePlan, careplans.Supersession,
    careplans.PersonalBudget, careplans.PlanShare, careplans.Wish,
    risk.Risk, risk.RiskAssessment, risk.ResponsibilityAgreement, risk.Incident, risk.IncidentPerson,
    risk.RiskCopy, risk.ChangeNoticed, risk.ForeseenNeed, risk.Complaint, risk.DutyOfCandour,
    placements.Referral, placements.ReferralInformation, placements.ReferralScheme, placements.Match,
    placements.Introduction, placements.AnswerOwed,
    placements.Placement, placements.Booking, placements.AgreementRequirement, placements.AgreementFee,
    placements.AgreementSignature,
    placements.PlacementAgreement, placements.GateAnswer, placements.OwedAfterEmergency,
    placements.MonitoringVisit, placements.MonitoringNote, placements.VisitOwed,
    placements.ChargesLook, placements.FeeBand,
    reviews.ReviewDue, reviews.ReviewSubject, reviews.OutcomeRating, reviews.RequirementRating, reviews.ReviewAction,
    reviews.Participant, reviews.RecordOwed, reviews.RecordRemark, reviews.Review,
    RosterSource, commissioning.UnmetNeed, commissioning.AvailabilitySnapshot, AccessLogEntry,
)  # fmt: skip


def first_stage(deadline, due_on):
    """The day of the first reminder, by the shipped ladder: the councils of the demo have no ladders of their own."""
    return ladders.first_stage_on(REGISTRY[deadline].stages, due_on)


def load(*, people, seed, progress=None, today=None):
    """Write the whole demo, or nothing of it. Returns the number of rows written, history counted.

    `progress(count)` is called after each batch with the number of persons just written.
    """
    today = today or timezone.localdate()
    dice = Dice(seed, "everything else")
    loader = Loader(ORDER, dice.uuid)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            # Triggers plan their look-ups once a session, and here while every table is still empty: without this they
            # would read whole tables, row by row, for ever.
            cursor.execute("SET LOCAL enable_seqscan = off")
        storyteller = Storyteller(loader, dice, people, seed, today)
        loader.put(loader.take())
        batches = [range(first, min(first + BATCH, people)) for first in range(0, people, BATCH)]
        with loader.histories_beside() if len(batches) > 1 else nullcontext():
            for numbers, batch in zip(batches, told(storyteller, batches), strict=True):
                loader.put(batch)
                if progress:
                    progress(len(numbers))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")
    if people <= IN_DETAIL:
        first_night(loader, today)
    return loader.rows


def told(storyteller, batches):
    """The rows of each batch. Where there are several, a process of its own tells the next one while the database
    reads this one: two processors are busy, and the stories know nothing of the database.
    """
    if len(batches) == 1:
        yield storyteller.tell_all(batches[0])
        return
    fork = get_context("fork")  # the storyteller is not sent but inherited, with all that it remembers
    with ProcessPoolExecutor(1, mp_context=fork, initializer=TELLING.append, initargs=(storyteller,)) as pool:
        writing = pool.submit(tell_next, batches[0])
        for following in [*batches[1:], None]:
            batch = writing.result()
            if following:
                writing = pool.submit(tell_next, following)
            yield batch


TELLING = []  # the storyteller of the process that tells


def tell_next(numbers):
    return TELLING[0].tell_all(numbers)


def first_night(loader, today):
    """What the clock does in the night, so that the first morning has its list, its flags and its figures."""
    closing.keep_weeks(loader, today)
    with transaction.atomic():
        loader.put(loader.take())
    closing.send_a_list(today)
    bringing_in.send_a_file()
    week.leave_behind(today)
    handing_over.ask_the_team_that_signs_in(today)
    handing_over.word_one_mail(today)
    handing_over.give_a_council_its_logo(today)
    joining.apply_to_the_scheme(today)
    asking.ask_for_copies(today)
    asking.ask_for_a_carers_copy(today)
    sweep_safety_net(as_of=today)
    take_availability_snapshot(as_of=today)


class Storyteller:
    """Tells one person's story after another, each from the same chapters."""

    def __init__(self, loader, dice, people, seed, today):
        self.loader, self.dice, self.today = loader, dice, today
        self.world = Founder(loader, dice, people).world()
        closing.name_sources(self.world, loader, today)
        self.before = {}
        policy = str(reviews.ReviewPolicy.objects.in_force(None, today).first().pk)
        self.registrar = Registrar(loader, dice, self.world, today, seed)
        self.estate = Estate(loader, dice, today)
        for number in range(SPARE_HOMES):
            kind = ("live_in", "short_break", "day_support")[number % 3]
            self.estate.new(
                self.world.all_schemes[0], self.world.councils[0], kind, number % 4 == 0, wanted=0
            )
        self.planner = Planner(loader, dice, today, first_stage, seed)
        self.assessor = Assessor(loader, dice, today, first_stage)
        self.referrer = Referrer(loader, dice, self.world, today, self.estate, first_stage)
        self.placer = Placer(loader, dice, today, self.estate, self.referrer, first_stage)
        self.reviewer = Reviewer(loader, dice, self.world, today, first_stage, policy)

    def tell_all(self, numbers):
        """Tell the stories of a batch. Asks the database nothing. Returns the rows, to be put.

        From the second batch on its ids begin alike: ids strewn over indexes larger than memory would double the time.
        """
        batch = numbers[0] // BATCH
        self.dice.prefix = f"{batch * 40_503 % 65_536:04x}" if batch else ""
        for number in numbers:
            self.tell(number)
        return self.loader.take()

    def tell(self, number):
        detailed = number < IN_DETAIL
        case = self.registrar.register(number, detailed)
        if number == 0:
            case.started_on = self.reviewer.ahmads_start()
        self.estate.detailed = self.referrer.detailed = detailed
        self.planner.write(case, detailed)
        self.assessor.write(case, detailed)
        self.placer.write(case, detailed)
        self.reviewer.write(case, detailed)
        self.mishap(case)
        if detailed:
            self.keep_apart(case, number)
        if case.not_found:
            closing.note_unmet_need(case, self.loader, self.today)
        if number < LOOKED_AT:
            closing.note_look(case, self.loader, self.dice)

    def keep_apart(self, case, number):
        """Now and then somebody may not live with the last one of the same scheme whose story was told."""
        if case.status != "active" or not case.placements or case.scheme is None:
            return
        home = case.placements[0].home
        before, self.before[case.scheme.id] = self.before.get(case.scheme.id), (case, home)
        own = Dice(self.registrar.seed, "kept apart", number)
        if before and before[1] is not home and own.chance(0.05):
            due_on = self.today + own.days(-5, 300)
            self.loader[carers.KeptApart].write(
                id=own.uuid(), person_id=case.id, other_id=before[0].id, organisation_id=case.scheme.id,
                source=own.pick(("incident", "wish", "risk")), words=own.pick(words.APART), since=due_on - timedelta(days=365),
                decided_by_id=case.scheme_worker.id, due_on=due_on,
                next_stage_on=first_stage("carers.kept_apart", due_on),
            )  # fmt: skip

    def mishap(self, case):
        """Now and then something goes wrong; the newest one the care manager has yet to read."""
        if case.status == "active" and case.placements and (case.number == 0 or self.dice.chance(0.06)):
            home = case.placements[0].home
            happened_on = max(case.started_on, self.today - timedelta(days=self.dice.between(1, 60)))
            read = (self.today - happened_on).days > 6
            self.assessor.incident(case, home.id, happened_on, read)
