"""Users, organisations and ladders for administrators; people by reference only."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.forms import all_valid
from django.template.response import TemplateResponse
from django.utils import timezone

from sharedlives.admin import CaseAdmin, Moved, PreviewedPolicyAdmin, SetUpAdmin
from sharedlives.worklist.actions.moving import follow_ladder, moved_by_ladder
from sharedlives.worklist.deadlines import REGISTRY as DEADLINES
from sharedlives.worklist.deadlines import Stage

from . import actions
from .models import (
    Absence,
    AccessGrant,
    CommunicationNeed,
    ContactNote,
    ContactPolicy,
    CopyToRecall,
    Involvement,
    Ladder,
    LadderStage,
    Membership,
    Organisation,
    Person,
    Restriction,
    User,
)

# One door: Django admin sends to the same sign-in, with its lock-out and its second factor.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = "Hearthkeep administration"
admin.site.site_title = "Hearthkeep administration"
admin.site.index_title = "Users, organisations, policies and jobs"
admin.site.unregister(Group)  # roles come from memberships; groups would be a second truth


class MembershipInline(admin.TabularInline):
    model = Membership
    fk_name = "user"
    extra = 1
    autocomplete_fields = ["organisation"]
    fields = ["organisation", "role", "since", "until"]

    def has_delete_permission(self, request, obj=None):
        return False


class UserForm(forms.ModelForm):
    """A new user gets no password: they set their own through “forgotten password”."""

    class Meta:
        model = User
        fields = ["email", "name", "phone", "is_active", "wants_digest"]


@admin.register(User)
class UserAdmin(SetUpAdmin):
    form = UserForm
    inlines = [MembershipInline]
    list_display = ["email", "name", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    search_fields = ["email", "name"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Organisation)
class OrganisationAdmin(SetUpAdmin):
    list_display = ["name", "kind", "council", "closed_on"]
    list_filter = ["kind", "council"]
    search_fields = ["name", "ons_code", "cqc_location_id"]
    autocomplete_fields = ["parent"]
    fields = [
        "kind",
        "name",
        "parent",
        "ons_code",
        "phone",
        "email",
        "accepts_emergencies",
        "age_from",
        "cqc_location_id",
        "past_access_days",
        "closed_on",
    ]

    def save_model(self, request, obj, form, change):
        actions.place_in_tree(organisation=obj, by=request.user)


class LadderStageInline(admin.TabularInline):
    model = LadderStage
    extra = 1
    fields = ["stage", "offset", "tells"]


class LadderForm(forms.ModelForm):
    """A ladder of one of the deadlines that there are."""

    deadline = forms.ChoiceField()

    class Meta:
        model = Ladder
        fields = ["council", "deadline"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "deadline" in self.fields:
            named = ((name, f"{deadline.label} ({name})") for name, deadline in sorted(DEADLINES.items()))
            self.fields["deadline"].choices = named


@admin.register(Ladder)
class LadderAdmin(SetUpAdmin):
    """Before a ladder is saved a page says how many next reminders it moves; saving moves them."""

    form = LadderForm
    inlines = [LadderStageInline]
    list_display = ["deadline", "council"]
    list_filter = ["council"]
    search_fields = ["deadline"]
    autocomplete_fields = ["council"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show what a valid ladder would move, and save only when that was seen and confirmed."""
        if request.method == "POST" and "_confirmed" not in request.POST:
            asked = self.asked_for(request, object_id)
            if asked is not None:
                return self.preview(request, *asked)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def asked_for(self, request, object_id):
        """(ladder, stages) as typed, not saved; None where there are faults, which the ordinary page then shows."""
        row = self.get_object(request, object_id) if object_id else None
        allowed = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        form = self.get_form(request, row, change=bool(row))(request.POST, instance=row)
        if not (allowed and form.is_valid()):
            return None
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(row))
        if not all_valid(formsets):
            return None
        typed = [facts for facts in formsets[0].cleaned_data if facts and not facts.get("DELETE")]
        stages = [Stage(facts["stage"], facts["offset"], facts["tells"]) for facts in typed]
        return form.instance, sorted(stages, key=lambda stage: stage.offset)

    def preview(self, request, ladder, stages):
        stages = stages or DEADLINES[ladder.deadline].stages  # without rungs the shipped ones hold
        moved = moved_by_ladder(ladder.deadline, council=ladder.council, stages=stages)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Before this ladder is saved",
            "ladder": ladder,
            "count": len(moved),
            "at_once": sum(on is not None and on <= timezone.localdate() for _row, on in moved),
            "typed": [
                (k, v) for k in request.POST for v in request.POST.getlist(k) if k != "csrfmiddlewaretoken"
            ],
        }
        return TemplateResponse(request, "people/admin_ladder.html", context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        ladder = form.instance
        moved = follow_ladder(ladder.deadline, council=ladder.council)
        self.message_user(request, f"{moved} next reminders moved.", messages.INFO)


@admin.register(ContactPolicy)
class ContactPolicyAdmin(PreviewedPolicyAdmin):
    """Versions are added, never edited once in force."""

    list_display = ["council", "in_force_from", "days", "communication_days"]
    list_filter = ["council"]
    search_fields = ["council__name"]
    autocomplete_fields = ["council"]

    def has_change_permission(self, request, obj=None):
        in_force = obj is not None and obj.in_force_from <= timezone.localdate()
        return super().has_change_permission(request, obj) and not in_force

    def moves(self, policy):
        first, count, late = actions.preview_contact_policy(policy)
        what = {ContactNote: "To be seen again", CommunicationNeed: "To be asked how they communicate"}
        return [Moved(r.person.reference, what[type(r)], r.due_on, r.to) for r in first], count, late

    def set_policy(self, policy, by):
        return actions.set_contact_policy(policy=policy, by=by)


@admin.register(Absence)
class AbsenceAdmin(SetUpAdmin):
    list_display = ["user", "cover", "since", "until"]
    list_filter = ["since", "until"]
    search_fields = ["user__name", "cover__name"]
    autocomplete_fields = ["user", "cover"]


@admin.register(Person)
class PersonAdmin(CaseAdmin):
    search_fields = ["=reference"]


@admin.register(Involvement, AccessGrant, Restriction, CopyToRecall)
class OtherCaseAdmin(CaseAdmin):
    pass
