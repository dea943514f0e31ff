"""What can be typed about complaints and the duty of candour."""

from django import forms
from django.utils import timezone

from sharedlives.forms import ActionForm, DateField

from ..models import Complaint, ConcernAbout
from .fields import LONG, SHORT

KINDS = [choice for choice in ConcernAbout.Kind.choices if choice[0] not in ("unsure", "nobody")]
ABOUT_HELP = (
    "They will see nothing of it. About the scheme: the council alone sees and answers it. About somebody at the "
    "council: a manager whom it is not about."
)


def about_field(**kwargs):
    """Whom it is about. Nothing ticked: what the own organisation did, which it answers itself."""
    return forms.MultipleChoiceField(
        choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class VersionForm(ActionForm):
    """A form that is held against the version of the row it was opened on."""

    today = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.today:
            self.fields[name].initial = timezone.localdate()

    def facts(self):
        return super().facts() | ({"version": self.opened_on()} if self.row else {})


class ComplaintForm(VersionForm):
    """A complaint that came."""

    submit = "Record the complaint"
    today = ("received_on",)

    raiser = forms.ChoiceField(label="Who complains?", choices=Complaint.Raiser, widget=forms.RadioSelect)
    raiser_name = forms.CharField(label="Their name, and how to reach them", max_length=200, required=False)
    words = forms.CharField(
        label="What is the complaint?", widget=forms.Textarea(LONG), help_text="In their own words."
    )
    wants = forms.CharField(
        label="What would put it right for them?", required=False, widget=forms.Textarea(SHORT)
    )
    about = about_field(
        label="Is it about somebody who must not deal with it? Leave empty where your own organisation answers.",
        help_text=ABOUT_HELP,
    )
    received_on = DateField(label="When did it come?")


class AcknowledgeComplaintForm(VersionForm):
    """Whoever complained was told that it came."""

    submit = "Save"
    today = ("acknowledged_on",)

    acknowledged_on = DateField(
        label="When were they told that it came?", help_text="Within three working days (regulation 13)."
    )


class AnswerComplaintForm(VersionForm):
    """The answer, as it was given."""

    submit = "Save the answer"
    today = ("answered_on",)

    outcome = forms.ChoiceField(label="Outcome", choices=Complaint.Outcome, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="The answer that was given",
        widget=forms.Textarea(LONG),
        help_text="What was looked at, what was found, and where they can go if they are not content.",
    )
    put_right = forms.CharField(label="What was put right", required=False, widget=forms.Textarea(SHORT))
    answered_on = DateField(label="When was it given?")


class FurtherForm(VersionForm):
    """Whoever complained is not content."""

    submit = "Start the next stage"
    today = ("received_on",)

    stage = forms.ChoiceField(
        label="Where does it go?", choices=Complaint.Stage.choices[1:], widget=forms.RadioSelect
    )
    words = forms.CharField(label="What are they not content with?", widget=forms.Textarea(LONG))
    received_on = DateField(label="When did they say so?")

    def facts(self):
        return ActionForm.facts(self)


class CandourForm(VersionForm):
    """What was said in person."""

    submit = "Save"
    today = ("told_on",)

    told_whom = forms.CharField(
        label="Who was told?", max_length=200, help_text="The person, or who acts for them."
    )
    told_on = DateField(label="When?")
    account = forms.CharField(
        label="What was said", widget=forms.Textarea(LONG), help_text="All the facts that were known then."
    )
    apology = forms.CharField(label="How sorry was said", widget=forms.Textarea(SHORT))
    about = about_field(
        label="Is it about somebody who must not deal with it? Leave empty where your own organisation does.",
        help_text=ABOUT_HELP,
    )


class RedressAboutForm(VersionForm):
    """Whom a complaint, or what was said under the duty of candour, is about."""

    submit = "Save and send it on its way"

    about = about_field(
        label="Who is it about?",
        help_text=ABOUT_HELP + " If you name your own manager or yourself, you will not find it again.",
    )


class InWritingForm(VersionForm):
    """The same in writing."""

    submit = "Save"
    today = ("in_writing_on",)

    in_writing_on = DateField(label="When did it go out in writing?")
    findings = forms.CharField(
        label="What further enquiries found", required=False, widget=forms.Textarea(LONG)
    )
