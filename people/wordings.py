"""The words of the mails that this floor sends."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from sharedlives.worklist.wordings import Shipped

EMERGENCY_ACCESS = Shipped(
    slug="emergency_access",
    title="Emergency access was used",
    subject="Emergency access was used: {reference}",
    body="""Somebody outside your team opened a record that your team holds, by emergency access: {reference}

They may read it for 24 hours. Who it was, what they opened and the reason they gave stand here, signed in:
{link}

This mail holds no name on purpose. {product}""",
)
HANDOVER_ANSWERED = Shipped(
    slug="handover_answered",
    title="Another team has answered",
    subject="Your question to another team was answered",
    body="""Another team has answered your question about taking over.

Read the answer here, signed in:
{link}

This mail holds no name on purpose. {product}""",
)


def reset_path(user):
    """The page where a user chooses a new password. Its key holds for an hour from now, and once."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


PASSWORD_RESET = Shipped(
    slug="password_reset",
    title="Set a new password",
    subject="Set a new password",
    body="""Somebody, we hope you, asked to set a new password for your account.

Open this link within one hour:

{link}

If it was not you, you need do nothing: your password stays as it is. If this happens again, tell your administrator.""",
    leads_to=reset_path,
)
SIGN_IN_CHANGED = Shipped(
    slug="sign_in_changed",
    title="Password or second factor has changed",
    subject="The way you sign in has changed",
    body="""Your password, the app that shows your codes, or your recovery codes have changed. If that was you, there is nothing to do.

If it was not you, tell your administrator at once: somebody else may be signed in as you.

{link}

{product}""",
)
