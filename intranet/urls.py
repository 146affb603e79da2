"""All addresses: the only place, with `asgi`, that knows every app."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from intranet import api
from intranet.documents.views import no_account, no_report, one_door

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("intranet.runtime.urls")),
    path("", include("intranet.home.urls")),
    path("", include("communities.urls")),
    path("", include("experts.urls")),
    path("blogs/", include("blogs.urls")),
    path("policies/", include("intranet.policies.urls")),
    path("moderation/rules/", include("intranet.rules.urls")),
    path("moderation/likeness/", include("intranet.likeness.urls")),
    path("", include("intranet.keeping.urls")),
    path("moderation/", include("intranet.moderation.urls")),
    path("search/", include("intranet.search.urls")),
    path("", include("intranet.notify.urls")),
    path("", include("intranet.posting.urls")),
    path("attachments/", include("intranet.attachments.urls")),
    path("", include("kms.urls")),
    path("ui/", include("intranet.ui.urls")),
    path("api/v1/", api.addresses()),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", one_door),
    path("admin/", admin.site.urls),
    re_path(r"^cms/reports/page-types-usage/", no_report),
    path("cms/login/", one_door),
    path("cms/account/", no_account),
    path("cms/documents/", include(wagtaildocs_urls)),
    path("cms/", include(wagtailadmin_urls)),
    path("cms/pages/", include(wagtail_urls)),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
