"""Seen when, where and how: three questions that stand before the button of whatever becomes final."""

from django import forms

from people.codes import SeenHow
from sharedlives.forms import ActionForm, DateField

SEEN = ("seen_how", "seen_on", "seen_where")


class SeenForm(ActionForm):
    """Asks when, where and how the person, or the home, was seen; or why not."""

    seen_how = forms.ChoiceField(label="How they were seen", choices=SeenHow, widget=forms.RadioSelect)
    seen_on = DateField(label="When they were seen", required=False)
    seen_where = forms.CharField(
        label="Where; or, if they were not seen, why not",
        max_length=200,
        help_text="Such as: at home in Mill Lane, with the carer out of the room.",
    )

    def clean(self):
        data = super().clean()
        if data.get("seen_how") == SeenHow.NOT_SEEN:
            data["seen_on"] = None
        return data
