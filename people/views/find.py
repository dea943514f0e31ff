"""Finding people: my people as a list, and a search that is posted."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people import forms, search
from people.models import Person
from people.queries import outside_searches_left
from sharedlives.lists import Column, list_page
from sharedlives.permissions import Permission, has_permission, require

BOTH = ["GET", "POST"]

COLUMNS = (
    Column(
        "name", "Name", order_by="sort_name", value="known_as", link=lambda person: person.get_absolute_url()
    ),
    Column("reference", "Reference", order_by="reference", value="reference"),
    Column("born", "Born", order_by="date_of_birth", value="date_of_birth"),
    Column("worker", "Named worker", order_by="worker_name", value="worker_name"),
    Column("council", "Council", value="responsible_council"),
)


@require(Permission.PERSON_FIND)
@require_http_methods(BOTH)
def find(request):
    """My people as a list; and a search that is posted, so that no name stands in an address or a log."""
    form = forms.FindForm(request.POST or None)
    if form.is_valid():
        return found(request, form)
    people = Person.objects.visible_to(request.user).with_worker_name().select_related("responsible_council")
    return list_page(
        request, people, columns=COLUMNS, template="people/find.html", title="People", export_name="people",
        context={"search": form, "may_register": has_permission(request.user, Permission.PERSON_REGISTER),
                 "may_see_workers": has_permission(request.user, Permission.TEAM_VIEW)},
        person="pk", noun=("person", "people"),
    )  # fmt: skip


def found(request, form):
    text = form.cleaned_data["text"]
    people = search.find(text, user=request.user)
    request.looked_at(person.pk for person in people)
    outside, left = [], outside_searches_left(request.user)
    if not people and left and has_permission(request.user, Permission.EMERGENCY_ACCESS):
        outside = search.elsewhere(text)
        request.looked_at(person.pk for person in outside)
        request.access_reason = "searched outside own people"
    context = {"search": form, "found": people, "outside": search.with_team(outside), "left": left}
    return render(request, "people/found.html", context)
