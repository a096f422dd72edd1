"""The sample county: real divisions, invented people, elections at every stage, all of it through the real actions."""

from shanzhi.apps.elections.sample.county import SEED, Built, CountyThere, build

__all__ = ["SEED", "Built", "CountyThere", "build"]
