"""What every page knows: whether this is the sample county."""

from django.conf import settings
from django.http import HttpRequest


def county(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django hands the request to every processor
    return {"is_sample": settings.SAMPLE}
