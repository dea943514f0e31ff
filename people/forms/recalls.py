"""What can be typed about a copy that is called back."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField


class RecallForm(ActionForm):
    """The holder was asked, and perhaps has answered."""

    asked_on = DateField(label="Asked on", initial=timezone.localdate)
    answer = forms.CharField(
        label="What they answered", max_length=300, required=False,
        help_text="Such as: shredded, or handed back to us. Leave it empty until they answer.",
    )  # fmt: skip
