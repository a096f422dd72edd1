"""Work beside the pages: what the queue keeps of work that failed."""

from traceback import format_exception

import pytest

from shanzhi.apps.tables.tasks import WorkFailed, without_values


def test_the_queue_keeps_no_value_of_work_that_failed():
    with pytest.raises(WorkFailed) as failed, without_values():
        raise ValueError("Key (name)=(王秀兰) already exists")

    kept = "".join(format_exception(failed.value.with_traceback(None)))
    assert "王秀兰" not in kept
    assert "ValueError" in kept
