"""What can be typed about copies of a signed version."""

from django import forms
from django.utils import timezone

from people.models import Organisation
from sharedlives.forms import ActionForm, DateField

from ..models import RiskCopy
from ..queries import schemes_without


class ReadCopyForm(ActionForm):
    """The scheme has read it."""

    submit = "We have read this version"


class GiveCopyForm(ActionForm):
    """The person or the carer was given a copy."""

    submit = "Save"

    given_on = DateField(label="When?")
    how = forms.ChoiceField(label="How?", choices=RiskCopy.How, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate()

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class ShareForm(ActionForm):
    """Give the version that holds to a scheme that was not given it."""

    submit = "Give it to the scheme"

    scheme = forms.ModelChoiceField(
        label="Scheme", queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_without(assessment)
