"""What can be typed about incidents and safeguarding."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField

from ..models import Incident
from .fields import LONG, SHORT, yes_no


class SafeguardingForm(ActionForm):
    """The three-part test of Care Act 2014 s42(1): the council's to decide."""

    submit = "Save the decision"

    person_wants = forms.CharField(
        label="What does the person want to happen?",
        widget=forms.Textarea(SHORT),
        help_text="Ask first. In their words; or: not asked yet, because …",
    )
    has_needs = yes_no("Has needs for care and support")
    at_risk = yes_no("Is experiencing, or at risk of, abuse or neglect")
    cannot_protect = yes_no("Because of those needs, cannot protect themselves")

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class IncidentForm(ActionForm):
    """What went wrong. The header goes to everybody concerned, so it holds no names."""

    submit = "Record the incident"

    happened_on = DateField(label="When it happened")
    kind = forms.ChoiceField(label="Kind of incident", choices=Incident.Kind)
    is_emergency = forms.BooleanField(label="It was an emergency", required=False)
    what_happened = forms.CharField(
        label="What happened",
        widget=forms.Textarea(LONG),
        help_text="Without names: everybody concerned may have this read to them.",
    )
    what_was_done = forms.CharField(
        label="What was done", widget=forms.Textarea(LONG), help_text="Without names."
    )
    words = forms.CharField(
        label="What it means for this person",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="Only those who may read this person’s record see these words.",
    )
    concerns_home = forms.BooleanField(
        label="It concerns everybody who lives or stays in the home",
        required=False,
        help_text="Each one’s own worker is then asked to read it.",
    )
    person_wants = forms.CharField(
        label="Safeguarding: what the person wants to happen",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="Asked before the three questions below.",
    )
    has_needs = yes_no("Safeguarding: has needs for care and support", required=False)
    at_risk = yes_no("Safeguarding: is experiencing, or at risk of, abuse or neglect", required=False)
    cannot_protect = yes_no("Safeguarding: because of those needs, cannot protect themselves", required=False)
    cqc_notifiable = forms.BooleanField(label="The Care Quality Commission must be told", required=False)
    cqc_kind = forms.ChoiceField(
        label="If so, as what", choices=[("", "Choose the kind"), *Incident.CqcKind.choices], required=False
    )
    cqc_told_on = DateField(label="Told on", required=False)

    TEST = ("has_needs", "at_risk", "cannot_protect")

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = timezone.localdate()
        if not council:
            for name in (*self.TEST, "person_wants"):
                del self.fields[name]

    def clean(self):
        data = super().clean()
        if data.get("cqc_notifiable") and not data.get("cqc_kind"):
            self.add_error("cqc_kind", "Choose what kind of notice it is.")
        if not data.get("cqc_notifiable"):
            data |= {"cqc_kind": "", "cqc_told_on": None}
        return data

    def facts(self):
        facts = super().facts()
        return facts | {"test": tuple(facts.pop(name, None) for name in self.TEST)}


class ReadForm(ActionForm):
    """The person's own team has read it."""

    submit = "I have read this"


class CqcForm(ActionForm):
    """The Care Quality Commission has been told."""

    submit = "Save"

    on = DateField(label="Told on")

    def facts(self):
        return super().facts() | {"version": self.opened_on()}
