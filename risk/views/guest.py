"""The page for raising a concern without an account. It shows no personal data, and keeps nothing that leads back.

How often one address may send is counted in the cache for an hour under a keyed hash: the address itself is never
kept, nor anything that joins it to a concern.
"""

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET, require_http_methods

from risk import actions, forms, rules
from sharedlives.addresses import too_often

AN_ADDRESS_HOLDS = (
    12  # concerns from one internet address within an hour: a household, or a day service, shares one
)


def too_many(request):
    """Has this internet address sent too many within the hour? Counts this one."""
    address = get_client_ip_address(request) or "unknown"
    return too_often("concern:" + salted_hmac("risk.concern-address", address).hexdigest(), AN_ADDRESS_HOLDS)


@login_not_required
@require_http_methods(["GET", "POST"])
def raise_one(request, token):
    """Raise a concern through a link. A link that is closed or past its day says so, and whom to ring."""
    link = actions.find_link(token)
    if link is None:
        raise Http404
    if not link.opens(timezone.localdate()):
        return render(request, "concern/closed.html", {"link": link}, status=410)
    form = forms.OpenForm(request.POST or None, link=link)
    if request.method == "POST" and form.is_valid():
        try:
            if too_many(request):
                raise rules.TOO_MANY.broken()
            concern = actions.raise_concern(link=link, **form.facts())
        except ValidationError as broken:
            form.add_error(None, broken)
            return render(request, "concern/raise.html", {"form": form, "link": link}, status=429)
        return redirect("concern:received", actions.receipt(concern))
    status = 422 if form.errors else 200
    return render(request, "concern/raise.html", {"form": form, "link": link}, status=status)


@login_not_required
@require_GET
def received(request, receipt):
    """Received, the reference, and by when there is an answer. Nothing else."""
    found = actions.read_receipt(receipt)
    if found is None:
        raise Http404
    return render(request, "concern/received.html", found)
