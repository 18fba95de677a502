"""Addresses of signing in, accounts and the second factor: those of allauth that this site uses, and our own."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from quizzes.views.people import accounts, invitations, preferences, reminders, second_factor

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-in/", accounts.SignIn.as_view(), name="account_login"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("sign-out/", accounts.SignOut.as_view(), name="account_logout"),
    path("account/", accounts.account, name="account"),
    path("account/signup/", accounts.SignUp.as_view(), name="account_signup"),
    path("account/zone/", preferences.browser_zone, name="browser-zone"),
    path("account/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/email/", accounts.Email.as_view(), name="account_email"),
    path("account/confirm-email/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/confirm-email/(?P<key>[-:\w]+)/$", allauth.confirm_email, name="account_confirm_email"),
    path("account/password/change/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    path("account/password/reset/", accounts.PasswordReset.as_view(), name="account_reset_password"),
    path("account/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/2fa/totp/activate/", second_factor.Activate.as_view(), name="mfa_activate_totp"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("reminders/off/<str:token>/", reminders.switch, name="reminders-off"),
    path("admin/login/", accounts.admin_login, name="admin-login"),
]
