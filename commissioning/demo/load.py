"""Puts the demo together: batch by batch, one story after another, in one transaction."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from careplans import models as careplans
from carers import models as carers
from people import models as people_models
from placements import models as placements
from reviews import models as reviews
from risk import models as risk
from sharedlives.worklist import ladders
from sharedlives.worklist.deadlines import REGISTRY

from .copying import Loader
from .dice import Dice
from .homes import Estate
from .organisations import Founder
from .people import Registrar
from .placing import Placer
from .plans import Planner
from .reviewing import Reviewer
from .risks import Assessor

BATCH = 2000
IN_DETAIL = 5000  # so many people have earlier years on record; those after them only how things are today
# Parts of what is final once signed or held come before it; persons, homes and limits before the stays that count them.
ORDER = (
    people_models.Organisation, people_models.User, people_models.Membership, people_models.Person,
    people_models.CommunicationNeed, people_models.PersonalContact, people_models.Involvement,
    carers.Household, carers.HouseholdScheme, carers.HouseholdMember, carers.PlaceLimit, carers.Carer, carers.Approval,
    carers.Training, carers.Stay, carers.Closure,
    careplans.Assessment, careplans.Outcome, careplans.SignOff, careplans.CarePlan, careplans.Supersession,
    careplans.PersonalBudget, careplans.PlanShare,
    risk.Risk, risk.RiskAssessment, risk.ResponsibilityAgreement, risk.Incident, risk.IncidentPerson,
    placements.Referral, placements.ReferralInformation, placements.ReferralScheme, placements.Match,
    placements.Placement, placements.Booking, placements.AgreementRequirement, placements.AgreementSignature,
    placements.PlacementAgreement, placements.GateAnswer, placements.OwedAfterEmergency,
    reviews.ReviewDue, reviews.ReviewSubject, reviews.OutcomeRating, reviews.RequirementRating, reviews.ReviewAction,
    reviews.Participant, reviews.RecordOwed, reviews.Review,
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
        storyteller = Storyteller(loader, dice, people, seed, today)
        loader.flush()
        for first in range(0, people, BATCH):
            numbers = range(first, min(first + BATCH, people))
            for number in numbers:
                storyteller.tell(number)
            loader.flush()
            if progress:
                progress(len(numbers))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")
    return loader.rows


class Storyteller:
    """Tells one person's story after another, each from the same chapters."""

    def __init__(self, loader, dice, people, seed, today):
        self.dice, self.today = dice, today
        self.world = Founder(loader, dice, people).world()
        policy = str(reviews.ReviewPolicy.objects.in_force(None, today).first().pk)
        self.registrar = Registrar(loader, dice, self.world, today, seed)
        self.estate = Estate(loader, dice, today)
        self.planner = Planner(loader, dice, today, first_stage)
        self.assessor = Assessor(loader, dice, today, first_stage)
        self.placer = Placer(loader, dice, self.world, today, self.estate, first_stage)
        self.reviewer = Reviewer(loader, dice, self.world, today, first_stage, policy)

    def tell(self, number):
        case = self.registrar.register(number)
        detailed = number < IN_DETAIL
        if number == 0:
            case.started_on = self.reviewer.ahmads_start()
        self.planner.write(case, detailed)
        self.assessor.write(case, detailed)
        self.placer.write(case, detailed)
        self.reviewer.write(case, detailed)
        self.mishap(case)

    def mishap(self, case):
        """Now and then something goes wrong; the newest one the care manager has yet to read."""
        if case.status == "active" and case.placements and (case.number == 0 or self.dice.chance(0.06)):
            home = case.placements[0].home
            happened_on = max(case.started_on, self.today - timedelta(days=self.dice.between(1, 60)))
            read = (self.today - happened_on).days > 6
            self.assessor.incident(case, home.id, happened_on, read)
