"""Putting right a death that was recorded in error."""

from django import forms

from sharedlives.forms import ActionForm


class UndoDeathForm(ActionForm):
    """The person is alive."""

    submit = "Put the record right"
    warning = True

    why = forms.CharField(label="How the error came about", max_length=70)
