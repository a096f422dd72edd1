"""The site map."""

from django.urls import include, path
from django.views.i18n import set_language

from shanzhi.apps.accounts.views import outside

# Names that django-allauth looks for: where a provider sends somebody back to.
BACK = [
    path("weixin/back/", outside.back, {"provider": "weixin"}, name="weixin_callback"),
    path("dingtalk/back/", outside.back, {"provider": "dingtalk"}, name="dingtalk_callback"),
    path("<str:provider_id>/back/", outside.back, name="openid_connect_callback"),
]

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("account/outside/", include(BACK)),
    path("account/", include("shanzhi.apps.accounts.urls")),
    path("set-up/", include("shanzhi.apps.setup.urls")),
    path("tables/", include("shanzhi.apps.tables.urls")),
    path("places/", include("shanzhi.apps.places.urls")),
    path("elections/", include("shanzhi.apps.elections.urls")),
    path("", include("shanzhi.apps.upkeep.urls")),
    path("", include("shanzhi.apps.record.urls")),
    path("", include("shanzhi.apps.portal.urls")),
]
handler500 = "shanzhi.config.bad_days.went_wrong"
