"""Content security policies: a strict one for the site, another under addresses that need one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

type Policy = dict[str, list[str]]

STRICT: Policy = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

EDITORS_DESK: Policy = STRICT | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    # The preview of a page is a frame of this site inside the editor.
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

CHOSEN = "_csp_config"
"""Where `csp_override` leaves a view's own choice for Django's middleware."""


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's middleware, with `SECURE_CSP_UNDER` (address prefix -> policy) before `SECURE_CSP`."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by address, unless the view chose one itself."""
        if not hasattr(response, CHOSEN):
            for prefix, policy in settings.SECURE_CSP_UNDER.items():
                if request.path.startswith(prefix):
                    setattr(response, CHOSEN, policy)
        return super().process_response(request, response)
