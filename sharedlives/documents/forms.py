"""What can be typed about the pictures of our documents."""

from uuid import UUID

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField

from .images import LEAST_SIDE, MOST, MOST_SIDE

EVERYBODY = "All documents"


class WhoseForm(ActionForm):
    """An action about the documents of all, or of one council. `councils` are [(id, name)]."""

    organisation_id = forms.TypedChoiceField(
        label="In whose documents?",
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text="A council that has a picture of its own keeps it.",
    )

    def __init__(self, *args, councils, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation_id"].choices = [("", EVERYBODY), *councils]


class PictureForm(WhoseForm):
    """Another picture from a day on."""

    file = forms.FileField(
        label="The picture",
        allow_empty_file=True,  # refused with words that help, by the rule
        help_text=f"PNG or JPEG, up to {MOST // 1000} kB, each side {LEAST_SIDE} to {MOST_SIDE:,} pixels.",
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )
    words = forms.CharField(
        label="What does it show?",
        max_length=120,
        help_text="A few words for whoever cannot see it, such as “Northshire Council”. They are read aloud.",
    )
    in_force_from = DateField(label="From which day")

    field_order = ("file", "words", "organisation_id", "in_force_from")

    def clean_in_force_from(self):
        on = self.cleaned_data["in_force_from"]
        if on and on < timezone.localdate():
            raise forms.ValidationError(
                "Choose today or a later day: documents of the past stay as they were sent."
            )
        return on


class ShippedPictureForm(WhoseForm):
    """Back to what was shipped."""

    submit = "Use the shipped picture"
    warning = True
