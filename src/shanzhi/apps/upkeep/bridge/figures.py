"""Figures for the operator's monitoring, in the form that Prometheus reads. Pages are told by their name in the site map:
no address, no key, no person, no place.

Several processes serve a county: with PROMETHEUS_MULTIPROC_DIR set (tools/serve.py) each keeps its own in a file there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_own = CollectorRegistry()
_requests = Counter("shanzhi_requests", "Requests answered.", ["page", "method", "status"], registry=_own)
_seconds = Histogram(
    "shanzhi_request_seconds", "How long an answer took.", ["page"], buckets=SECONDS, registry=_own
)
_database_errors = Counter(
    "shanzhi_database_errors",
    "Requests that failed because the database refused or could not be reached.",
    registry=_own,
)


def answered(*, page: str, method: str, status: int, seconds: float) -> None:
    """Count one answer."""
    _requests.labels(page, method, f"{status // 100}xx").inc()
    _seconds.labels(page).observe(seconds)


def database_failed() -> None:
    """Count one request that failed in the database."""
    _database_errors.inc()


def text(now: Mapping[str, tuple[str, Mapping[str, float]]]) -> bytes:
    """All counts, and what is so at this moment: name -> (meaning, label "of" -> value)."""
    registry = _own
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    moment = CollectorRegistry()
    moment.register(_Moment(now))
    return generate_latest(registry) + generate_latest(moment)


class _Moment:
    """What is so now, told once: a gauge would be written into the process's file and stay there."""

    def __init__(self, now: Mapping[str, tuple[str, Mapping[str, float]]]) -> None:
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (meaning, values) in self._now.items():
            family = GaugeMetricFamily(f"shanzhi_{name}", meaning, labels=["of"])
            for of, value in values.items():
                family.add_metric([of], value)
            yield family
