"""Addresses that need no permission of a role."""

# Everybody signed in, or everybody at all: why, and what somebody who is not signed in gets.
OPEN_TO_ALL = {
    "healthz": ("tells only that the process answers", "200"),
    "readyz": ("tells operators which jobs are late; names nobody", "200 503"),  # as the jobs stand
    "account_login": ("where one signs in", "200"),
    "account_logout": ("signs out whoever asks", "302"),
    "account_reauthenticate": ("the own password again", "302"),
    "account_change_password": ("the own password", "302"),
    "account_reset_password": ("asks for a mail; the answer is the same for any address", "200"),
    "account_reset_password_done": ("says that a mail may have gone out", "200"),
    "account_reset_password_from_key": ("opens with the key out of that mail", "200"),
    "account_reset_password_from_key_done": ("says that the new password holds", "200"),
    "mfa_index": ("the own second factor", "302"),
    "mfa_authenticate": ("the second half of signing in", "302"),
    "mfa_reauthenticate": ("the own second factor again", "302"),
    "mfa_activate_totp": ("the own second factor", "302"),
    "mfa_deactivate_totp": ("the own second factor", "302"),
    "mfa_view_recovery_codes": ("the own codes", "302"),
    "mfa_generate_recovery_codes": ("the own codes", "302"),
    "mfa_download_recovery_codes": ("the own codes", "302"),
    "calendar_feed": (
        "somebody's own dates, without a name; without an address of ours there is nothing",
        "404",
    ),
    "concern:raise": ("raises a concern; without a link of ours there is nothing", "404"),
    "concern:received": ("says that a concern came; nothing without its receipt", "404"),
}
