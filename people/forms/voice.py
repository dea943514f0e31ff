"""What can be typed about the person's own voice: sharing, advocate, About me."""

from django import forms
from django.utils import timezone

from people.about import HEADINGS
from people.models import AboutMe, Organisation, PersonalContact, SharingDecision
from sharedlives.forms import LONG, ActionForm, DateField


class SharingForm(ActionForm):
    """What the person said about sharing."""

    what = forms.ChoiceField(label="What is shared", choices=SharingDecision.What, widget=forms.RadioSelect)
    scheme = forms.ModelChoiceField(
        Organisation.objects.none(), label="With which scheme", required=False, empty_label="No one scheme"
    )
    contact = forms.ModelChoiceField(
        PersonalContact.objects.none(),
        label="With which contact",
        required=False,
        empty_label="No one contact",
        help_text="Leave both empty for everybody.",
    )
    answer = forms.ChoiceField(
        label="What the person says", choices=SharingDecision.Answer, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In the person’s words, or why it is in their best interests", widget=forms.Textarea(LONG)
    )
    ground = forms.ChoiceField(
        label="Shared all the same, because",
        choices=[("", "It is not: the objection holds"), *SharingDecision.Ground.choices[1:]],
        required=False,
        help_text="Only against an objection.",
    )
    told_on = DateField(label="The person was told on", required=False)
    not_told_because = forms.CharField(label="Or why the person was not told", max_length=200, required=False)
    since = DateField(label="Asked on", initial=timezone.localdate)
    until = DateField(label="Ask again on", required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        schemes = Organisation.objects.schemes().filter(involvements__person=person, involvements__until=None)
        self.fields["scheme"].queryset = schemes.distinct()
        self.fields["contact"].queryset = person.contacts.filter(until=None)


class AdvocacyTestForm(ActionForm):
    """The four questions of Care Act s67, and who could help instead."""

    tested_on = DateField(label="Asked on", initial=timezone.localdate)
    understand = forms.BooleanField(label="Great difficulty understanding what is said", required=False)
    remember = forms.BooleanField(label="Great difficulty remembering it long enough", required=False)
    weigh = forms.BooleanField(label="Great difficulty weighing it up", required=False)
    say = forms.BooleanField(label="Great difficulty saying what they want", required=False)
    words = forms.CharField(label="How we know", required=False, widget=forms.Textarea(LONG))
    appropriate_person = forms.ModelChoiceField(
        PersonalContact.objects.none(),
        label="Somebody suitable who helps instead",
        required=False,
        empty_label="Nobody",
        help_text="Not paid for the care, and whom the person wants.",
    )
    person_agrees = forms.BooleanField(label="The person agrees to being helped by them", required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appropriate_person"].queryset = person.contacts.filter(until=None)


class FollowAdvocacyForm(ActionForm):
    """What became of it."""

    referred_to = forms.CharField(label="Advocacy service", max_length=120, required=False)
    referred_on = DateField(label="Referred on", required=False)
    advocate = forms.ModelChoiceField(
        PersonalContact.objects.none(), label="Advocate", required=False, empty_label="None yet"
    )
    appointed_on = DateField(label="Appointed on", required=False)
    refused_on = DateField(label="The person said no on", required=False)
    had_capacity_to_refuse = forms.TypedChoiceField(
        label="Does the person have capacity to say no to an advocate?",
        choices=(("", "Not asked"), ("yes", "Yes"), ("no", "No")),
        coerce=lambda typed: typed == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    refusal_words = forms.CharField(label="What the person said", required=False, widget=forms.Textarea(LONG))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        advocates = person.contacts.filter(until=None, kind=PersonalContact.Kind.ADVOCATE)
        self.fields["advocate"].queryset = advocates

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("advocate")) != bool(cleaned.get("appointed_on")):
            self.add_error("appointed_on", "Give both: the advocate, and the day they were appointed.")
        if cleaned.get("referred_on") and not cleaned.get("referred_to"):
            self.add_error("referred_to", "Name the advocacy service that was asked.")
        return cleaned


class AboutMeForm(ActionForm):
    """A new version of About me; the headings are those of the standard."""

    submit = "Save as a new version"

    writer = forms.ChoiceField(
        label="Who wrote these words?", choices=AboutMe.Writer, widget=forms.RadioSelect
    )
    supported_by = forms.CharField(
        label="Who helped, or wrote it for the person", max_length=120, required=False
    )
    why_for_person = forms.CharField(
        label="If somebody else wrote it: why the person did not", max_length=200, required=False
    )
    written_on = DateField(label="Written on", initial=timezone.localdate)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            heading.field: forms.CharField(
                label=heading.title, help_text=heading.help, required=False, widget=forms.Textarea(LONG)
            )
            for heading in HEADINGS
        }
        own = dict(self.fields)
        self.fields.clear()
        self.fields.update({**words, **own})
        for name in words:
            self.fields[name].initial = self.initial.get(name, "")

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(heading.field) for heading in HEADINGS):
            raise forms.ValidationError("Write under at least one heading.")
        return cleaned
