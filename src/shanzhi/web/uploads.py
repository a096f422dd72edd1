"""What an uploaded file may take of the disk, however large it is sent."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler

# More than any form here accepts: the form itself then says that the file is too large.
MOST_BYTES = 30 * 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """Stands first: lets a file through up to the limit and drops the rest unread."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - the handlers behind it make the file
        return None
