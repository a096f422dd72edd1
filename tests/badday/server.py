"""A real server on a real database, as `tools/serve.py` sets it up, and a browser that only knows requests."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.badday.kills import ROOT, Files, Nursery

SETTINGS = Path(__file__).with_name("served.py")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Site:
    """gunicorn with the production settings. `var` holds the database, or SHANZHI_POSTGRES names it in `env`."""

    def __init__(self, var: Path, *, secrets: Path, workers: int = 1, **env: str) -> None:
        self.var = var
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(secrets / f"server-{self.port}.log", "w+")  # noqa: SIM115 - as long as the server
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(SETTINGS), "shanzhi.config.wsgi"], cwd=ROOT,
            stdout=self.log, stderr=self.log,
            env=os.environ | {
                "SHANZHI_VAR": str(var), "SHANZHI_SECRETS": str(secrets), "SHANZHI_PORT": str(self.port),
                "SHANZHI_WORKERS": str(workers), "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings",
                "SHANZHI_SECOND_FACTOR": "optional", **env,
            },
        )  # fmt: skip
        self._await()

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            self.process.poll()
        raise AssertionError(f"the server did not open: {self.said()}")

    def kill_at(self, statement: int) -> None:
        """The worker that answers the next form dies before this statement."""
        (self.var / "kill_at").write_text(str(statement))

    def memory(self) -> int:
        """The most that any of its processes has held, in bytes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        held = [Path(f"/proc/{each}/status").read_text() for each in children]
        return max(int(re.search(r"VmHWM:\s+(\d+)", each)[1]) for each in held) * 1024

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


class Answer:
    """What came back."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.location = response.headers.get("Location", "")
        self.cookies = response.headers.get_all("Set-Cookie") or []
        self.headers = response.headers

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Keeps cookies, sends forms with their token. A connection that breaks is an error, as it is for a person."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=90)
        try:
            told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | headers
            if kind:
                told["Content-Type"] = kind
            connection.request(method, path, body or None, told)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def open(self, path: str) -> Answer:
        return self.ask("GET", path)

    def send(self, path: str, form: dict[str, object], *, page: str = "") -> Answer:
        """Open the page with the form, take its token, send the form."""
        token = TOKEN.search(self.open(page or path).text)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], **form}
        return self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def send_file(self, path: str, field: str, name: str, content: bytes, **form: str) -> Answer:
        """The same with a file in it."""
        token = TOKEN.search(self.open(path).text)
        assert token is not None
        body = b"".join(
            f'--edge\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'.encode()
            for each, value in {"csrfmiddlewaretoken": token[1], **form}.items()
        )
        head = f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        return self.ask(
            "POST", path, body + head + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"
        )

    def sign_in(self, name: str, password: str) -> None:
        answer = self.send("/account/sign-in/", {"username": name, "password": password})
        assert answer.status == 302, answer.text


@contextmanager
def site_on(
    nursery: Nursery, world: str, var: Path, *, workers: int = 2, **more: str
) -> Iterator[tuple[Site, dict[str, Any]]]:
    """A server on a world of its own, and what is known of that world."""
    given = nursery.world(world, "shanzhi")
    if isinstance(nursery.databases, Files):
        nursery.databases.move("shanzhi", var)
    else:
        more["SHANZHI_POSTGRES"] = nursery.databases.address("shanzhi")
    made = Site(var, secrets=nursery.folder, workers=workers, **more)
    try:
        yield made, given
    finally:
        made.close()


def looked(nursery: Nursery, var: Path) -> dict[str, Any]:
    """The server's database, seen by another process."""
    database = (
        str(var / "shanzhi.sqlite3")
        if isinstance(nursery.databases, Files)
        else nursery.databases.name("shanzhi")
    )
    return nursery.ask("look", database)["said"]


def rows(said: dict[str, Any], table: str) -> int:
    return int(said["shape"][table].split()[0])
