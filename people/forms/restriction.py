"""Closing a record, and opening it again."""

from django import forms
from django.utils import timezone

from people.models import Restriction, User
from sharedlives.forms import LONG, ActionForm


class RestrictForm(ActionForm):
    """Who may still open the record."""

    submit = "Restrict this record"
    warning = True

    kind = forms.ChoiceField(label="How closed", choices=Restriction.Kind, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", widget=forms.Textarea(LONG))
    allowed = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Who may open it", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        involved = person.involvements.current(today).values("organisation")
        colleagues = User.objects.filter(
            is_active=True, memberships__organisation__in=involved, memberships__since__lte=today
        ).exclude(memberships__until__lte=today)
        self.fields["allowed"].queryset = colleagues.exclude(pk=self.user.pk).distinct()


class LiftForm(ActionForm):
    """Open the record again."""

    submit = "Lift the restriction"

    why = forms.CharField(label="Why it is lifted", max_length=80)
