"""What can be typed about homes and carers."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from people.models import Organisation, Person
from people.visibility import Level
from sharedlives.forms import LONG, ActionForm, DateField
from sharedlives.permissions import Permission

from . import rules
from .codes import PlacementKind
from .models import Household, TrainingCourse
from .models.home import own_schemes

PLACES = [(1, "One"), (2, "Two"), (3, "Three")]
ACCESS = [
    ("step_free", "Step-free entrance"),
    ("ground_floor_bedroom", "Bedroom on the ground floor"),
    ("wheelchair", "Wheelchair can move about"),
]


def places_field(label):
    return forms.TypedChoiceField(label=label, choices=PLACES, coerce=int, widget=forms.RadioSelect)


class MonthField(forms.CharField):
    """A month and a year, typed as 6 2015: no more than that is kept of a child."""

    def clean(self, value):
        words = super().clean(value).replace("/", " ").split()
        if not words:
            return None
        try:
            month, year = words
            if len(year) != 4:
                raise ValueError
            return date(int(year), int(month), 1)
        except ValueError:
            raise forms.ValidationError("Enter the month and the four-figure year, such as 6 2015.") from None


class HouseholdForm(ActionForm):
    """What is known of a dwelling."""

    label = forms.CharField(label="Name of the home", max_length=120, help_text="Such as: the Okafor home.")
    address = forms.CharField(max_length=250, widget=forms.Textarea({"rows": 3}))
    postcode = forms.CharField(max_length=8)
    uprn = forms.CharField(
        label="Unique property reference number",
        max_length=14,
        required=False,
        help_text="Up to 12 digits, if known.",
    )
    council = forms.ModelChoiceField(Organisation.objects.none(), label="Council area")
    step_free = forms.BooleanField(label="Step-free entrance", required=False)
    ground_floor_bedroom = forms.BooleanField(label="Bedroom on the ground floor", required=False)
    wheelchair = forms.BooleanField(label="A wheelchair can move about the home", required=False)
    smoking = forms.BooleanField(label="Somebody smokes in the home", required=False)
    pets = forms.CharField(max_length=120, required=False)
    notes = forms.CharField(
        label="What a visitor should know",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="Such as parking, or how to get in.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = Organisation.objects.councils().current(timezone.localdate())


class RegisterHouseholdForm(HouseholdForm):
    """A dwelling that is new to our records."""

    submit = "Put the home on our records"

    scheme = forms.ModelChoiceField(Organisation.objects.none())
    places = places_field("How many people the home may support at one time")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = own_schemes(self.user, Permission.HOUSEHOLD_WRITE)
        self.fields["scheme"].queryset = Organisation.objects.schemes().filter(pk__in=own)
        if len(own) == 1:
            self.fields["scheme"].initial = own[0]
        self.order_fields(["scheme"])


class PeriodForm(ActionForm):
    """First and last day. The last day counts; without it there is no end."""

    since = DateField(label="From")
    until = DateField(label="Last day", required=False, help_text="Leave empty if there is no end yet.")

    def facts(self):
        facts = super().facts()
        last = facts.pop("until")
        facts["period"] = rules.period(facts.pop("since"), last and last + timedelta(days=1))
        return facts


class LimitForm(PeriodForm):
    """How many people a home may support."""

    submit = "Set the limit"

    places = places_field("Places")


class CloseForm(PeriodForm):
    """Places that are not available."""

    submit = "Record as not available"

    places = places_field("Places that are not available")
    reason = forms.CharField(
        max_length=200,
        help_text="Only the schemes of this home read this; others see “not available”. Do not name anybody.",
    )


class OnForm(ActionForm):
    """A day."""

    on = DateField(label="From")


class ReopenForm(OnForm):
    submit = "Available again"


class EndCarerForm(OnForm):
    submit = "Record that the carer stops"
    warning = True

    on = DateField(label="First day on which they are no longer a carer")


class MemberForm(ActionForm):
    """Somebody of the carer's own family."""

    submit = "Add to the home"

    given_name = forms.CharField(label="First name", max_length=80)
    relation = forms.CharField(max_length=80, help_text="Such as son, mother, lodger.")
    born_in = MonthField(
        label="Month of birth", required=False, help_text="Children only. For example, 6 2015"
    )


class ShareForm(ActionForm):
    """Another scheme works with this home too."""

    submit = "Share the home"

    scheme = forms.ModelChoiceField(Organisation.objects.none(), label="Scheme")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attached = self.row.scheme_links.filter(until=None).values("scheme")
        schemes = Organisation.objects.schemes().current(timezone.localdate())
        self.fields["scheme"].queryset = schemes.exclude(pk__in=attached)


class CarerForm(ActionForm):
    """Who a carer is."""

    given_name = forms.CharField(max_length=80)
    family_name = forms.CharField(max_length=80)
    preferred_name = forms.CharField(max_length=80, required=False, help_text="What they like to be called.")
    email = forms.EmailField(required=False)
    phone = forms.CharField(max_length=40, required=False)
    languages = forms.CharField(max_length=200, required=False, help_text="With commas between them.")
    faith = forms.CharField(max_length=60, required=False)
    culture = forms.CharField(max_length=120, required=False)
    skills = forms.CharField(
        required=False, widget=forms.Textarea(LONG), help_text="What they are good at, and experienced in."
    )
    interests = forms.CharField(required=False, widget=forms.Textarea(LONG))


class ApproveForm(ActionForm):
    """What a carer may be asked to do."""

    submit = "Approve"

    kinds = forms.MultipleChoiceField(
        label="Approved for", choices=PlacementKind, widget=forms.CheckboxSelectMultiple
    )
    emergency = forms.BooleanField(
        label="Emergencies too",
        required=False,
        help_text="Counts only while the training for emergencies lasts.",
    )
    only_for = forms.CharField(
        label="Only for one person",
        max_length=12,
        required=False,
        help_text="The reference of that person, such as P-7KQ2MX. Leave empty if the carer may support anybody.",
    )
    conditions = forms.CharField(required=False, widget=forms.Textarea(LONG))
    since = DateField(label="From")
    until = DateField(
        label="Last day",
        required=False,
        help_text="Of a trial period, for example. Leave empty if there is none.",
    )

    def clean_only_for(self):
        typed = self.cleaned_data["only_for"].strip().upper()
        if not typed:
            return None
        person = Person.objects.visible_to(self.user, least=Level.SUPPORTS).filter(reference=typed).first()
        if person is None:
            raise forms.ValidationError(
                f"None of the people whom your scheme supports has the reference {typed}. Copy it from their page."
            )
        return person

    def facts(self):
        facts = super().facts()
        facts["until"] = facts["until"] and facts["until"] + timedelta(days=1)
        return facts


class TrainingForm(ActionForm):
    """A course that a carer has done."""

    submit = "Record the training"

    course = forms.ModelChoiceField(TrainingCourse.objects.all())
    done_on = DateField(label="Done on")


class HomesFilter(forms.Form):
    """Narrows the list of homes."""

    area = forms.ModelChoiceField(
        Organisation.objects.none(), label="Council area", required=False, empty_label="All areas"
    )
    kind = forms.ChoiceField(
        label="Approved for", choices=[("", "Anything"), *PlacementKind.choices], required=False
    )
    access = forms.ChoiceField(label="With", choices=[("", "Any access"), *ACCESS], required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        areas = Household.objects.visible_to(user).values("council")
        self.fields["area"].queryset = Organisation.objects.filter(pk__in=areas)

    def narrow(self, homes, today):
        """The homes that fit what was chosen; what cannot be read narrows nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("area"):
            homes = homes.filter(council=chosen["area"])
        if chosen.get("access"):
            homes = homes.filter(**{chosen["access"]: True})
        if chosen.get("kind"):
            homes = homes.approved_for(chosen["kind"], today)
        return homes
