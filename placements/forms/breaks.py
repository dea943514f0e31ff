"""Booking breaks by date, and cancelling one."""

from django import forms
from django.core.exceptions import ValidationError

from carers.codes import EVERY_DAY, WEEKDAYS, PlacementKind
from sharedlives.forms import ActionForm, DateField

from ..models import Placement

HOW_OFTEN = [(0, "Once"), (1, "Every week"), (2, "Every second week"), (3, "Every third week"), (4, "Every fourth week")]  # fmt: skip


class PlacementChoice(forms.ModelChoiceField):
    def label_from_instance(self, placement):
        return f"{placement.person}: {placement.get_kind_display().lower()}"


class DaysField(forms.CharField):
    """Several dates, one a line, as a list."""

    widget = forms.Textarea

    def clean(self, value):
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self.one(line) for line in lines]

    def one(self, line):
        parts = line.replace("/", " ").replace(".", " ").split()
        if len(parts) != 3:
            raise ValidationError(
                f"“{line.strip()}” is not a date. Write day, month and year, one date a line."
            )
        return DateField().as_date(parts)


class BookBreaksForm(ActionForm):
    """For whom, from when until when, and how often. `placements`: those that this user may book for."""

    submit = "Book"

    placement = PlacementChoice(label="For whom", queryset=Placement.objects.none(), widget=forms.RadioSelect, empty_label=None)  # fmt: skip
    first = DateField(label="First day")
    until = DateField(label="Day of leaving", help_text="The place is free again from that day on.")
    weekdays = forms.TypedMultipleChoiceField(
        label="For day support: on which weekdays", coerce=int, required=False,
        choices=[(1 << bit, name) for bit, name in enumerate(WEEKDAYS)], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    every = forms.TypedChoiceField(label="How often", choices=HOW_OFTEN, coerce=int, initial=0)
    last = DateField(
        label="None begins after", required=False, help_text="For breaks that come again: twelve months ahead at most."
    )  # fmt: skip
    but = DaysField(
        label="Except those that would begin on", required=False, help_text="One date a line, such as 27 3 2027."
    )  # fmt: skip

    def __init__(self, *args, placements, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placement"].queryset = placements
        self.fields["but"].widget.attrs["rows"] = 3

    def clean(self):
        typed = super().clean()
        first, until = typed.get("first"), typed.get("until")
        if first and until and until <= first:
            self.add_error("until", "The day of leaving comes after the first day.")
        if typed.get("every") and not typed.get("last") and "last" not in self.errors:
            self.add_error("last", "Say until when it comes again.")
        return typed

    def facts(self):
        typed = super().facts()
        day = typed["placement"].kind == PlacementKind.DAY_SUPPORT
        return typed | {"weekdays": sum(typed["weekdays"]) or EVERY_DAY if day else EVERY_DAY}


class CancelBreakForm(ActionForm):
    submit = "Cancel this break"
    warning = True

    why = forms.CharField(label="Why it does not take place", max_length=90)
