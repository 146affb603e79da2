"""The way in, and the pages on which one makes it safer."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.factories.cast import PASSWORD

SECURITY_PAGES = [
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/3rdparty/",
    "/accounts/logout/",
]
DOORS = ["/accounts/login/", "/accounts/password/reset/", "/accounts/inactive/", "/accounts/signup/"]


def fill_door(page, username, password=PASSWORD):
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")


def test_a_person_comes_home_with_name_and_password(visitor, cast):
    page = visitor().open("/accounts/login/")
    fill_door(page, "alex")
    expect(page.locator("h1")).to_contain_text("Alex")


def test_the_email_address_opens_as_well(visitor, cast):
    page = visitor().open("/accounts/login/?next=/ui/more/")
    fill_door(page, "hiba@example.org")
    expect(page).to_have_url(re.compile(r"/ui/more/$"))


def test_a_wrong_password_is_refused_with_a_reason_and_keeps_the_name(visitor, cast):
    visit = visitor()
    page = visit.open("/accounts/login/")
    fill_door(page, "alex", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    expect(page.locator("[name=login]")).to_have_value("alex")
    assert visit.axe() == []


def test_an_authenticator_app_is_asked_for(visitor, cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.alex, secret)
    [code, *_] = RecoveryCodes.activate(cast.alex).get_unused_codes()
    visit = visitor(size=NARROW)
    page = visit.open("/accounts/login/")
    fill_door(page, "alex")
    expect(page.locator("[name=code]")).to_be_visible()
    assert visit.axe() == []
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    expect(page.locator("h1")).to_contain_text("Alex")
    assert get_adapter().is_mfa_enabled(cast.alex)


def test_a_passkey_opens_without_a_password(visitor, cast):
    visit = visitor(cast.alex)
    devices = visit.context.new_cdp_session(visit.page)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page = visit.open("/accounts/2fa/webauthn/add/")
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/webauthn/add/")
    page.locator("[name=name]").fill("Laptop")
    page.locator("[name=passwordless]").check()
    page.locator("main button[type=button], main form .btn--main").first.click()
    page.wait_for_url("**/recovery-codes/**")
    visit.context.clear_cookies()
    page = visit.open("/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.locator("h1")).to_contain_text("Alex")


@pytest.mark.parametrize("language", ["en", "he"])
def test_security_pages_are_accessible(visitor, cast, language):
    cast.alex.language = language
    cast.alex.save()
    visit = visitor(cast.alex)
    found = {}
    for path in SECURITY_PAGES:
        visit.open(path)
        found[path] = visit.axe(), visit.sideways()
    assert found == dict.fromkeys(SECURITY_PAGES, ([], 0))


def test_doors_are_accessible(visitor, cast):
    visit = visitor(size=NARROW, theme="dark", locale="he")
    found = {}
    for path in DOORS:
        visit.open(path)
        found[path] = visit.axe(), visit.sideways()
    assert found == dict.fromkeys(DOORS, ([], 0))


def test_everything_works_without_scripts(visitor, cast):
    page = visitor(scripts=False).open("/accounts/login/")
    fill_door(page, "alex")
    expect(page.locator("h1")).to_contain_text("Alex")
    page.locator(".foot button").click()
    expect(page.locator("html")).to_have_attribute("lang", "he")
