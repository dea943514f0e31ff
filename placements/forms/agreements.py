"""Drafting and signing a placement agreement."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone

from people.forms import RepresentativeField
from sharedlives.forms import LONG, ActionForm, DateField

from .. import codes
from ..models.fees import MOST

WHO = (
    (codes.Responsible.CARER, "What the carer does"),
    (codes.Responsible.SCHEME, "What the scheme does"),
    (codes.Responsible.CARE_MANAGER, "What the care manager does"),
    (codes.Responsible.PERSON, "What the person does"),
)
HOW = (
    ("In this program", "In this program, signed in"),
    ("On paper", "On paper"),
    ("With a mark or symbol", "With a mark, symbol or sign"),
    ("Spoken, before a witness", "Spoken, before a witness"),
)


class AgreementForm(ActionForm):
    """One version of the agreement. Each line of a requirement is a row that a review rates."""

    submit = "Save the draft"

    max_people = forms.TypedChoiceField(
        label="Most people the carer may have under all agreements", coerce=int,
        choices=[(1, "1"), (2, "2"), (3, "3")], initial=3, widget=forms.RadioSelect,
    )  # fmt: skip
    room = forms.CharField(label="Room", required=False, max_length=120)
    plan_elements = forms.CharField(
        label="What of the care and support plan the carer meets", widget=forms.Textarea(LONG)
    )
    roles = forms.CharField(
        label="Anything else about who does what", required=False, widget=forms.Textarea({"rows": 3})
    )
    contact_every = forms.CharField(
        label="How often the care manager is in touch",
        required=False,
        max_length=120,
        help_text="Such as: every six weeks.",
    )
    independent_person = forms.CharField(
        label="Somebody independent who helps the person to say what they think",
        required=False,
        max_length=160,
        help_text="Neither scheme staff nor the carer.",
    )
    fees = forms.CharField(
        label="Anything else about fees and charges", required=False, widget=forms.Textarea({"rows": 3})
    )
    why_outside = forms.CharField(
        label="Why an amount is none of your bands", required=False, max_length=300,
        help_text="Only where one is. Whoever pays reads it in the agreement.",
    )  # fmt: skip
    breaks = forms.CharField(label="Breaks for the carer", required=False, widget=forms.Textarea({"rows": 3}))
    money_and_medicines = forms.CharField(
        label="Money, medicines and keys", required=False, widget=forms.Textarea({"rows": 3})
    )
    notice = forms.CharField(
        label="How it is changed or ended", required=False, widget=forms.Textarea({"rows": 3})
    )
    complaints = forms.CharField(label="How to complain", required=False, widget=forms.Textarea({"rows": 3}))
    easy_read_given = forms.BooleanField(label="An easy-read copy was given", required=False)

    def __init__(self, *args, requirements=(), fee_lines=(), bands=(), **kwargs):
        super().__init__(*args, **kwargs)
        paid = {line.what: line for line in fee_lines}
        for what in codes.FeeFor:
            self.ask_for_fee(what, paid.get(what.value), [band for band in bands if band.what == what.value])
        for who, label in WHO:
            words = "\n".join(row.words for row in requirements if row.responsible == who)
            self.fields[f"requires_{who.value}"] = forms.CharField(
                label=label,
                required=False,
                widget=forms.Textarea(LONG),
                initial=words,
                help_text="One thing a line: a review asks of each how far it was met.",
            )
        fees = [f"{part}_{what.value}" for what in codes.FeeFor for part in ("pounds", "payer")]
        asked = [f"requires_{who.value}" for who, _label in WHO]
        own = [
            name
            for name in AgreementForm.base_fields
            if name not in ("form_key", "form_version", "plan_elements")
        ]
        self.helper.layout = Layout(
            Fieldset("What is agreed", "plan_elements", *asked),
            Fieldset("What is paid, in pounds a week", *fees),
            Fieldset("The rest", *own),
        )

    def ask_for_fee(self, what, line, bands):
        said = "; ".join(str(band) for band in bands)
        self.fields[f"pounds_{what.value}"] = forms.DecimalField(
            label=f"{what.label}: pounds a week", required=False, min_value=0, max_value=MOST, decimal_places=2,
            initial=line and line.pounds, help_text=f"Bands of your scheme: {said}." if said else "",
        )  # fmt: skip
        self.fields[f"payer_{what.value}"] = forms.ChoiceField(
            label=f"{what.label}: who pays", required=False, choices=[("", "Choose"), *codes.Payer.choices],
            initial=line and line.payer,
        )  # fmt: skip

    def clean(self):
        typed = super().clean()
        for what in codes.FeeFor:
            pounds, payer = (f"{part}_{what.value}" for part in ("pounds", "payer"))
            if typed.get(pounds) is not None and not typed.get(payer):
                self.add_error(payer, "Say who pays it.")
            if typed.get(payer) and typed.get(pounds) is None and pounds not in self.errors:
                self.add_error(pounds, "Say how much a week; 0 if nothing.")
        return typed

    def facts(self):
        apart = ("requires_", "pounds_", "payer_")
        kept = {name: value for name, value in super().facts().items() if not name.startswith(apart)}
        typed = self.cleaned_data
        kept["fee_lines"] = [
            (what.value, typed[f"pounds_{what.value}"], typed[f"payer_{what.value}"])
            for what in codes.FeeFor
            if typed[f"pounds_{what.value}"] is not None
        ]
        rows = [
            (line, who.value)
            for who, _label in WHO
            for line in self.cleaned_data[f"requires_{who.value}"].splitlines()
        ]
        return kept | {"requirements": rows}


class SignForm(ActionForm):
    """One party signs: who, in what capacity, how, and before whom."""

    submit = "Sign"

    party = forms.ChoiceField(label="In what capacity", choices=codes.Party, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Of the person or the carer. For the scheme or the team your own name is written.",
    )
    representative = RepresentativeField()
    how = forms.ChoiceField(label="How", choices=HOW, widget=forms.RadioSelect)
    before_whom = forms.CharField(label="Before whom", required=False, max_length=120)
    on = DateField(label="On", initial=timezone.localdate)

    def __init__(self, *args, parties, around, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(party.value, party.label) for party in parties]
        if codes.Party.REPRESENTATIVE in parties:
            self.fields["representative"].offer(around)
        else:
            del self.fields["representative"]

    def clean(self):
        typed = super().clean()
        party = typed.get("party")
        if party == codes.Party.REPRESENTATIVE and not typed.get("representative"):
            self.add_error("representative", "Choose who signs for the person.")
        if party in (codes.Party.PERSON, codes.Party.CARER) and not typed.get("name"):
            self.add_error("name", "Write the name of the one who signs.")
        return typed


class InErrorForm(ActionForm):
    """This version should not be on this placement."""

    submit = "Mark as entered in error"
    warning = True

    why = forms.CharField(label="Why", widget=forms.Textarea({"rows": 3}))


class ChargesForm(ActionForm):
    """The yearly look at licence and charges."""

    submit = "Looked at"

    words = forms.CharField(
        label="What was found, and what changes", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="What changes goes into a new version of the agreement.",
    )  # fmt: skip
