"""The settings of every server, and one address more."""

import os

from shanzhi.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.page_urls"
if not os.environ.get("BENCHMARK_KEPT", "1"):
    KEPT_PAGES = 0
