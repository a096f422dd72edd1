"""Shapes of the forms: sign in, passwords, second step, accounts and what they are granted."""

from shanzhi.apps.accounts.forms.accounts import (
    CloseForm,
    GrantForm,
    LookFilterForm,
    NewAccountForm,
    ResetForm,
    RevokeForm,
)
from shanzhi.apps.accounts.forms.outside import LinkForm, PasswordForm
from shanzhi.apps.accounts.forms.passwords import NewPasswordForm, OwnPasswordForm
from shanzhi.apps.accounts.forms.second_factor import CodeForm, SetUpForm
from shanzhi.apps.accounts.forms.sign_in import SignInForm, comes_from_here

__all__ = [
    "CloseForm",
    "CodeForm",
    "GrantForm",
    "LinkForm",
    "LookFilterForm",
    "NewAccountForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "PasswordForm",
    "ResetForm",
    "RevokeForm",
    "SetUpForm",
    "SignInForm",
    "comes_from_here",
]
