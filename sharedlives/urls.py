"""Every address. Each app brings its own; the platform adds sign-in, My work and the health of the system."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib import admin
from django.urls import include, path, re_path

from . import errors
from .records import views as records
from .worklist import calendar_views
from .worklist import views as worklist

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error

# Named one by one: what is not listed (sign-up, social doors) does not exist.
sign_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",  # the key has hyphens of its own
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("", worklist.home, name="home"),
    path("healthz", worklist.healthz, name="healthz"),
    path("readyz", worklist.readyz, name="readyz"),
    path("parked/<uuid:pk>/", records.parked, name="parked"),
    path("stay-signed-in/", records.stay_signed_in, name="stay_signed_in"),
    path("calendar/<str:token>.ics", calendar_views.feed, name="calendar_feed"),
    path("account/", include(sign_in)),
    path("admin/", admin.site.urls),
    path("work/", include("sharedlives.worklist.urls")),
    path("documents/", include("sharedlives.documents.urls")),
    path("bring-in/", include("sharedlives.bringin.urls")),
    path("people/", include("people.urls")),
    path("library/", include("library.urls")),
    path("carers/", include("carers.urls")),
    path("careplans/", include("careplans.urls")),
    path("risk/", include("risk.urls")),
    path("concern/", include("risk.guest_urls")),
    path("placements/", include("placements.urls")),
    path("reviews/", include("reviews.urls")),
    path("safetynet/", include("safetynet.urls")),
    path("commissioning/", include("commissioning.urls")),
]
