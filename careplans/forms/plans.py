"""What can be typed about plans and budgets."""

from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone

from people.forms import RepresentativeField
from people.models import Organisation
from sharedlives.forms import ActionForm, DateField

from ..models import PersonalBudget, SignOff
from ..queries import schemes_without
from ..sections import SECTIONS

LONGEST = 20_000  # characters in one section of a plan


class BeginPlanForm(ActionForm):
    """Begin a version. `first` asks for no reason."""

    submit = "Begin the draft"

    why_new = forms.CharField(
        label="Why is there a new version?",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="What changed for the person, in one or two sentences.",
    )

    def __init__(self, *args, first, **kwargs):
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["why_new"]


class SectionForm(ActionForm):
    """One section of the plan."""

    submit = "Save and go on"

    words = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 12}))
    not_yet = forms.CharField(
        label="Not yet, because",
        required=False,
        max_length=300,
        help_text="Only if the section stays empty for now. It then counts as owed.",
    )

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = section.title, section.asks
        if not section.needed:
            del self.fields["not_yet"]


class OutcomesForm(ActionForm):
    """What the person wants to achieve: one box each. “Add another” keeps what is typed and shows one more box."""

    submit = "Save and go on"
    MOST = 20

    def __init__(self, *args, words=(), more=0, **kwargs):
        super().__init__(*args, **kwargs)
        typed = [name for name in self.data if name.startswith("outcome_")]
        count = max(len(words) + 1, len(typed), 1) + more
        for number in range(1, min(count, self.MOST) + 1):
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=f"Outcome {number}",
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 3}),
                initial=words[number - 1] if number <= len(words) else "",
            )
        self.helper.add_input(
            Submit("more", "Add another outcome", css_class="govuk-button govuk-button--secondary")
        )

    def facts(self):
        typed = [words for name, words in super().facts().items() if name.startswith("outcome_")]
        return {"words": [text for text in typed if text]}


class CheckForm(ActionForm):
    """Put the draft that was typed page by page into the plan."""

    submit = "Save to the plan"

    def __init__(self, *args, base_version, **kwargs):
        super().__init__(*args, **kwargs)
        if base_version:
            self.fields["form_version"].initial = base_version


class SignForm(ActionForm):
    """One signature."""

    submit = "Sign"

    capacity = forms.ChoiceField(label="Who signs", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Name of the person",
        required=False,
        max_length=120,
        help_text="Leave it as it is unless the person signs themselves.",
    )
    representative = RepresentativeField()
    how = forms.ChoiceField(label="How it was given", choices=SignOff.How, widget=forms.RadioSelect)
    before_whom = forms.CharField(
        label="Before whom", required=False, max_length=120, help_text="Leave empty if it was before you."
    )
    on = DateField(label="When it was given")

    def __init__(self, *args, may_sign, around, **kwargs):
        super().__init__(*args, **kwargs)
        if SignOff.Capacity.REPRESENTATIVE in may_sign:
            self.fields["representative"].offer(around)
        else:
            del self.fields["representative"]
        own = {SignOff.Capacity.CARE_MANAGER, SignOff.Capacity.MANAGER}
        label = f"I, {self.user.name}, as"
        self.fields["capacity"].choices = [
            (c.value, f"{label} {c.label.lower()}" if c in own else c.label) for c in may_sign
        ]
        self.fields["on"].initial = timezone.localdate()
        self.fields["how"].initial = SignOff.How.HERE

    def clean(self):
        data = super().clean()
        capacity = data.get("capacity")
        if capacity in (SignOff.Capacity.CARE_MANAGER, SignOff.Capacity.MANAGER):
            data |= {"name": self.user.name, "before_whom": "", "how": SignOff.How.HERE}
        elif capacity == SignOff.Capacity.PERSON and not data.get("name"):
            self.add_error("name", "Write the name of who signs.")
        elif capacity == SignOff.Capacity.REPRESENTATIVE and not data.get("representative"):
            self.add_error("representative", "Choose who signs for the person.")
        return data

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class WithdrawForm(ActionForm):
    """Take signatures off a draft."""

    submit = "Withdraw the signatures"
    warning = True

    why = forms.CharField(label="Why", widget=forms.Textarea({"rows": 3}))


class InErrorForm(ActionForm):
    """This version should not be on this record."""

    submit = "Mark as entered in error"
    warning = True

    why = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 3}),
        help_text="Such as: these words are about somebody else. The version is then hidden from everybody.",
    )


class BudgetForm(ActionForm):
    """The personal budget from a day on."""

    weekly_pounds = forms.DecimalField(
        label="Pounds a week", min_value=0, max_digits=8, decimal_places=2, help_text="For example, 412.50"
    )
    sufficient = forms.ChoiceField(
        label="Is it enough for all that the plan says?",
        choices=PersonalBudget.Sufficient,
        required=False,
        widget=forms.RadioSelect,
    )
    short_because = forms.CharField(
        label="If not: of what it falls short, and what is done about it", required=False, max_length=300
    )
    direct_payment_pounds = forms.DecimalField(
        label="Direct payment, pounds a week",
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text="The part of the budget that is paid out, if any.",
    )
    paid_to = forms.CharField(
        label="Who manages the direct payment",
        required=False,
        max_length=120,
        help_text="The person, or somebody they chose.",
    )
    since = DateField(label="From")
    signed_off_on = DateField(
        label="Signed off on", required=False, help_text="Leave empty until it is signed off."
    )

    def clean_signed_off_on(self):
        day = self.cleaned_data["signed_off_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("The day of the sign-off cannot be in the future.")
        return day


class SchemeChoice(forms.ModelChoiceField):
    widget = forms.RadioSelect


class ShareForm(ActionForm):
    """Give the plan to a scheme that supports the person, or has a referral for them."""

    submit = "Share this version"

    scheme = SchemeChoice(label="Scheme", queryset=Organisation.objects.none(), empty_label=None)
    withheld = forms.MultipleChoiceField(
        label="Sections to keep back",
        choices=[(section.key, section.title) for section in SECTIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only what the scheme does not need. It sees that something is kept back. The services go with “How "
        "needs will be met”.",
    )
    why_withheld = forms.CharField(label="Why they are kept back", required=False, max_length=300)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_without(plan)


class AcknowledgeForm(ActionForm):
    """Somebody of the scheme has read the plan."""

    submit = "We have read this plan and hold it"
