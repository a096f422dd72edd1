"""What a server of a county is set up with: every variable is documented, every file names things that are there."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess

import pytest

from tests.architecture.house import ROOT, committed

DEPLOY = ROOT / "deploy"
NAMED = re.compile(r"SHANZHI_[A-Z]+(?:_[A-Z]+)*")
BY_KIND = ("OIDC", "WECHAT", "DINGTALK")  # `config.outside` puts these names together
UNITS = sorted(DEPLOY.glob("*.service"))


def read_anywhere() -> set[str]:
    """Every variable that the program, its commands and its start read."""
    files = [path for path in committed() if path.suffix in {".py", ""} and path.name != "Containerfile"]
    inside = [
        path
        for path in files
        if path.relative_to(ROOT).parts[0] in {"src", "tools", "run", "manage.py", ".boot.sh"}
    ]
    found = set().union(*(NAMED.findall(path.read_text(encoding="utf-8")) for path in inside))
    made = {f"SHANZHI_{kind}_{part}" for kind in BY_KIND for part in ("ID", "SECRET")}
    return {name for name in found if not name.endswith("_")} | made


def documented() -> set[str]:
    text = (ROOT / "docs/operator.md").read_text(encoding="utf-8")
    table = text[text.index("## Environment") : text.index("## Keys")]
    return {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in NAMED.findall(line.split("|")[1])
    }


def test_every_variable_that_is_read_is_documented_and_the_other_way_round():
    assert read_anywhere() - documented() == set()
    assert documented() - read_anywhere() == set()


def test_the_environment_file_names_only_variables_that_there_are():
    text = (DEPLOY / "shanzhi.env.example").read_text(encoding="utf-8")
    given = {line.lstrip("#").split("=")[0] for line in text.splitlines() if re.match(r"#?SHANZHI_", line)}
    assert given <= documented()
    assert all(re.match(r"(#|$|[A-Z_]+=[^\s'\"]*$)", line) for line in text.splitlines())


def service(unit) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text(encoding="utf-8"))
    return parser["Service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_starts_what_there_is_and_may_do_little(unit):
    from django.core.management import get_commands

    said = service(unit)
    words = said["ExecStart"].split()
    assert words[0].endswith("/.venv/bin/python")
    assert (words[1:3] == ["-m", "gunicorn"] and (ROOT / "tools/serve.py").exists()) or (
        words[1] == "manage.py" and (words[2] in get_commands() or words[2] == "db_worker")
    )
    assert said["User"] == "shanzhi"
    assert said["EnvironmentFile"] == "/etc/shanzhi.env"
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "PrivateTmp": "yes",
        "UMask": "0077",
    }.items():
        assert said[name] == value


def test_every_timer_has_its_service():
    timers = sorted(DEPLOY.glob("*.timer"))
    assert len(timers) == 3
    assert all(timer.with_suffix(".service").exists() for timer in timers)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_itself_finds_no_fault(tmp_path):
    for unit in [*UNITS, *DEPLOY.glob("*.timer")]:
        text = unit.read_text(encoding="utf-8").replace(
            "/srv/shanzhi/program/.venv/bin/python", shutil.which("sh")
        )
        (tmp_path / unit.name).write_text(re.sub(r"^(User|Group)=.*\n", "", text, flags=re.MULTILINE))
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "shanzhi" in line]
    assert said == []


def test_no_web_server_keeps_who_asked_for_what():
    text = (DEPLOY / "nginx.conf.example").read_text(encoding="utf-8")
    assert text.count("server {") == text.count("access_log off;") == text.count(" crit;")
    for name in ("Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Request-ID"):
        assert f"proxy_set_header {name} " in text


def test_nothing_of_a_county_goes_into_an_image():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"var", ".venv", ".git"} <= set(ignored)
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER shanzhi$", image, re.MULTILINE)
    assert "tools/serve.py" in image
