"""What can be typed about risks and responsibilities."""

from django import forms
from django.forms.utils import ErrorDict

from people.models import Organisation
from sharedlives.forms import ActionForm, DateField
from sharedlives.templatetags.fields import target

from ..models import Risk
from ..queries import schemes_involved
from .fields import LONG, SHORT, yes_no


class BeginForm(ActionForm):
    """Begin a version of the risk assessment."""

    submit = "Begin the draft"

    why_new = forms.CharField(
        label="Why is it looked at now?",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="Such as: the date has come, something changed, an incident.",
    )


class RiskForm(forms.Form):
    """One risk."""

    hazard = forms.CharField(label="What may happen", widget=forms.Textarea(SHORT))
    kind = forms.ChoiceField(label="Where the risk lies", choices=[("", "Choose"), *Risk.Kind.choices])
    gains = forms.CharField(
        label="Why it is worth it: what the person gains", required=False, widget=forms.Textarea(SHORT)
    )
    controls = forms.CharField(label="What is done about it", widget=forms.Textarea(LONG))
    if_it_goes_wrong = forms.CharField(
        label="When it goes wrong",
        widget=forms.Textarea(LONG),
        help_text="Who is called first, at which number out of hours, who decides, where the person can stay.",
    )
    responsible = forms.ChoiceField(
        label="Who is responsible", choices=[("", "Choose"), *Risk.Responsible.choices]
    )
    responsible_name = forms.CharField(
        label="Name of the one responsible",
        required=False,
        max_length=120,
        help_text="Needed for somebody else.",
    )
    next_review_on = DateField(label="To be looked at again by")

    def clean(self):
        data = super().clean()
        if data.get("responsible") == Risk.Responsible.OTHER and not data.get("responsible_name"):
            self.add_error("responsible_name", "Write the name of who is responsible.")
        return data


RiskFormSet = forms.formset_factory(RiskForm, extra=1, can_delete=True, max_num=30, absolute_max=31)


class AssessmentForm(ActionForm):
    """A draft: the words about the person, and any number of risks. “Add another risk” keeps what is typed."""

    submit = "Save the draft"

    own_view = forms.CharField(
        label="What the person says about these risks",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="In their own words, or how they showed it. Or: not yet, because …",
    )
    took_part = forms.CharField(
        label="How the person, the carer and the scheme took part",
        required=False,
        widget=forms.Textarea(SHORT),
    )
    summary_shared = forms.CharField(
        label="What others who support the person need to know", required=False, widget=forms.Textarea(SHORT)
    )

    def __init__(self, data=None, *, risks, **kwargs):
        self.asks_for_more = data is not None and "more" in data
        if self.asks_for_more:
            data = data.copy()
            data["risk-TOTAL_FORMS"] = str(min(int(data.get("risk-TOTAL_FORMS") or 0) + 1, 30))
        super().__init__(data, **kwargs)
        self.risks = RiskFormSet(data, prefix="risk", initial=risks)
        for form in self.risks:
            form.fields["DELETE"].label = "Take this risk out"
        if self.asks_for_more:
            self.forget_errors()

    def forget_errors(self):
        """Show what was typed, without judging it yet."""
        for form in (self, *self.risks):
            form._errors, form.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        if self.asks_for_more or not super().is_valid():
            return False
        if not self.risks.is_valid():
            self.add_error(None, "Some of the risks below need more.")
            return False
        return True

    def facts(self):
        kept = [dict(form.cleaned_data) for form in self.risks]
        kept = [data for data in kept if data and not data.pop("DELETE", False)]
        return super().facts() | {"risks": kept, "version": self.opened_on()}

    def found(self):
        """[(target, error)] of the whole page, the risks included, for the error summary."""
        first = target(self.risks[0].visible_fields()[0])
        found = [(first, error) for error in self.non_field_errors()]
        for number, form in enumerate(self.risks, start=1):
            for field in form.visible_fields():
                found += [(target(field), f"Risk {number}, {field.label.lower()}: {e}") for e in field.errors]
        return found


class SignForm(ActionForm):
    """Sign the draft. Asks why only when nothing changed for the second time running."""

    submit = "Sign the assessment"

    why_nothing_changed = forms.CharField(
        label="Nothing changed again: why is it still right?",
        widget=forms.Textarea(SHORT),
        help_text="What did you look at, and whom did you ask?",
    )

    def __init__(self, *args, asks_why, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["why_nothing_changed"]

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class InErrorForm(ActionForm):
    """This version should not be on this record."""

    submit = "Mark as entered in error"
    warning = True

    why = forms.CharField(label="Why", widget=forms.Textarea(SHORT))


class SchemeChoice(forms.ModelChoiceField):
    widget = forms.RadioSelect


class ResponsibilityForm(ActionForm):
    """Three answers: joint assessment, the carer, change over time."""

    submit = "Save the answers"

    scheme = SchemeChoice(label="Scheme", queryset=Organisation.objects.none(), empty_label=None)
    joint_needed = yes_no("1. Is a joint risk assessment needed?")
    joint_words = forms.CharField(label="Why, and who does which part", widget=forms.Textarea(LONG))
    carer_risk_words = forms.CharField(
        label="2. Which risks count when the carer is assessed?", widget=forms.Textarea(LONG)
    )
    change_words = forms.CharField(
        label="3. How will change over time, or things going wrong, be assessed?", widget=forms.Textarea(LONG)
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_involved(person)


class AgreeForm(ActionForm):
    """One side agrees to the three answers."""

    submit = "We agree to this"

    def facts(self):
        return super().facts() | {"version": self.opened_on()}
