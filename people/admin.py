"""Users, organisations and ladders for administrators; people by reference only."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group

from sharedlives.admin import CaseAdmin, SetUpAdmin

from . import actions
from .models import (
    Absence,
    AccessGrant,
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


@admin.register(Ladder)
class LadderAdmin(SetUpAdmin):
    inlines = [LadderStageInline]
    list_display = ["deadline", "council"]
    list_filter = ["council"]
    search_fields = ["deadline"]
    autocomplete_fields = ["council"]


@admin.register(Absence)
class AbsenceAdmin(SetUpAdmin):
    list_display = ["user", "cover", "since", "until"]
    search_fields = ["user__name", "cover__name"]
    autocomplete_fields = ["user", "cover"]


@admin.register(Person)
class PersonAdmin(CaseAdmin):
    search_fields = ["=reference"]


@admin.register(Involvement, AccessGrant, Restriction)
class OtherCaseAdmin(CaseAdmin):
    pass
