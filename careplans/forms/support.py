"""What can be typed about a scheme's support plan."""

from django import forms

from sharedlives.forms import LONG, ActionForm

from ..models import Outcome

MOST = 20  # steps on one page


class BeginSupportForm(ActionForm):
    """Begin a version. `first` asks for no reason."""

    submit = "Begin the draft"

    why_new = forms.CharField(label="Why is there a new version?", required=False, max_length=300)

    def __init__(self, *args, first, **kwargs):
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["why_new"]


class SupportForm(ActionForm):
    """What a good day looks like, and the steps: what is done, by whom, for which outcome."""

    about = forms.CharField(label="What a good day looks like", required=False, widget=forms.Textarea(LONG))

    def __init__(self, *args, steps=(), outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        typed = sum(name.startswith("words_") for name in self.data)
        self.count = min(max(len(steps) + 3, typed), MOST)
        for number in range(1, self.count + 1):
            step = steps[number - 1] if number <= len(steps) else None
            self.fields[f"words_{number}"] = forms.CharField(
                label=f"Step {number}: what is done",
                required=False,
                widget=forms.Textarea({"rows": 2}),
                initial=step.words if step else "",
            )
            self.fields[f"who_{number}"] = forms.CharField(
                label=f"Step {number}: by whom",
                required=False,
                max_length=120,
                initial=step.who if step else "",
            )
            self.fields[f"outcome_{number}"] = forms.ModelChoiceField(
                label=f"Step {number}: for which outcome of the care and support plan",
                queryset=outcomes,
                required=False,
                empty_label="None of them",
                initial=step.outcome_id if step else None,
            )
            self.fields[f"outcome_{number}"].label_from_instance = outcome_words

    def facts(self):
        typed = super().facts()
        steps = [
            (typed[f"words_{n}"], typed[f"who_{n}"], typed[f"outcome_{n}"]) for n in range(1, self.count + 1)
        ]
        return {"about": typed["about"], "steps": steps}


def outcome_words(outcome: Outcome):
    """An outcome as a choice: short enough for a list."""
    return outcome.words if len(outcome.words) <= 80 else f"{outcome.words[:79]}…"


class UseSupportForm(ActionForm):
    """From today this version is what is done."""

    submit = "Take it into use"

    agreed_with = forms.CharField(
        label="With whom it was agreed",
        max_length=200,
        help_text="The person, and whoever helped them to say yes.",
    )
