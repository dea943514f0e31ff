"""Referring somebody, and what schemes answer."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from carers.codes import PlacementKind
from people.models import Organisation
from sharedlives.forms import LONG, ActionForm, DateField

from .. import codes

SHORT = {"rows": 3}


class Checklist(ActionForm):
    """The information a scheme needs: for each item the words, or why it is missing. `prefilled` is {item: words}."""

    def __init__(self, *args, kept=(), prefilled=None, **kwargs):
        super().__init__(*args, **kwargs)
        earlier = {row.item: row for row in kept}
        for item in codes.Information:
            row = earlier.get(item)
            self.fields[f"words_{item.value}"] = forms.CharField(
                label=item.label,
                required=False,
                widget=forms.Textarea(SHORT),
                initial=row.words if row else (prefilled or {}).get(item, ""),
            )
            self.fields[f"why_{item.value}"] = forms.CharField(
                label=f"If nothing about “{item.label}”: why it is missing",
                required=False,
                max_length=250,
                initial=row.why_missing if row else "",
            )

    def checklist(self):
        """The names of the checklist's fields, in order."""
        return [f"{part}_{item.value}" for item in codes.Information for part in ("words", "why")]

    def information(self):
        """{item: (given, words, why missing)}, as the action takes it."""
        typed = self.cleaned_data
        return {
            item: (
                bool(typed[f"words_{item.value}"]),
                typed[f"words_{item.value}"],
                typed[f"why_{item.value}"],
            )
            for item in codes.Information
        }

    def facts(self):
        kept = {name: value for name, value in super().facts().items() if name not in self.checklist()}
        return kept | {"information": self.information()}


class InformationForm(Checklist):
    submit = "Save and send again"


def areas(text):
    """The areas named in a text, with commas or lines between them."""
    return [area.strip()[:60] for area in text.replace("\n", ",").split(",") if area.strip()]


class ReferForm(Checklist):
    """What the person wants, what they need, and to which schemes it goes."""

    submit = "Send the referral"

    wishes = forms.CharField(label="What the person wants, in their own words", widget=forms.Textarea(LONG))
    kinds = forms.MultipleChoiceField(
        label="Kind of support", choices=PlacementKind, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label="What for", choices=codes.Purpose, widget=forms.RadioSelect)
    route = forms.ChoiceField(
        label="How it comes about",
        choices=[choice for choice in codes.Route.choices if choice[0] != codes.Route.EMERGENCY],
        widget=forms.RadioSelect,
        initial=codes.Route.PLANNED,
    )
    urgency = forms.ChoiceField(label="How soon", choices=codes.Urgency, widget=forms.RadioSelect)
    wanted_from = DateField(label="Wanted from", required=False)
    areas = forms.CharField(
        label="Areas",
        required=False,
        help_text="Towns or the first half of postcodes, with commas between them.",
    )
    needs = forms.MultipleChoiceField(
        label="What the home must have",
        choices=codes.Need,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    two_carers = forms.BooleanField(label="Needs two carers at once", required=False)
    language = forms.CharField(label="Language", required=False, max_length=60)
    culture = forms.CharField(
        label="Culture or faith",
        required=False,
        max_length=60,
        help_text="Only where the person wants it counted.",
    )
    interests = forms.CharField(label="Interests to share", required=False, max_length=200)
    skills = forms.CharField(label="Skills the carer needs", required=False, max_length=200)
    schemes = forms.ModelMultipleChoiceField(
        label="Send to", queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Each sees what you send, and nothing else of the record.",
    )  # fmt: skip

    def __init__(self, *args, schemes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schemes"].queryset = schemes
        self.helper.layout = Layout(
            Fieldset(
                "What the person wants",
                "wishes",
                "kinds",
                "purpose",
                "areas",
                "language",
                "culture",
                "interests",
            ),
            Fieldset("What the person needs", "needs", "two_carers", "skills"),
            Fieldset("When and how", "route", "urgency", "wanted_from"),
            Fieldset("What the scheme should know", *self.checklist()),
            Fieldset("Where it goes", "schemes"),
        )

    def clean_areas(self):
        return areas(self.cleaned_data["areas"])


class SendForm(ActionForm):
    submit = "Send"

    schemes = forms.ModelMultipleChoiceField(
        label="Send to", queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, schemes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schemes"].queryset = schemes


class AnswerForm(ActionForm):
    """A scheme's answer to a referral."""

    submit = "Send the answer"

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[choice for choice in codes.Answer.choices if choice[0] != codes.Answer.NONE],
        widget=forms.RadioSelect,
    )
    missing = forms.MultipleChoiceField(
        label="If you return it: what is missing",
        choices=codes.Information,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.ChoiceField(
        label="If you decline: why",
        choices=[("", "Choose a reason"), *codes.DeclineReason.choices],
        required=False,
    )
    words = forms.CharField(label="In your words", required=False, widget=forms.Textarea(SHORT))

    def clean(self):
        typed = super().clean()
        answer = typed.get("answer")
        if answer == codes.Answer.RETURNED and not typed.get("missing"):
            self.add_error("missing", ValidationError("Tick what is missing, so that the team can send it."))
        if answer == codes.Answer.DECLINED and not typed.get("reason"):
            self.add_error("reason", ValidationError("Choose why: commissioners count these reasons."))
        return typed


class CloseForm(ActionForm):
    submit = "Close the referral"
    warning = True

    reason = forms.ChoiceField(
        label="How it ended",
        choices=[choice for choice in codes.ClosedReason.choices if choice[0] != codes.ClosedReason.ARRANGED],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In your words", required=False, widget=forms.Textarea(SHORT),
        help_text="Where assessment or advice only was asked for: which options you advised, Shared Lives and others.",
    )  # fmt: skip
