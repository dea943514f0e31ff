"""What can be typed about legal facts: each kind asks only what belongs to it."""

from django import forms
from django.utils import timezone

from people.models import LegalFact, PersonalContact
from sharedlives.forms import LONG, ActionForm, DateField

K = LegalFact.Kind
CAPACITY = ("has_capacity", "decided_by")
AUTHORITY = ("holder", "field", "reference")
ASKS = {  # beyond what every kind asks
    K.CAPACITY: CAPACITY,
    K.LICENCE: CAPACITY,
    K.BEST_INTERESTS: ("decided_by", "holder"),
    K.ATTORNEY: AUTHORITY,
    K.DEPUTY: AUTHORITY,
    K.APPOINTEE: AUTHORITY,
    K.LIBERTY: ("applied_on", "granted_on", "reference", "decided_by"),
    K.SECTION_117: ("decided_by",),
    K.MENTAL_HEALTH_ACT: ("reference", "decided_by"),
    K.COURT: ("reference", "decided_by"),
}
ALL = ("about", "scope", "since", "until", "evidence", "risk_note")
ORDER = ("about", "has_capacity", "holder", "field", "scope", "since", "applied_on", "granted_on", "until")


class LegalFactForm(ActionForm):
    """One legal fact of one kind."""

    submit = "Save and tell the schemes"

    about = forms.CharField(
        label="What it is about",
        max_length=200,
        help_text="For example: where to live; managing a bank account.",
    )
    has_capacity = forms.TypedChoiceField(
        label="Does the person have capacity for this decision?",
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    holder = forms.ModelChoiceField(
        PersonalContact.objects.none(),
        label="Who holds it",
        help_text="Somebody among the person’s contacts. Add them there first.",
    )
    field = forms.ChoiceField(
        label="What it reaches", choices=LegalFact.Field.choices[1:], widget=forms.RadioSelect
    )
    scope = forms.CharField(
        label="Scope and limits",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="As the paper says it.",
    )
    since = DateField(label="Holds from")
    applied_on = DateField(label="The court was asked on", required=False)
    granted_on = DateField(label="The court granted it on", required=False)
    until = DateField(label="Ends on", required=False, help_text="The first day on which it no longer holds.")
    reference = forms.CharField(label="Reference of the court or registration", max_length=80, required=False)
    decided_by = forms.CharField(label="Who decided", max_length=160, required=False)
    evidence = forms.CharField(
        label="What you have seen",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="For example: the sealed order.",
    )
    risk_note = forms.CharField(
        label="What risk goes with it",
        widget=forms.Textarea(LONG),
        help_text="What the scheme and the carer must know. If there is none, write so.",
    )

    def __init__(self, *args, kind, person, **kwargs):
        super().__init__(*args, **kwargs)
        asked = set(ALL) | set(ASKS[kind])
        for name in [name for name in self.fields if name in LegalFactForm.base_fields]:
            if name not in asked and name not in ("form_key", "form_version"):
                del self.fields[name]
        if "holder" in self.fields:
            self.fields["holder"].queryset = person.contacts.filter(until=None)
            self.fields["holder"].required = kind in LegalFact.AUTHORITY
        self.order_fields(ORDER)


class RepresentativeField(forms.TypedChoiceField):
    """Who of the person's contacts signs for them; each says what authority is on our records, where there is one."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        given = {
            "label": "Which representative signs",
            "help_text": "Only for a representative. Being next of kin alone gives no authority (Mental Capacity Act 2005).",
            "required": False,
            "empty_value": None,
        }
        super().__init__(**(given | kwargs))

    def offer(self, around):
        """Offer these: [(contact, legal fact or None)], as `queries.who_might_sign` finds them."""
        by_key = {str(contact.pk): contact for contact, _fact in around}
        self.coerce = by_key.__getitem__
        self.choices = [(str(contact.pk), self.in_words(contact, fact)) for contact, fact in around]

    @staticmethod
    def in_words(contact, fact):
        return f"{contact}: {fact.get_kind_display().lower()}, {fact.in_words}" if fact else f"{contact}"


class CloseLegalFactForm(ActionForm):
    """It holds no longer."""

    submit = "It holds no longer"

    on = DateField(label="Since when it no longer holds")
    because = forms.CharField(label="Why", max_length=200)

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(
                "Give a day that has come; an end in the future is part of the fact itself."
            )
        return self.cleaned_data["on"]


class ShareLegalFactForm(ActionForm):
    """Share it with a scheme; there is nothing to type."""

    submit = "Share it with the scheme"


class ReadLegalFactForm(ActionForm):
    """The scheme has read it; there is nothing to type."""

    submit = "I have read it"
