"""What the tests of candidates do: state facts, decide, withdraw, post the list."""

from shanzhi.apps.elections.actions import candidates
from tests.apps.elections.the_road import (
    CLEAR,
    CLERK,
    OPEN,
    fresh,
    stand,
)


def state(candidate, *, source="县联审", by=CLERK, version=None, **facts):
    return candidates.state_facts(
        candidate=candidate, facts=CLEAR | facts, source=source, version=version, by=by
    )


def decide(candidate, *, stands=True, reason="", by=CLERK, version=None):
    return candidates.decide(
        candidate=candidate, stands=stands, reason=reason, today=OPEN, version=version, by=by
    )


def withdraw(candidate, *, reason="本人申请", today=OPEN, by=CLERK, version=None):
    return candidates.withdraw(candidate=candidate, reason=reason, today=today, version=version, by=by)


def post_list(election, *, on=OPEN, today=OPEN, version=None, by=CLERK):
    version = fresh(election).version if version is None else version
    return candidates.post_list(election=fresh(election), posted_on=on, version=version, today=today, by=by)


def all_but_last(election):
    """Two for the chair, three for two members."""
    for name, what in (("王秀兰", "chair"), ("李建国", "chair"), ("张桂英", "member"), ("刘志强", "member")):
        stand(election, name, what)
