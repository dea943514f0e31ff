"""Review policies for administrators, with a look at what a change moves; reviews by reference only."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils import timezone

from sharedlives.admin import CaseAdmin, SetUpAdmin

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
class ReviewPolicyAdmin(SetUpAdmin):
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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show what a valid version would move, and save only when that was seen and confirmed."""
        if request.method == "POST" and "_confirmed" not in request.POST:
            policy = self.asked_for(request, object_id)
            if policy is not None:
                return self.preview(request, policy)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def asked_for(self, request, object_id):
        """The version as typed, not saved; None where the form has faults, which the ordinary page then shows."""
        row = self.get_object(request, object_id) if object_id else None
        allowed = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        form = self.get_form(request, row, change=bool(row))(request.POST, instance=row)
        return form.instance if allowed and form.is_valid() else None

    def preview(self, request, policy):
        moves = actions.preview(policy)
        today = timezone.localdate()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Before this policy is saved",
            "policy": policy,
            "moves": moves[:SHOWN],
            "count": len(moves),
            "overdue": sum(move.to < today <= move.due.due_on for move in moves),
            "typed": [
                (k, v) for k in request.POST for v in request.POST.getlist(k) if k != "csrfmiddlewaretoken"
            ],
        }
        return TemplateResponse(request, "reviews/admin_preview.html", context)

    def save_model(self, request, obj, form, change):
        try:
            moved = actions.set_policy(policy=obj, by=request.user)
        except ValidationError as refused:  # somebody saved the same day meanwhile
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
            return
        self.message_user(request, f"{moved} due dates changed.", messages.INFO)


admin.site.register(
    [ReviewDue, Review, ReviewAction, RecordOwed, RecordEnteredInError, RecordRemark], CaseAdmin
)


@admin.register(ReviewWanted)
class ReviewWantedAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["organisation", "change", "review", "taken_by"]
