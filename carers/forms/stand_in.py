"""What a home agrees to for the evening on which its carer is ill."""

from django import forms
from django.utils import timezone

from sharedlives.forms import LONG, ActionForm

from ..models import Carer


class PlanBForm(ActionForm):
    """`home`: whose plan it is; nobody stands in for themselves."""

    words = forms.CharField(
        label="What happens when the carer cannot support tonight?",
        widget=forms.Textarea(LONG),
        help_text="Such as: who comes, who has a key, where the medicines are, what each person wants then.",
    )
    stands_in = forms.ModelChoiceField(
        Carer.objects.none(), label="Who has said that they would stand in", required=False, empty_label="Nobody yet"
    )  # fmt: skip

    def __init__(self, *args, home, **kwargs):
        super().__init__(*args, **kwargs)
        others = Carer.objects.visible_to(self.user).active(timezone.localdate())
        self.fields["stands_in"].queryset = others.exclude(household=home)
