"""What can be typed about assessments."""

from django import forms
from django.utils import timezone

from people.codes import SeenHow
from people.models import Organisation
from sharedlives.forms import LONG, ActionForm, DateField

from ..models import Assessment

LONGEST = 20_000  # characters in one answer
Kind = Assessment.Kind


class BeginAssessmentForm(ActionForm):
    """Who assesses, and when the person was seen. The rest is asked page by page."""

    submit = "Begin"

    kind = forms.ChoiceField(label="Who assesses", choices=Kind, widget=forms.RadioSelect)
    scheme = forms.ModelChoiceField(
        label="Scheme",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="No scheme yet",
        help_text="The one that assesses alone, or writes its part of a joint assessment.",
    )
    done_on = DateField(label="When the person was seen")

    def __init__(self, *args, schemes, alone=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.alone = alone
        if alone is not None:  # a scheme's own assessment
            del self.fields["kind"], self.fields["scheme"]
        else:
            self.fields["scheme"].queryset = schemes

    def clean_done_on(self):
        return not_to_come(self.cleaned_data["done_on"])

    def facts(self):
        own = {"kind": Kind.SCHEME, "scheme": self.alone} if self.alone else {}
        return super().facts() | own | {"state": Assessment.State.DRAFT}


def not_to_come(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("The day on which the person was seen cannot be in the future.")
    return day


class AssessmentPageForm(ActionForm):
    """One page of an assessment: the fields that `page` asks. Nothing is demanded before it is to be complete."""

    submit = "Save and go on"

    done_on = DateField(label="When the person was seen")
    seen_where = forms.CharField(
        label="Where the person was seen",
        required=False,
        max_length=200,
        help_text="At home, in hospital, by video, at the day service.",
    )
    seen_how = forms.ChoiceField(
        label="How the person was seen",
        choices=[choice for choice in SeenHow.choices if choice[0] != SeenHow.NOT_SEEN],
        required=False,
        widget=forms.RadioSelect,
    )
    person_part = forms.CharField(
        label="How the person took part",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="What they said or showed, and what helped them to say it.",
    )
    took_part = forms.CharField(
        label="Who else took part, and how",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="Their family or representative, the scheme, an advocate.",
    )
    summary = forms.CharField(
        label="Needs, in plain words",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 12}),
    )
    eligible_outcomes = forms.MultipleChoiceField(
        label="Outcomes that the person cannot achieve without support",
        choices=Assessment.Outcome,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    complexity = forms.ChoiceField(
        label="Circumstances", choices=Assessment.Complexity, widget=forms.RadioSelect
    )
    why_not_joint = forms.CharField(
        label="If complex and not joint: why", required=False, widget=forms.Textarea({"rows": 3})
    )
    why_no_part = forms.CharField(
        label="If joint, and the scheme’s part is not here: why",
        required=False,
        max_length=300,
        help_text="Leave empty while the scheme is still writing it.",
    )
    explained_shared_lives = forms.BooleanField(
        label="Shared Lives was explained to the person", required=False
    )
    why_not_explained = forms.CharField(label="If it was not explained: why", required=False, max_length=300)
    offered_shared_lives = forms.BooleanField(label="Shared Lives was offered", required=False)
    why_not_offered = forms.ChoiceField(
        label="If it was not offered: why", choices=Assessment.NotOffered, required=False
    )
    wants_shared_lives = forms.ChoiceField(
        label="What the person makes of it",
        choices=Assessment.Wanted,
        required=False,
        widget=forms.RadioSelect,
    )
    pressures = forms.MultipleChoiceField(
        label="Pressures felt",
        choices=Assessment.Pressure,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, page, kind, **kwargs):
        super().__init__(*args, **kwargs)
        asked = {*page.fields, "form_key", "form_version"}
        if kind != Kind.JOINT:
            asked.discard("why_no_part")
        if kind == Kind.JOINT:
            asked.discard("why_not_joint")
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]

    def clean_done_on(self):
        return not_to_come(self.cleaned_data["done_on"])

    def clean(self):
        data = super().clean()
        if data.get("done_on"):
            data["done_on"] = data["done_on"].isoformat()  # a draft is JSON
        return data


class CheckAssessmentForm(ActionForm):
    """All that was typed becomes the assessment's; complete, or to be gone on with."""

    state = forms.ChoiceField(
        label="Is the assessment complete?",
        choices=[
            (Assessment.State.COMPLETE, "Yes, complete"),
            (Assessment.State.DRAFT, "No, I will go on later"),
        ],
        widget=forms.RadioSelect,
        help_text="A complete assessment no longer changes.",
    )

    why_alike = forms.CharField(
        label="Why it is still right",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="What you looked at, and whom you asked.",
    )

    def __init__(self, *args, base_version, very_like, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_version"].initial = base_version
        if not very_like:
            del self.fields["why_alike"]


class PartForm(ActionForm):
    """The scheme's part of a joint assessment."""

    words = forms.CharField(
        label="What you found",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 12}),
        help_text="What the person needs in a Shared Lives home, what they are good at, what would make it hard.",
    )
