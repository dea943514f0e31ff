"""Two kinds of page in Django admin: set-up, which administrators own, and cases, which they do not read."""

from dataclasses import dataclass
from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from simple_history.admin import SimpleHistoryAdmin

from .records.actions import record


class SetUpAdmin(SimpleHistoryAdmin):
    """For what an administrator owns. Saves keep who and why; nothing with history behind it is deleted."""

    history_list_display = ["history_change_reason"]

    def save_model(self, request, obj, form, change):
        changed = ", ".join(form.changed_data) or "nothing"
        record(obj, by=request.user, why=f"administration: {changed}" if change else "administration: added")

    def save_formset(self, request, form, formset, change):
        rows = formset.save(commit=False)
        for row in rows:
            record(row, by=request.user, why="administration")
        for row in formset.deleted_objects:
            row._history_user = request.user
            row.delete()

    def has_delete_permission(self, request, obj=None):
        return False


@dataclass(frozen=True)
class Moved:
    """One due date that a policy moves, as the page before it is saved names it."""

    reference: str
    what: object
    now: date
    then: date


class PreviewedPolicyAdmin(SetUpAdmin):
    """For a dated policy of which a version moves what is owed: a page says what, and only its answer saves.

    Subclasses say `moves(policy)`: ([Moved] of the first ones, how many in all,
    how many would be late at once), and `set_policy(policy, by)`, which saves and returns how many dates moved.
    """

    preview_template = "admin/policy_preview.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show what a valid version would move, and save only when that was seen and confirmed."""
        if request.method == "POST" and "_confirmed" not in request.POST:
            policy = self.asked_for(request, object_id)
            if policy is not None:
                return self.preview(request, policy)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def asked_for(self, request, object_id):
        """The version as typed, not saved; None where the form has faults, which the ordinary page then shows."""
        row = self.get_object(request, object_id) if object_id else None
        allowed = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        form = self.get_form(request, row, change=bool(row))(request.POST, instance=row)
        return form.instance if allowed and form.is_valid() else None

    def preview(self, request, policy):
        first, count, late = self.moves(policy)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Before this policy is saved",
            "policy": policy,
            "moves": first,
            "count": count,
            "late": late,
            "typed": [
                (k, v) for k in request.POST for v in request.POST.getlist(k) if k != "csrfmiddlewaretoken"
            ],
        }
        return TemplateResponse(request, self.preview_template, context)

    def save_model(self, request, obj, form, change):
        try:
            moved = self.set_policy(obj, request.user)
        except ValidationError as refused:  # somebody saved the same day meanwhile
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
            return
        self.message_user(request, f"{moved} due dates changed.", messages.INFO)


class PolicyAdmin(SetUpAdmin):
    """For a dated policy of which a version moves nothing that is owed already: saving it says so."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        since = f"{obj.in_force_from:%-d %B %Y}"
        self.message_user(
            request,
            f"No due date changes: what is owed already keeps its date. What begins from {since} on follows this version.",
            messages.INFO,
        )


class Nameless:
    """A row for the headings of a page: its model and the start of its id, whatever its own words are."""

    def __init__(self, model, pk):
        self.pk, self.words = pk, f"{model._meta.verbose_name} {str(pk)[:8]}"

    def __str__(self):
        return self.words


class CaseAdmin(admin.ModelAdmin):
    """For case records: reference, state and dates, read-only. No names, no texts, no history, no search by name.

    Shows exactly the fields that the model's `Privacy.ordinary` lists. Content needs an access grant that a team
    manager approves.
    """

    list_per_page = 50
    show_full_result_count = False

    def ordinary(self):
        """The fields that show. Another case record is named by its id, never by its own words."""
        listed = [name for name in self.model.Privacy.ordinary if name != "version"]
        return [f"{name}_id" if self.leads_to_a_case(name) else name for name in listed]

    def leads_to_a_case(self, name):
        field = self.model._meta.get_field(name)
        return isinstance(self.admin_site._registry.get(field.related_model), CaseAdmin)

    def get_list_display(self, request):
        return self.ordinary()[:8]

    def get_fields(self, request, obj=None):
        return self.ordinary()

    def get_readonly_fields(self, request, obj=None):
        return self.ordinary()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        shown = Nameless(self.model, object_id)
        context = {**(extra_context or {}), "subtitle": str(shown), "original": shown}
        return super().changeform_view(request, object_id, form_url, context)

    def history_view(self, request, object_id, extra_context=None):
        shown = Nameless(self.model, object_id)
        context = {**(extra_context or {}), "title": f"Change history: {shown}", "object": shown}
        return super().history_view(request, object_id, context)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
