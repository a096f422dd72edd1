"""Addresses of tables in and out. An import or export is named by a random key."""

from django.urls import path

from shanzhi.apps.tables.views import files, imports

app_name = "tables"
urlpatterns = [
    path("import/<str:key>/", imports.imported, name="imported"),
    path("import/<str:key>/progress/", imports.progress, name="progress"),
    path("import/<str:key>/again/", imports.again, name="again"),
    path("import/<str:key>/columns/", imports.headings, name="headings"),
    path("import/<str:key>/write/", imports.write, name="write"),
    path("import/<str:key>/drop/", imports.drop, name="drop"),
    path("import/<str:key>/undo/", imports.undo, name="undo"),
    path("import/<str:key>/to-mend.xlsx", files.faults, name="faults"),
    path("export/<str:key>/", files.exported, name="exported"),
    path("export/<str:key>/file/", files.download, name="download"),
    path("<slug:table>/template.xlsx", files.template, name="template"),
    path("<slug:table>/<str:code>/in/", imports.upload, name="upload"),
    path("<slug:table>/<str:code>/history/", imports.history, name="history"),
    path("<slug:table>/<str:code>/out/", files.export, name="export"),
]
