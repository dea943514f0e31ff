"""What can be typed about reviews."""

from dataclasses import replace

from django import forms
from django.utils import timezone

from people.models import User
from sharedlives.forms import LONG, ActionForm, DateField
from sharedlives.permissions import Permission, Role, roles_with

from . import codes, sections
from .models import Participant, Review

HOLDING_ROLES = roles_with(Permission.REVIEW_HOLD)
BLANK_ACTIONS = 2


def holders(team, roles=HOLDING_ROLES):
    """Who may hold a review for a team: of the team, or of an organisation above it."""
    above = [part for part in team.path.split("/") if part]
    return User.objects.filter(
        is_active=True,
        memberships__in=current_memberships().filter(organisation__in=above, role__in=roles),
    ).distinct()


def current_memberships():
    membership = User._meta.get_field("memberships").related_model
    return membership.objects.current(timezone.localdate())


class DuesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, due):
        return str(due)


class ScheduleForm(ActionForm):
    """A meeting about one or more dues of one person."""

    submit = "Arrange the meeting"

    dues = DuesField(
        queryset=None, label="What is it about?", widget=forms.CheckboxSelectMultiple,
        help_text="One meeting may serve reviews that fall due near each other.",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind of review is it?",
        choices=Review.Kind,
        widget=forms.RadioSelect,
        initial=Review.Kind.ANNUAL,
    )
    planned_on = DateField(label="Day of the meeting")
    planned_at = forms.TimeField(label="Time", required=False, help_text="For example, 14:30")
    place = forms.CharField(label="Place", max_length=200, help_text="Where the person likes to meet.")
    reviewer = forms.ModelChoiceField(queryset=None, label="Who holds it?")
    reviewer_role = forms.ChoiceField(label="As what?", choices=codes.ReviewerRole, widget=forms.RadioSelect)
    known_since = forms.CharField(
        label="Since when does the person know them?",
        max_length=100,
        required=False,
        help_text="Say so if not at all.",
    )
    why_not_care_manager = forms.CharField(
        label="If not the care manager: why?",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    why_late = forms.CharField(
        label="If after the due date: why can it not be sooner?", max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}), help_text="The due date stays, and the review will count as late.",
    )  # fmt: skip

    def __init__(self, *args, due, dues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dues"].queryset = dues
        self.fields["reviewer"].queryset = holders(due.organisation)
        near = [one for one in dues if abs((one.due_on - due.due_on).days) <= due.policy.window_days]
        self.initial |= {
            "dues": [one.pk for one in near],
            "kind": Review.Kind.FIRST if due.is_first else Review.Kind.ANNUAL,
            "reviewer": self.user.pk,
            "reviewer_role": codes.ReviewerRole.CARE_MANAGER,
        }

    def facts(self):
        facts = super().facts()
        facts["dues"] = list(facts["dues"])
        return facts


class OfficerForm(ActionForm):
    """A reviewing officer instead of the care manager."""

    submit = "Assign the review"

    officer = forms.ModelChoiceField(queryset=None, label="Reviewing officer")
    why_not_care_manager = forms.CharField(
        label="Why does the care manager not hold it?", max_length=300, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = holders(self.row.organisation, [Role.REVIEWING_OFFICER])


class CancelForm(ActionForm):
    submit = "The meeting did not take place"
    warning = True

    because = forms.ChoiceField(label="Why not?", choices=Review.Cancelled, widget=forms.RadioSelect)
    words = forms.CharField(
        label="More about it", required=False, max_length=300, widget=forms.Textarea({"rows": 3})
    )


class NoLongerOwedForm(ActionForm):
    submit = "Record that it is no longer owed"
    warning = True

    why = forms.CharField(
        label="Why is this review no longer owed?", max_length=200, widget=forms.Textarea({"rows": 3})
    )


class NotWantedForm(ActionForm):
    """No meeting is needed before the date after all."""

    submit = "Save the reason"

    why_not = forms.CharField(
        label="Why is no meeting needed before the date?", widget=forms.Textarea({"rows": 3})
    )

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class AskForm(ActionForm):
    """Somebody asks for a review before its date."""

    submit = "Send it to the council"

    asked_by = forms.ChoiceField(label="Who asks?", choices=codes.Asker, widget=forms.RadioSelect)
    asked_name = forms.CharField(label="Their name", required=False, max_length=120)
    reason = forms.CharField(label="Why, in their own words?", widget=forms.Textarea({"rows": 4}))
    asked_on = DateField(label="On which day did they ask?")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["asked_on"].initial = timezone.localdate


class AnswerAskedForm(ActionForm):
    """What whoever asked for a review was told."""

    submit = "Save the answer"

    answer = forms.CharField(
        label="What were they told?", widget=forms.Textarea({"rows": 3}),
        help_text="For example, that you will meet before the end of the month, and that you will ring about a day.",
    )  # fmt: skip

    def facts(self):
        return super().facts() | {"version": self.opened_on()}


class ServiceForm(ActionForm):
    """A new service in the package."""

    submit = "Put its first review on the list"

    service = forms.CharField(
        label="Which service?", max_length=120, help_text="For example, Brook day service."
    )
    started_on = DateField(label="On which day did it start?")


class AddGuestForm(ActionForm):
    submit = "Add to the list"

    name = forms.CharField(label="Name", max_length=120)
    role = forms.ChoiceField(label="Who are they?", choices=codes.GuestRole, widget=forms.RadioSelect)


class GuestsForm(ActionForm):
    """Whom the person wants there, asked before anybody is invited; then who is invited."""

    submit = "Save and invite"

    asked_on = DateField(label="On which day was the person asked whom they want there?", required=False)
    asked_how = forms.CharField(
        label="How were they asked?", required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="For example, with photos of everyone, together with their advocate.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"asked_on": self.row.asked_on, "asked_how": self.row.asked_how}
        self.guests = list(self.row.participants.all())
        for guest in self.guests:
            self.add(guest)

    def add(self, guest):
        key, name = f"guest-{guest.pk}", guest.name
        who = f"{name} ({guest.get_role_display()})"
        self.fields[f"{key}-wanted"] = forms.ChoiceField(
            label=f"{who}: wanted there?",
            choices=Participant.Wanted,
            widget=forms.RadioSelect,
            initial=guest.wanted,
        )
        self.fields[f"{key}-invite"] = forms.BooleanField(
            label=f"Invite {name}", required=False, initial=bool(guest.invited_on)
        )
        self.fields[f"{key}-why_differs"] = forms.CharField(
            label=f"If {name} is invited against the person’s wish, or left out although wanted: why?",
            required=False, max_length=300, initial=guest.why_differs,
        )  # fmt: skip
        self.fields[f"{key}-format"] = forms.ChoiceField(
            label=f"Format of {name}’s copy of the record", choices=codes.Format, initial=guest.format
        )

    def facts(self):
        typed = self.cleaned_data
        parts = ("wanted", "invite", "why_differs", "format")
        guests = {
            str(guest.pk): {part: typed[f"guest-{guest.pk}-{part}"] for part in parts}
            for guest in self.guests
        }
        return {"asked_on": typed["asked_on"], "asked_how": typed["asked_how"], "guests": guests}


class SectionForm(ActionForm):
    """One page of the review form, built from `sections.py`. Everything may be left for later."""

    submit = "Save and continue"

    def __init__(self, *args, section, asked, answers, last=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.section, self.asked, self.answers = section, asked, answers
        questions = () if sections.is_empty(section, asked) else section.questions
        self.needed = {question.name for question in questions if not question.optional}
        for question in questions:
            self.ask(question.name, question, last)
        for key, label in sections.rows_of(section, asked):
            self.ask_row(section.rows, key, label)
        if section.slug == "actions":
            self.ask_actions()
        if section.slug == "changes":
            self.ask_changes()
        self.initial |= {name: answers[name] for name in self.fields if answers.get(name)}

    def ask(self, name, question, last=None):
        self.fields[name] = made = field_for(question)
        before = getattr(last, name, "") if last else ""
        if before and question.kind != "date":
            made.last = sections.label_of(question, before)

    def ask_row(self, rows, key, label):
        single = rows.prefix == "attended"
        name = f"{rows.prefix}-{key}" if single else f"{rows.prefix}-{key}-rating"
        words = f"{label} {rows.label}" if single else label
        self.ask(name, sections.Question(name, words, "choice", "" if single else rows.label, rows.choices))
        if not single or key in self.asked.invited:
            self.needed.add(name)
        if rows.words:
            self.ask(f"{rows.prefix}-{key}-words", sections.Question("", rows.words))

    def blocks(self, prefix):
        """The numbers of the blocks that were filled in, and of some empty ones."""
        used = {
            int(name.split("-")[1])
            for name in self.answers
            if name.startswith(f"{prefix}-") and self.answers[name]
        }
        return range(1, max(used, default=0) + BLANK_ACTIONS + 1)

    def ask_changes(self):
        of = (("plan", "The care and support plan"), *self.asked.agreements)
        parts = (
            ("words", sections.Question("", "Change {}")),
            ("of", sections.Question("", "In what? (change {})", "choice", choices=of)),
            ("agreed", sections.Question("", "Who agreed it? (change {})", hint="The person first. For example, Anna and her sister.")),
        )  # fmt: skip
        for number in self.blocks("change"):
            for part, question in parts:
                made = replace(question, label=question.label.format(number))
                self.fields[f"change-{number}-{part}"] = field_for(made)

    def ask_actions(self):
        for number in self.blocks("action"):
            self.fields[f"action-{number}-words"] = field_for(sections.Question("", f"Action {number}"))
            self.fields[f"action-{number}-owner"] = field_for(
                sections.Question("", "Who sees to it?", "line", "For example, Priya Nair, or Anna herself.")
            )
            self.fields[f"action-{number}-by"] = field_for(sections.Question("", "By when?", "date"))

    def mark_needed(self):
        """Leave “optional” to what is: the page lets anything wait, closing the review does not."""
        for name, field in self.fields.items():
            field.required = name in self.needed

    def typed(self):
        """What stands on this page, as the draft keeps it: dates as ISO text."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in super().facts().items()
        }


def field_for(question):
    """The field of one question. Nothing is required: what is missing is said at the end, all at once."""
    facts = {"label": question.label, "help_text": question.hint, "required": False}
    if question.kind == "date":
        return DateField(**({**facts, "help_text": question.hint or "For example, 27 3 2027"}))
    if question.kind == "choice":
        choices = getattr(question.choices, "choices", question.choices)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts)
    if question.kind == "line":
        return forms.CharField(max_length=200, **facts)
    return forms.CharField(widget=forms.Textarea(LONG), max_length=8000, **facts)


class HoldForm(ActionForm):
    """The last step: what was typed page by page becomes the record."""

    submit = "Close the review and make the record"

    why_alike = forms.CharField(
        label="Why it is still right",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="What you looked at, and whom you asked.",
    )

    def __init__(self, *args, very_like, **kwargs):
        super().__init__(*args, **kwargs)
        if not very_like:
            del self.fields["why_alike"]


class SendForm(ActionForm):
    submit = "Send the record"


class InErrorForm(ActionForm):
    """This record should not be on this person's record."""

    submit = "Mark as entered in error"
    warning = True

    why = forms.CharField(label="Why", widget=forms.Textarea({"rows": 3}))


class RemarkForm(ActionForm):
    """What somebody who was there says is wrong with the record."""

    submit = "Put it beside the record"

    participant = forms.ModelChoiceField(queryset=None, label="Who says so?")
    words = forms.CharField(label="What is wrong, in their own words?", widget=forms.Textarea({"rows": 5}))

    def __init__(self, *arguments, speakers, **options):
        super().__init__(*arguments, **options)
        self.fields["participant"].queryset = speakers


class ArrivedForm(ActionForm):
    """What became of one copy of a record."""

    submit = "Save"

    arrived = forms.ChoiceField(
        label="What became of this copy?", choices=codes.Arrived.choices, widget=forms.RadioSelect
    )
    arrived_on = DateField(label="On which day?")
    arrived_words = forms.CharField(label="More about it", required=False, max_length=300)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["arrived_on"].initial = timezone.localdate


class DoneForm(ActionForm):
    submit = "It is done"

    done_on = DateField(label="On which day was it done?")


class GiveUpForm(ActionForm):
    submit = "It will not be done"
    warning = True

    gave_up_because = forms.CharField(
        label="Why will it not be done?", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
