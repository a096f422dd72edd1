"""The reader of tables that hostile files are put to. Another reader: another body of `read`."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from shanzhi.apps.places.models import Place
from shanzhi.apps.tables.actions import imports
from shanzhi.apps.tables.forms import FileForm
from shanzhi.web.refusals import Refused
from shanzhi.web.uploads import MOST_BYTES

KIBIBYTE = 1024


def read(path: Path, file_name: str) -> str:
    """Bring the file in as its page does, up to what is shown before anything is written. Raises Refused."""
    size = min(path.stat().st_size, MOST_BYTES)  # no more ever comes in
    with path.open("rb") as file:
        form = FileForm(files={"file": UploadedFile(file, file_name, size=size)})
        if not form.is_valid():
            raise Refused(" ".join(form.errors["file"]))
        village = Place.objects.filter(kind="village").first()
        made = imports.receive(table="roster", scope=village.pk, file=file, file_name=file_name, by="clerk")
    made = imports.check(made=made)
    if made.status == made.Status.UNKNOWN:
        return "asked"  # which column is which: nothing was read yet
    return "read" if made.good else "nothing good"


def measured(path: Path, file_name: str) -> dict[str, Any]:
    """What became of a file, and what it took: this process's memory, that of its helpers, and their working time."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    try:
        told = {"fate": read(path, file_name)}
    except Refused as refusal:
        told = {"fate": "refused", "words": str(refusal.message)}
    own, helpers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return told | {
        "own": (own.ru_maxrss - before.ru_maxrss) * KIBIBYTE,
        "helpers": helpers.ru_maxrss * KIBIBYTE,
        "cpu": own.ru_utime
        - before.ru_utime
        + own.ru_stime
        - before.ru_stime
        + helpers.ru_utime
        + helpers.ru_stime,
        "clock": time.monotonic() - began,
    }
