"""What the project promises about its own files: where it comes from, what it needs, what it never names."""

import json
import re
import tomllib

import pytest
from tools import vendor

from tests.architecture.house import PROJECT, ROOT, SOURCE, texts

# Put together from pieces, so that this file does not name them either.
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me/" + r"\w", "Us" + "ers"]) + r")\b"
)
REGISTRY = re.compile(
    "|".join(
        [
            "py" + r"pi\.org",
            "pythonho" + r"sted\.org",
            "np" + r"mjs\.(?:org|com)",
            "np" + r"mmirror\.com",
            "yarn" + r"pkg\.com",
        ]
    )
)
HAN = re.compile(r"[\u4e00-\u9fff]")
ASKED = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
IMPORTED = re.compile(r"""(?:from|import\()\s*["'](/static/)?vendor/([^"']+)["']""")


def test_no_file_names_a_machine_s_folder():
    assert [(name, found[0]) for name, text in texts().items() if (found := MACHINE.findall(text))] == []


def test_no_file_names_a_registry():
    assert [(name, found[0]) for name, text in texts().items() if (found := REGISTRY.findall(text))] == []


def test_both_checks_would_see_it():
    assert MACHINE.search("in " + "/wo" + "rk/x")
    assert REGISTRY.search("https://" + "registry.np" + "mjs.org/x")


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    silent = [
        name
        for group in groups
        for name in group
        if not re.search(re.escape(f'"{name}",') + r"\s+# [A-Zh].{10,}\.$", text, re.MULTILINE)
    ]

    assert silent == []


@pytest.mark.parametrize("file", sorted((ROOT / "requirements").iterdir()), ids=lambda file: file.name)
def test_a_lock_file_holds_exact_versions_with_hashes_and_no_address(file):
    text = file.read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)

    assert pins
    assert all(re.match(r"[a-z0-9._-]+==\S+", pin) and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_what_the_server_needs_is_the_same_in_both_locks():
    def pins(name):
        return set(
            re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE)
        )

    assert pins("runtime") <= pins("dev")


def test_every_dependency_stands_in_the_lock():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/dev.txt").read_text(), re.MULTILINE))
    named = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["build"],
        *PROJECT["dependency-groups"]["dev"],
    ]

    assert {re.match(r"[\w.-]+", name)[0].lower() for name in named} <= locked


def test_the_pages_files_are_pinned_by_hash_and_come_from_no_named_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    named = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    assert {f"node_modules/{name}": version for name, version in named.items()}.items() <= {
        name: package["version"] for name, package in packages.items()
    }.items()


def test_every_style_sheet_and_script_that_a_page_asks_for_is_there():
    missing = []
    for file in SOURCE.rglob("templates/**/*.html"):
        for name in ASKED.findall(file.read_text(encoding="utf-8")):
            own = any((folder / name).exists() for folder in SOURCE.rglob("static") if folder.is_dir())
            if not own and name.removeprefix("vendor/") not in vendor.FILES:
                missing.append((file.name, name))
    for file in SOURCE.rglob("static/**/*.js"):
        for _, name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            if name not in vendor.FILES:
                missing.append((file.name, name))

    assert missing == []


def test_no_script_speaks_one_language_only():
    """Words reach a script by the page, in the reader's language."""
    assert [f.name for f in SOURCE.rglob("static/**/*.js") if HAN.search(code_of(f))] == []


def code_of(script) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_licence_is_whole_and_is_the_one_that_is_named():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert text.rstrip().endswith("limitations under the License.")


def test_the_project_file_is_read_by_every_tool():
    assert tomllib.loads((SOURCE / "core/ruff.toml").read_text(encoding="utf-8"))["extend"].endswith(
        "pyproject.toml"
    )
