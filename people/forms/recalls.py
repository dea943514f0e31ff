"""What can be typed about what was entered in error, and about a copy of it that is called back."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField


class InErrorForm(ActionForm):
    """This should not be on this record."""

    submit = "Mark as entered in error"
    warning = True

    why = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 3}),
        help_text="Such as: these words are about somebody else.",
    )


class RecallForm(ActionForm):
    """The holder was asked, and perhaps has answered."""

    asked_on = DateField(label="Asked on", initial=timezone.localdate)
    answer = forms.CharField(
        label="What they answered", max_length=300, required=False,
        help_text="Such as: shredded, or handed back to us. Leave it empty until they answer.",
    )  # fmt: skip
