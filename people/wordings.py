"""The words of the mails that this floor sends."""

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
PASSWORD_RESET = Shipped(
    slug="password_reset",
    title="Set a new password",
    subject="Set a new password",
    body="""Somebody, we hope you, asked to set a new password for your account.

Open this link within one hour:

{link}

If it was not you, you need do nothing: your password stays as it is. If this happens again, tell your administrator.""",
)
