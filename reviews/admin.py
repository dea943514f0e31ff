"""Review policies for administrators, with a look at what a change moves; reviews by reference only."""

from django.contrib import admin
from django.utils import timezone

from sharedlives.admin import CaseAdmin, Moved, PreviewedPolicyAdmin

from . import actions
from .models import (
    RecordEnteredInError,
    RecordOwed,
    RecordRemark,
    Review,
    ReviewAction,
    ReviewDue,
    ReviewPolicy,
    ReviewWanted,
)

SHOWN = 20  # examples on the page before a policy is saved; the count is of all


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(PreviewedPolicyAdmin):
    """Versions are added, never edited once in force: what was promised stays known.

    Before a version is saved a page says how many due dates it changes; only the answer to that page saves.
    """

    list_display = [
        "__str__",
        "first_review_days",
        "interval_months",
        "window_days",
        "record_days",
        "wanted_days",
        "answer_days",
        "standing",
    ]
    list_filter = ["council"]
    search_fields = ["council__name"]
    date_hierarchy = "in_force_from"

    @admin.display(description="how it stands")
    def standing(self, policy):
        today = timezone.localdate()
        if policy.in_force_from > today:
            return "Comes into force"
        newest = ReviewPolicy.objects.filter(council=policy.council, in_force_from__lte=today)
        return "In force" if newest.latest("in_force_from") == policy else "Replaced"

    def has_change_permission(self, request, obj=None):
        in_force = obj is not None and obj.in_force_from <= timezone.localdate()
        return super().has_change_permission(request, obj) and not in_force

    def moves(self, policy):
        moves, today = actions.preview(policy), timezone.localdate()
        first = [Moved(m.due.person.reference, m.due.organisation, m.due.due_on, m.to) for m in moves[:SHOWN]]
        return first, len(moves), sum(move.to < today <= move.due.due_on for move in moves)

    def set_policy(self, policy, by):
        return actions.set_policy(policy=policy, by=by)


admin.site.register(
    [ReviewDue, Review, ReviewAction, RecordOwed, RecordEnteredInError, RecordRemark], CaseAdmin
)


@admin.register(ReviewWanted)
class ReviewWantedAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["organisation", "change", "review", "taken_by"]
