"""What can be typed about homes and carers."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from people.models import Membership, Organisation, Person, User
from people.visibility import Level
from sharedlives.forms import LONG, ActionForm, DateField
from sharedlives.permissions import Permission

from .. import rules
from ..codes import WEEKDAYS, Part, Pet, PlacementKind
from ..models import Availability, CarerTie, Household, TrainingCourse
from ..models.home import own_schemes

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


class KnownField(forms.TypedChoiceField):
    """Yes, no, or not known yet: what nobody has asked is never taken for a no."""

    ANSWERS = (("", "Not known yet"), ("yes", "Yes"), ("no", "No"))

    def __init__(self, *, label):
        super().__init__(
            label=label,
            choices=self.ANSWERS,
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )

    def prepare_value(self, value):
        return {None: "", True: "yes", False: "no"}.get(value, value)


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
    step_free = KnownField(label="Is the way in step-free?")
    ground_floor_bedroom = KnownField(label="Is there a bedroom on the ground floor?")
    wheelchair = KnownField(label="Can a wheelchair move about the home?")
    smoking = KnownField(label="Does somebody smoke in the home?")
    assistants = KnownField(label="May a personal assistant come into the home?")
    pet_kinds = forms.MultipleChoiceField(
        label="Pets",
        choices=Pet,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick nothing if nobody has asked yet.",
    )
    pets = forms.CharField(
        label="More about the pets", max_length=120, required=False, help_text="Such as: two quiet cats."
    )
    notes = forms.CharField(
        label="What a visitor should know",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="Such as parking, or how to get in.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = Organisation.objects.councils().current(timezone.localdate())

    def clean_pet_kinds(self):
        kinds = self.cleaned_data["pet_kinds"]
        if Pet.NONE in kinds and len(kinds) > 1:
            raise rules.NO_PETS_ALONE.broken()
        return kinds


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
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Scheme worker",
        required=False,
        help_text="Who hears of what lapses. Nobody named: all workers of the scheme see it, and the manager is told.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        there = Membership.objects.current(today).filter(
            organisation__in=own_schemes(self.user, Permission.CARER_WRITE)
        )
        self.fields["worker"].queryset = User.objects.filter(pk__in=there.values("user"), is_active=True)


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


class AvailabilityForm(ActionForm):
    """When in the week the carer can, or cannot, support."""

    submit = "Write it down"

    says = forms.ChoiceField(label="What the carer says", choices=Availability.Says, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days", coerce=int, widget=forms.CheckboxSelectMultiple,
        choices=[(1 << bit, name) for bit, name in enumerate(WEEKDAYS)],
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="At which time of the day", choices=Part, widget=forms.CheckboxSelectMultiple
    )
    since = DateField(label="From")
    until = DateField(label="Last day", required=False, help_text="Leave empty if there is no end yet.")
    words = forms.CharField(
        label="More about it",
        max_length=200,
        required=False,
        help_text="Such as: sings in a choir. For the scheme alone.",
    )

    def facts(self):
        typed = super().facts()
        until = typed["until"] and typed["until"] + timedelta(days=1)
        return typed | {"weekdays": sum(typed["weekdays"]), "until": until}


class EndAvailabilityForm(ActionForm):
    """It holds no longer."""

    submit = "It holds no longer"

    on = DateField(label="From which day on")

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class TieForm(ActionForm):
    """Somebody is close to a carer: a person by their reference, or a worker of the own schemes."""

    submit = "Record it"

    reference = forms.CharField(
        label="Reference of a person whom the scheme supports",
        max_length=12,
        required=False,
        help_text="Such as P-7KQ2MX, if the carer is kin to somebody you support.",
    )
    user = forms.ModelChoiceField(
        User.objects.none(), label="Or a worker", required=False, empty_label="No worker"
    )
    kind = forms.ChoiceField(label="What connects them", choices=CarerTie.Kind, widget=forms.RadioSelect)
    words = forms.CharField(label="More about it", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        there = Membership.objects.current(timezone.localdate()).filter(
            organisation__in=own_schemes(self.user, Permission.CARER_WRITE)
        )
        self.fields["user"].queryset = User.objects.filter(pk__in=there.values("user"), is_active=True)

    def clean(self):
        cleaned = super().clean()
        typed = cleaned.pop("reference", "").strip().upper()
        cleaned["person"] = None
        if bool(typed) == bool(cleaned.get("user")):
            raise forms.ValidationError("Give either a person’s reference or a worker.")
        if typed:
            people = Person.objects.visible_to(self.user, least=Level.SUPPORTS)
            cleaned["person"] = people.filter(reference=typed).first()
            if cleaned["person"] is None:
                self.add_error(
                    "reference",
                    f"None of the people whom your scheme supports has the reference {typed}. Copy it from their page.",
                )
        return cleaned


class EndTieForm(ActionForm):
    """It no longer holds."""

    submit = "It no longer holds"

    because = forms.CharField(label="Why", max_length=100)


class MoveHouseForm(ActionForm):
    """The family has moved to another dwelling."""

    submit = "Record the move"

    on = DateField(label="Day of the move")
    address = forms.CharField(label="New address", max_length=250, widget=forms.Textarea({"rows": 3}))
    postcode = forms.CharField(max_length=8)
    uprn = forms.CharField(
        label="Unique property reference number",
        max_length=14,
        required=False,
        help_text="Up to 12 digits, if known.",
    )


class OtherRow(forms.ModelChoiceField):
    """A home by what one may know of it: the own ones by name, others by their scheme."""

    own = frozenset()

    def label_from_instance(self, home):
        schemes = ", ".join(link.scheme.name for link in home.scheme_links.all() if link.until is None)
        if home.pk in self.own:
            return f"{home.label}, {home.address} ({schemes})"
        return f"A home of {schemes or 'no scheme now'} at the same postcode"


class SameDwellingForm(ActionForm):
    """Another row of the same postcode is the same dwelling."""

    submit = "They are one dwelling"
    warning = True

    other = OtherRow(
        Household.objects.none(), label="The other row", empty_label=None, widget=forms.RadioSelect
    )
    why = forms.CharField(label="How you know", max_length=200)

    def __init__(self, *args, home, **kwargs):
        super().__init__(*args, **kwargs)
        near = Household.objects.filter(postcode=home.postcode, same_as=None).exclude(pk=home.pk)
        self.fields["other"].queryset = near.prefetch_related("scheme_links__scheme")
        self.fields["other"].own = set(near.visible_to(self.user).values_list("pk", flat=True))


class JoinForm(ActionForm):
    """Two rows of one dwelling become one."""

    submit = "Join the two rows"
    warning = True


class AskForCarerCopyForm(ActionForm):
    """Since when somebody asks for their copy, and how it was checked that it is they."""

    submit = "Put the copy together"

    identity = forms.CharField(
        label="How you know that it is they who ask", max_length=200,
        help_text="Such as: known to the scheme; passport seen on 3 March. For a child, name the parent who asks.",
    )  # fmt: skip
    received_on = DateField(label="On which day the request reached the scheme")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()
