"""What can be typed about lists, rows and flags."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm

from . import columns
from .models import Flag, RosterRow, RosterSource
from .queries import colleagues

SHORT = {"rows": 3}
AGES = [
    ("", "Any age"),
    ("week", "Up to a week"),
    ("month", "8 to 28 days"),
    ("quarter", "29 to 90 days"),
    ("older", "Over 90 days"),
]
OWNERS = [("", "Everybody"), ("me", "Mine"), ("nobody", "Taken by nobody")]
STATES = [("", "Still open"), ("closed", "Closed")]


class FlagFilterForm(forms.Form):
    """Narrows what has to be sorted out."""

    kind = forms.ChoiceField(label="What", required=False, choices=[("", "Everything"), *Flag.Kind.choices])
    age = forms.ChoiceField(label="How long", required=False, choices=AGES)
    owner = forms.ChoiceField(label="Whose", required=False, choices=OWNERS)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)


class RowFilterForm(forms.Form):
    """Narrows the rows of a list. A sender may only ask for refused ones: other answers would tell too much."""

    state = forms.ChoiceField(label="What became of it", required=False)

    def __init__(self, *args, decides, **kwargs):
        super().__init__(*args, **kwargs)
        states = RosterRow.State.choices if decides else [("refused", "Refused")]
        self.fields["state"].choices = [("", "All rows"), *states]


class UploadForm(ActionForm):
    """A list to send. The file is refused by its size before it gets here."""

    submit = "Send the list"

    source = forms.ModelChoiceField(
        label="Which list is it?", queryset=RosterSource.objects.none(), empty_label="Choose a list"
    )
    file = forms.FileField(
        label="The file",
        help_text=f"CSV or XLSX. The first line names the columns: {columns.EXPECTED.replace(',', ', ')}.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["source"].queryset = RosterSource.objects.visible_to(self.user).shared_on(today)
        self.fields["file"].allow_empty_file = True  # refused with words that help, by the rule


class FlagForm(ActionForm):
    """About one flag, as it stood when the page was opened."""

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class TakeForm(FlagForm):
    submit = "I will see to it"


class AssignForm(FlagForm):
    """Who sees to it from now on."""

    submit = "Give it to them"

    owner_user = forms.ModelChoiceField(
        label="Who sees to it?", queryset=None, required=False, empty_label="Nobody in particular"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner_user"].queryset = colleagues(self.row, timezone.localdate())


class NotYetForm(FlagForm):
    """It stays open, with a reason that everybody can read."""

    submit = "Keep it open"

    because = forms.CharField(label="Not yet, because", max_length=300, widget=forms.Textarea(SHORT))


class CloseForm(FlagForm):
    """Nothing more has to be done."""

    submit = "Close it"

    because = forms.ChoiceField(label="Why is nothing more to be done?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="More about the reason", max_length=300, required=False, widget=forms.Textarea(SHORT)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_deciding = {Flag.Because.SAME_PERSON, Flag.Because.NOT_SAME, Flag.Because.ON_RECORDS}
        self.fields["because"].choices = [c for c in Flag.Because.choices if c[0] not in by_deciding]


class DecideForm(ActionForm):
    """Is the row one of these persons?"""

    submit = "Decide"

    choice = forms.ChoiceField(label="Who is it?", widget=forms.RadioSelect)
    reference = forms.CharField(
        label="Reference of the other record", max_length=12, required=False, help_text="Such as P-7KQ2MX."
    )
    why = forms.CharField(
        label="How do you know?", max_length=200, required=False, widget=forms.Textarea(SHORT)
    )

    def __init__(self, *args, compared, **kwargs):
        super().__init__(*args, **kwargs)
        seen = [
            (str(one["id"]), f"{one['person']} ({one['reference']})") for one in compared if one["person"]
        ]
        last = [("other", "Another record of my council")]
        none = [("none", "None of these: they are different people")] if compared else []
        self.fields["choice"].choices = [*seen, *none, *last]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == "other" and not cleaned.get("reference"):
            self.add_error("reference", "Give the reference of the record.")
        return cleaned


class UndoForm(ActionForm):
    """A link was wrong."""

    submit = "Undo the link"
    warning = True

    because = forms.CharField(label="What was wrong with it?", max_length=200, widget=forms.Textarea(SHORT))


class RecordsForm(FlagForm):
    """Are two records one person?"""

    submit = "Decide"

    same = forms.ChoiceField(
        label="Are these two records the same person?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes: link them"), ("no", "No: they are two people")],
    )
    why = forms.CharField(
        label="How do you know?", max_length=200, required=False, widget=forms.Textarea(SHORT)
    )
