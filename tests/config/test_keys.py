"""Keys are made once, whole, for their owner only, and never beside a database that was sealed with others."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from shanzhi.config import keys
from tests.architecture.house import ROOT

NAMES = ["django.key", "field-1.key", "log-audit.key", "log-public.key", "lookup-1.key"]


def test_the_first_start_makes_every_key_for_its_owner_only(tmp_path):
    made = keys.load(tmp_path / "secrets", database_exists=False)

    files = sorted((tmp_path / "secrets").iterdir())
    assert [file.name for file in files] == NAMES
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (
        len({made.django, made.log_public, made.log_audit, *made.fields.values(), *made.look_ups.values()})
        == 5
    )


def test_the_next_start_reads_the_same(tmp_path):
    first = keys.load(tmp_path, database_exists=False)

    assert keys.load(tmp_path, database_exists=True) == first


@pytest.mark.parametrize("lost", NAMES)
def test_a_lost_key_beside_a_database_is_named_and_none_is_made(tmp_path, lost):
    keys.load(tmp_path, database_exists=False)
    (tmp_path / lost).unlink()

    with pytest.raises(keys.KeysMissing, match=lost):
        keys.load(tmp_path, database_exists=True)
    assert not (tmp_path / lost).exists()


def test_the_highest_id_seals_and_all_open(tmp_path):
    keys.load(tmp_path, database_exists=False)
    for number in (2, 10):
        (tmp_path / f"field-{number}.key").write_text(f"{number:064x}\n", encoding="ascii")

    assert list(keys.load(tmp_path, database_exists=True).fields) == ["10", "2", "1"]


def test_a_damaged_key_is_named(tmp_path):
    keys.load(tmp_path, database_exists=False)
    (tmp_path / "log-public.key").write_text("abcd\n", encoding="ascii")

    with pytest.raises(ValueError, match=r"log-public\.key must hold 32 bytes"):
        keys.load(tmp_path, database_exists=True)


def test_workers_that_start_at_once_share_one_set(tmp_path):
    with ThreadPoolExecutor(8) as workers:
        made = list(workers.map(lambda _: keys.load(tmp_path / "secrets", database_exists=False), range(24)))

    assert all(one == made[0] for one in made)
    assert sorted(file.name for file in (tmp_path / "secrets").iterdir()) == NAMES


def check(tmp_path, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env={"SHANZHI_VAR": str(tmp_path), "PATH": "", **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


PUBLIC = {"SHANZHI_TLS": "1", "SHANZHI_HOSTS": "xz.example.gov.cn", "SHANZHI_HASHED_STATIC": "1"}


def test_a_public_server_passes_every_check_of_django(tmp_path):
    answer = check(tmp_path, **PUBLIC)

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_a_database_without_keys_stops_the_start_with_a_sentence(tmp_path):
    (tmp_path / "shanzhi.sqlite3").write_bytes(b"rows")

    answer = check(tmp_path)

    assert answer.returncode == 1
    assert "密钥缺失" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "secrets").exists()


def test_on_postgresql_keys_are_made_only_when_the_operator_says_it_is_the_first_start(tmp_path):
    address = {"SHANZHI_POSTGRES": "postgresql://nobody@127.0.0.1:9/none", **PUBLIC}

    refused = check(tmp_path, **address)
    first = check(tmp_path, **address, SHANZHI_FIRST_START="1")
    later = check(tmp_path, **address)

    assert "SHANZHI_FIRST_START=1" in refused.stderr
    assert [refused.returncode, first.returncode, later.returncode] == [1, 0, 0]
