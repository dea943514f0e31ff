"""The access log: one row a view, written before the page is answered."""

from . import actions


class AccessLogMiddleware:
    """Views and lists name whom they show through `request.looked_at(ids)`; refusals are kept too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.persons_shown = {}
        request.looked_at = lambda ids: request.persons_shown.update(dict.fromkeys(ids))
        response = self.get_response(request)
        refused = response.status_code in (403, 404)
        if request.user.is_authenticated and (request.persons_shown or refused):
            match = request.resolver_match
            view = match.view_name if match else "unknown address"
            actions.note_access(request=request, status=response.status_code, view=view or "?")
        return response
