"""What availability may be narrowed to."""

from django import forms

from people.models import Organisation

from .queries import KINDS


class AvailabilityFilterForm(forms.Form):
    """Narrows what is available. An answer that is no choice counts as none."""

    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "All kinds"), *((kind.value, kind.label) for kind in KINDS)],
    )
    council = forms.ModelChoiceField(
        label="Council area",
        required=False,
        queryset=Organisation.objects.councils(),
        empty_label="All areas",
    )
    accessible = forms.BooleanField(label="Step-free entrance", required=False)
    emergency = forms.BooleanField(label="Ready for emergencies", required=False)

    def wishes(self):
        """What to narrow by, as keyword arguments of `queries.narrowed`."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
