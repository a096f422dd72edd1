"""Requests made to harm, at a real server: refused in plain words, its memory bounded, nothing left on its disk."""

from __future__ import annotations

import shutil
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.badday.server import TOKEN, Browser, site_on
from tests.cast import PASSWORD

MEBIBYTE = 2**20
GROWTH = 96 * MEBIBYTE  # of a server's process over all of a test
HUGE = 500 * MEBIBYTE
EDGE = "edge"


@pytest.fixture(scope="module")
def site(nursery, tmp_path_factory):
    room = Path(tempfile.mkdtemp())
    with site_on(nursery, "at the count", tmp_path_factory.mktemp("var"), workers=1, TMPDIR=str(room)) as (
        made,
        given,
    ):
        made.room, made.given = room, given
        yield made
    shutil.rmtree(room)


@pytest.fixture
def clerk(site):
    made = Browser(site)
    made.sign_in("dongchuan", PASSWORD)
    return made


@contextmanager
def unharmed(site):
    """The server's memory stays bounded, nothing stays in its folder for files, and it answers the next at once."""
    before = site.memory()
    yield
    assert Browser(site).open("/").status == 200
    assert site.memory() - before < GROWTH
    assert list(site.room.iterdir()) == []


def upload_address(site):
    return f"/tables/roster/{site.given['village']}/in/"


def head_of(clerk, site, length, more=""):
    """A request with a file, up to where the file begins."""
    token = TOKEN.search(clerk.open(upload_address(site)).text)[1]
    begin = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    )
    cookies = "; ".join(f"{name}={value}" for name, value in clerk.cookies.items())
    told = "" if length is None else f"Content-Length: {len(begin) + length}\r\n"
    return (
        f"POST {upload_address(site)} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE}\r\n{told}{more}Connection: close\r\n\r\n"
    ), begin


def stream(site, head, pieces):
    """Send piece after piece until the server has heard enough; what it answered."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=120) as line:
        try:
            line.sendall(head.encode())
            for piece in pieces:
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it answered before it had heard everything
        try:
            answer = b""
            while part := line.recv(65536):
                answer += part
        except ConnectionResetError:
            return answer.decode(errors="replace")
    return answer.decode(errors="replace")


def status(answer):
    return int(answer.split(" ", 2)[1]) if answer else None


def test_half_a_gigabyte_with_its_true_length_is_refused_in_words(site, clerk):
    end = f"\r\n--{EDGE}--\r\n".encode()
    head, begin = head_of(clerk, site, HUGE + len(end))
    with unharmed(site):
        answer = stream(site, head, [begin.encode(), *[b"x" * MEBIBYTE] * (HUGE // MEBIBYTE), end])

    assert status(answer) in {200, 400, 413, 422}
    assert "5 MB" in answer or "MB" in answer


def test_half_a_gigabyte_that_was_promised_and_never_comes_leaves_nothing(site, clerk):
    head, begin = head_of(clerk, site, HUGE)
    with unharmed(site), socket.create_connection(("127.0.0.1", site.port), timeout=60) as line:
        line.sendall((head + begin).encode() + b"x" * (4 * MEBIBYTE))
        line.shutdown(socket.SHUT_WR)
        while line.recv(65536):
            pass


def test_half_a_gigabyte_behind_a_small_length_is_not_heard(site, clerk):
    head, begin = head_of(clerk, site, 1000)
    with unharmed(site):
        answer = stream(site, head, [begin.encode(), *[b"x" * MEBIBYTE] * 50])

    assert status(answer) in {200, 400, 403, None}


@pytest.mark.parametrize("more", ["", "Transfer-Encoding: chunked\r\n"])
def test_a_file_without_a_length_is_refused(site, clerk, more):
    head, begin = head_of(clerk, site, None, more)
    body = begin.encode() + b"x" * MEBIBYTE
    pieces = [b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)] if more else [body]
    with unharmed(site):
        answer = stream(site, head, pieces)

    assert status(answer) in {400, 403, 411}


def test_thousands_of_fields_are_refused(site, clerk):
    fields = urlencode([(f"f{number}", "1") for number in range(6000)]).encode()
    with unharmed(site):
        answer = clerk.ask("POST", upload_address(site), fields, "application/x-www-form-urlencoded")

    assert answer.status == 400
    assert "没有保存任何内容" in answer.text


def test_a_form_of_fifty_megabytes_is_refused_before_it_is_read(site, clerk):
    cookies = "; ".join(f"{name}={value}" for name, value in clerk.cookies.items())
    head = (
        f"POST {upload_address(site)} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {50 * MEBIBYTE}\r\nConnection: close\r\n\r\n"
    )
    with unharmed(site):
        answer = stream(site, head, [b"a=" + b"x" * MEBIBYTE] * 50)

    assert status(answer) in {400, 413, None}


def test_many_files_in_one_form_are_refused(site, clerk):
    head, begin = head_of(clerk, site, 150 * 120)
    part = f'\r\n--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
    with unharmed(site):
        answer = stream(site, head, [begin.encode(), (part.ljust(120, b"x")) * 150])

    assert status(answer) in {400, 413}


@pytest.mark.parametrize(
    "header",
    ["X-Much: " + "x" * 20_000, "Cookie: " + "a=b; " * 10_000, "\r\n".join(f"X-{n}: 1" for n in range(300))],
)
def test_giant_headers_are_refused(site, header):
    with unharmed(site):
        answer = stream(
            site,
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n{header}\r\nConnection: close\r\n\r\n",
            [],
        )

    assert status(answer) in {400, 431}


def test_a_giant_address_is_refused(site):
    with unharmed(site):
        answer = stream(site, f"GET /?q={'x' * 20_000} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n", [])

    assert status(answer) in {400, 414}


def test_a_file_name_that_climbs_is_only_a_name(site, clerk):
    with unharmed(site):
        answer = clerk.send_file(upload_address(site), "file", "../../../climbed.csv", b"a,b\n1,2\n")

    assert answer.status in {200, 302, 422}
    assert not (site.var.parent / "climbed.csv").exists()
