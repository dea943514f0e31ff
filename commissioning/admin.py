"""Limits of disclosure for administrators; snapshots and needs by reference only."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin, SetUpAdmin

from .models import AvailabilitySnapshot, DisclosureLimit, UnmetNeed


@admin.register(DisclosureLimit)
class DisclosureLimitAdmin(SetUpAdmin):
    list_display = ["council", "withhold_up_to", "nearest"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    autocomplete_fields = ["council"]


admin.site.register(AvailabilitySnapshot, CaseAdmin)
admin.site.register(UnmetNeed, CaseAdmin)
