"""Passwords must not be built from words that everybody here would guess first."""

from django.core.exceptions import ValidationError

WORDS = ("sharedlives", "shared lives", "hearthkeep", "council", "password", "socialwork", "caremanager")


class ContextWordsValidator:
    """Refuses passwords that are little more than the name of the service (ASVS 5.0, V6.2.11)."""

    def validate(self, password, user=None):
        rest = password.lower()
        for word in WORDS:
            rest = rest.replace(word, "")
        if len(rest) < 6:
            raise ValidationError("Choose a password that is not built from the name of this service.")

    def get_help_text(self):
        return "Do not build it from the name of this service or your council."
