"""What can be typed about wishes, changes and reassessments."""

from django import forms
from django.utils import timezone

from people.forms import SEEN, SeenForm
from people.models import User
from sharedlives.forms import LONG, ActionForm, DateField

from ..models import Assessment, Reassessment, Wish


class OwnedForm(ActionForm):
    """With whose job it is, and by when: both filled in already."""

    owner = forms.ModelChoiceField(label="Whose job it is", queryset=User.objects.none(), empty_label=None)
    due_on = DateField(label="By when")

    def __init__(self, *args, workers, due_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = workers
        self.fields["owner"].initial = self.user.pk
        self.fields["due_on"].initial = due_on


class WishForm(OwnedForm):
    """A wish, or a change that somebody must see to."""

    words = forms.CharField(
        label="What is wished for",
        widget=forms.Textarea(LONG),
        help_text="In the person’s own words where you can.",
    )
    said_by = forms.ChoiceField(
        label="Who said so", choices=Wish.Said, widget=forms.RadioSelect, initial=Wish.Said.PERSON
    )
    kind = forms.ChoiceField(
        label="Is it a wish, or a change to see to?",
        choices=Wish.Kind,
        widget=forms.RadioSelect,
        initial=Wish.Kind.WISH,
    )
    field_order = ["words", "said_by", "kind", "owner", "due_on"]


class PassOnForm(OwnedForm):
    """Somebody else sees to it, or by another day."""

    submit = "Pass it on"


class AnswerForm(ActionForm):
    """The end of a wish: what the person was told."""

    submit = "Close it"

    state = forms.ChoiceField(
        label="What became of it",
        choices=[(s.value, s.label) for s in Wish.State if s != Wish.State.OPEN],
        widget=forms.RadioSelect,
    )
    told = forms.CharField(
        label="What the person was told", widget=forms.Textarea(LONG), help_text="And how they took it."
    )
    closed_on = DateField(label="When they were told")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = timezone.localdate()


class ReassessForm(OwnedForm):
    """A major change: what, since when, who looks again, by when."""

    submit = "Open the reassessment"

    cause = forms.ChoiceField(label="What changed", choices=Reassessment.Cause, widget=forms.RadioSelect)
    what_happened = forms.CharField(label="What happened", widget=forms.Textarea(LONG))
    happened_on = DateField(label="Since when")
    field_order = ["cause", "what_happened", "happened_on", "owner", "due_on"]


class CloseReassessmentForm(SeenForm):
    """What came of a reassessment. With a new assessment, that one says when and where the person was seen."""

    submit = "Close the reassessment"

    state = forms.ChoiceField(
        label="What was done",
        choices=[(s.value, s.label) for s in Reassessment.State if s != Reassessment.State.OPEN],
        widget=forms.RadioSelect,
    )
    assessment = forms.ModelChoiceField(
        label="The new assessment", queryset=Assessment.objects.none(), required=False, empty_label="None"
    )
    outcome = forms.CharField(
        label="What came of it",
        widget=forms.Textarea(LONG),
        help_text="What changes for the person: plan, support, place, budget. Or why nothing does.",
    )

    field_order = ["state", "assessment", *SEEN, "outcome"]

    def __init__(self, *args, assessments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assessment"].queryset = assessments
        for name in SEEN:
            self.fields[name].required = False
        self.fields["seen_how"].help_text = "Only without a new assessment: that one says it itself."


class ClosingForm(ActionForm):
    """A service closes: from when, and what is to be seen to for each person."""

    submit = "Open a change for each of them"

    closes_on = DateField(label="It closes on")
    words = forms.CharField(
        label="What is to be seen to", widget=forms.Textarea(LONG), help_text="Stands on each one’s record."
    )
