"""The small parts pages are built of: states, lists, notices, dates in words. Each draws one GOV.UK pattern."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# How a state feels to the reader. The word always stands in the tag: colour is never alone.
TONES = {
    "green": "active current approved signed met held complete completed done acknowledged accepted agreed ready"
    " linked sent answered fits yes free available ok closed_ok valid started",
    "blue": "open booked planned scheduled proposed invited referred probationary new in_progress draft matching",
    "yellow": "due soon due_soon waiting possible awaiting_sign_off awaiting not_known pending expires_soon held_claim"
    " met_late deferred",
    "red": "late overdue missed missing refused failed expired out_of_rule found emergency bounced lapsed no stopped",
    "grey": "void skipped superseded not_needed not_asked unknown none",
    "ended": "ended closed withdrawn declined released cancelled past inactive",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}


@register.simple_tag
def tag(state, label="", tone=""):
    """A state as a coloured tag. `state` is a code or a member of TextChoices; `label` its words if they differ.

    `tone` (green, blue, yellow, red, grey, ended, own) overrides the colour that goes with the state.
    """
    if state in (None, ""):
        return ""
    code = str(getattr(state, "value", state))
    words = (
        (label if label != code else "") or getattr(state, "label", "") or code.replace("_", " ").capitalize()
    )
    tone = tone or TONE_OF.get(code.lower().replace(" ", "_"), "grey")
    css = f"app-tag--{tone}" if tone in ("ended", "own") else f"govuk-tag--{tone}"
    return format_html('<strong class="govuk-tag {}">{}</strong>', css, words)


# -- Dates in words -----------------------------------------------------------------------------


@register.filter
def words_date(value):
    """A day as *12 March 2027*, a moment as *12 March 2027 at 2:05pm*; nothing for no date."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        hour = local.strftime("%I:%M").lstrip("0") + local.strftime("%p").lower()
        return f"{date_format(local.date(), 'j F Y')} at {hour}"
    return date_format(value, "j F Y")


@register.filter
def days_late(due, today=None):
    """How a due date stands to today in words: *3 days late*, *due today*, *due in 5 days*."""
    if not due:
        return ""
    if isinstance(due, datetime.datetime):
        due = timezone.localtime(due).date()
    days = (due - (today or timezone.localdate())).days
    if days < 0:
        return f"{counted_days(-days)} late"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {counted_days(days)}"


def counted_days(number):
    return "1 day" if number == 1 else f"{number:,} days"


@register.filter
def holding(rows):
    """The rows that hold today: `until` is the first day on which one no longer does."""
    today = timezone.localdate()
    return [row for row in rows if row.until is None or row.until > today]


@register.filter
def asked_longest_ago(rows):
    """The day on which the row that was asked about longest ago was last asked about."""
    return min(row.asked_on for row in rows)


# -- People ---------------------------------------------------------------------------------------


@register.simple_tag
def person_link(person):
    """A person by the name they prefer, leading to their page."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', person.get_absolute_url(), str(person))


NOT_RECORDED = SafeString('<span class="app-not-recorded">Not recorded</span>')

# -- Lists of facts and of tasks --------------------------------------------------------------------


@register.simple_block_tag
def summary(content):
    """A list of facts: `{% summary %}{% row "Born" %}…{% endrow %}{% endsummary %}`."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.simple_block_tag
def row(content, key, url="", action="Change"):
    """One fact. Nothing in it shows as *Not recorded*; with `url` a link to change it stands beside it."""
    value = content if content.strip() else NOT_RECORDED
    link = ""
    if url:
        link = format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            url,
            action,
            str(key).lower(),
        )
    bare = "" if url else " govuk-summary-list__row--no-actions"
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        bare,
        key,
        value,
        link,
    )


@register.simple_block_tag
def tasks(content):
    """A list of things to do: `{% tasks %}{% task "Sign the plan" "done" url=… %}{% endtasks %}`."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@register.simple_tag
def task(label, state, words="", url="", hint=""):
    """One thing to do and how it stands. `words` are what the tag says; a link only where there is a page."""
    own_id = "task-" + "".join(c if c.isalnum() else "-" for c in str(label).lower())
    hinted = (
        format_html('<div id="{}-hint" class="govuk-task-list__hint">{}</div>', own_id, hint) if hint else ""
    )
    described = f"{own_id}-hint {own_id}-status" if hint else f"{own_id}-status"
    name = (
        format_html(
            '<a class="govuk-link govuk-task-list__link" href="{}" aria-describedby="{}">{}</a>',
            url,
            described,
            label,
        )
        if url
        else format_html("<div>{}</div>", label)
    )
    return format_html(
        '<li class="govuk-task-list__item{}"><div class="govuk-task-list__name-and-hint">{}{}</div>'
        '<div class="govuk-task-list__status" id="{}-status">{}</div></li>',
        " govuk-task-list__item--with-link" if url else "",
        name,
        hinted,
        own_id,
        tag(state, words),
    )


# -- Notices ---------------------------------------------------------------------------------------


@register.simple_block_tag
def inset(content):
    """Words set apart from the text round them."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content):
    """What has consequences if it is overlooked."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        content,
    )


@register.simple_block_tag
def details(content, title):
    """More for those who want it; opens without a script."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        title,
        content,
    )


@register.simple_block_tag
def empty(content, what):
    """Nothing here yet: `what` says what would be here, the content what to do about it."""
    next_step = format_html("<p>{}</p>", content) if content.strip() else ""
    return format_html('<div class="app-empty"><p class="app-empty__what">{}</p>{}</div>', what, next_step)


@register.simple_block_tag
def tile(content, label, number, url="", tone=""):
    """A number, linked to the rows it counted; the content is a short remark. `tone` is late or soon."""
    name = (
        format_html('<a class="govuk-link app-tile__label" href="{}">{}</a>', url, label)
        if url
        else format_html('<span class="app-tile__label">{}</span>', label)
    )
    hint = format_html('<span class="app-tile__hint">{}</span>', content) if content.strip() else ""
    return format_html(
        '<li class="app-tile{}"><span class="app-tile__number">{}</span>{}{}</li>',
        f" app-tile--{tone}" if tone else "",
        number,
        name,
        hint,
    )


@register.simple_block_tag
def tiles(content):
    """`{% tiles %}{% tile "Reviews late" 6 url=… tone="late" %}{% endtile %}{% endtiles %}`."""
    return format_html('<ul class="app-tiles">{}</ul>', content)


# -- Ways about ------------------------------------------------------------------------------------


@register.simple_tag
def breadcrumbs(*pairs):
    """Where this page is: `{% breadcrumbs "People" people_url "Ahmad" person_url %}`, outermost first."""
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        ((url, label) for label, url in zip(pairs[::2], pairs[1::2], strict=True)),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="Breadcrumb"><ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )


@register.simple_tag
def back(url, label="Back"):
    """A link back, in a landmark of its own."""
    return format_html(
        '<nav class="app-back" aria-label="Back"><a class="govuk-back-link" href="{}">{}</a></nav>',
        url,
        label,
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, name="page"):
    """Links to the other pages of a list, keeping its filters and its order. Draws nothing for one page."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    kept = query.urlencode()
    return {"page": page, "start": f"?{kept}&{name}=" if kept else f"?{name}=", "numbers": elided}


@register.simple_block_tag
def tabs(content, *pairs):
    """Tabs: `{% tabs "Now" "now" "Past" "past" %}` round one `<section class="govuk-tabs__panel" id="now">` each.

    Without a script they are a list of contents and headed sections.
    """
    links = format_html_join(
        "",
        '<li class="govuk-tabs__list-item{}"><a class="govuk-tabs__tab" href="#{}">{}</a></li>',
        (
            ("" if number else " govuk-tabs__list-item--selected", own_id, label)
            for number, (label, own_id) in enumerate(zip(pairs[::2], pairs[1::2], strict=True))
        ),
    )
    return format_html(
        '<div class="govuk-tabs" data-module="govuk-tabs"><h2 class="govuk-tabs__title">Contents</h2>'
        '<ul class="govuk-tabs__list">{}</ul>{}</div>',
        links,
        content,
    )
