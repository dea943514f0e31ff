"""Questions about risk, asked by pages and by the floors above."""

from django.db.models import F
from django.utils import timezone

from carers.models import Stay
from people.models import Involvement, Organisation, Person

from .models import Incident, ResponsibilityAgreement, RiskAssessment


def signed_assessment(person, on=None):
    """The signed version that holds for a person: not superseded, not in error. With `on`, only if signed by then."""
    rows = RiskAssessment.objects.latest_version().filter(person=person)
    if on is not None:
        rows = rows.filter(signed_on__lte=on)
    return rows.prefetch_related("risks").order_by("-number").first()


def current_version(*, person=None, household=None):
    """The signed version that holds, of a person or of a household, or None."""
    rows = RiskAssessment.objects.latest_version().filter(person=person, household=household)
    return rows.prefetch_related("risks").order_by("-number").first()


def draft_of(*, person=None, household=None):
    """The version that is being drafted, or None: one at most."""
    return RiskAssessment.objects.drafts().filter(person=person, household=household).first()


def responsibilities_agreed(person, scheme):
    """The newest agreement on responsibilities that both sides have agreed to, or None."""
    rows = ResponsibilityAgreement.objects.agreed().filter(person=person, scheme=scheme)
    return rows.order_by("-agreed_by_team_on", "-agreed_by_scheme_on", "-begun_on").first()


def responsibilities_open(person, scheme):
    """The agreement that waits for a side, or None: one at most."""
    return ResponsibilityAgreement.objects.open().filter(person=person, scheme=scheme).first()


def incidents_between(person, since, until):
    """The incidents of a person on the days from `since` up to and including `until`, oldest first."""
    rows = Incident.objects.filter(people__person=person, happened_on__gte=since, happened_on__lte=until)
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
