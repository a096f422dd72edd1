"""The keys of one county: made once into `var/secrets/`, never beside a database that was sealed with others.

| file                | what it is                                                        | lost with it                         |
|---------------------|-------------------------------------------------------------------|--------------------------------------|
| django.key          | signs sessions and forms                                          | everyone signs in again              |
| field-<id>.key      | seals columns (AES-256-GCM); the id stands in every sealed value  | ID numbers, phones, salts: for good  |
| lookup-<id>.key     | keyed hash for looking up an ID number (HMAC-SHA-256)             | look-ups until rebuilt from the file |
| log-public.key      | signs the public log (Ed25519 seed)                               | a new log must be started            |
| log-audit.key       | signs the audit log (Ed25519 seed)                                | a new log must be started            |

The highest id of each kind seals; all of a kind open, so that a key can be rotated.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32


class KeysMissing(RuntimeError):  # noqa: N818 - reads as the thing that happened
    """A database is there but its keys are not. New ones would open nothing, so none are made."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        super().__init__(
            f"密钥缺失 keys missing: {', '.join(names)} in {folder}. "
            "数据库仍在，但打开它的密钥不在。请把备份的密钥文件放回该目录（权限 0600）后重新启动；"
            "没有密钥备份时，加密的身份证号和电话无法恢复。 "
            "The database exists but the keys that open it do not. Put the key files of this county back into that "
            "folder (mode 0600) and start again. No new keys were made, because they could open nothing. "
            "第一次连接空的 PostgreSQL 数据库时，请设 SHANZHI_FIRST_START=1 启动一次。 "
            "For the very first start on an empty PostgreSQL database set SHANZHI_FIRST_START=1 once."
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one county."""

    django: str
    fields: dict[str, bytes]
    look_ups: dict[str, bytes]
    log_public: bytes
    log_audit: bytes


def load(folder: Path, *, database_exists: bool) -> Keys:
    """Read the keys, or make them when this is the very first start. Raises KeysMissing."""
    wanted = ["django.key", "field-1.key", "lookup-1.key", "log-public.key", "log-audit.key"]
    missing = [name for name in wanted if not (folder / name).exists()]
    if missing and database_exists:
        raise KeysMissing(folder, missing)
    for name in missing:
        _make(folder / name)
    return Keys(
        django=_read(folder / "django.key").hex(),
        fields=_numbered(folder, "field"),
        look_ups=_numbered(folder, "lookup"),
        log_public=_read(folder / "log-public.key"),
        log_audit=_read(folder / "log-audit.key"),
    )


def _make(path: Path) -> None:
    """A new key, whole or not at all: a power cut leaves no half of one, a second worker never reads one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another worker was first: its key is the key
            os.link(draft, path)
    finally:
        os.unlink(draft)


def _read(path: Path) -> bytes:
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path.name} must hold {KEY_BYTES} bytes in hexadecimal, holds {len(key)}")
    return key


def _numbered(folder: Path, kind: str) -> dict[str, bytes]:
    """Key id -> key, newest id first."""
    found = {path.stem.removeprefix(f"{kind}-"): _read(path) for path in folder.glob(f"{kind}-*.key")}
    return dict(sorted(found.items(), key=lambda pair: int(pair[0]), reverse=True))
