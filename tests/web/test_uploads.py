"""A file that is far too large takes no more of the disk than the limit."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from shanzhi.web import uploads


def received(size):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.xlsx", b"x" * size), "word": "y"})
    return request.FILES["file"], request.POST["word"]


def test_a_file_within_the_limit_arrives_whole():
    for size in (1, 100_000, 3 * 1024 * 1024):
        file, word = received(size)

        assert (file.size, len(file.read()), word) == (size, size, "y")
        file.close()


def test_the_rest_of_a_huge_file_is_dropped_and_the_form_still_arrives():
    file, word = received(50 * 1024 * 1024)

    assert uploads.MOST_BYTES <= file.size < uploads.MOST_BYTES + 128 * 1024
    assert word == "y"
    file.close()
