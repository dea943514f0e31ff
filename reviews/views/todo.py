"""What was agreed at reviews: mine, and what became of each."""

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from people.access import can, row_or_404
from reviews import actions, forms
from reviews.deadlines import actions_of
from reviews.models import ReviewAction
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
COLUMNS = (
    Column("words", "What was agreed", value="words", link=lambda row: row.get_absolute_url()),
    Column("person", "Person", order_by="person__sort_name", value="person.known_as"),
    Column("owner", "Who sees to it", order_by="owner_name", value="owner_name"),
    Column("due", "By", order_by="due_on", value="due_on"),
)


@require(Permission.REVIEW_VIEW)
@require_GET
def my_actions(request):
    """What I promised, and what I must see done for my people: open, soonest first."""
    return list_page(
        request, actions_of(request.user), columns=COLUMNS, title="My actions from reviews", export_name="actions",
        person="person_id", noun=("action", "actions"), template="reviews/my_actions.html",
        empty="Nothing that was agreed at a review waits for you.",
    )  # fmt: skip


def action_or_404(request, pk):
    rows = ReviewAction.objects.visible_to(request.user).select_related("person", "review", "owner")
    return row_or_404(request, rows, pk, Permission.REVIEW_VIEW)


def may_finish(request, row):
    """Whoever owns it, and those who arrange the person's reviews."""
    return row.is_open and (
        row.owner_id == request.user.pk or can(request.user, Permission.REVIEW_ARRANGE, row.person)
    )


@require(Permission.REVIEW_VIEW)
@require_http_methods(BOTH)
def action(request, pk):
    """One action; its owner says when it was done."""
    row = action_or_404(request, pk)
    context = {"promise": row, "person": row.person, "may_finish": may_finish(request, row)}
    if not context["may_finish"]:
        return render(request, "reviews/action.html", context)
    form = forms.DoneForm(request.POST or None, user=request.user, row=row)

    def done(done_on):
        return actions.finish_action(action=row, done_on=done_on, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=done, template="reviews/action.html", done="Marked as done.", **context
    )


@require(Permission.REVIEW_VIEW)
@require_http_methods(BOTH)
def give_up(request, pk):
    row = action_or_404(request, pk)
    context = {"promise": row, "person": row.person, "may_finish": may_finish(request, row)}
    if not context["may_finish"]:
        return render(request, "reviews/action.html", context)
    form = forms.GiveUpForm(request.POST or None, user=request.user, row=row)

    def give(gave_up_because):
        facts = {"by": request.user, "version": form.opened_on()}
        return actions.give_up_action(action=row, gave_up_because=gave_up_because, **facts)

    return form_page(
        request,
        form=form,
        action=give,
        template="reviews/give_up.html",
        done="Recorded, with the reason.",
        **context,
    )
