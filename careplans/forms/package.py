"""What can be typed about the services of a plan."""

from django import forms

from sharedlives.forms import ActionForm, DateField

from ..models import WEEKDAYS, Service


class ServiceForm(ActionForm):
    """One service, or other help."""

    submit = "Save this service"

    kind = forms.ChoiceField(label="What kind", choices=Service.Kind, widget=forms.RadioSelect)
    name = forms.CharField(label="What it is", max_length=120, help_text="For example, Brook day service")
    provider = forms.CharField(label="Who gives it", required=False, max_length=120)
    contact = forms.CharField(
        label="Whom to ask there", required=False, max_length=200, help_text="Name and telephone"
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days",
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave days and times empty for Shared Lives where the person lives with the carer.",
    )
    starts_at = forms.TimeField(label="From", required=False, help_text="For example, 9:30 or 14:00")
    ends_at = forms.TimeField(label="Until", required=False, help_text="May be after midnight")
    hours_a_week = forms.DecimalField(
        label="Hours a week", required=False, min_value=0, max_value=168, max_digits=4, decimal_places=1
    )
    weekly_pounds = forms.DecimalField(
        label="Pounds a week", required=False, min_value=0, max_digits=8, decimal_places=2
    )
    since = DateField(label="Since", required=False)
    until = DateField(
        label="Until", required=False, help_text="Only if an end is agreed: the day after its last."
    )


class RemoveServiceForm(ActionForm):
    """Take a service out of the draft."""

    submit = "Take it out of the draft"
    warning = True
