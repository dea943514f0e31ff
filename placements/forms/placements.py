"""Starting, recording and ending placements."""

from django import forms
from django.utils import timezone

from carers.codes import EVERY_DAY, WEEKDAYS, PlacementKind
from carers.models import Carer
from people.models import User
from sharedlives.forms import ActionForm, DateField

from .. import codes
from ..models import Away, Placement

SHORT = {"rows": 3}


class PlacementsFilter(forms.Form):
    """Narrows the list of placements."""

    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *Placement.State.choices])
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *PlacementKind.choices])

    def narrow(self, rows):
        chosen = (
            {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
        )
        return rows.filter(**chosen)


class StartForm(ActionForm):
    """The day of moving in; for each open gate that is not hard a reason, and the team manager who agrees."""

    submit = "Record the start"

    on = DateField(label="The person moved in on", initial=timezone.localdate)

    def __init__(self, *args, gaps=(), managers=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.gaps = [standing.gate for standing in gaps]
        for gate in self.gaps:
            self.fields[f"why_{gate.code}"] = forms.CharField(
                label=f"{gate.words}: not yet, because", required=False, widget=forms.Textarea({"rows": 2})
            )
        if self.gaps:
            self.fields["agreed_with"] = forms.ModelChoiceField(
                label="Team manager who agrees to a start with something missing",
                queryset=managers if managers is not None else User.objects.none(),
                required=False,
                empty_label="Nobody",
                help_text="Only a scheme manager may record this. What is missing is then owed within three days.",
            )

    def facts(self):
        typed = self.cleaned_data
        return {
            "on": typed["on"],
            "reasons": {gate.code: typed[f"why_{gate.code}"] for gate in self.gaps},
            "agreed_with": typed.get("agreed_with"),
        }


class EmergencyForm(ActionForm):
    """Taking somebody in today. `homes` are the only ones that may: approved, trained, with a place free."""

    submit = "Record the emergency start"

    carer = forms.ChoiceField(label="Where to", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[(kind.value, kind.label) for kind in (PlacementKind.SHORT_BREAK, PlacementKind.LIVE_IN)],
        widget=forms.RadioSelect,
        initial=PlacementKind.SHORT_BREAK,
    )
    why = forms.CharField(label="What made it an emergency", widget=forms.Textarea(SHORT))
    on = DateField(label="The person came on", initial=timezone.localdate)
    until = DateField(label="Planned day of leaving", required=False)

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = {str(home.carer.pk): home for home in homes}
        self.fields["carer"].choices = [(pk, self.words(home)) for pk, home in self.homes.items()]

    def words(self, home):
        known = " (the person knows this home)" if home.known else ""
        places = "1 place free" if home.free == 1 else f"{home.free} places free"
        return f"{home.carer}, {home.household} – {places}{known}"

    def clean(self):
        typed = super().clean()
        if typed.get("on") and typed.get("until") and typed["until"] <= typed["on"]:
            self.add_error("until", "The day of leaving comes after the first day.")
        return typed

    def home(self):
        """The home that was chosen."""
        return self.homes[self.cleaned_data["carer"]]

    def facts(self):
        return super().facts() | {"carer": self.home().carer, "household": self.home().household}


class CoverForm(EmergencyForm):
    """Where somebody goes tonight whose carer is ill: by emergency, from today on."""

    submit = "Take in tonight, and start the three-day clock"
    kind = on = None

    why = forms.CharField(
        label="Why the carer cannot support tonight", max_length=200, initial="The carer is ill."
    )
    until = DateField(label="Back home on", required=False, help_text="If anybody knows.")

    def clean(self):
        typed = super().clean()
        if typed.get("until") and typed["until"] <= timezone.localdate():
            self.add_error("until", "That is a day after today, or leave it empty.")
        return typed


class ExistingForm(ActionForm):
    """What is true already: since when, with whom, and why it was not on our records."""

    submit = "Record what is true"

    carer = forms.ModelChoiceField(label="Carer", queryset=Carer.objects.none())
    kind = forms.ChoiceField(label="Kind", choices=PlacementKind, widget=forms.RadioSelect)
    since = DateField(label="Since")
    weekdays = forms.TypedMultipleChoiceField(
        label="For day support: on which weekdays", coerce=int, required=False,
        choices=[(1 << bit, name) for bit, name in enumerate(WEEKDAYS)], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    why = forms.CharField(
        label="Why it was not recorded when it began", widget=forms.Textarea(SHORT),
        help_text="Such as: living there since 2011, before this record was kept.",
    )  # fmt: skip

    def __init__(self, *args, carers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["carer"].queryset = carers

    def facts(self):
        typed = super().facts()
        day = typed["kind"] == PlacementKind.DAY_SUPPORT
        return typed | {"weekdays": sum(typed["weekdays"]) or EVERY_DAY if day else EVERY_DAY}


class EndForm(ActionForm):
    submit = "End the placement"
    warning = True

    on = DateField(label="First day on which the person is no longer there", initial=timezone.localdate)
    reason = forms.ChoiceField(label="Why it ended", choices=codes.EndReason, widget=forms.RadioSelect)
    words = forms.CharField(label="In your words", required=False, widget=forms.Textarea(SHORT))


class AwayForm(ActionForm):
    """Somebody is away for a while."""

    submit = "Save"

    reason = forms.ChoiceField(label="Where are they?", choices=Away.Reason, widget=forms.RadioSelect)
    since = DateField(label="First day away", initial=timezone.localdate)
    expected_on = DateField(label="Expected back on", required=False, help_text="If anybody knows.")
    words = forms.CharField(
        label="What others need to know",
        required=False,
        widget=forms.Textarea(SHORT),
        help_text="Such as: which ward, who visits, who knows how they communicate.",
    )

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class BackForm(ActionForm):
    """Back home."""

    submit = "Save"

    until = DateField(label="First day back", initial=timezone.localdate)

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class SettleForm(ActionForm):
    submit = "Check again, and close what is there now"


class PutRightForm(ActionForm):
    submit = "Put right"


class DoneAfterDeathForm(ActionForm):
    """What was done for others after a death."""

    submit = "Done"

    words = forms.CharField(label="What was done, and when", max_length=300)
