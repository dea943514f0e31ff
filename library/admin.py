"""What an administrator writes."""

from django.contrib import admin
from django.utils import timezone

from sharedlives.admin import SetUpAdmin

from .models import ProcedureText


@admin.register(ProcedureText)
class ProcedureTextAdmin(SetUpAdmin):
    """Versions are added, never edited once in force: what people were told to do stays known."""

    list_display = ["__str__", "for_what", "council", "in_force_from"]
    list_filter = ["for_what", "council"]
    search_fields = ["for_what", "council__name"]

    def has_change_permission(self, request, obj=None):
        in_force = obj is not None and obj.in_force_from <= timezone.localdate()
        return super().has_change_permission(request, obj) and not in_force
