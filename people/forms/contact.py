"""What can be typed about contacts: a note in under half a minute."""

from datetime import datetime, time

from django import forms
from django.utils import timezone

from people.models import ContactNote
from sharedlives.forms import ActionForm, DateField
from sharedlives.permissions import Permission, has_permission


class QuickNoteForm(ActionForm):
    """One box and a tick; the rest is filled in already."""

    submit = "Save the note"

    words = forms.CharField(label="What happened", widget=forms.Textarea({"rows": 4}))
    saw_person = forms.BooleanField(label="I saw the person", required=False)
    how = forms.ChoiceField(label="How", choices=ContactNote.How, initial=ContactNote.How.VISIT)
    where = forms.ChoiceField(label="Where", choices=ContactNote.Where, required=False)
    happened_on = DateField(label="When", initial=timezone.localdate)
    risk_still_right = forms.BooleanField(label="The risk assessment is still right", required=False)
    wish = forms.CharField(
        label="If the person wished for something: what", required=False, widget=forms.Textarea({"rows": 2}),
        help_text="It is kept as a wish. You see to it, or pass it on from the person’s page.",
    )  # fmt: skip
    no_contact_because = forms.ChoiceField(
        label="If no contact was possible: why", choices=ContactNote.Why, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_permission(self.user, Permission.RISK_WRITE):
            del self.fields["risk_still_right"]
        if not has_permission(self.user, Permission.WISH_WRITE):
            del self.fields["wish"]

    def facts(self):
        """As the action wants it: a note of today happened now, one of an earlier day at noon."""
        facts = super().facts()
        day = facts.pop("happened_on")
        now = timezone.now()
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        return facts | {"happened_at": now if day == timezone.localdate(now) else noon}
