"""Backup and restore, rehearsed as an operator does them: in processes of their own, on either database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.apps.upkeep.installation import installation
from tests.apps.upkeep.small_county import NUMBERS

PASSPHRASE = "海棠开在回龙塔下 1952"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A county at work: built, with a picture among its uploads."""
    folder = tmp_path_factory.mktemp("upkeep")
    with installation(folder / "var") as made:
        made.set_up()
        told = made.call("build")
        (made.var / "media/notes").mkdir(parents=True)
        (made.var / "media/notes/图.png").write_bytes(b"\x89PNG picture")
        yield made, told


@pytest.fixture(scope="module")
def backup(county, tmp_path_factory) -> Path:
    """Taken while a clerk goes on writing."""
    made, _told = county
    folder = tmp_path_factory.mktemp("backups")
    secret = folder / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    clerk = made.begin(
        "-c", "import django; django.setup(); from tests.apps.upkeep import small_county as s; s.write_on()"
    )
    assert clerk.stdout.readline() == "writing\n"
    done = made.manage("backup", folder)
    sealed = made.manage("backup", folder / "sealed.backup", "--passphrase-file", secret)
    clerk.kill()
    clerk.communicate()
    assert done.returncode == sealed.returncode == 0, done.stderr + sealed.stderr
    assert "root" in done.stdout
    (found,) = folder.glob("shanzhi-*.backup")
    assert found.stat().st_mode & 0o777 == 0o600
    return found


@pytest.fixture
def elsewhere(county, tmp_path):
    """A new machine, with the county's keys and nothing else."""
    made, _told = county
    with installation(tmp_path / "new") as new:
        shutil.copytree(made.var / "secrets", new.var / "secrets")
        yield new


def compare(before, after, *, keys=("numbers", "sign_ins", "page")):
    for key in keys:
        assert after[key] == before[key], key
    grown = {name for name, told in before["rows"].items() if after["rows"][name] != told}
    assert grown <= {
        "record.Event",
        "record.Tree",
        "record.Tile",
        "record.Checkpoint",
    }  # the clerk, and the restore
    assert after["faults"] == []
    assert all(
        after["state"]["logs"][name]["size"] >= log["size"] for name, log in before["state"]["logs"].items()
    )


def test_a_county_that_was_destroyed_comes_back_whole(county, backup, elsewhere):
    _made, told = county

    done = elsewhere.manage("restore", backup)

    assert done.returncode == 0, done.stderr
    assert "The newest published document is number 1" in done.stdout
    assert "on paper" in done.stdout
    after = elsewhere.call("tell")
    compare(told, after)
    assert len(after["numbers"]) == NUMBERS
    assert all(after["sign_ins"])
    assert after["page"] == [200, True]
    assert (elsewhere.var / "media/notes/图.png").read_bytes() == b"\x89PNG picture"
    assert elsewhere.call("is_guarded")
    assert elsewhere.manage("audit_record").returncode == 0
    # And it goes on counting where it stopped.
    elsewhere.call("write_on", 3)
    assert elsewhere.call("tell")["faults"] == []


def test_a_backup_never_holds_a_key(county, backup, tmp_path):
    from shanzhi.apps.upkeep.bridge import archive

    made, _told = county
    archive.unpack(backup, tmp_path)
    keys = [path.read_text().strip() for path in (made.var / "secrets").iterdir()]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not any(key.encode() in held or bytes.fromhex(key) in held for key in keys), path.name


def test_a_sealed_backup_opens_with_its_passphrase_only(backup, elsewhere, tmp_path):
    sealed = backup.parent / "sealed.backup"
    assert b"manifest" not in sealed.read_bytes()
    other = tmp_path / "other"
    other.write_text("another passphrase\n")

    without = elsewhere.manage("restore", sealed)
    wrong = elsewhere.manage("restore", sealed, "--passphrase-file", other)
    right = elsewhere.manage("restore", sealed, "--passphrase-file", backup.parent / "passphrase", "--check")

    assert [without.returncode, wrong.returncode, right.returncode] == [1, 1, 0]
    assert "--passphrase-file" in without.stderr
    assert "passphrase is another one" in wrong.stderr
    assert "keys are here" in right.stdout


def test_nothing_is_restored_over_a_living_county_unless_it_is_said(county, backup):
    made, _told = county
    before = made.call("tell")

    refused = made.manage("restore", backup)
    assert refused.returncode == 1
    assert "--over" in refused.stderr
    assert made.call("tell") == before

    made.call("write_on", 5)
    done = made.manage("restore", backup, "--over")
    assert done.returncode == 0, done.stderr
    after = made.call("tell")
    compare(before, after | {"state": before["state"]})
    assert "what stood here before" in done.stdout


@pytest.mark.parametrize("at", [0.02, 0.5, 0.98])
def test_one_spoiled_byte_anywhere_is_refused_and_nothing_is_left_behind(backup, elsewhere, tmp_path, at):
    for name in (backup, backup.parent / "sealed.backup"):
        held = bytearray(name.read_bytes())
        held[int(len(held) * at)] ^= 1
        spoiled = tmp_path / "spoiled.backup"
        spoiled.write_bytes(held)

        done = elsewhere.manage("restore", spoiled, "--passphrase-file", backup.parent / "passphrase")

        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "damaged" in done.stderr or "seal does not open" in done.stderr
        assert not [path for path in elsewhere.var.iterdir() if path.name not in {"secrets", "static"}]


def test_half_a_file_and_another_file_are_refused(backup, elsewhere, tmp_path):
    half, other = tmp_path / "half.backup", tmp_path / "other.backup"
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    other.write_text("户号,姓名\n", encoding="utf-8")
    for path in (half, other, tmp_path / "none.backup"):
        done = elsewhere.manage("restore", path)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_without_the_countys_own_keys_nothing_is_restored_and_no_new_ones_are_made(county, backup, tmp_path):
    with installation(tmp_path / "bare") as bare:
        done = bare.manage("restore", backup)
        assert done.returncode == 1
        assert "密钥缺失" in done.stderr
        assert not (bare.var / "secrets").exists()

        shutil.copytree(county[0].var / "secrets", bare.var / "secrets")
        (bare.var / "secrets/field-1.key").write_text("ab" * 32 + "\n")
        done = bare.manage("restore", backup)
        assert done.returncode == 1
        assert "field-1.key" in done.stderr
        assert "lookup-1.key" not in done.stderr


def test_another_logs_name_and_a_newer_program_are_refused(backup, elsewhere):
    done = elsewhere.manage("restore", backup, SHANZHI_LOG_ORIGIN="other.example/1")
    assert done.returncode == 1
    assert "SHANZHI_LOG_ORIGIN" in done.stderr


def test_a_backup_of_a_record_that_was_touched_is_named_and_not_put_in_place(county, elsewhere, tmp_path):
    made, _told = county
    with installation(tmp_path / "touched") as touched:
        shutil.copytree(made.var / "secrets", touched.var / "secrets")
        touched.set_up()
        touched.call("build")
        assert touched.call("spoil_an_event") == 1
        assert touched.manage("backup", tmp_path / "touched.backup").returncode == 0

    done = elsewhere.manage("restore", tmp_path / "touched.backup")
    assert done.returncode == 1
    assert "event 5: altered: act" in done.stderr
    if not elsewhere.database:
        assert not (elsewhere.var / "shanzhi.sqlite3").exists()

    done = elsewhere.manage("restore", tmp_path / "touched.backup", "--despite-faults", "--over")
    assert done.returncode == 0, done.stderr
    assert "event 5: altered: act" in done.stderr


def test_an_upgrade_is_rehearsed_on_a_copy(county, backup):
    made, _told = county
    before = made.call("tell")

    done = made.manage("rehearse_upgrade", backup)

    assert done.returncode == 0, done.stderr
    assert "fits" in done.stdout
    assert made.call("tell") == before


def test_a_folder_keeps_only_so_many(county, tmp_path):
    made, _told = county
    for name in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (tmp_path / f"shanzhi-{name}.backup").write_bytes(b"older")
    (tmp_path / "letter.txt").write_text("kept")

    done = made.manage("backup", tmp_path, "--keep", 2)

    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "letter.txt"
    assert names[1] == "shanzhi-20260103-000000.backup"
    assert len(names) == 3


def test_a_running_server_is_noticed_before_its_database_is_taken_away(county, backup):
    made, _told = county
    if made.database:
        pytest.skip("a PostgreSQL server says itself who is connected")
    hold = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]); c.execute('select 1'); print('open', flush=True); time.sleep(60)"
    other = made.begin("-c", hold, made.var / "shanzhi.sqlite3")
    try:
        assert other.stdout.readline() == "open\n"
        done = made.manage("restore", backup, "--over")
    finally:
        other.kill()
        other.communicate()
    assert done.returncode == 1
    assert "Stop the web and worker services" in done.stderr
