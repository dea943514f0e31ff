"""Case models of this floor by reference, state and dates only."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin, PolicyAdmin, SetUpAdmin

from .models import (
    AgreementEnteredInError,
    AgreementFee,
    AgreementRequirement,
    AgreementSignature,
    AgreementSupersession,
    AnswerOwed,
    Away,
    Booking,
    BreaksPolicy,
    ChargesLook,
    FeeBand,
    GateAnswer,
    Introduction,
    Match,
    MatchingPolicy,
    MonitoringNote,
    MonitoringPolicy,
    MonitoringVisit,
    OwedAfterDeath,
    OwedAfterEmergency,
    Placement,
    PlacementAgreement,
    Referral,
    ReferralInformation,
    ReferralScheme,
    ToSettle,
    VisitOwed,
)


@admin.register(Referral)
class ReferralAdmin(CaseAdmin):
    list_filter = ["state", "urgency", "closed_reason"]
    search_fields = ["reference"]
    date_hierarchy = "sent_on"
    list_select_related = ["organisation"]


@admin.register(ReferralInformation)
class ReferralInformationAdmin(CaseAdmin):
    list_filter = ["item", "given"]
    list_select_related = ["referral"]


@admin.register(ReferralScheme)
class ReferralSchemeAdmin(CaseAdmin):
    list_filter = ["answer", "reason"]
    date_hierarchy = "sent_on"
    list_select_related = ["referral", "scheme"]


@admin.register(Match)
class MatchAdmin(CaseAdmin):
    list_filter = ["state", "kind"]
    date_hierarchy = "proposed_on"
    list_select_related = ["referral", "scheme", "household"]


@admin.register(Placement)
class PlacementAdmin(CaseAdmin):
    list_filter = ["state", "kind", "route", "out_of_rule", "end_reason"]
    search_fields = ["reference"]
    date_hierarchy = "starts_on"
    list_select_related = ["scheme", "funding_team", "match", "household"]


@admin.register(Away)
class AwayAdmin(CaseAdmin):
    date_hierarchy = "since"
    list_select_related = ["placement"]


@admin.register(Booking)
class BookingAdmin(CaseAdmin):
    list_select_related = ["placement", "stay"]


@admin.register(GateAnswer)
class GateAnswerAdmin(CaseAdmin):
    list_filter = ["gate", "passed"]
    date_hierarchy = "at"
    list_select_related = ["placement"]


@admin.register(OwedAfterEmergency)
class OwedAfterEmergencyAdmin(CaseAdmin):
    list_filter = ["what", "organisation"]
    date_hierarchy = "due_on"
    list_select_related = ["placement", "organisation"]


@admin.register(PlacementAgreement)
class PlacementAgreementAdmin(CaseAdmin):
    list_filter = ["state"]
    date_hierarchy = "signed_on"
    list_select_related = ["placement", "organisation"]


@admin.register(AgreementRequirement)
class AgreementRequirementAdmin(CaseAdmin):
    list_filter = ["responsible"]
    list_select_related = ["agreement__placement"]


@admin.register(AgreementSignature)
class AgreementSignatureAdmin(CaseAdmin):
    list_filter = ["party"]
    date_hierarchy = "on"
    list_select_related = ["agreement__placement"]


@admin.register(AgreementSupersession)
class AgreementSupersessionAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["old__placement", "new__placement"]


@admin.register(AgreementEnteredInError)
class AgreementEnteredInErrorAdmin(CaseAdmin):
    date_hierarchy = "on"
    list_select_related = ["agreement__placement"]


@admin.register(OwedAfterDeath)
class OwedAfterDeathAdmin(CaseAdmin):
    list_filter = ["what"]
    date_hierarchy = "due_on"
    list_select_related = ["placement", "organisation"]


@admin.register(Introduction)
class IntroductionAdmin(CaseAdmin):
    list_filter = ["kind"]
    date_hierarchy = "on"
    list_select_related = ["match__referral", "match__scheme"]


@admin.register(MatchingPolicy)
class MatchingPolicyAdmin(PolicyAdmin):
    list_display = ["__str__", "introductions", "scheme_days", "person_days", "carer_days"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    list_select_related = ["council"]


@admin.register(AnswerOwed)
class AnswerOwedAdmin(CaseAdmin):
    list_filter = ["side"]
    date_hierarchy = "due_on"
    list_select_related = ["referral", "match__referral", "organisation"]


@admin.register(ToSettle)
class ToSettleAdmin(CaseAdmin):
    list_filter = ["why", "outcome"]
    date_hierarchy = "due_on"
    list_select_related = ["placement", "organisation"]


@admin.register(BreaksPolicy)
class BreaksPolicyAdmin(PolicyAdmin):
    list_display = ["__str__", "nights_a_year", "weeks_without"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    list_select_related = ["council"]


@admin.register(MonitoringPolicy)
class MonitoringPolicyAdmin(PolicyAdmin):
    list_display = ["__str__", "months", "every_days", "then_days"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    list_select_related = ["council"]


@admin.register(MonitoringVisit)
class MonitoringVisitAdmin(CaseAdmin):
    date_hierarchy = "visited_on"
    list_select_related = ["organisation"]


@admin.register(MonitoringNote)
class MonitoringNoteAdmin(CaseAdmin):
    list_select_related = ["visit", "placement"]


@admin.register(VisitOwed)
class VisitOwedAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["placement", "organisation"]


@admin.register(FeeBand)
class FeeBandAdmin(SetUpAdmin):
    list_display = ["organisation", "what", "name", "pounds", "since", "until"]
    list_filter = ["organisation", "what"]
    search_fields = ["organisation__name", "name"]
    list_select_related = ["organisation"]


@admin.register(AgreementFee)
class AgreementFeeAdmin(CaseAdmin):
    list_filter = ["what", "payer"]
    list_select_related = ["agreement__placement"]


@admin.register(ChargesLook)
class ChargesLookAdmin(CaseAdmin):
    date_hierarchy = "due_on"
    list_select_related = ["placement", "organisation"]
