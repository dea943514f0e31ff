"""Courses and what else is asked are the administrator's. Homes, stays and carers show by reference, state and dates; approval decisions do not show."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin, SetUpAdmin

from .models import (
    Applicant,
    Application,
    Approval,
    ApprovalCondition,
    Availability,
    Carer,
    CarerCopy,
    Closure,
    Household,
    HouseholdMember,
    HouseholdScheme,
    KeptApart,
    NeedMet,
    PanelDecision,
    PanelMeeting,
    PlaceLimit,
    PlanB,
    Requirement,
    RequirementKind,
    StageReached,
    Stay,
    Suspension,
    Training,
    TrainingCourse,
)


@admin.register(TrainingCourse)
class TrainingCourseAdmin(SetUpAdmin):
    list_display = ["name", "refresh_months", "mandatory", "for_emergencies"]
    list_filter = ["mandatory", "for_emergencies"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(RequirementKind)
class RequirementKindAdmin(SetUpAdmin):
    list_display = ["name", "about", "months", "blocks", "before_panel", "is_check"]
    list_filter = ["about", "blocks"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Carer)
class CarerAdmin(CaseAdmin):
    search_fields = ["=reference"]


@admin.register(Stay)
class StayAdmin(CaseAdmin):
    list_filter = ["state", "claim"]


@admin.register(
    Applicant, Application, Approval, ApprovalCondition, Availability, CarerCopy, Closure, Household, HouseholdMember,
    HouseholdScheme, KeptApart, NeedMet, PanelDecision, PanelMeeting, PlaceLimit, PlanB, Requirement, StageReached,
    Suspension, Training,
)  # fmt: skip
class OtherCaseAdmin(CaseAdmin):
    pass
