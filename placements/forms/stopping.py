"""What can be typed when a carer or a scheme is no longer there for somebody."""

from django import forms

from carers.models import Carer
from sharedlives.forms import LONG, ActionForm

from ..models import ToSettle

Outcome = ToSettle.Outcome


class SettleWhereForm(ActionForm):
    """Where the person lives from now on. `row` is what is to be settled."""

    submit = "It is settled"

    outcome = forms.ChoiceField(
        label="What happens now",
        choices=[(o.value, o.label) for o in Outcome if o not in (Outcome.ENDED, Outcome.BACK)],
        widget=forms.RadioSelect,
        help_text="Where the support ends, end the placement: this is settled by that.",
    )
    carer = forms.ModelChoiceField(
        Carer.objects.none(), label="With which carer", required=False, empty_label="No other carer"
    )
    words = forms.CharField(
        label="What was said with the person, and what they want",
        max_length=500,
        widget=forms.Textarea(LONG),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        placement = self.row.placement
        there = Carer.objects.filter(household=placement.household_id, ended_on=None)
        self.fields["carer"].queryset = there.exclude(pk=placement.carer_id)
