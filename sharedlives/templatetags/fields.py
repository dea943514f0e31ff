"""What the form templates need to draw a field after the GOV.UK patterns (template pack `sharedlives`)."""

from django import forms, template
from django.utils.html import format_html_join

register = template.Library()

BASES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
)


@register.filter
def field_kind(field):
    """Which pattern draws this field: checkboxes, radios, checkbox, date, password or single."""
    widget = field.field.widget
    # CheckboxSelectMultiple is a subclass of RadioSelect, so it is asked first.
    kinds = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.MultiWidget, "date"),
        (forms.PasswordInput, "password"),
    )
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "single")


@register.filter
def counted(field):
    """The most characters a long text may have, where it has such a limit; the page then counts along."""
    return field.field.max_length if isinstance(field.field.widget, forms.Textarea) else None


@register.simple_tag
def widget(field, extra=""):
    """The input itself, with the pattern's classes and the ids of its hint, its counter and its error."""
    own = field.field.widget
    base = next((css for cls, css in BASES if isinstance(own, cls)), "govuk-input")
    css = [base, extra, own.attrs.get("class", "")]
    if isinstance(own, forms.NumberInput) and "width" not in css[2]:
        css.append("govuk-input--width-5")
    if field.errors:
        css.append(f"{base}--error")
    attrs = {}
    if counted(field):
        css.append("govuk-js-character-count")
        described = [field.aria_describedby or "", f"{field.auto_id}-info"]
        attrs["aria-describedby"] = " ".join(filter(None, described))
    attrs["class"] = " ".join(filter(None, css))
    return field.as_widget(attrs=attrs)


@register.simple_tag
def boxes(field):
    """The boxes of a date, marked when something is wrong with it."""
    return field.as_widget(attrs={"class": "govuk-input--error"} if field.errors else {})


@register.filter
def options(field):
    """The options of radios or checkboxes.

    The first one carries the field's own id, so that a link of the error summary lands on it. A field may
    have `hints`, {value: words}, shown under its options.
    """
    hints = getattr(field.field, "hints", {})
    for number, option in enumerate(field.subwidgets):
        data = option.data
        own_id = field.auto_id if number == 0 else f"{field.auto_id}-{number + 1}"
        hint = hints.get(str(data["value"])) or hints.get(data["value"])
        disabled = data["attrs"].get("disabled", False)
        yield {
            "id": own_id,
            "name": data["name"],
            "value": data["value"],
            "label": option.choice_label,
            "checked": data["selected"],
            "hint": hint,
            "disabled": disabled,
        }


@register.filter
def mistakes(field):
    """What is wrong with a field, in words that stand alone: the error summary shows them without the field.

    Django's own "This field is required" names nothing; a form may say it better in `error_messages`.
    """
    return [in_words(field, error, said) for error in field.errors.as_data() for said in error]


def in_words(field, error, said):
    kind = field_kind(field)
    if error.code == "required" and said == str(forms.Field.default_error_messages["required"]):
        return f"{NEEDED.get(kind, 'Fill in')} “{field.label}”."
    return f"{field.label}: {said}" if kind == "date" else said


NEEDED = {"checkboxes": "Choose at least one of", "radios": "Choose an answer to", "checkbox": "Please tick"}


@register.simple_tag
def left_hidden(form):
    """The hidden fields a layout did not name: the one-time key and the version always travel."""
    done = getattr(form, "rendered_fields", set())
    return format_html_join("", "{}", ((field,) for field in form.hidden_fields() if field.name not in done))


@register.inclusion_tag("sharedlives/error_summary.html")
def error_summary(form):
    """What is wrong with a form, each line a link that moves the focus to its field."""
    visible = form.visible_fields()
    first = target(visible[0]) if visible else ""
    found = [(first, error) for error in form.non_field_errors()]
    for field in visible:
        found += [(target(field), error) for error in mistakes(field)]
    for field in form.hidden_fields():
        found += [(first, error) for error in field.errors]
    return {"found": found}


def target(field):
    """The id of the element that takes the focus for a field: of a date its first box."""
    return f"{field.auto_id}_0" if field_kind(field) == "date" else field.auto_id
