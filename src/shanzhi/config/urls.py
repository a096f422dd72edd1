"""The site map."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("account/", include("shanzhi.apps.accounts.urls")),
    path("set-up/", include("shanzhi.apps.setup.urls")),
    path("places/", include("shanzhi.apps.places.urls")),
    path("elections/", include("shanzhi.apps.elections.urls")),
    path("", include("shanzhi.apps.record.urls")),
    path("", include("shanzhi.apps.portal.urls")),
]
handler500 = "shanzhi.config.bad_days.went_wrong"
