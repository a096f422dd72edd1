"""Figures for the operator's monitoring, in the form that Prometheus reads. Pages are told by their name in the site map:
no address, no key, no person, no place.

Several processes serve a county: with PROMETHEUS_MULTIPROC_DIR set (tools/serve.py) each keeps its own in a file there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
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
    for name, (meaning, values) in now.items():
        gauge = Gauge(f"shanzhi_{name}", meaning, ["of"], registry=moment)
        for of, value in values.items():
            gauge.labels(of).set(value)
    return generate_latest(registry) + generate_latest(moment)
