"""`shanzhi verify BUNDLE.json --log-key KEY`: was this really published, unaltered?"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from shanzhi.cli import reading
from shanzhi.cli.errors import Unusable
from shanzhi.core.merkle import bundle, roll
from shanzhi.core.merkle.bundle import Verified
from shanzhi.core.merkle.checkpoint import LogKey
from shanzhi.core.merkle.errors import BundleFalse, NoteFalse, ProofFalse, Unproven

HELP = "核验公开的文件有没有被改动 check offline that a published document is unaltered"
LIMITS = (
    "没有检查 not checked: 时间由服务器自称，没有第三方作证；服务器的签名密钥若被盗，可以另造一份日志，"
    "要靠纸质公告上印的日志名称、条数和根值比对才能发现。 The time is the server's own claim. Whoever steals the server's "
    "key can sign another log; that shows only when the lines printed on paper notices are compared."
)
PARTS = {NoteFalse: "checkpoint", ProofFalse: "proof"}
_WORDS = {
    "document": "文件内容 document",
    "leaf": "日志条目 leaf",
    "index": "位置 position",
    "inclusion_proof": "存在证明 inclusion proof",
    "consistency": "一致性证明 consistency proof",
    "checkpoint": "日志签名 checkpoint",
    "proof": "名单证明 proof",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is given."""
    parser.add_argument(
        "bundle", metavar="BUNDLE.json", help='the downloaded proof, or "-" for standard input'
    )
    parser.add_argument(
        "newer", nargs="?", metavar="NEWER.json", help="a newer bundle: proves history was only added to"
    )
    parser.add_argument(
        "--log-key", metavar="KEY", help="the log's public key (from paper), or a file that holds it"
    )
    parser.add_argument(
        "--line", metavar="SLIP.json", help="a voter's slip: prove one line of a published roll"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace) -> int:
    """Check a bundle. 0 proved, 1 a proof is false, 2 unusable input."""
    key = _key(args.log_key)
    data = reading.file_bytes("bundle", args.bundle)
    newer = reading.file_bytes("newer", args.newer) if args.newer is not None else None
    slip = _slip(args.line) if args.line is not None else None
    looked_at = args.bundle
    try:
        found = bundle.check(data, key)
        if slip is not None:
            roll.verify(slip, _lines_root(found))
        looked_at = args.newer
        grown = bundle.check_grown(found, newer, key) if newer is not None else None
    except Unproven as false:
        return _refuse(false, looked_at, as_json=args.json)
    _answer(found, grown, slip, as_json=args.json)
    return 0


def _refuse(false: Unproven, name: str, *, as_json: bool) -> int:
    """Say which part is false: exit 1; or, when the file is no bundle at all, that it cannot be used: exit 2."""
    part = false.part if isinstance(false, BundleFalse) else PARTS[type(false)]
    if part in {"file", "version"}:
        raise Unusable("bundle", name, f"a {bundle.VERSION} file exactly as it was downloaded ({false})")
    if as_json:
        reading.print_json({"verified": False, "file": name, "part": part, "reason": str(false)})
    print(f"不能证明 NOT PROVED: {name}: {_WORDS[part]}: {false}", file=sys.stderr)
    return 1


def _answer(found: Verified, grown: Verified | None, slip: roll.Slip | None, *, as_json: bool) -> None:
    if as_json:
        reading.print_json(
            _row(found) | {"grown_to": grown.checkpoint.size if grown else None, "line": slip is not None}
        )
        return
    leaf = found.leaf
    print("核验通过 PROVED: 内容与公开时一致 the document is exactly what was published")
    print(f"  标题 title: {leaf['title']}")
    print(f"  发布单位 issuing body: {leaf['issuing_body']}")
    print(f"  张贴日期 posted on: {leaf['posted_on']}")
    print(f"  自称封存时间 claimed time: {leaf['claimed_time']}")
    print(f"  日志 log: {found.checkpoint.origin}")
    print(f"  位置 position: {found.index} / {found.checkpoint.size}")
    print(f"  根值 root: {found.checkpoint.root.hex()}")
    if grown is not None:
        print(f"  历史只增不改 history was only added to: {found.checkpoint.size} → {grown.checkpoint.size}")
    if slip is not None:
        print(
            f"  名单第{slip.line.number}号在公布的名单上 line {slip.line.number} stands on the published roll"
        )
    print(LIMITS)


def _row(found: Verified) -> dict[str, Any]:
    point = found.checkpoint
    return {
        "verified": True,
        "leaf": dict(found.leaf),
        "claimed_time": found.leaf["claimed_time"],
        "issuing_body": found.leaf["issuing_body"],
        "index": found.index,
        "log": {"origin": point.origin, "size": point.size, "root": point.root.hex()},
        "not_checked": LIMITS,
    }


def _key(given: str | None) -> LogKey:
    if not given:
        raise Unusable(
            "--log-key",
            None,
            "the log's public key, or a file that holds it; a key inside a bundle proves nothing",
        )
    text = given
    if _is_file(given):
        text = reading.file_bytes("--log-key", given).decode("utf-8-sig", errors="replace").strip()
    try:
        return LogKey.parse(text)
    except NoteFalse as wrong:
        raise Unusable(
            "--log-key", given, f"the log's public key, or a file that holds it ({wrong})"
        ) from None


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # longer than a file's name may be
        return False


def _slip(name: str) -> roll.Slip:
    data = reading.json_file("--line", name)
    try:
        numbers = [data.pop(key) for key in ("number", "position", "count")]
        words = [data.pop(key) for key in ("name", "sex", "salt")]
        path = tuple(bytes.fromhex(part) for part in data.pop("path"))
        if data or {type(each) for each in numbers} != {int} or {type(each) for each in words} != {str}:
            raise ValueError("a field too many, or of another type")
        number, position, count = numbers
        name_on_roll, sex, salt = words
        held = roll.Slip(roll.Line(number, name_on_roll, sex), bytes.fromhex(salt), position, count, path)
        roll.commitment(held.line, held.salt)  # refuses a salt of another length
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unusable("--line", name, "a slip with number, name, sex, salt, position, count, path") from None
    return held


def _lines_root(found: Verified) -> bytes:
    try:
        return bytes.fromhex(json.loads(found.document)["lines_root"])
    except (KeyError, TypeError, ValueError):
        raise Unusable("--line", "bundle", "the bundle of a published voter roll") from None
