"""Case models of this floor by reference, state and dates only."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin

from .models import (
    Assessment,
    CarePlan,
    EnteredInError,
    PersonalBudget,
    PlanShare,
    SignOff,
    Supersession,
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
