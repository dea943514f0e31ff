"""What may be missing from carers: the nightly sweep looks, and opens and closes flags. The scheme answers."""

from django.db.models import Exists, F, OuterRef, Q, UUIDField, Value

from sharedlives.worklist.gaps import Gap

from .models import Approval, Carer, Requirement, Stay, Training, TrainingCourse
from .queries import under_one_roof

SCIE = "SCIE At a glance 02"


def as_rows(carers):
    return carers.annotate(
        subject_id=F("pk"),
        person_id=Value(None, output_field=UUIDField(null=True)),
        owner_organisation_id=F("organisation"),
    ).values("subject_id", "person_id", "owner_organisation_id")


def at_work(as_of):
    """Carers in whose home somebody is supported on a day."""
    there = (
        Stay.objects.counted().on(as_of).filter(household=OuterRef("household"), person__date_of_death=None)
    )
    return Carer.objects.active(as_of).filter(Exists(there))


def without_approval(as_of):
    approvals = Approval.objects.current(as_of).filter(carer=OuterRef("pk"))
    return as_rows(at_work(as_of).filter(~Exists(approvals)))


def lacking(courses, as_of):
    """Of these courses, those that the carer of the outer query never did, or that no longer count."""
    lasting = Training.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=as_of),
        carer=OuterRef(OuterRef("pk")),
        course=OuterRef("pk"),
        done_on__lte=as_of,
    )
    return Exists(courses.filter(~Exists(lasting)))


def without_training(as_of):
    """Carers at work who lack a course that every carer needs."""
    return as_rows(at_work(as_of).filter(lacking(TrainingCourse.objects.filter(mandatory=True), as_of)))


def emergencies_without_training(as_of):
    """Carers approved for emergencies whose training for them does not last."""
    approved = Approval.objects.current(as_of).filter(carer=OuterRef("pk"), emergency=True)
    courses = TrainingCourse.objects.filter(for_emergencies=True)
    return as_rows(Carer.objects.active(as_of).filter(Exists(approved), lacking(courses, as_of)))


def with_a_lapse(as_of):
    """Carers at work with something in their home that has run out and stops new placements."""
    lapsed = Requirement.objects.lapsed(as_of).of_carer(OuterRef("pk"), OuterRef("household"))
    return as_rows(at_work(as_of).filter(Exists(lapsed)))


def kept_apart_and_together(as_of):
    """Persons who are in a home on the same days as somebody with whom they may not live. Whoever decided it answers."""
    rows = under_one_roof(as_of).annotate(subject_id=F("person"), owner_organisation_id=F("organisation"))
    return rows.values("subject_id", "person_id", "owner_organisation_id").distinct()


GAPS = (
    Gap(
        code="carers.kept_apart_together",
        says="This person is, or will be, in one home with somebody with whom they may not live.",
        mends="Find one of the two another place; or look at the decision again, and end it if it holds no longer.",
        source="Care and support statutory guidance 14: prevent abuse between adults who live together",
        subject="person",
        found=kept_apart_and_together,
    ),
    Gap(
        code="carers.requirement_lapsed",
        says="A check or an insurance that stops new placements has run out in this home.",
        mends="Renew it and record it on the carer’s page. Nobody new is placed here before; who lives there stays.",
        source="Adult Placement Schemes (England) Regulations 2004, regulation 16: fitness of carers",
        subject="carer",
        found=with_a_lapse,
    ),
    Gap(
        code="carers.no_approval",
        says="People are supported by this carer, whose approval does not hold today.",
        mends="Bring the approval up to date, or find the people another place.",
        source=f"{SCIE}: carers are assessed and approved",
        subject="carer",
        found=without_approval,
    ),
    Gap(
        code="carers.training_lapsed",
        says="Training that every carer needs is missing or has expired.",
        mends="Book the course, and record it when it is done.",
        source="Council practice on carers’ training and its renewal",
        subject="carer",
        found=without_training,
    ),
    Gap(
        code="carers.emergency_training_lapsed",
        says="This carer is approved for emergencies, but the training for them is missing or has expired.",
        mends="Book the course. Until it is done, nobody can be placed here in an emergency.",
        source=f"{SCIE}: emergency placements only with those approved and trained for them",
        subject="carer",
        found=emergencies_without_training,
    ),
)
