"""The process is killed in the middle of what a clerk does, at every statement: all of it stands afterwards, or nothing.

    ./test badday                               every commit, and some statements of every action
    SHANZHI_KILLS=all ./test badday             every statement of every action, and as many random moments
    SHANZHI_KILLS_SEED=7 ./test badday          other random choices

What a kill is not: a power cut. The file system still holds what was handed to it, and no test here takes that away.
"""

from __future__ import annotations

import random

import pytest

from tests.badday.acts import ACTS
from tests.badday.conftest import ALL, SEED
from tests.badday.kills import judge

SOME, MOMENTS = 4, 3  # of every action, beside those around its commits


def steps_of(scene, dice):
    """Around every commit and at the end, where it matters most; and some statements between, or all."""
    if ALL:
        return list(range(1, scene.steps + 1))
    last = {each for commit in scene.commits for each in (commit, commit + 1)} | {
        scene.steps - 1,
        scene.steps,
    }
    rest = sorted(set(range(1, scene.steps + 1)) - last)
    return sorted(
        {each for each in last if each <= scene.steps} | set(dice.sample(rest, min(SOME, len(rest))))
    )


@pytest.mark.parametrize("act", ACTS)
def test_killed_in_the_middle_it_is_done_or_not_done(nursery, act):
    dice = random.Random(f"{SEED} {act}")
    scene = nursery.scene(act, ACTS[act].again, ACTS[act].between)
    broken = {}
    for at in steps_of(scene, dice):
        died, found = nursery.kill(scene, at=at)
        assert died["killed"], (at, died)
        if wrong := judge(scene, died, found):
            broken[f"statement {at} of {scene.steps}"] = wrong
    moments = len(steps_of(scene, dice)) if ALL else MOMENTS
    for after in [dice.uniform(0, 0.06) for _moment in range(moments)]:
        died, found = nursery.kill(scene, after=after)
        if wrong := judge(scene, died, found):
            broken[f"{after:.4f} s after it began"] = wrong

    assert broken == {}, f"SHANZHI_KILLS_SEED={SEED}"
