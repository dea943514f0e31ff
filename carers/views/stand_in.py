"""The plan B of a home."""

from functools import partial

from django.views.decorators.http import require_http_methods

from carers import actions
from carers.access import home_or_404
from carers.forms.stand_in import PlanBForm
from carers.models import PlanB
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require


@require(Permission.HOUSEHOLD_WRITE)
@require_http_methods(["GET", "POST"])
def write_plan_b(request, pk):
    home = home_or_404(request, pk, Permission.HOUSEHOLD_WRITE)
    old = PlanB.objects.in_force().filter(household=home).first()
    initial = {"words": old.words, "stands_in": old.stands_in_id} if old else {}
    form = PlanBForm(request.POST or None, user=request.user, home=home, initial=initial)
    action = partial(actions.write_plan_b, household=home, by=request.user)
    return form_page(
        request, form=form, action=action, template="carers/write_plan_b.html", to=home, home=home,
        done="Written down. It stands on the page of tonight’s cover.",
    )  # fmt: skip
