"""A copy of everything about a person: asking, reading through, handing over."""

from django import forms
from django.utils import timezone

from people.models import AccessEntry, AccessName, PersonalContact
from sharedlives.forms import LONG, ActionForm, DateField


class AskForCopyForm(ActionForm):
    """Who asks, since when, and how that was checked."""

    submit = "Start the copy"

    contact = forms.ModelChoiceField(
        PersonalContact.objects.none(), label="Who asks", required=False, empty_label="The person",
        help_text="Somebody else needs recorded authority: an attorney, a deputy or a best-interests decision.",
    )  # fmt: skip
    identity = forms.CharField(
        label="How you know that it is they who ask", max_length=200,
        help_text="Such as: known to the team; passport seen on 3 March.",
    )  # fmt: skip
    received_on = DateField(label="On which day the request reached the council")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = person.contacts.filter(until=None)
        self.fields["received_on"].initial = timezone.localdate()


class NamesForm(ActionForm):
    """One question for each name of somebody else."""

    submit = "Save"

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(c.value, c.label) for c in AccessName.Decision if c.value]
        for row in names:
            self.fields[f"name_{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=choices, widget=forms.RadioSelect, required=False, initial=row.decision,
                help_text=f"{row.who or 'Added while reading'}. In {row.times} record{'' if row.times == 1 else 's'}.",
            )  # fmt: skip

    def facts(self):
        said = super().facts()
        return {"decisions": {key.removeprefix("name_"): value for key, value in said.items()}}


class AddNameForm(ActionForm):
    """A name that was not proposed."""

    submit = "Take this name out"

    name = forms.CharField(label="The name, as it is written in the records", max_length=200)
    who = forms.CharField(label="Who that is", max_length=200)


class EntryForm(ActionForm):
    """Give one record, or keep it back."""

    decision = forms.ChoiceField(
        label="What happens to this record",
        choices=[(c.value, c.label) for c in AccessEntry.Decision if c != AccessEntry.Decision.OPEN],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why it is kept back", max_length=200, required=False,
        help_text="Which harm it would do, to whom; or whose information it is. This is not part of the copy.",
    )  # fmt: skip


class ReleaseForm(ActionForm):
    """The two checks before a copy leaves."""

    submit = "Make the copy"
    warning = True

    harm_words = forms.CharField(
        label="Could anything in it cause serious harm to the person or to somebody else?",
        widget=forms.Textarea(LONG),
        help_text="Say what you looked at, with whom you spoke, and what you kept back.",
    )
    safeguarding_words = forms.CharField(
        label="Is there a safeguarding enquiry that it could disturb?", widget=forms.Textarea(LONG)
    )


class CloseRequestForm(ActionForm):
    """The request ends without a copy."""

    submit = "Close the request"
    warning = True

    why = forms.CharField(
        label="Why there is no copy",
        max_length=200,
        help_text="Such as: taken back; asked for one letter only.",
    )
