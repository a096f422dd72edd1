"""A build of the sample that breaks off leaves neither rows nor files behind."""

import pytest

from shanzhi.apps.elections import sample
from shanzhi.apps.places import sample as people
from shanzhi.apps.places.models import Place
from shanzhi.apps.record.models import Event


class PowerCutError(Exception):
    """Somebody pulled the plug."""


def test_a_build_that_breaks_off_leaves_nothing_behind(db, tmp_path):
    def pull_the_plug(_words):
        assert Place.objects.exists()
        raise PowerCutError

    with pytest.raises(PowerCutError):
        sample.build(folder=tmp_path, today=people.today(), small=True, say=pull_the_plug)

    assert not Place.objects.exists()
    assert not Event.objects.exists()
    assert list(tmp_path.iterdir()) == []
