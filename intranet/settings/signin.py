"""How people sign in: password, authenticator app, passkey, and the company's account where one is configured.

Nobody signs up. People come from the directory; a company account is tied to the person with the same verified
e-mail address, and one that matches nobody is turned away.
"""

import os

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["intranet.people.backends.SignInBackend"]

ACCOUNT_ADAPTER = "intranet.people.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True

if os.environ.get("KESHER_RATE_LIMITS") == "off":
    ACCOUNT_RATE_LIMITS = False

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kesher"

SOCIALACCOUNT_ADAPTER = "intranet.people.signin.CompanyAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our policy lets no form lead to another site, so the way there is a link
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# KESHER_OIDC_SERVER is the address of the company's identity provider, such as https://login.example.org/realm.
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": os.environ.get("KESHER_OIDC_NAME", "Company account"),
                    "client_id": os.environ.get("KESHER_OIDC_CLIENT", ""),
                    "secret": os.environ.get("KESHER_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ["KESHER_OIDC_SERVER"]},
                }
            ]
        }
    }
    if os.environ.get("KESHER_OIDC_SERVER")
    else {}
)
