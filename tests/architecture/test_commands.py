"""The two commands of the README: they are there, and a wrong word is answered before anything is done."""

import os
import re
import socket
import subprocess

import pytest

from tests.architecture.house import ROOT

COMMANDS = ["run", "test"]


def call(*words) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / words[0], *words[1:]], cwd="/", capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_it_and_it_can_be_run(command):
    fenced = re.findall(r"^\./\w+", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert f"./{command}" in fenced
    assert os.access(ROOT / command, os.X_OK)


def test_ci_runs_what_the_readme_says():
    gate = (ROOT / ".ci/run").read_text(encoding="utf-8")

    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert gate.rstrip().endswith('/../test"')


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_short_and_in_both_languages(command):
    answer = call(command, "--help")

    assert answer.returncode == 0
    assert "用法 usage" in answer.stdout
    assert len(answer.stdout.splitlines()) < 20


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--prot", "1"],
        ["run", "8000"],
        ["run", "--port"],
        ["run", "--port", "many"],
        ["run", "--port", "0"],
        ["run", "--port", "65536"],
        ["run", "--port=-1"],
        ["test", "everything"],
        ["test", "--fast"],
    ],
    ids=" ".join,
)
def test_a_wrong_word_is_answered_with_the_usage(words):
    answer = call(*words)

    assert answer.returncode == 2
    assert "usage" in answer.stderr
    assert answer.stdout == ""


def test_a_port_that_is_taken_is_said_in_a_sentence_before_anything_is_done():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        answer = call("run", "--port", str(other.getsockname()[1]))

    assert answer.returncode == 1
    assert "Shanzhi may be running already" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_only_this_machine_is_served():
    served = (ROOT / "tools/serve.py").read_text(encoding="utf-8")

    assert re.findall(r"^bind = (.*)$", served, re.MULTILINE) == ['[f"127.0.0.1:{PORT}"]']
    assert "--bind" not in (ROOT / "run").read_text(encoding="utf-8")
