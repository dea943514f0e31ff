"""What can be typed when a carer stops or is suspended, and when a scheme leaves a home."""

from django import forms
from django.utils import timezone

from people.models import Organisation
from sharedlives.forms import ActionForm, DateField
from sharedlives.permissions import Permission

from ..codes import Stopped, Suspended
from ..models.home import own_schemes


class EndMemberForm(ActionForm):
    """Somebody of the family leaves the home."""

    submit = "They have left"

    on = DateField(label="First day on which they no longer live there", initial=timezone.localdate)


class WhyForm(ActionForm):
    """A day, and why."""

    on = DateField()
    because = forms.ChoiceField(label="Why", widget=forms.RadioSelect)
    words = forms.CharField(
        label="More about it",
        max_length=300,
        required=False,
        help_text="Only the schemes of this home read this. Do not name anybody else.",
    )


class EndCarerForm(WhyForm):
    submit = "Record that the carer stops"
    warning = True

    on = DateField(label="First day on which they are no longer a carer")
    because = forms.ChoiceField(
        label="Why",
        choices=[c for c in Stopped.choices if c[0] != Stopped.NEVER_APPROVED],
        widget=forms.RadioSelect,
    )


class SuspendForm(WhyForm):
    submit = "Suspend"
    warning = True

    on = DateField(label="From")
    because = forms.ChoiceField(label="Why", choices=Suspended, widget=forms.RadioSelect)


class LiftForm(ActionForm):
    submit = "Lift the suspension"

    on = DateField(label="The approval holds again from")


class LeaveHomeForm(ActionForm):
    """The scheme closes, or the home goes to another one."""

    submit = "Record it"
    warning = True

    on = DateField(label="First day on which your scheme no longer works with this home")
    to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Scheme that takes over",
        required=False,
        empty_label="None, or not known yet",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = own_schemes(self.user, Permission.CARER_APPROVE)
        schemes = Organisation.objects.schemes().current(timezone.localdate())
        self.fields["to"].queryset = schemes.exclude(pk__in=own)


class LeaveHomesForm(LeaveHomeForm):
    """A whole scheme closes: every home, in one step, after the list was read."""

    submit = "Leave all of these homes"

    scheme = forms.ModelChoiceField(
        Organisation.objects.none(), label="Which scheme closes", empty_label=None
    )
    read = forms.BooleanField(label="I have read the list of homes, and whom it concerns")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = own_schemes(self.user, Permission.CARER_APPROVE)
        self.fields["scheme"].queryset = Organisation.objects.schemes().filter(pk__in=own)
        self.fields["on"].label = "First day on which the scheme no longer works with any home"
        self.order_fields(["scheme"])

    def facts(self):
        return {name: value for name, value in super().facts().items() if name != "read"}
