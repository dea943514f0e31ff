"""What can be typed about the words of our mails."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField


class WordingForm(ActionForm):
    """New words for a mail or a letter."""

    subject = forms.CharField(label="Subject", max_length=120)
    body = forms.CharField(label="Text", max_length=4000, widget=forms.Textarea({"rows": 16}))
    in_force_from = DateField(label="From which day")

    def clean_in_force_from(self):
        on = self.cleaned_data["in_force_from"]
        if on and on < timezone.localdate():
            raise forms.ValidationError("Choose today or a later day: what went out before stays as it was.")
        return on


class CalendarForm(ActionForm):
    """Whether one's calendar may read one's dates."""

    wanted = forms.TypedChoiceField(
        label="What do you want to do?",
        choices=[("new", "Make a new address. One made before stops at once"), ("none", "Stop the address")],
        coerce=lambda chosen: chosen == "new",
        widget=forms.RadioSelect,
    )


class TestWordingForm(ActionForm):
    """One mail to oneself."""

    submit = "Send me this as a test"
    __test__ = False  # a form, not a test


class BackToShippedForm(ActionForm):
    """Back to what was shipped."""

    submit = "Use the shipped words"
    warning = True
