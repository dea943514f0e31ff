"""What can be typed about risks and responsibilities."""

from functools import partial
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict

from people.codes import SeenHow
from people.forms import SEEN, SeenForm
from people.models import Organisation
from sharedlives.forms import ActionForm, DateField
from sharedlives.templatetags.fields import target

from .. import rules
from ..models import Risk
from ..queries import schemes_involved
from ..sections import HOME_KEYS, SECTIONS
from .fields import LONG, SHORT, yes_no

HOME_SEEN = {
    SeenHow.VISIT: "On a visit",
    SeenHow.VIDEO: "By video",
    SeenHow.NOT_SEEN: "Not seen this time",
}
WHO = [("", "Choose"), *Risk.Responsible.choices]
MORE = (1, 2)  # how many more things that are done about one risk the page asks for
control_words = partial(
    forms.CharField, label="What else is done about it", required=False, widget=forms.Textarea(SHORT)
)


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
    likelihood = forms.TypedChoiceField(label="How likely", required=False, coerce=int, empty_value=None)
    impact = forms.TypedChoiceField(label="How bad it would be", required=False, coerce=int, empty_value=None)
    restricts = forms.BooleanField(label="What is done restricts the person", required=False)
    why_restricts = forms.CharField(
        label="How it restricts, and why nothing milder will do",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="Only where it restricts.",
    )
    decision_id = forms.TypedChoiceField(
        label="The decision that it rests on", required=False, coerce=UUID, empty_value=None,
        help_text="A decision about capacity or in best interests, or a court order. Written down under legal context, it "
        "stands here.",
    )  # fmt: skip
    next_review_on = DateField(label="To be looked at again by")

    def __init__(self, *args, scale=None, decisions=(), of_home=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.weigh(scale)
        self.fields["decision_id"].choices = [("", "None yet"), *((row.pk, str(row)) for row in decisions)]
        if of_home:
            del self.fields["decision_id"]
        last = self.fields.pop("next_review_on")
        for number in MORE:
            self.fields[f"more_{number}"] = control_words()
            self.fields[f"more_{number}_by"] = forms.ChoiceField(
                label="Who does that", required=False, choices=WHO
            )
            self.fields[f"more_{number}_name"] = forms.CharField(
                label="Name of who does that", required=False, max_length=120
            )
        self.fields["next_review_on"] = last

    def weigh(self, scale):
        """Ask how likely and how bad in the words of the council's scale; without a scale it is not asked."""
        for name in ("likelihood", "impact"):
            if scale is None:
                del self.fields[name]
            else:
                steps = [(n, f"{n}. {words}") for n, words in enumerate(getattr(scale, name), start=1)]
                self.fields[name].choices = [("", "Not weighed"), *steps]

    def clean(self):
        data = super().clean()
        if data.get("responsible") == Risk.Responsible.OTHER and not data.get("responsible_name"):
            self.add_error("responsible_name", "Write the name of who is responsible.")
        weighed = bool(data.get("likelihood")), bool(data.get("impact"))
        if weighed in ((True, False), (False, True)) and not {"likelihood", "impact"} & set(self.errors):
            self.add_error("impact", rules.WEIGHED_BOTH_WAYS.broken())
        if data.get("restricts") and not data.get("why_restricts"):
            self.add_error("why_restricts", rules.RESTRICTION_IN_WORDS.broken())
        if not data.get("restricts"):
            data |= {"why_restricts": "", "decision_id": None}
        return self.gather(data)

    def gather(self, data):
        """What more is done, as [(words, who, the name of who)]."""
        measures = []
        for number in MORE:
            words, who, name = (data.pop(f"more_{number}{part}", "") for part in ("", "_by", "_name"))
            if bool(words) != bool(who) or who == Risk.Responsible.OTHER and not name:
                self.add_error(f"more_{number}_by", rules.CONTROL_IN_WORDS.broken())
            elif words:
                measures.append((words, who, name))
        return data | {"measures": measures}


def typed_in(facts):
    """The facts of a risk as its form shows them: what more is done stands in fields of its own."""
    rest = {name: value for name, value in facts.items() if name != "measures"}
    for number, (words, who, name) in zip(MORE, facts.get("measures", ()), strict=False):
        rest |= {f"more_{number}": words, f"more_{number}_by": who, f"more_{number}_name": name}
    return rest


RiskFormSet = forms.formset_factory(RiskForm, extra=1, can_delete=True, max_num=30, absolute_max=31)


class AssessmentForm(ActionForm):
    """A draft: the words about the person, and any number of risks. “Add another risk” keeps what is typed."""

    submit = "Save the draft"

    def __init__(self, data=None, *, risks, scale=None, decisions=(), of_home=False, **kwargs):
        self.asks_for_more = data is not None and "more" in data
        if self.asks_for_more:
            data = data.copy()
            data["risk-TOTAL_FORMS"] = str(min(int(data.get("risk-TOTAL_FORMS") or 0) + 1, 30))
        super().__init__(data, **kwargs)
        for section in SECTIONS:
            if not of_home or section.key in HOME_KEYS:
                self.fields[section.key] = forms.CharField(
                    label=section.title, help_text=section.asks, required=False, widget=forms.Textarea(SHORT)
                )
        given = {"scale": scale, "decisions": decisions, "of_home": of_home}
        self.risks = RiskFormSet(
            data, prefix="risk", initial=[typed_in(risk) for risk in risks], form_kwargs=given
        )
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
        first = target([*self.risks, self][0].visible_fields()[0])  # a page tampered with may send no risks
        found = [(first, error) for error in self.non_field_errors()]
        for number, form in enumerate(self.risks, start=1):
            for field in form.visible_fields():
                found += [(target(field), f"Risk {number}, {field.label.lower()}: {e}") for e in field.errors]
        return found


class SignForm(SeenForm):
    """Sign the draft. Asks why where nothing changed for the second time running, or it is very like last time."""

    submit = "Sign the assessment"

    why_nothing_changed = forms.CharField(
        label="Why is it still right?",
        widget=forms.Textarea(SHORT),
        help_text="What did you look at, and whom did you ask?",
    )

    def __init__(self, *args, again, alike, of_home=False, **kwargs):
        super().__init__(*args, **kwargs)
        if of_home:
            self.fields["seen_how"].choices = [(c.value, HOME_SEEN[c]) for c in HOME_SEEN]
            for name in SEEN:
                self.fields[name].label = self.fields[name].label.replace("they were", "the home was")
        if again:
            self.fields["why_nothing_changed"].label = "Nothing changed again: why is it still right?"
        elif not alike.very:
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
