"""What can be typed about people who pass from team to team, and about teams that merge, split or close."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from people.models import Organisation, OrganisationChange, User
from sharedlives.forms import LONG, ActionForm, DateField

FARTHEST = timedelta(days=90)


def members_of(organisation):
    """Who works in an organisation today, for a list of choices."""
    today = timezone.localdate()
    members = User.objects.filter(
        memberships__organisation=organisation, memberships__since__lte=today, is_active=True
    )
    return members.exclude(memberships__organisation=organisation, memberships__until__lte=today).distinct()


class HandoverForm(ActionForm):
    """Ask another team to take over a person."""

    submit = "Ask the other team"

    to = forms.ModelChoiceField(Organisation.objects.none(), label="Team that shall take over")
    on = DateField(
        label="From which day", help_text="Today or later. Until they accept, your team stays responsible."
    )
    reason = forms.CharField(
        label="Why, and what the other team should know",
        widget=forms.Textarea(LONG),
        min_length=10,
        help_text="Their manager reads this before the record is open to them. Do not write the person’s name.",
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        teams = Organisation.objects.teams().current(timezone.localdate()).exclude(pk=team.pk)
        self.fields["to"].queryset = teams.select_related("council")
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self):
        on, today = self.cleaned_data["on"], timezone.localdate()
        if on and not today <= on <= today + FARTHEST:
            raise forms.ValidationError("Choose a day from today on, and within the next 90 days.")
        return on


class AcceptHandoverForm(ActionForm):
    """Take over a person."""

    submit = "Accept: we take over"

    worker = forms.ModelChoiceField(User.objects.none(), label="Who will be the named worker")
    answer = forms.CharField(
        label="Anything to say to the team that asked", widget=forms.Textarea(LONG), required=False
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = members_of(team)


class AcceptChangeForm(ActionForm):
    """Take over what a change of teams brings."""

    submit = "Accept, and carry it out now"
    warning = True

    answer = forms.CharField(
        label="Anything to say to the administrator", widget=forms.Textarea(LONG), required=False
    )


class DeclineForm(ActionForm):
    """Say no, and why."""

    submit = "Decline"

    answer = forms.CharField(label="Why not, and what would help", widget=forms.Textarea(LONG), min_length=10)


class WithdrawForm(ActionForm):
    """Take a question back."""

    submit = "Withdraw"


class UndoForm(ActionForm):
    """Take a change back."""

    submit = "Undo the change"
    warning = True


class TeamChangeForm(ActionForm):
    """What happens to a team."""

    submit = "Show what would move"

    kind = forms.ChoiceField(label="What happens", choices=OrganisationChange.Kind, widget=forms.RadioSelect)
    to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Team that takes over",
        help_text="For a split into a new team, add the team in Administration first, with its manager.",
    )
    workers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="For a split: who goes, with the people they work with",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label="Why, in words for the other team’s manager", widget=forms.Textarea(LONG), min_length=10
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        teams = Organisation.objects.teams().current(timezone.localdate()).exclude(pk=team.pk)
        self.fields["to"].queryset = teams
        self.fields["workers"].queryset = members_of(team)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == OrganisationChange.Kind.SPLIT and not cleaned.get("workers"):
            self.add_error("workers", "Tick at least one worker who goes. Their people go with them.")
        return cleaned


class AccessCheckForm(forms.Form):
    """Whose access to which reference."""

    email = forms.EmailField(label="Email address of the user", max_length=150)
    reference = forms.CharField(
        label="Reference of the person", max_length=12, help_text="Such as P-7KQ2MX. No name is shown."
    )
    why = forms.CharField(
        label="Why you check", max_length=120, help_text="Kept in the access log of the record."
    )
