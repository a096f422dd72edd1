"""A backup as one file: a compressed tar; its last member, the manifest, names every other one with size and digest."""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from shanzhi.apps.upkeep.bridge import sealed
from shanzhi.apps.upkeep.errors import Unusable

FORMAT = "shanzhi-backup-1"
MANIFEST = "manifest.json"
A_PART = 1 << 20
LARGEST_MANIFEST = 64 << 20
DAMAGED = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError)


def pack(
    target: BinaryIO, files: Iterable[tuple[str, Path]], about: dict[str, Any], passphrase: str = ""
) -> dict[str, Any]:
    """Write the files and the manifest about them, sealed when there is a passphrase; answers with the manifest."""
    outer: Any = sealed.Sealing(target, passphrase) if passphrase else target
    listed = []
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=outer, compresslevel=4, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        for name, path in files:
            counted = _Counted(path)
            with counted:
                tar.addfile(_member(name, path.stat().st_size), counted)
            listed.append({"name": name, "size": counted.size, "sha256": counted.digest.hexdigest()})
        manifest = {"format": FORMAT, **about, "files": listed}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        tar.addfile(_member(MANIFEST, len(text)), BytesIO(text))
    if passphrase:
        outer.close()
    return manifest


def unpack(path: Path, folder: Path, passphrase: str = "") -> dict[str, Any]:
    """Put the files of a backup into a folder and answer with its manifest. Raises Unusable unless all of it is whole."""
    try:
        with path.open("rb") as file:
            shut = sealed.is_sealed(file.read(64))
            file.seek(0)
            if shut and not passphrase:
                raise Unusable(
                    "This backup is sealed: name the file with its passphrase in --passphrase-file."
                )
            found, text = _members(sealed.Opening(file, passphrase) if shut else file, folder)
        manifest = json.loads(text)
        if manifest["format"] != FORMAT:
            raise Unusable(
                f"This is a backup of another kind: {manifest['format']}. Restore it with its own program."
            )
        for each in manifest["files"]:
            if found.pop(each["name"], None) != (each["size"], each["sha256"]):
                raise Unusable(f"{each['name']} in this backup is damaged or missing. Use another backup.")
    except DAMAGED as wrong:
        raise Unusable(
            f"This file is damaged, or no backup at all. Use another one. ({type(wrong).__name__})"
        ) from None
    if found:
        raise Unusable(f"This backup holds what its manifest does not name: {', '.join(sorted(found))}.")
    return dict(manifest)


def _members(source: Any, folder: Path) -> tuple[dict[str, tuple[int, str]], bytes]:
    """Every member put into the folder, with its size and digest; and the manifest's text."""
    found: dict[str, tuple[int, str]] = {}
    text = b""
    with gzip.GzipFile(fileobj=source, mode="rb") as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                reader = tar.extractfile(member) if member.isreg() else None
                if reader is None or text or member.name in found:
                    raise Unusable("This is not a backup: it holds what no backup holds.")
                if member.name == MANIFEST:
                    text = reader.read(LARGEST_MANIFEST)
                else:
                    found[member.name] = _put(reader, _inside(folder, member.name))
        while packed.read(A_PART):  # to the end, where the checksum of the whole stands
            pass
    if not text:
        raise EOFError
    return found, text


def _inside(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in name:
        raise Unusable("This is not a backup: a name in it leads out of its folder.")
    path = folder.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _put(reader: Any, path: Path) -> tuple[int, str]:
    digest, size = sha256(), 0
    with path.open("xb") as target:
        while part := reader.read(A_PART):
            digest.update(part)
            size += len(part)
            target.write(part)
    return size, digest.hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Counted:
    """A file that is counted and digested while it is read."""

    def __init__(self, path: Path) -> None:
        self._path, self.size, self.digest = path, 0, sha256()

    def __enter__(self) -> _Counted:
        self._file = self._path.open("rb")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self.digest.update(part)
        self.size += len(part)
        return part
