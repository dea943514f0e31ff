"""Case models of this floor by reference, state and dates only."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin

from .models import (
    Incident,
    IncidentPerson,
    ResponsibilityAgreement,
    Risk,
    RiskAssessment,
    RiskEnteredInError,
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
