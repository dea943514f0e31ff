"""Jobs, mails and reminders, for administrators: references, states and dates; nothing can be changed by hand."""

from django.contrib import admin, messages
from django.utils.translation import ngettext

from . import actions
from .models import JobRun, Mail, Reminder


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the clock writes. They can be looked at."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ("job", "as_of", "started_at", "ended_at", "complete", "done", "fault")
    list_filter = ("complete", "job")
    search_fields = ("job", "fault")
    date_hierarchy = "started_at"


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("deadline", "due_on", "stage", "state", "why_skipped", "written_at")
    list_filter = ("state", "deadline")
    search_fields = ("deadline", "stage")
    date_hierarchy = "written_at"


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ("reference", "template", "state", "attempts", "queued_at", "sent_at", "last_error")
    list_filter = ("state", "template")
    search_fields = ("reference", "message_id")
    date_hierarchy = "queued_at"
    actions = ["send_again"]

    @admin.action(description="Send again what could not be sent", permissions=["view"])
    def send_again(self, request, queryset):
        """Put parked mails back into the outbox."""
        count = actions.send_again(mails=queryset)
        words = ngettext(
            "%(count)d mail waits to be sent again.", "%(count)d mails wait to be sent again.", count
        )
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
