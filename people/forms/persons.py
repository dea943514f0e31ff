"""What can be typed about people; and the form of the one door."""

from allauth.account.forms import LoginForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from people import codes
from people.models import CommunicationNeed, Organisation, PersonalContact, User
from sharedlives.forms import LONG, ActionForm, DateField
from sharedlives.permissions import Role


class SignInForm(LoginForm):
    """Sign in. A name longer than any address is refused before the lock-out counts it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].validators.append(MaxLengthValidator(150))
        self.fields["password"].help_text = ""  # the page has its own link for a forgotten password
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class FindForm(forms.Form):
    """One box. Names, a birth date, an NHS number or a reference."""

    text = forms.CharField(
        label="Name, date of birth, NHS number or reference",
        max_length=120,
        help_text="A spelling mistake does not matter. For example: Amhad, 4 7 1991.",
    )


class PersonForm(ActionForm):
    """Who the person is."""

    given_name = forms.CharField(max_length=80)
    family_name = forms.CharField(max_length=80)
    preferred_name = forms.CharField(max_length=80, required=False, help_text="What they like to be called.")
    date_of_birth = DateField()
    nhs_number = forms.CharField(
        label="NHS number", max_length=20, required=False, help_text="Ten digits, if known."
    )
    no_nhs_number_because = forms.CharField(
        label="Why there is no NHS number", max_length=200, required=False
    )
    council_reference = forms.CharField(label="Council’s own number", max_length=30, required=False)
    gender = forms.ChoiceField(choices=codes.Gender, initial=codes.Gender.UNKNOWN)
    ethnicity = forms.ChoiceField(choices=codes.Ethnicity, initial=codes.Ethnicity.UNKNOWN)
    first_language = forms.CharField(max_length=60, initial="English")
    religion = forms.CharField(label="Faith", max_length=60, required=False)
    primary_support_reason = forms.ChoiceField(
        choices=codes.SupportReason, initial=codes.SupportReason.UNKNOWN
    )
    accommodation_status = forms.ChoiceField(
        label="Where they live now",
        choices=codes.AccommodationStatus,
        initial=codes.AccommodationStatus.UNKNOWN,
    )
    address = forms.CharField(max_length=250, required=False, widget=forms.Textarea({"rows": 3}))
    postcode = forms.CharField(max_length=8, required=False)
    phone = forms.CharField(max_length=40, required=False)
    what_matters = forms.CharField(
        label="What matters most to me, in my own words",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="The person’s words, written down as they said them.",
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("nhs_number") and not cleaned.get("no_nhs_number_because"):
            self.add_error("no_nhs_number_because", "Give the NHS number, or say why there is none yet.")
        return cleaned


class RegisterForm(PersonForm):
    """A person who is new to our records."""

    submit = "Put on our records"

    team = forms.ModelChoiceField(Organisation.objects.none(), label="Funding social work team")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = (Role.CARE_MANAGER, Role.TEAM_MANAGER)
        own = [m.organisation_id for m in self.user.current_memberships() if m.role in roles]
        self.fields["team"].queryset = Organisation.objects.teams().filter(pk__in=own)
        self.order_fields(["team"])
        if len(own) == 1:
            self.fields["team"].initial = own[0]


class CommunicationForm(ActionForm):
    """What others must do to be understood, and to understand."""

    kind = forms.ChoiceField(
        choices=[each for each in CommunicationNeed.Kind.choices if each[0] != "none"],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What to do", max_length=200, help_text="For example: Speak slowly, one thing at a time."
    )
    format = forms.ChoiceField(
        label="Format of letters and records",
        choices=CommunicationNeed.Format,
        required=False,
        widget=forms.RadioSelect,
    )


class AskAgainForm(ActionForm):
    """The person was asked again how they communicate: each line is still right, or holds no longer."""

    asked_on = DateField(label="When they were asked", initial=timezone.localdate)
    no_needs = forms.BooleanField(label="They have no particular needs", required=False)

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        for need in held:
            self.fields[f"still_{need.pk}"] = forms.ChoiceField(
                label=need.words,
                choices=(("yes", "Still right"), ("no", "No longer")),
                widget=forms.RadioSelect,
                help_text=f"{need.get_kind_display()}. Last asked on {need.asked_on:%-d %B %Y}.",
            )
        self.order_fields(["asked_on", *(f"still_{need.pk}" for need in held), "no_needs"])

    def facts(self):
        """As the action wants it."""
        typed = super().facts()
        still = [need for need in self.held if typed[f"still_{need.pk}"] == "yes"]
        return {"asked_on": typed["asked_on"], "no_needs": typed["no_needs"], "still": still}


class ContactForm(ActionForm):
    """Somebody in the person's own life."""

    kind = forms.ChoiceField(choices=PersonalContact.Kind, widget=forms.RadioSelect)
    name = forms.CharField(max_length=120)
    relation = forms.CharField(
        max_length=80, required=False, help_text="For example: mother, key worker at the day service."
    )
    tie = forms.ChoiceField(
        label="Tie to the services",
        choices=PersonalContact.Tie,
        initial=PersonalContact.Tie.NONE,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False)
    agreed_by_person = forms.BooleanField(label="The person agrees to this contact", required=False)


class DeathForm(ActionForm):
    """A person has died."""

    submit = "Record the death"
    warning = True

    on = DateField(label="Date of death")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("The date of death cannot be in the future.")
        return on


class EmergencyAccessForm(ActionForm):
    """Why somebody outside must see a record now."""

    submit = "Open for 24 hours"
    warning = True

    reason = forms.CharField(
        label="Why do you need to see this record now?",
        widget=forms.Textarea(LONG),
        min_length=10,
        help_text="Your reason and what you open are kept, and the person’s team manager is told.",
    )


class WorkerForm(ActionForm):
    """Who answers for a person in one organisation."""

    worker = forms.ModelChoiceField(User.objects.none(), label="Named worker")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        members = User.objects.filter(
            memberships__organisation=organisation, memberships__since__lte=today, is_active=True
        ).exclude(memberships__until__lte=today)
        self.fields["worker"].queryset = members.distinct()


class AbsenceForm(ActionForm):
    """Who covers while somebody is away."""

    cover = forms.ModelChoiceField(User.objects.none(), label="Who covers")
    since = DateField(label="First day away")
    until = DateField(label="Last day away")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = [m.organisation_id for m in self.user.current_memberships()]
        colleagues = User.objects.filter(memberships__organisation__in=organisations, memberships__until=None)
        self.fields["cover"].queryset = colleagues.exclude(pk=self.user.pk).distinct()


class MailsForm(ActionForm):
    """How somebody wants to be reminded by mail."""

    wants_digest = forms.BooleanField(
        label="One mail a working day, instead of one for each reminder", required=False
    )
