"""A visit to a home, with what was seen of each person there."""

from django import forms
from django.utils import timezone

from sharedlives.forms import LONG, ActionForm, DateField


class VisitForm(ActionForm):
    """`placements`: everybody whom this visit may have served; who was not talked about stays owed."""

    submit = "Record the visit"

    visited_on = DateField(label="Day of the visit", initial=timezone.localdate)
    carer_says = forms.CharField(label="What the carer says, in their own words", widget=forms.Textarea(LONG))
    home_words = forms.CharField(
        label="About the home", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Only your scheme reads this, and what the carer says.",
    )  # fmt: skip

    def __init__(self, *args, placements, **kwargs):
        super().__init__(*args, **kwargs)
        self.placements = list(placements)
        for row in self.placements:
            self.fields[f"words_{row.pk}"] = forms.CharField(
                label=f"{row.person}: how it goes, and what they say or show", required=False,
                widget=forms.Textarea({"rows": 4}), help_text="Leave empty who was not talked about.",
            )  # fmt: skip
            self.fields[f"saw_{row.pk}"] = forms.BooleanField(label=f"{row.person} was seen", required=False)

    def facts(self):
        typed = self.cleaned_data
        notes = {row: (typed[f"saw_{row.pk}"], typed[f"words_{row.pk}"]) for row in self.placements}
        return {name: typed[name] for name in ("visited_on", "carer_says", "home_words")} | {"notes": notes}
