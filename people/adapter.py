"""How django-allauth is used here: no sign-up, no social doors; its mails go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from sharedlives.worklist.actions import queue_mail

from .wordings import PASSWORD_RESET, SIGN_IN_CHANGED


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many wrong codes. Wait 15 minutes, then type the code that your app shows then. "
        "If these tries were not yours, tell your administrator today."
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Nothing is counted here: django-axes counts wrong passwords, by address and computer. To count by address
        alone would let anybody shut anybody else out."""

    def send_password_reset_mail(self, user, email, context):
        """A row of the outbox: the page answers alike, and as fast, whether there is such an account, and while the
        mail server is away. The link is made when the mail leaves, so its key is kept nowhere."""
        queue_mail(recipient=user, template=PASSWORD_RESET.slug, path=reverse("account_reset_password"))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """A password or a second factor was set, changed or taken away: its owner hears of it, whoever did it."""
        queue_mail(recipient=user, template=SIGN_IN_CHANGED.slug, path=reverse("mfa_index"))
