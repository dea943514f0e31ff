"""Sources of lists for administrators; lists, links and flags by reference only."""

from django.contrib import admin

from sharedlives.admin import CaseAdmin, SetUpAdmin

from .models import Flag, LinkDecision, NotSamePerson, Roster, RosterRow, RosterSource


@admin.register(RosterSource)
class RosterSourceAdmin(SetUpAdmin):
    list_display = ["name", "organisation", "council", "kind", "agreement_until"]
    list_filter = ["kind", "council"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["organisation", "council"]


for model in (Roster, RosterRow, LinkDecision, NotSamePerson, Flag):
    admin.site.register(model, CaseAdmin)
