"""What can be typed about people; and the form of both doors."""

from allauth.account.forms import LoginForm
from django.core.validators import MaxLengthValidator


class SignInForm(LoginForm):
    """Sign in. A name longer than any address is refused before the lock-out counts it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].validators.append(MaxLengthValidator(150))
        self.fields.pop("remember", None)
