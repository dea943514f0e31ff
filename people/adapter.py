"""How django-allauth is used here: no sign-up, no social doors; the words of its mail are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage

from sharedlives.worklist import wordings

DECLARED = {"account/email/password_reset_key": "password_reset"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only."""

    def is_open_for_signup(self, request):
        return False

    def render_mail(self, template_prefix, email, context, headers=None):
        """The words that administrators may change, where this mail has such; else its template."""
        slug = DECLARED.get(template_prefix)
        if slug is None:
            return super().render_mail(template_prefix, email, context, headers)
        facts = {
            "link": context["password_reset_url"],
            "my_work": f"{settings.SITE_URL}/",
            "reference": "",
            "product": settings.PRODUCT_NAME,
        }
        subject, body = wordings.compose(slug, facts)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, body, self.get_from_email(), to, headers=headers)
