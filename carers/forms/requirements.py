"""What can be typed about checks, references, insurances and reviews, and about being exempt from them."""

from datetime import timedelta

from django import forms

from sharedlives.forms import LONG, ActionForm, DateField

from ..codes import ASKED_OF, CheckLevel, Decision
from ..models import RequirementKind, TrainingCourse


class RequirementForm(ActionForm):
    """Something that is asked is done."""

    submit = "Record it"

    kind = forms.ModelChoiceField(RequirementKind.objects.none(), label="What", empty_label=None)
    done_on = DateField(label="Done on", help_text="The date on the paper. For example, 27 3 2027")
    expires_on = DateField(
        label="Last day",
        required=False,
        help_text="Only where the paper names one. Otherwise it lasts as long as such things do here.",
    )
    number = forms.CharField(label="Number of the DBS certificate", max_length=40, required=False)
    level = forms.ChoiceField(
        label="Level of the DBS check", choices=[("", "No DBS check"), *CheckLevel.choices], required=False
    )
    decision = forms.ChoiceField(
        label="The scheme is", choices=Decision, widget=forms.RadioSelect, initial=Decision.SATISFIED
    )
    words = forms.CharField(
        label="Notes",
        required=False,
        widget=forms.Textarea(LONG),
        help_text="Never what a check said. Of a yearly review: what was talked about and agreed.",
    )

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = RequirementKind.objects.filter(about__in=ASKED_OF[about])
        if about == "household":
            del self.fields["number"], self.fields["level"]

    def facts(self):
        facts = super().facts()
        facts["expires_on"] = facts["expires_on"] and facts["expires_on"] + timedelta(days=1)
        return facts


class ExemptForm(ActionForm):
    """Somebody need not have something for a time."""

    submit = "Exempt for this time"

    what = forms.ChoiceField(label="From what")
    because = forms.CharField(label="Why", max_length=300)
    until = DateField(label="Last day")

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {f"kind-{k.pk}": k for k in RequirementKind.objects.filter(about__in=ASKED_OF[about])}
        if about == "carer":
            courses = TrainingCourse.objects.filter(for_emergencies=False)
            self.rows |= {f"course-{course.pk}": course for course in courses}
        self.fields["what"].choices = [(key, str(row)) for key, row in self.rows.items()]

    def facts(self):
        facts = super().facts()
        facts["what"] = self.rows[facts["what"]]
        facts["until"] += timedelta(days=1)
        return facts
