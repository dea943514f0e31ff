"""What can be typed about who may not live together."""

from django import forms

from carers import rules
from people.models import Person
from people.visibility import Level
from sharedlives.forms import LONG, ActionForm, DateField

from ..models import KeptApart


class KeepApartForm(ActionForm):
    """From whom a person is kept apart: somebody with whom the user works as well, or everybody."""

    submit = "Keep them apart"

    who = forms.ChoiceField(
        label="With whom may they not live?",
        choices=(("one", "With one person"), ("all", "With anybody else who is supported")),
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label="Reference of the other person", required=False, max_length=12,
        help_text="Such as P-7KQ2MX; it stands at the top of their page.",
    )  # fmt: skip
    source = forms.ChoiceField(
        label="What does it rest on?", choices=KeptApart.Source, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Why may they not live together?",
        widget=forms.Textarea(LONG),
        help_text="Read only by those who work with both.",
    )
    look_again_on = DateField(label="Look at it again on")

    def clean(self):
        typed = super().clean()
        who, reference = typed.pop("who", ""), typed.pop("reference", "").strip().upper()
        typed["other"] = None
        if who == "one" and not reference:
            self.add_error("reference", "Enter the reference of the other person.")
        elif who == "one":
            known = Person.objects.visible_to(self.user, least=Level.SUPPORTS)
            typed["other"] = known.filter(reference=reference).first()
            if typed["other"] is None:
                self.add_error(None, rules.APART_KNOWN.broken("reference", typed=reference))
        return typed


class LookAgainForm(ActionForm):
    """It was looked at, and still holds."""

    submit = "It still holds"

    words = forms.CharField(label="Why may they not live together?", widget=forms.Textarea(LONG))
    look_again_on = DateField(label="Look at it again on")

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class EndApartForm(ActionForm):
    """They may live together again."""

    submit = "They may live together"
    warning = True

    why_ended = forms.CharField(label="What has changed, and who agreed?", widget=forms.Textarea(LONG))

    def facts(self):
        return super().facts() | {"version": self.opened_on()}
