"""What can be typed about concerns: by a user for somebody, or by somebody without an account."""

import uuid

from django import forms
from django.core.signing import BadSignature, Signer

from people.models import Person
from sharedlives.forms import ActionForm, DateField

from ..models import Concern, ConcernAbout, ConcernLink
from .fields import LONG, SHORT, yes_no

ABOUT_HELP = "They will see nothing of this. Tick all that fit."
WAYS = [choice for choice in Concern.Way.choices if choice[0] != Concern.Way.NONE]


class ConcernFields(forms.Form):
    """The questions, in the order in which they are asked: danger first, then how to answer safely."""

    danger_now = yes_no("Is somebody in danger now?", help_text="If so, ring 999 first.")
    safe_to_contact = yes_no("Is it safe for us to contact you?")
    contact_way = forms.ChoiceField(
        label="How is it safe?", choices=WAYS, required=False, widget=forms.RadioSelect
    )
    contact_details = forms.CharField(
        label="Number or address",
        required=False,
        max_length=200,
        help_text="Yours alone: not the email or telephone of the whole home.",
    )
    contact_when = forms.CharField(label="When is it safe?", required=False, max_length=120)
    about = forms.MultipleChoiceField(
        label="Who is it about?",
        choices=ConcernAbout.Kind,
        widget=forms.CheckboxSelectMultiple,
        help_text=ABOUT_HELP,
    )
    words = forms.CharField(label="What worries you?", widget=forms.Textarea(LONG))
    hopes = forms.CharField(label="What do you want to happen?", required=False, widget=forms.Textarea(SHORT))
    raiser = forms.ChoiceField(label="Who are you?", choices=Concern.Raiser, widget=forms.RadioSelect)
    raiser_name = forms.CharField(label="Your name", required=False, max_length=120)
    filled_in_by = forms.CharField(
        label="Did somebody fill this in for you? Who?", required=False, max_length=120
    )

    def clean(self):
        data = super().clean()
        if data.get("safe_to_contact"):
            if not data.get("contact_way"):
                self.add_error("contact_way", "Choose how it is safe to contact you.")
            elif data["contact_way"] != Concern.Way.IN_PERSON and not data.get("contact_details"):
                self.add_error("contact_details", "Write the number or address, or whom you trust.")
        elif "safe_to_contact" in data:
            data |= {"contact_way": Concern.Way.NONE, "contact_details": "", "contact_when": ""}
        return data


class RaiseForm(ConcernFields, ActionForm):
    """A user writes for the person, a carer, a relative or themselves."""

    submit = "Raise this concern"

    LABELS = {
        "safe_to_contact": "Is it safe to contact whoever raises this?",
        "words": "What worries them, in their words?",
        "hopes": "What do they want to happen?",
        "raiser": "Who raises it?",
        "raiser_name": "Their name",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        self.fields["contact_details"].help_text = "Never the email or telephone of the whole home."
        del self.fields["filled_in_by"]


class OpenForm(ConcernFields):
    """The same without an account. `once` is a signed one-time key: sent twice, it is one concern."""

    EASY = {
        "danger_now": "Are you in danger now?",
        "safe_to_contact": "Can we talk to you about this?",
        "contact_way": "How can we talk to you?",
        "contact_details": "Your phone number or address",
        "contact_when": "When is a good time?",
        "about": "Who is it about?",
        "words": "What is wrong?",
        "hopes": "What do you want to happen?",
        "filled_in_by": "Did somebody help you write this? Who?",
    }

    once = forms.CharField(widget=forms.HiddenInput)
    person_words = forms.CharField(
        label="Whose life is it about?",
        max_length=250,
        help_text="Their name, and where they live if you know it.",
    )

    def __init__(self, *args, link, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = Signer(salt="risk.once").sign(str(uuid.uuid4()))
        if link.made_for != ConcernLink.For.PUBLIC:
            del self.fields["person_words"]
        if link.made_for == ConcernLink.For.PERSON:
            self.speak_easily()

    def speak_easily(self):
        """Easy read: one idea a question, and nothing asked that the link tells."""
        for name in ("raiser", "raiser_name"):
            del self.fields[name]
        for name, label in self.EASY.items():
            self.fields[name].label = label

    def clean_once(self):
        try:
            return uuid.UUID(Signer(salt="risk.once").unsign(self.cleaned_data["once"]))
        except (BadSignature, ValueError):
            raise forms.ValidationError("This page is out of date. Open the link again.") from None

    def facts(self):
        return {"raiser": Concern.Raiser.PERSON, **self.cleaned_data}


class AboutForm(ActionForm):
    """Whom a concern is about; and, where it names nobody that we know, in whose life."""

    submit = "Save and send it on its way"

    reference = forms.CharField(
        label="The person’s reference",
        required=False,
        max_length=12,
        help_text="As on the person’s page. Leave empty where the person is not on our records yet.",
    )
    not_theirs = forms.BooleanField(required=False)
    about = forms.MultipleChoiceField(
        label="Who is it about?",
        choices=ConcernAbout.Kind,
        widget=forms.CheckboxSelectMultiple,
        help_text="They will see nothing of it. If you name your own manager or yourself, you will not find it again.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.row.person
        if person is None:
            del self.fields["not_theirs"]
            return
        reference, not_theirs = self.fields["reference"], self.fields["not_theirs"]
        reference.label = (
            f"If it stands on the wrong record: the reference of the right person, instead of {person}"
        )
        reference.help_text = f"As on that person’s page. Leave empty where it is about {person}’s life."
        not_theirs.label = f"It is not about {person}, and the right person is not among my people"
        not_theirs.help_text = "A manager looks for the right person, and answers it."

    def clean_reference(self):
        reference = self.cleaned_data["reference"].strip()
        if not reference:
            return None
        person = Person.objects.visible_to(self.user).filter(reference__iexact=reference).first()
        if person is None:
            raise forms.ValidationError(
                "Nobody of your people has this reference. Check it on the person’s page."
            )
        return person

    def facts(self):
        facts = super().facts()
        return {
            "about": facts["about"], "person": facts.get("reference"), "version": self.opened_on(),
            "not_theirs": facts.get("not_theirs", False),
        }  # fmt: skip


class OfficerToldForm(ActionForm):
    """The day on which the children's designated officer was told."""

    submit = "They were told"

    on = DateField(label="When were they told?")

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class AnswerForm(ActionForm):
    """What came of a concern, and how whoever raised it was told."""

    submit = "Save the answer"

    outcome = forms.ChoiceField(label="What came of it", choices=Concern.Outcome, widget=forms.RadioSelect)
    answer_way = forms.ChoiceField(
        label="How were they told?", choices=Concern.Way.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(label="What were they told?", required=False, widget=forms.Textarea(LONG))
    why_not_told = forms.CharField(
        label="If not at all: why not?", required=False, widget=forms.Textarea(SHORT)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = {self.row.contact_way, Concern.Way.IN_PERSON, Concern.Way.NONE}
        self.fields["answer_way"].choices = [c for c in Concern.Way.choices if c[0] in allowed]

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class LinkForm(ActionForm):
    """A new link for one person."""

    submit = "Make a link"

    made_for = forms.ChoiceField(
        label="Who will use it?",
        choices=[c for c in ConcernLink.For.choices if c[0] != ConcernLink.For.PUBLIC],
        widget=forms.RadioSelect,
    )


class PublicLinkForm(ActionForm):
    """The council's public link."""

    submit = "Make the public link"


class CloseLinkForm(ActionForm):
    """A link that should no longer open."""

    submit = "Close this link"
    warning = True
