"""Forms that carry out actions: a one-time key, a version, and refusals beside what was typed."""

import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .records.typed import new_key
from .rules import RuleBroken, Stale

LONG = {"rows": 5}


class DateWidget(forms.MultiWidget):
    """Three boxes: day, month, year. People know birthdays by heart, not by calendar."""

    template_name = "sharedlives/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        boxes = [forms.TextInput({"inputmode": "numeric"}) for _box in range(3)]
        super().__init__(boxes, attrs)

    def decompress(self, value):
        if isinstance(value, str):
            value = datetime.date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A date typed as day, month, year; says which part is missing or impossible."""

    widget = DateWidget
    MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

    def __init__(self, **kwargs):
        parts = [forms.CharField(required=False) for _part in range(3)]
        kwargs.setdefault("help_text", _("For example, 27 3 2027"))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value):
        parts = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(parts):
            if self.required:
                raise ValidationError(_("Enter a date: day, month and year."), code="required")
            return None
        names = (_("day"), _("month"), _("year"))
        missing = [str(name) for name, part in zip(names, parts, strict=True) if not part]
        if missing:
            raise ValidationError(
                _("The date must include a %(missing)s.") % {"missing": " and a ".join(missing)}
            )
        return self.as_date(parts)

    def as_date(self, parts):
        day, month, year = parts
        if month[:3].lower() in self.MONTHS:
            month = self.MONTHS.index(month[:3].lower()) + 1
        try:
            if len(year) != 4:
                raise ValueError
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(
                _(
                    "“%(typed)s” is not a date in the calendar. Check the day, the month and the four-figure year."
                )
                % {"typed": " ".join(map(str, parts))}
            ) from None

    def compress(self, values):
        return None


class ActionForm(forms.Form):
    """A form whose saving is an action.

    `user` signs the one-time key; `version` is the version of the row that the form was opened on. Subclasses
    set `submit` (the button's words) and may set `warning = True` for what cannot be undone.
    """

    submit = _("Save")
    warning = False

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    form_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.row = user, row
        self.fields["form_key"].initial = new_key(user)
        if row is not None:
            self.fields["form_version"].initial = row.version
        self.helper = FormHelper()
        css = "govuk-button govuk-button--warning" if self.warning else "govuk-button"
        self.helper.add_input(Submit("submit", self.submit, css_class=css))

    def facts(self):
        """What was typed, without the form's own machinery: the keyword arguments of the action."""
        own = {"form_key", "form_version"}
        return {k: v for k, v in self.cleaned_data.items() if k not in own}

    def opened_on(self):
        """The version of the row that this form was opened on, or None."""
        return self.cleaned_data.get("form_version")

    def refuse(self, broken):
        """Show a refusal: beside its field where this form has that field, else above the form."""
        fields = getattr(broken, "error_dict", None)
        if fields and not set(fields) <= set(self.fields):
            broken = RuleBroken([e for errors in fields.values() for e in errors])
        if isinstance(broken, Stale) and self.row is not None:
            self.take_newer_version()
        self.add_error(None, broken)

    def take_newer_version(self):
        """The other person's change stands above the form now: sending it again, checked, saves it."""
        rows = type(self.row)._default_manager.filter(pk=self.row.pk)
        self.data = self.data.copy()
        self.data[self.add_prefix("form_version")] = rows.values_list("version", flat=True).get()
