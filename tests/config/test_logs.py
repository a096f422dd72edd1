"""No line that leaves the server tells about a person: driven through pages and failures with marked names and numbers."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote, urlencode

import pytest

from tests.architecture.house import ROOT
from tests.cast import make_id_number

NAME, NUMBER, PHONE = "郗超逸", make_id_number(417), "13934417417"
MARKS = [
    NAME,
    NUMBER,
    PHONE,
    NUMBER[:11],
    NUMBER[-4:] + "?",
    quote(NAME),
    json.dumps(NAME)[1:-1],
    repr(NAME.encode())[2:-1],
]
QUERY = urlencode({"name": NAME, "number": NUMBER, "phone": PHONE})


class Server:
    """The county's own server, as `./run` and the service start it, and everything that it writes."""

    def __init__(self, folder) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "SHANZHI_POSTGRES"},
            "SHANZHI_VAR": str(folder), "SHANZHI_PORT": str(self.port), "SHANZHI_WORKERS": "1", "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.config.noisy_settings", "PYTHONWARNINGS": "default",
        }  # fmt: skip
        self.written = folder / "written"

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )

    def __enter__(self) -> Server:
        self.file = self.written.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "tools/serve.py", "shanzhi.config.wsgi"],
            cwd=ROOT, env=self.env, stdout=self.file, stderr=self.file,
        )  # fmt: skip
        for _ in range(600):
            try:
                self.ask("GET", "/healthz")
            except OSError:
                assert self.process.poll() is None, self.written.read_text()
                time.sleep(0.1)  # a server's start cannot be waited for otherwise
            else:
                return self
        raise AssertionError(self.written.read_text())

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.file.close()

    def ask(
        self, method: str, address: str, body: str = "", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(
                method,
                address,
                body or None,
                {name.replace("_", "-"): value for name, value in headers.items()},
            )
            answer = line.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode(errors="replace")
        finally:
            line.close()

    def raw(self, data: bytes) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(data)
            line.recv(1 << 16)


@pytest.fixture(scope="module")
def driven(tmp_path_factory):
    """The server after a bad day; what it wrote, and the answer to a failed page."""
    server = Server(tmp_path_factory.mktemp("noisy"))
    done = server.manage("migrate", "-v", "0")
    assert done.returncode == 0, done.stderr
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    with server:
        failed = server.ask("GET", f"/noisy/locals/{quote(NAME)}/?{QUERY}")
        for address in (
            f"/noisy/sql?{QUERY}", f"/noisy/words?{QUERY}", "/noisy/plain", f"/{quote(NAME)}/{NUMBER}", f"/v/{NUMBER}/?{QUERY}",
            f"/places/person/{NUMBER}?{QUERY}", f"/?{QUERY}", f"/notice/?number={NUMBER}", f"/record/{NUMBER}/",
            f"/account/?{QUERY}", f"/records/audit?by={quote(NAME)}", f"/{quote(NAME)}%00?{QUERY}", f"/static/{NUMBER}.css",
        ):  # fmt: skip
            server.ask("GET", address)
            server.ask("HEAD", address)
            server.ask("DELETE", address)
        for address in (
            "/account/sign-in/",
            "/language/",
            "/noisy/sql",
            "/v/141130101201/check/",
            "/account/",
        ):
            server.ask("POST", address, QUERY, **form)  # without the token that a form carries
            server.ask("POST", address, QUERY, Cookie=f"csrftoken={'a' * 32}; sessionid={NUMBER}", **form)
        server.ask("GET", "/", Host=f"{NUMBER}.example.cn")
        server.ask(
            "GET",
            "/",
            Cookie=f"sessionid={NUMBER}; name={quote(NAME)}",
            User_Agent=NUMBER,
            Referer=f"http://x/?{QUERY}",
        )
        server.ask("POST", "/language/", QUERY + "&x=1" * 6000, **form)
        server.ask(
            "POST",
            "/language/",
            f'--b\r\nContent-Disposition: form-data; name="{NUMBER}"\r\n\r\n',
            Content_Type="multipart/form-data; boundary=b",
        )
        for garbage in (
            f"GET /{NUMBER} HTTP/9.9\r\n\r\n",
            f"{NUMBER}\r\n\r\n",
            f"GET / HTTP/1.1\r\nHost: {NUMBER}\r\n{NUMBER}\r\n\r\n",
        ):
            server.raw(garbage.encode())
        for _ in range(6):
            server.ask("POST", "/account/sign-in/", urlencode({"username": NAME, "password": NUMBER}), **form)
    return server, failed


def lines_of(server) -> list[dict]:
    return [
        json.loads(line)
        for line in server.written.read_text(encoding="utf-8").splitlines()
        if line.startswith("{")
    ]


def test_nothing_that_the_server_writes_tells_about_a_person(driven):
    server, _failed = driven
    written = server.written.read_text(encoding="utf-8")
    assert len(lines_of(server)) > 60
    assert [mark for mark in MARKS if mark in written] == []


def test_every_line_is_one_object_that_a_program_can_read(driven):
    server, _failed = driven
    text = [line for line in server.written.read_text(encoding="utf-8").splitlines() if line.strip()]
    odd = [line for line in text if not line.startswith("{")]
    assert [line for line in odd if "Shanzhi is open" not in line and "Ctrl-C" not in line] == []
    assert all({"at", "level", "logger", "where"} <= line.keys() for line in lines_of(server))


def test_the_page_of_a_failure_shows_the_number_that_stands_in_its_lines(driven):
    server, (status, headers, page) = driven
    number = headers["X-Request-ID"]
    assert status == 500
    assert number in page
    assert NUMBER not in page
    (line,) = [each for each in lines_of(server) if each.get("request") == number and "failed" in each]
    assert line["failed"] == ["builtins.ValueError", "builtins.KeyError"]
    assert any("in_locals" in place for place in line["passed"])
    assert line["page"] == "noisy_locals"


def test_a_database_error_keeps_its_kind_and_code(driven):
    server, _failed = driven
    assert any(
        "django.db.utils.IntegrityError" in line["failed"][0] and "SQLITE_CONSTRAINT" in line["failed"][1]
        for line in lines_of(server)
        if "failed" in line and "IntegrityError" in str(line["failed"])
    )


def test_words_of_the_source_and_small_numbers_stay(driven):
    server, _failed = driven
    said = {line.get("says", "") for line in lines_of(server)}
    assert "the queue has 42 entries for …" in said
    assert "a warning of the program" in said
    statuses = {line.get("status") for line in lines_of(server) if line["logger"] == "django.request"}
    assert {404, 500} <= statuses


def test_the_access_lines_tell_page_and_status(driven):
    server, _failed = driven
    answered = [line for line in lines_of(server) if line["logger"] == "shanzhi.requests"]
    assert {"method", "status", "ms", "page", "request"} <= answered[0].keys()
    assert not any(re.search(r"/", line["page"]) for line in answered)


def test_a_command_of_a_public_server_ends_without_the_text_of_an_exception(tmp_path):
    server = Server(tmp_path)
    server.env |= {"SHANZHI_TLS": "1", "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings"}
    code = f"import django; django.setup(); raise ValueError('{NAME} {NUMBER}')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=server.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert NAME not in done.stderr
    assert json.loads(done.stderr)["failed"] == ["builtins.ValueError"]


def test_nobody_is_mailed(settings):
    """Django would mail the whole request to ADMINS."""
    import logging

    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django.request").handlers == []
