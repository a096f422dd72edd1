"""Copies from `node_modules` the few third-party files that pages use, and nothing else.

    tools/vendor.py NODE_MODULES FOLDER

What only tests use goes to a folder beside it, `FOLDER-tests`, which no server serves.
The allow-list below is the whole list: a page may only ask for a file that stands in it. Files are checked against
the hashes in package-lock.json when npm unpacks them. `FOLDER` is replaced in one step, so that an interrupted copy
leaves the old one, or none, and never half of one.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

# Name under static `vendor/` -> file in node_modules.
FILES = {
    # The design base of the office pages.
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    # Signatures and hashes, to check a published document in the reader's own browser.
    # From here too where the browser has such functions: it lends them only to pages that came by TLS.
    "noble/ed25519.js": "@noble/ed25519/index.js",
    "noble/sha2.js": "@noble/hashes/sha2.js",
    "noble/_md.js": "@noble/hashes/_md.js",
    "noble/_u64.js": "@noble/hashes/_u64.js",
    "noble/utils.js": "@noble/hashes/utils.js",
    "noble/LICENSE-ed25519.txt": "@noble/ed25519/LICENSE",
    "noble/LICENSE-hashes.txt": "@noble/hashes/LICENSE",
    # Maps, with our own outlines and points. Only pages with a map ask for it.
    "maplibre/maplibre-gl.js": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre/worker.js": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre/LICENSE.txt": "maplibre-gl/LICENSE.txt",
}
# Name in the folder of the tests -> file in node_modules.
TEST_FILES = {
    "axe.min.js": "axe-core/axe.min.js",  # finds what keeps people with bad eyes, or without a mouse, from a page
}
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$)\s*", re.MULTILINE)


def copy(modules: Path, folder: Path, files: dict[str, str]) -> int:
    """How many files were copied. Raises FileNotFoundError naming the first that is not there."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, source in files.items():
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Maps are not copied, and hashed static names refuse a file that names a missing one.
        target.write_text(
            SOURCE_MAP.sub("", (modules / source).read_text(encoding="utf-8")), encoding="utf-8"
        )
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return len(files)


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        modules, folder = Path(sys.argv[1]), Path(sys.argv[2])
        number = copy(modules, folder, FILES) + copy(
            modules, folder.with_name(f"{folder.name}-tests"), TEST_FILES
        )
    except FileNotFoundError as missing:
        print(
            f"tools/vendor.py: {missing.filename} is not there: package.json and FILES must agree",
            file=sys.stderr,
        )
        return 1
    print(f"{number} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
