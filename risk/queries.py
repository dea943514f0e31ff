"""Questions about risk, asked by pages and by the floors above."""

from django.db.models import F, Max
from django.utils import timezone

from carers.models import Carer, HouseholdMember, Stay
from carers.rules import ADULT_AT, of_age
from people.models import Involvement, LegalFact, Membership, Organisation, Person
from people.queries import funding_team, managers_of
from sharedlives.permissions import Role

from .models import Incident, IncidentPerson, ResponsibilityAgreement, RiskAssessment, RiskPolicy, RiskScale


def that_hold(*, person=None, household=None):
    """The signed version that holds, not superseded, not in error, of a person or a household: a queryset."""
    rows = RiskAssessment.objects.latest_version().filter(person=person, household=household)
    return rows.order_by("-number")


def signed_assessment(person, on=None):
    """The signed version that holds for a person, with its risks. With `on`, only if signed by then."""
    rows = that_hold(person=person).select_related("scale")
    if on is not None:
        rows = rows.filter(signed_on__lte=on)
    return rows.prefetch_related("risks__measures").first()


def current_version(*, person=None, household=None):
    """The signed version that holds, of a person or of a household, with its risks, or None."""
    return that_hold(person=person, household=household).prefetch_related("risks__measures").first()


def draft_of(*, person=None, household=None):
    """The version that is being drafted, or None: one at most."""
    return RiskAssessment.objects.drafts().filter(person=person, household=household).first()


def agreed_responsibilities(person, scheme):
    """The agreements on responsibilities that both sides have agreed to, newest first."""
    rows = ResponsibilityAgreement.objects.agreed().filter(person=person, scheme=scheme)
    return rows.order_by("-agreed_by_team_on", "-agreed_by_scheme_on", "-begun_on")


def responsibilities_open(person, scheme):
    """The agreement that waits for a side, or None: one at most."""
    return ResponsibilityAgreement.objects.open().filter(person=person, scheme=scheme).first()


def incidents_between(person, since, until):
    """The incidents of a person on the days from `since` up to and including `until`, oldest first."""
    there = IncidentPerson.objects.not_in_error().filter(person=person)
    rows = Incident.objects.filter(people__in=there, happened_on__gte=since, happened_on__lte=until)
    return rows.order_by("happened_on", "recorded_at")


def there_on(day):
    """Stays that are really going on on a day: booked or found there, and on that weekday."""
    stays = Stay.objects.filter(state__in=(Stay.State.BOOKED, Stay.State.FOUND)).on(day)
    return stays.annotate(today=F("weekdays").bitand(1 << day.weekday())).filter(today__gt=0)


def staying_at(household, on):
    """Everybody who lives or stays in a home on a day, as `Person`s."""
    return Person.objects.filter(pk__in=there_on(on).filter(household=household).values("person"))


def home_of(person, on):
    """The dwelling in which a person lives or stays on a day, or None."""
    stay = there_on(on).filter(person=person).order_by("-period").select_related("household").first()
    return stay.household if stay else None


def schemes_involved(person):
    """The schemes that support a person today, or have a referral for them."""
    roles = (Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)
    rows = Involvement.objects.current(timezone.localdate()).filter(person=person, role__in=roles)
    return Organisation.objects.filter(pk__in=rows.values("organisation"))


def schemes_supporting(person):
    """The schemes that support a person today."""
    rows = Involvement.objects.current(timezone.localdate()).filter(person=person, role="supports")
    return Organisation.objects.filter(pk__in=rows.values("organisation"), kind=Organisation.Kind.SCHEME)


def policy(council, on):
    """The clocks of a council on a day: its own newest version, else the shipped default."""
    return RiskPolicy.objects.in_force(council, on).first()


def scale(council, on):
    """The words by which a council weighs risks on a day: its own newest version, else the shipped default."""
    return RiskScale.objects.in_force(council, on).first()


def own_organisation(user, person=None):
    """The organisation in which a user works for a person, else the first one in which they work."""
    own = [membership.organisation for membership in user.current_memberships()]
    if person is not None:
        rows = Involvement.objects.current(timezone.localdate()).filter(person=person, organisation__in=own)
        involvement = rows.select_related("organisation__council").first()
        if involvement is not None:
            return involvement.organisation
    return own[0]


def carers_of(person, on):
    """The carers of the home in which a person lives or stays on a day."""
    home = home_of(person, on)
    return Carer.objects.active(on).filter(household=home) if home else Carer.objects.none()


def other_managers(council, answering, subjects, elsewhere, on):
    """The organisation whose managers answer instead of `answering`: none of them is, or stands under, a subject.

    First the council's duty team, then the person's own team (not with `elsewhere`), then any other of the council.
    The council itself where there is none: then nobody is told, which the worklist makes a flag of.
    """
    duty = policy(council, on).duty_team
    own = None if elsewhere else answering
    others = Organisation.objects.current(on).filter(council=council).order_by("name")
    out_of_question = {user.pk for user in subjects}
    first = [part for part in (own, duty) if part is not None]
    rest = others.exclude(pk=answering.pk) if elsewhere else others
    for organisation in (*first, *rest):
        managers = managers_of(organisation, on)
        if (
            managers
            and not out_of_question & {user.pk for user in managers}
            and not under(organisation, subjects, on)
        ):
            return organisation
    return council


def under(organisation, subjects, on):
    """Does one of these users manage an organisation above this one, and so could direct its managers?"""
    above = [part for part in organisation.path.strip("/").split("/") if part != str(organisation.pk)]
    rows = Membership.objects.current(on).filter(
        user__in=subjects, organisation__in=above, role=Role.TEAM_MANAGER
    )
    return rows.exists()


IN_THE_HOME = ("carer", "household")  # whom a concern is about, where children who live there are looked at


def children_at_home(concern, about, on):
    """Do children live in the home of a carer, or of somebody of a carer's household, whom a concern is about?

    The home is the named carer's; where nobody is named, those in which the person lives or stays on the day.
    """
    near = [one for one in about if one.kind in IN_THE_HOME]
    homes = {one.carer.household_id for one in near if one.carer}
    if near and not homes and concern.person_id:
        homes = set(
            Stay.objects.counted().on(on).filter(person=concern.person_id).values_list("household", flat=True)
        )
    youngest = (
        HouseholdMember.objects.current(on).filter(household__in=homes).aggregate(day=Max("born_in"))["day"]
    )
    return bool(homes) and not of_age(youngest, ADULT_AT, on)


def answering_team(concern):
    """The team that funds the person today; where none does, who answered for the concern when it came."""
    return funding_team(concern.person, timezone.localdate()) or concern.organisation


def unchanged_before(assessment):
    """Was it found unchanged the last time already: as this version, or by a check of it?"""
    return assessment.nothing_changed or assessment.checks.exists()


def due_in_force(assessment):
    """The day on which a version is to be looked at again: by its newest check, else by its own risks."""
    check = assessment.checks.filter(is_newest=True).first()
    return check.due_on if check else assessment.due_on


def decisions_for(person, on):
    """Facts of law on which a restriction of a person may rest: decisions and orders that hold on a day."""
    kinds = LegalFact.Kind
    rows = LegalFact.objects.holding(on).filter(person=person)
    return rows.filter(kind__in=(kinds.CAPACITY, kinds.BEST_INTERESTS, kinds.LIBERTY, kinds.COURT))


def schemes_without(assessment):
    """The schemes that support the person and were not given this version."""
    given = assessment.copies.for_schemes().values("scheme")
    return schemes_supporting(assessment.person).exclude(pk__in=given)


def home_summary(person, on):
    """What the scheme signed for others to know of the home in which a person lives or stays: words, or ""."""
    home = home_of(person, on)
    rows = RiskAssessment.objects.latest_version().filter(household=home) if home else []
    return next((row.summary_shared for row in rows), "")
