"""Case models of this floor by reference, state and dates only."""

from django.contrib import admin
from django.utils import timezone

from sharedlives.admin import CaseAdmin, PolicyAdmin

from .models import (
    Assessment,
    AssessmentPart,
    CarePlan,
    EnteredInError,
    PersonalBudget,
    PlanPolicy,
    PlanShare,
    Reassessment,
    Service,
    ShareOwed,
    SignOff,
    Supersession,
    SupportPlan,
    SupportStep,
    Wish,
)


@admin.register(Assessment)
class AssessmentAdmin(CaseAdmin):
    list_filter = ["state", "kind"]
    date_hierarchy = "done_on"
    list_select_related = ["organisation"]


@admin.register(CarePlan)
class CarePlanAdmin(CaseAdmin):
    list_filter = ["state"]
    date_hierarchy = "drafted_on"
    list_select_related = ["organisation"]


@admin.register(PersonalBudget)
class PersonalBudgetAdmin(CaseAdmin):
    date_hierarchy = "since"
    list_select_related = ["organisation"]


@admin.register(PlanShare)
class PlanShareAdmin(CaseAdmin):
    list_filter = ["scheme"]
    date_hierarchy = "shared_on"
    list_select_related = ["plan", "scheme"]


@admin.register(SignOff)
class SignOffAdmin(CaseAdmin):
    list_filter = ["capacity", "how"]
    date_hierarchy = "on"
    list_select_related = ["plan"]


@admin.register(Supersession)
class SupersessionAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["old", "new"]


@admin.register(EnteredInError)
class EnteredInErrorAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["plan"]


@admin.register(PlanPolicy)
class PlanPolicyAdmin(PolicyAdmin):
    """Versions are added, never edited once in force: what was promised stays known."""

    list_display = [
        "__str__",
        "months_up_to_date",
        "manager_signs",
        "wish_days",
        "reassess_days",
        "hours_alone",
    ]
    list_filter = ["council"]
    search_fields = ["council__name"]
    date_hierarchy = "in_force_from"

    def has_change_permission(self, request, obj=None):
        in_force = obj is not None and obj.in_force_from <= timezone.localdate()
        return super().has_change_permission(request, obj) and not in_force


admin.site.register(
    [AssessmentPart, Service, ShareOwed, Wish, Reassessment, SupportPlan, SupportStep], CaseAdmin
)
