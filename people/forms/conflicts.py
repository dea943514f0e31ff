"""What can be typed about conflicts of interest, and by a manager who reads about emergency access."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from people.models import Conflict, Membership, Person, User
from sharedlives.forms import ActionForm
from sharedlives.permissions import GRANTS, Permission


class ConflictForm(ActionForm):
    """Somebody is close to a person whose record we hold."""

    submit = "Close the record to them"
    warning = True

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label=None)
    reference = forms.CharField(
        label="Reference of the person’s record",
        max_length=12,
        help_text="Such as P-7KQ2MX. It stands on the person’s page and in mails. If you must not open the page, ask your manager for it.",
    )
    tie = forms.ChoiceField(label="What connects them", choices=Conflict.Tie, widget=forms.RadioSelect)
    words = forms.CharField(label="More about it", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = self.declares_for()

    def declares_for(self):
        """Oneself, and everybody who works where one manages."""
        found = Q(pk=self.user.pk)
        for membership in self.user.current_memberships():
            if Permission.TEAM_VIEW in GRANTS[membership.role]:
                there = Membership.objects.current(timezone.localdate()).filter(
                    organisation__path__startswith=membership.organisation.path
                )
                found |= Q(pk__in=there.values("user"), is_active=True)
        return User.objects.filter(found)

    def clean_reference(self):
        typed = self.cleaned_data["reference"].strip().upper()
        if not Person.objects.filter(reference=typed).exists():
            raise forms.ValidationError(f"No record has the reference {typed}. Copy it letter by letter.")
        return typed

    def facts(self):
        facts = super().facts()
        facts["person"] = Person.objects.get(reference=facts.pop("reference"))
        return facts


class EndConflictForm(ActionForm):
    """A conflict of interest that no longer holds."""

    submit = "Open the record to them again"

    because = forms.CharField(label="Why it no longer holds", max_length=200)


class ReadGrantForm(ActionForm):
    """A manager has read about an emergency access."""

    submit = "I have read this"
