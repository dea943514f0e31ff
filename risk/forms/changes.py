"""What can be typed between two versions: checks, changes that were noticed, needs that are foreseen."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField

from ..models import ChangeNoticed
from .fields import LONG, SHORT


class StillRightForm(ActionForm):
    """Checked with the person, still right. Asks why only the second time running."""

    submit = "Checked, and still right"

    seen_where = forms.CharField(
        label="Where did you see them?", max_length=160, help_text="Such as: at home, at the kitchen table."
    )
    why = forms.CharField(label="Nothing changed again: why is it still right?", widget=forms.Textarea(SHORT))

    def __init__(self, *args, asks_why, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["why"]


class ChangeForm(ActionForm):
    """The scheme noticed something."""

    submit = "Tell the care manager"

    kind = forms.ChoiceField(label="What has changed?", choices=ChangeNoticed.Kind, widget=forms.RadioSelect)
    words = forms.CharField(label="What did you notice?", widget=forms.Textarea(LONG))
    noticed_on = DateField(label="When?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noticed_on"].initial = timezone.localdate()


class ChangesFilter(forms.Form):
    """Narrows the list of changes."""

    show = forms.ChoiceField(
        label="Show", required=False, choices=[("", "All changes"), ("waiting", "Those not answered yet")]
    )

    def narrow(self, rows):
        waiting = self.is_valid() and self.cleaned_data["show"] == "waiting"
        return rows.open() if waiting else rows


class AnswerChangeForm(ActionForm):
    """The council answers; the scheme reads it."""

    submit = "Answer the scheme"

    outcome = forms.ChoiceField(
        label="What follows",
        choices=ChangeNoticed.Outcome,
        widget=forms.RadioSelect,
        help_text="A new assessment, a review before its time, or another look at the risks is put on your list at once.",
    )
    answer = forms.CharField(label="Answer to the scheme", widget=forms.Textarea(LONG))

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class ForeseeForm(ActionForm):
    """A need that will come. Whoever writes it owns it."""

    submit = "Save"

    words = forms.CharField(
        label="What will come?",
        widget=forms.Textarea(LONG),
        help_text="Such as: his carer is 71; his mother is frail.",
    )
    look_again_on = DateField(label="Look at it again on")

    def facts(self):
        return super().facts() | ({"version": self.opened_on()} if self.row else {})


class CloseNeedForm(ActionForm):
    """What came of a foreseen need."""

    submit = "Close it"

    what_came = forms.CharField(label="What came of it?", widget=forms.Textarea(SHORT))

    def facts(self):
        return super().facts() | {"version": self.opened_on()}
