"""Addresses of the record: plain nouns for villagers, C2SP tlog-tiles below `record/` for auditors' programs."""

from django.urls import path

from shanzhi.apps.record.views import audit, check, documents, log

app_name = "record"
urlpatterns = [
    path("record/", documents.listing, name="list"),
    path("record/key", log.key, name="key"),
    path("record/checkpoint", log.checkpoint, name="checkpoint"),
    path("record/tile/entries/<path:where>", log.entries, name="entries"),
    path("record/tile/<int:level>/<path:where>", log.tile, name="tile"),
    path("record/<int:number>/", documents.document, name="document"),
    path("record/<int:number>/bundle.json", documents.bundle, name="bundle"),
    path("record/<int:number>/body.json", documents.body, name="body"),
    path("verify/", check.verify, name="verify"),
    path("records/audit", audit.trail, name="audit"),
    path("records/audit.xlsx", audit.export, name="audit_export"),
    path("records/audit.csv", audit.export_csv, name="audit_csv"),
]
