"""The address behind a proxy is the one that our own proxy names."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shanzhi.config.proxy import client_address


def seen(settings, proxies, header):
    settings.PROXIES = proxies
    headers = {} if header is None else {"x-forwarded-for": header}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="127.0.0.1")
    client_address(lambda _request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),  # nobody was told to believe the header
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was typed by the visitor
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, None, "127.0.0.1"),
        (2, "203.0.113.7", "127.0.0.1"),  # came past one of the two
        (1, "unknown", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "203.0.113.7:4711", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_own_proxy_was_called_from(settings, proxies, header, address):
    assert seen(settings, proxies, header) == address
