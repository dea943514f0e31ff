"""Why a page is closed to somebody, in words; and, for administrators, whether a user may open a reference."""

from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import forms
from people.models import AccessGrant, Person, User
from people.queries import managers_of
from people.visibility import is_closed_to, sources_of
from sharedlives.permissions import GRANTS, Permission, Role, require, roles_with, signed_in


@signed_in
@require_GET
def why(request):
    """Which roles a page needs and what opens a record: read from the address alone, never from a row.

    So the answer is the same whether the record exists or not.
    """
    permission = permission_at(request.GET.get("page", ""))
    memberships = request.user.current_memberships()
    able = roles_with(permission) if permission else []
    context = {
        "known": permission is not None,
        "able": [role.label for role in able],
        "mine": [m for m in memberships if m.role in able],
        "memberships": memberships,
        "managers": own_managers(request.user),
        "seeing": {role for role in Role if Permission.PERSON_VIEW in GRANTS[role]}
        & {m.role for m in memberships},
    }
    return render(request, "people/why.html", context)


def permission_at(path):
    """The permission of the page behind an address, "signed_in", or None where there is no such page."""
    try:
        view = resolve(path.partition("?")[0]).func
    except Resolver404:
        return None
    permission = getattr(view, "permission", None)
    return permission if permission in set(Permission) else None


def own_managers(user):
    """Whom to ask: the nearest managers of the own organisations, never oneself."""
    today, found = timezone.localdate(), {}
    for membership in user.current_memberships():
        organisation = membership.organisation
        managers = [m for m in managers_of(organisation, today) if m.pk != user.pk]
        if not managers and organisation.parent_id:
            managers = [m for m in managers_of(organisation.parent, today) if m.pk != user.pk]
        found |= {manager.pk: manager for manager in managers}
    return list(found.values())


@require(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def check_access(request):
    """Yes or no, and through what: no name of the person, no content. Kept in the record's access log."""
    form = forms.AccessCheckForm(request.POST or None)
    context = {"form": form}
    if form.is_valid():
        context["answer"] = answer_for(request, form)
    return render(request, "people/check_access.html", context)


def answer_for(request, form):
    typed = form.cleaned_data
    user = User.objects.filter(email__iexact=typed["email"]).first()
    person = Person.objects.filter(reference=typed["reference"].strip().upper()).first()
    if user is None or person is None:
        form.add_error(
            None, "There is no such user, or no such reference. Check both for a slip of the keys."
        )
        return None
    request.looked_at([person.pk])
    request.access_reason = f"access of another user checked: {typed['why']}"
    allowed = Person.objects.permissions_for(user, person)
    grant = AccessGrant.objects.open(timezone.now()).filter(user=user, person=person).first()
    return {
        "user": user,
        "reference": person.reference,
        "yes": user.is_active and Person.objects.visible_to(user).filter(pk=person.pk).exists(),
        "sources": sources_of(user, person),
        "memberships": user.current_memberships(),
        "grant": grant,
        "closed": is_closed_to(user, person),
        "permissions": sorted(str(permission) for permission in allowed),
    }
