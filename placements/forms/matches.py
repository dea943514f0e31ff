"""Proposing a home, what both sides say, and agreeing."""

from django import forms

from carers.codes import EVERY_DAY, WEEKDAYS, PlacementKind
from sharedlives.forms import ActionForm, DateField

from .. import codes

SHORT = {"rows": 3}


class HomesForm(forms.Form):
    """Which kind is looked for, and where: narrows the match list. A GET form without any name in it."""

    kind = forms.ChoiceField(label="Kind", choices=())
    area = forms.CharField(
        label="Area", required=False, max_length=40, help_text="Council, or the first half of a postcode."
    )

    must = forms.MultipleChoiceField(
        label="Only homes where this fits",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A home of which it is not known is left out too.",
    )

    page = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, *args, kinds, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, PlacementKind(kind).label) for kind in kinds]
        self.fields["must"].choices = needs

    def narrows(self):
        """What the question is narrowed by; nothing where what came with the address makes no sense."""
        known = self.cleaned_data if self.is_valid() else {}
        return {"area": known.get("area", ""), "must": known.get("must", []), "page": known.get("page") or 1}


class ProposeForm(ActionForm):
    submit = "Propose this home"

    reasons = forms.CharField(label="Why this home", widget=forms.Textarea(SHORT))
    why_not = forms.CharField(
        label="What speaks against it",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="Say it now: it is kept beside the reasons for it.",
    )


class AnswersForm(ActionForm):
    """What the person and the carer say. Either may change their mind until it is agreed."""

    submit = "Save the answers"

    person_answer = forms.ChoiceField(label="The person says", choices=codes.Says, widget=forms.RadioSelect)
    person_says = forms.CharField(label="In their words", required=False, widget=forms.Textarea(SHORT))
    carer_answer = forms.ChoiceField(label="The carer says", choices=codes.Says, widget=forms.RadioSelect)
    carer_says = forms.CharField(label="In the carer’s words", required=False, widget=forms.Textarea(SHORT))


class IntroductionForm(ActionForm):
    """A visit that took place, and what each side made of it, as far as it is known."""

    submit = "Save"
    TYPED = ("kind", "on", "where", "person_view", "showed_by", "carer_view")

    kind = forms.ChoiceField(
        label="What kind of visit was it?", choices=codes.Visit, widget=forms.RadioSelect
    )
    on = DateField(label="Which day, or which first day?")
    where = forms.CharField(
        label="Where did they meet?", max_length=120, help_text="Such as: at the carer’s home, at a café."
    )
    person_view = forms.CharField(
        label="What did the person make of it?",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="In their words; without words, what they showed.",
    )
    showed_by = forms.ChoiceField(
        label="How did they show it?", required=False, choices=codes.Showed, widget=forms.RadioSelect
    )
    carer_view = forms.CharField(
        label="What did the carer make of it?", required=False, widget=forms.Textarea(SHORT)
    )


class EndMatchForm(ActionForm):
    submit = "End this match"
    warning = True

    because = forms.CharField(label="Why this is not the one", max_length=250)


class AgreeForm(ActionForm):
    """Agree a match: from when, for how long; for day support on which weekdays."""

    submit = "Agree and hold the place"

    starts_on = DateField(label="First day")
    until = DateField(
        label="Planned day of leaving",
        required=False,
        help_text="Leave empty for a home for good. For example, 27 3 2027",
    )
    purpose = forms.ChoiceField(label="What for", choices=codes.Purpose, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="On which weekdays",
        coerce=int,
        choices=[(1 << bit, name) for bit, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )

    fewer_because = forms.ChoiceField(
        label="Why does it go on with fewer introductions?",
        choices=codes.Fewer,
        widget=forms.RadioSelect,
        required=False,
    )
    fewer_words = forms.CharField(label="More about the reason", max_length=250, required=False)

    def __init__(self, *args, match, introductions, **kwargs):
        super().__init__(*args, **kwargs)
        if match.kind != PlacementKind.DAY_SUPPORT:
            del self.fields["weekdays"]
        held, usual = introductions
        if held >= usual:
            del self.fields["fewer_because"], self.fields["fewer_words"]
        else:
            self.fields["fewer_because"].help_text = f"{held} of the usual {usual} were held."

    def clean_weekdays(self):
        return sum(self.cleaned_data["weekdays"])

    def clean(self):
        typed = super().clean()
        first, until = typed.get("starts_on"), typed.get("until")
        if first and until and until <= first:
            self.add_error("until", "The day of leaving comes after the first day.")
        return typed

    def facts(self):
        return {"weekdays": EVERY_DAY} | super().facts()
