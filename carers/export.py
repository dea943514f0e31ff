"""This floor's part of copies: of everything about a person, and of what a scheme keeps about a carer or a household."""

from django.db.models import Exists, OuterRef

from people.models import Person
from sharedlives.records.subject_access import AROUND, NAMES, Part, left_out

from . import models

Part(models.Stay, "Homes where you live or stay")
Part(models.Approval, "Carers approved for you alone", path="only_for", leave=("conditions", "decision"))
Part(
    models.PanelDecision, "Decisions of the panel on carers for you alone", path="only_for",
    leave=("papers", "reasons", "letter"),
)  # fmt: skip
left_out(models.ApprovalCondition, "about carers and those who see to it; the decision itself is in the copy")
Part(models.CarerTie, "Carers who are close to you otherwise", held=True)
# The reason speaks of both, and whoever puts the copy together may work with one of them alone.
Part(
    models.KeptApart,
    "That you may not live with somebody",
    also="other",
    leave=("words", "why_ended"),
    held=True,
)

Part(models.Carer, "Who you are", path="pk", about="carer")
Part(models.Approval, "What you are approved for", path="carer", about="carer")
# Why may speak of a concern that is still being looked into.
Part(
    models.Suspension, "When your approval was suspended", path="carer", leave=("words", "by"), held=True, about="carer"
)  # fmt: skip
Part(models.Training, "Courses", path="carer", about="carer")
Part(models.Application, "Your applications", path="applicants__carer", about="carer")
Part(models.Applicant, "That you applied", path="carer", about="carer")
Part(
    models.StageReached, "How your applications went on", path="application__applicants__carer", about="carer"
)
Part(models.NeedMet, "What your applications needed", path="application__applicants__carer", about="carer")
Part(
    models.PanelDecision,
    "What the panel decided",
    path="application__applicants__carer",
    leave=("only_for", "letter"),
    about="carer",
)
Part(
    models.ApprovalCondition,
    "Conditions of your approval",
    path="decision__application__applicants__carer",
    about="carer",
)
Part(models.Requirement, "Your checks, references, insurances and reviews", path="carer", about="carer")
Part(models.Availability, "When you said you can and cannot support", path="carer", about="carer")
# To whom they are close may be somebody else's secret, or a worker's.
Part(models.CarerTie, "People who are close to you", path="carer", leave=("words",), held=True, about="carer")
Part(models.Household, "Your home", path="carers", about="carer")
Part(models.PlaceLimit, "How many may live with you", path="household__carers", about="carer")
Part(
    models.PlanB,
    "What is agreed for an evening on which you are ill",
    path="household__carers",
    about="carer",
)
Part(models.Closure, "When places were not available", path="household__carers", about="carer")
Part(models.HouseholdScheme, "Schemes that work with your home", path="household__carers", about="carer")
Part(
    models.HouseholdMember, "Who lives with you", path="household__carers", leave=("born_in",), about="carer"
)
Part(
    models.CarerCopy,
    "Requests for a copy",
    path="carer",
    leave=("harm_words", "safeguarding_words"),
    about="carer",
)
Part(models.HouseholdMember, "What is kept about you", path="pk", about="member")
Part(models.Household, "Your home", path="members", about="member")
Part(models.Requirement, "Your checks", path="member", about="member")
Part(
    models.CarerCopy,
    "Requests for a copy",
    path="member",
    leave=("harm_words", "safeguarding_words"),
    about="member",
)
for about in ("carer", "member"):
    left_out(models.CarerCopyEntry, "what was put together for a copy; cleared once it is handed over", about)
    left_out(models.CarerCopyName, "names of others, as they were decided for a copy", about)
left_out(models.Stay, "who stays in the home is theirs to ask for", about="carer")
left_out(
    models.SameDwelling,
    "how two rows of one dwelling were found: about the rows, not the carer",
    about="carer",
)


def in_the_home(person):
    """Carers and members of the homes where the person stays or stayed, and others who were there at the same time."""
    homes = models.Stay.objects.filter(person=person).values("household")
    for carer in models.Carer.objects.filter(household__in=homes):
        yield f"{carer.preferred_name or carer.given_name} {carer.family_name}", "Shared Lives carer"
        yield f"{carer.given_name} {carer.family_name}", "Shared Lives carer"
    for member in models.HouseholdMember.objects.filter(household__in=homes):
        yield member.given_name, f"lives in the home: {member.relation}"
    together = models.Stay.objects.filter(
        person=person, household=OuterRef("household"), period__overlap=OuterRef("period")
    )
    others = models.Stay.objects.filter(Exists(together)).exclude(person=person)
    for other in Person.objects.filter(pk__in=others.values("person")):
        yield f"{other.given_name} {other.family_name}", "supported in the same home"
        yield other.known_as, "supported in the same home"


NAMES.append(in_the_home)


def around_the_carer(carer):
    """Those with whom a carer lives or lived, the people supported there, and the other carers of the home."""
    yield from in_home(carer.household_id, others=models.Carer.objects.exclude(pk=carer.pk))
    for member in models.HouseholdMember.objects.filter(household=carer.household_id):
        yield member.given_name, f"lives in the home: {member.relation}"


def around_the_member(member):
    yield from in_home(member.household_id, others=models.Carer.objects.all())
    for other in models.HouseholdMember.objects.filter(household=member.household_id).exclude(pk=member.pk):
        yield other.given_name, f"lives in the home: {other.relation}"


def in_home(household, others):
    for other in others.filter(household=household):
        yield other.known_as, "Shared Lives carer in the same home"
        yield f"{other.given_name} {other.family_name}", "Shared Lives carer in the same home"
    stays = models.Stay.objects.filter(household=household)
    for person in Person.objects.filter(pk__in=stays.values("person")):
        yield f"{person.given_name} {person.family_name}", "supported in the home"
        yield person.known_as, "supported in the home"


AROUND["carer"].append(around_the_carer)
AROUND["member"].append(around_the_member)
