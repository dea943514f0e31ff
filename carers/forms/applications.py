"""What can be typed about somebody who wants to become a carer."""

from django import forms
from django.utils import timezone

from people.models import Membership, Organisation, User
from sharedlives.forms import ActionForm, DateField
from sharedlives.permissions import Permission

from ..codes import NotACarer
from ..models import Application
from ..models.home import own_schemes

WHO = ("given_name", "family_name", "email", "phone")


class EnquiryForm(ActionForm):
    """One carer or a couple of one home asks."""

    submit = "Record the enquiry"

    scheme = forms.ModelChoiceField(Organisation.objects.none())
    given_name = forms.CharField(max_length=80)
    family_name = forms.CharField(max_length=80)
    email = forms.EmailField(required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    other_given_name = forms.CharField(
        label="Given name of the partner", max_length=80, required=False, help_text="If two apply together."
    )
    other_family_name = forms.CharField(label="Family name of the partner", max_length=80, required=False)
    address = forms.CharField(max_length=250, widget=forms.Textarea({"rows": 3}))
    postcode = forms.CharField(max_length=8)
    council = forms.ModelChoiceField(Organisation.objects.none(), label="Council area")
    fast = forms.BooleanField(
        label="Support carer",
        required=False,
        help_text="Stands in for another carer, at home or away: goes through fewer stages.",
    )
    enquired_on = DateField(label="Asked on")
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Who goes through it with them",
        required=False,
        empty_label="Nobody named yet",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        own = own_schemes(self.user, Permission.CARER_WRITE)
        self.fields["scheme"].queryset = Organisation.objects.schemes().filter(pk__in=own)
        self.fields["council"].queryset = Organisation.objects.councils().current(today)
        there = Membership.objects.current(today).filter(organisation__in=own)
        self.fields["worker"].queryset = User.objects.filter(pk__in=there.values("user"), is_active=True)
        if len(own) == 1:
            self.fields["scheme"].initial = own[0]

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("other_given_name")) != bool(cleaned.get("other_family_name")):
            self.add_error("other_family_name", "Give both names of the partner, or neither.")
        return cleaned

    def facts(self):
        typed = super().facts()
        both = [{name: typed.pop(name) for name in WHO}]
        other = {name: typed.pop(f"other_{name}") for name in WHO[:2]}
        if other["given_name"]:
            both.append(other)
        home = {name: typed.pop(name) for name in ("address", "postcode")}
        label = f"The {both[0]['family_name']} home"
        return typed | {"home": home | {"label": label}, "applicants": both}


class NeedForm(ActionForm):
    """Done on a day, or not yet, because."""

    submit = "Save"

    done_on = DateField(label="Done on", required=False)
    because = forms.CharField(
        label="Or: not yet, because",
        max_length=300,
        required=False,
        help_text="Counted, and shown to the panel.",
    )


class OnDayForm(ActionForm):
    """The day on which something happened."""

    submit = "Save"

    on = DateField(label="On")


class GoOnForm(OnDayForm):
    submit = "Go on to the next stage"


class EndApplicationForm(ActionForm):
    """Withdrawn, or refused, and why."""

    submit = "End the application"
    warning = True

    state = forms.ChoiceField(
        label="How it ends",
        choices=[(s.value, s.label) for s in (Application.State.WITHDRAWN, Application.State.REFUSED)],
        widget=forms.RadioSelect,
    )
    because = forms.ChoiceField(label="Why", choices=NotACarer)
    words = forms.CharField(label="More about it", max_length=300, required=False)
    on = DateField(label="On")


class ApplicationsFilter(forms.Form):
    """Narrows the list of applications."""

    state = forms.ChoiceField(
        label="How it stands", choices=[("", "Any"), *Application.State.choices], required=False
    )

    def narrow(self, rows):
        chosen = self.cleaned_data.get("state") if self.is_valid() else ""
        return rows.filter(state=chosen) if chosen else rows
