"""The door with and without a company account."""

import pytest

pytestmark = pytest.mark.django_db

COMPANY = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "company",
                "name": "Company",
                "client_id": "kesher",
                "secret": "not-a-secret",
                "settings": {"server_url": "https://login.example.org/realm"},
            }
        ]
    }
}


def test_with_a_company_account_the_password_is_under_a_fold(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = COMPANY
    page = client.get("/accounts/login/").content.decode()
    assert 'href="/accounts/oidc/company/login/?process=login"' in page
    assert '<details class="fold">' in page


def test_without_one_the_password_stands_open(client):
    page = client.get("/accounts/login/").content.decode()
    assert ('<details class="fold">' in page, 'name="password"' in page) == (False, True)


def test_nobody_signs_up(client):
    before = client.get("/accounts/signup/").content.decode()
    assert 'name="password1"' not in before
