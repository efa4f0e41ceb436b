"""The container's recipe: what it copies is there, what it installs is pinned, and how it starts needs no file."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.__main__ import build_cli
from bot.monitor import health_file

ROOT = Path(__file__).parent.parent
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def steps(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", RECIPE, re.MULTILINE)


def test_what_is_copied_is_there_and_not_left_out() -> None:
    """Every path that the build takes exists, and `.dockerignore` lets it in: it lets nothing else in."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    allowed = {line[1:] for line in lines if line.startswith("!")}
    assert "*" in lines
    copied = {part for step in steps("COPY") if "--from" not in step for part in shlex.split(step)[:-1]}
    assert copied == allowed
    assert [] == [path for path in sorted(copied) if not (ROOT / path).exists()]
    assert not any(fnmatch("config.toml", pattern) for pattern in allowed)


def pinned_in(lock: str) -> dict[str, str]:
    """Versions by name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.\-]+)==(\S+)", text, re.M)
    }


def needed(pinned: dict[str, str]) -> set[str]:
    """The names of all packages that the program needs, and of what those need; each is pinned as they want it."""
    todo, seen = ["sitrep"], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in metadata.requires(name) or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                key = canonicalize_name(wanted.name)
                assert pinned.get(key, "") in wanted.specifier, f"{name} needs {wanted}"
                todo.append(key)
    return seen - {"sitrep"}


def test_what_is_installed_is_pinned() -> None:
    """The lock names one version of every package that the program needs, and of what those need."""
    assert len(needed(pinned_in("requirements.lock"))) > 10


def test_the_image_takes_the_same_by_hash() -> None:
    """What is needed in the versions that were tested, what builds, nothing else; each with hashes."""
    tested, image = pinned_in("requirements.lock"), pinned_in("image.lock")
    assert needed(image) | {"setuptools"} == set(image)
    assert {name: tested.get(name) for name in image if name != "setuptools"} == {
        name: version for name, version in image.items() if name != "setuptools"
    }
    for block in re.split(r"^(?=\w)", (ROOT / "image.lock").read_text(encoding="utf-8"), flags=re.M)[1:]:
        assert re.fullmatch(r"\S+==\S+(?: ;[^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n", block), (
            block[:80]
        )
    (install,) = [step for step in steps("RUN") if "pip install" in step]
    assert "--require-hashes --only-binary :all: -r image.lock" in install
    assert "--no-deps --no-build-isolation ." in install


def test_it_starts_without_a_configuration() -> None:
    """A new volume is empty: the command is one that needs no file in it."""
    (command,) = steps("CMD")
    call = [str(word) for word in shlex.split(command.strip("[]").replace(",", " "))]
    assert ["run"] == call
    assert 0 == CliRunner().invoke(build_cli(), [*call, "--help"]).exit_code
    assert "/data" in steps("WORKDIR")
    assert "SITREP_DB=/data/sitrep.db" in RECIPE


@pytest.mark.parametrize(("age", "code"), [(5, 0), (90, 1), (None, 1)])
def test_the_health_check_looks_at_the_store_s_own_file(tmp_path: Path, age: int | None, code: int) -> None:
    """Well while the bot touches the file beside its store, wherever that is; ill when it stops, or never began."""
    (step,) = steps("HEALTHCHECK")
    call = json.loads(step[step.index("[") :])
    store = tmp_path / "other.db"
    if age is not None:
        health_file(store).touch()
        os.utime(health_file(store), (time.time() - age,) * 2)
    done = subprocess.run(
        [sys.executable, *call[1:]],
        env={"SITREP_DB": str(store)},
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert code == done.returncode
