"""Case models of this floor by reference, state and dates only; clocks and scales to be set.

Concerns, complaints and the duty of candour are not here at all: whom one is about must not meet it by its date,
nor by a count.
"""

from django.contrib import admin

from sharedlives.admin import CaseAdmin, PolicyAdmin, SetUpAdmin

from .models import (
    ChangeNoticed,
    ConcernLink,
    ForeseenNeed,
    Incident,
    IncidentPerson,
    LookAgain,
    ResponsibilityAgreement,
    Risk,
    RiskAssessment,
    RiskCheck,
    RiskControl,
    RiskCopy,
    RiskEnteredInError,
    RiskPolicy,
    RiskScale,
    RiskSupersession,
)


@admin.register(RiskAssessment)
class RiskAssessmentAdmin(CaseAdmin):
    list_filter = ["state", "nothing_changed"]
    date_hierarchy = "drafted_on"
    list_select_related = ["organisation"]


@admin.register(Risk)
class RiskAdmin(CaseAdmin):
    list_filter = ["kind", "responsible"]
    date_hierarchy = "next_review_on"
    list_select_related = ["assessment"]


@admin.register(RiskSupersession)
class RiskSupersessionAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["old", "new"]


@admin.register(RiskEnteredInError)
class RiskEnteredInErrorAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["assessment"]


@admin.register(ResponsibilityAgreement)
class ResponsibilityAgreementAdmin(CaseAdmin):
    list_filter = ["scheme"]
    date_hierarchy = "begun_on"
    list_select_related = ["scheme", "team"]


@admin.register(Incident)
class IncidentAdmin(CaseAdmin):
    list_filter = ["is_emergency", "cqc_notifiable"]
    date_hierarchy = "happened_on"
    list_select_related = ["organisation"]


@admin.register(IncidentPerson)
class IncidentPersonAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["incident", "organisation"]


@admin.register(ConcernLink)
class ConcernLinkAdmin(CaseAdmin):
    list_filter = ["made_for"]
    date_hierarchy = "made_at"
    list_select_related = ["council", "organisation"]


@admin.register(ChangeNoticed)
class ChangeNoticedAdmin(CaseAdmin):
    date_hierarchy = "noticed_on"
    list_select_related = ["organisation"]


@admin.register(ForeseenNeed)
class ForeseenNeedAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["organisation"]


@admin.register(RiskCheck)
class RiskCheckAdmin(CaseAdmin):
    date_hierarchy = "checked_on"
    list_select_related = ["assessment", "organisation"]


@admin.register(LookAgain)
class LookAgainAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["assessment", "incident", "organisation"]


@admin.register(RiskControl)
class RiskControlAdmin(CaseAdmin):
    list_filter = ["responsible"]
    list_select_related = ["risk"]


@admin.register(RiskCopy)
class RiskCopyAdmin(CaseAdmin):
    list_filter = ["reader"]
    date_hierarchy = "sent_on"
    list_select_related = ["assessment", "organisation", "scheme"]


@admin.register(RiskPolicy)
class RiskPolicyAdmin(PolicyAdmin):
    list_display = ["__str__", "concern_days", "change_days", "complaint_days", "duty_team"]
    list_filter = ["council"]
    search_fields = ["council__name", "duty_team__name"]
    list_select_related = ["council", "duty_team"]


@admin.register(RiskScale)
class RiskScaleAdmin(SetUpAdmin):
    list_display = ["__str__", "likelihood", "impact"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    list_select_related = ["council"]
