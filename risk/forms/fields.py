"""Small parts that the forms of this app share."""

from django import forms

SHORT, LONG = {"rows": 2}, {"rows": 4}
YES_NO = [("True", "Yes"), ("False", "No")]


def yes_no(label, **kwargs):
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda value: value == "True", empty_value=None,
        widget=forms.RadioSelect, **kwargs,
    )  # fmt: skip
