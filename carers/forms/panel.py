"""What can be typed about the panel: its meetings, decisions, conditions and letters."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from people.models import Membership, Organisation, Person, User
from people.visibility import Level
from sharedlives.forms import LONG, ActionForm, DateField
from sharedlives.permissions import Permission

from .. import rules
from ..codes import NotACarer, Outcome, PlacementKind
from ..models import PanelMeeting
from ..models.home import own_schemes

CONDITIONS = (1, 2, 3)


class PanelForm(ActionForm):
    """The panel meets."""

    submit = "Record the meeting"

    scheme = forms.ModelChoiceField(Organisation.objects.none())
    on = DateField(label="Day of the meeting")
    members = forms.CharField(
        label="Who sat on it",
        widget=forms.Textarea(LONG),
        help_text="One a line, with what they are: Ann Grey, independent chair.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = own_schemes(self.user, Permission.CARER_APPROVE)
        self.fields["scheme"].queryset = Organisation.objects.schemes().filter(pk__in=own)
        if len(own) == 1:
            self.fields["scheme"].initial = own[0]


class DecisionForm(ActionForm):
    """What the panel decided, on which papers, why, and on what conditions."""

    submit = "Record the decision"

    meeting = forms.ModelChoiceField(PanelMeeting.objects.none(), empty_label=None)
    papers = forms.CharField(
        label="What was before the panel",
        widget=forms.Textarea(LONG),
        help_text="One a line: assessment report, their comments, references, checks.",
    )
    outcome = forms.ChoiceField(label="Decision", choices=Outcome, widget=forms.RadioSelect)
    reasons = forms.CharField(widget=forms.Textarea(LONG), help_text="They stand in the letter.")
    policy = forms.CharField(label="Policy it was decided under, with its version", max_length=120)
    kinds = forms.MultipleChoiceField(
        label="Approved for", choices=PlacementKind, required=False, widget=forms.CheckboxSelectMultiple
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
        help_text="The reference of that person, such as P-7KQ2MX. Leave empty if they may support anybody.",
    )
    since = DateField(label="Approved from", required=False)
    probation_until = DateField(
        label="Last day of a trial period",
        required=False,
        help_text="The approval ends then unless the panel decides again.",
    )
    appeal_by = DateField(label="They may appeal until", required=False)
    because = forms.ChoiceField(
        label="Not approved because of",
        choices=[("", "Approved or deferred"), *NotACarer.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today, scheme = timezone.localdate(), self.row.organisation
        self.fields["meeting"].queryset = PanelMeeting.objects.filter(organisation=scheme, on__lte=today)
        there = Membership.objects.current(today).filter(organisation=scheme)
        staff = User.objects.filter(pk__in=there.values("user"), is_active=True)
        self.fields["appeal_by"].initial = today + rules.APPEAL_WITHIN
        owners = None
        for n in CONDITIONS:
            self.fields[f"condition_{n}"] = forms.CharField(
                label=f"Condition {n}", max_length=300, required=False
            )
            owner = self.fields[f"condition_{n}_owner"] = forms.ModelChoiceField(
                staff, label=f"Who sees to condition {n}", required=False, empty_label="Nobody named yet"
            )
            owners = owners or list(owner.choices)  # asked of the database once, not for each condition
            owner.choices = owners
            self.fields[f"condition_{n}_due_on"] = DateField(label=f"Condition {n} met by", required=False)

    def clean_only_for(self):
        typed = self.cleaned_data["only_for"].strip().upper()
        if not typed:
            return None
        people = Person.objects.visible_to(self.user, least=Level.SUPPORTS)
        person = people.filter(reference=typed).first()
        if person is None:
            raise forms.ValidationError(
                f"None of the people whom your scheme supports has the reference {typed}. Copy it from their page."
            )
        return person

    def clean(self):
        cleaned = super().clean()
        for n in CONDITIONS:
            parts = [cleaned.get(f"condition_{n}{end}") for end in ("", "_owner", "_due_on")]
            if any(parts) and not all(parts):
                self.add_error(f"condition_{n}", "A condition needs its words, who sees to it, and by when.")
        return cleaned

    def facts(self):
        facts = super().facts()
        found = [{key: facts.pop(f"condition_{n}{end}") for key, end in KEYS} for n in CONDITIONS]
        facts["conditions"] = [condition for condition in found if condition["words"]]
        until = facts["probation_until"]
        facts["probation_until"] = until and until + timedelta(days=1)
        return facts


KEYS = (("words", ""), ("owner", "_owner"), ("due_on", "_due_on"))


class MetForm(ActionForm):
    """A condition is met."""

    submit = "It is met"

    on = DateField(label="On")
    words = forms.CharField(label="What was seen", max_length=300)


class LetterForm(ActionForm):
    """The letter is made and kept."""

    submit = "Make the letter"
