"""A county of the last release comes through this program's migrations whole."""

from __future__ import annotations

from tests.apps.upkeep.installation import installation
from tests.apps.upkeep.small_county import NUMBERS


def test_a_county_of_release_1_is_brought_up_to_this_program(tmp_path):
    """Release 1 had `0001_initial` in every room (see `small_county.RELEASE_1`)."""
    with installation(tmp_path / "var") as old:
        old.environment["SHANZHI_FIRST_START"] = "1"
        old.call("go_to_release_1")
        assert old.call("make_old_rows") == {"people": NUMBERS}

        done = old.manage("migrate", "-v", "0")
        assert done.returncode == 0, done.stderr

        told = old.call("tell")
        assert told["faults"] == []
        assert [number[:6] for number in told["numbers"]] == ["141130"] * NUMBERS
        assert told["sign_ins"] == [True]
        assert told["rows"]["elections.Outcome"][0] == 1
        assert told["state"]["newest"]["number"] == 1
        assert old.call("is_guarded")
        assert old.manage("audit_record").returncode == 0
