"""The command line as a process: its standard streams, an interrupt, the store's file, whatever the locale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from digests.sample import sample_path

ROOT = Path(__file__).parent.parent.parent
TRAIN = str(sample_path() / "train")


def start(*args: str, **options: object) -> subprocess.Popen[bytes]:
    """`sitrep` in a process of its own, both streams kept."""
    settings: dict[str, object] = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "cwd": ROOT,
        # A shell that starts the tests in the background leaves interrupts ignored, and children inherit that.
        "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    }
    return subprocess.Popen([sys.executable, "-m", "bot", *args], **settings)  # type: ignore[call-overload,no-any-return]


def finish(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out or b"", (err or b"").decode()


def test_interrupt_ends_without_a_trace() -> None:
    """Ctrl-C in the middle: exit code 130, one word, no traceback."""
    process = start("extract", "--jsonl", "-", stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"id": "a", "text": "Two people were killed in a fire on Monday."}\n')
    # More than a pipe buffers, so that the first line is out and the command waits for the rest.
    process.stdin.write(b'{"id": "b", "text": "' + b"The river rose. " * 3_000 + b'"}\n')
    process.stdin.flush()
    assert process.stdout.read(20)
    process.send_signal(signal.SIGINT)
    # The pipe stays open: only the interrupt can end the command.
    assert process.wait(timeout=60) == 130
    err = process.stderr.read().decode() if process.stderr else ""
    assert "Traceback" not in err
    process.stdin.close()
    process.stdout.close()


def test_reader_that_leaves_early_sees_no_trace() -> None:
    """`sitrep extract ... | head -1`: a closed pipe is an end like any other, and no input failed."""
    process = start("extract", str(sample_path()))
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"id"')
    process.stdout.close()
    err = process.stderr.read() if process.stderr else b""
    assert (0, b"") == (process.wait(timeout=60), err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [("digest", TRAIN), ("extract", TRAIN)], ids=["digest", "extract"])
def test_full_disk_under_the_output_is_a_sentence(command: tuple[str, ...]) -> None:
    """What cannot be written is said in words, with an exit code of its own."""
    with Path("/dev/full").open("wb") as full:
        code, _, err = finish(start(*command, stdout=full))
    assert (code, err.strip()) == (2, "Error: the output cannot be written: No space left on device")


@pytest.mark.parametrize("call", [("digest", "--format", "html"), ("extract",)], ids=["digest", "extract"])
def test_output_is_utf_8_whatever_the_locale(call: tuple[str, ...]) -> None:
    """The same bytes in an ASCII locale, in another zone and folder."""
    args = (*call, TRAIN, "--now", "2026-06-12T08:00:00Z")
    plain = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    odd = {**plain, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "TZ": "Pacific/Apia"}
    expected, actual = start(*args, env=plain), start(*args, env=odd, cwd="/")
    result = finish(expected)
    assert (0, "") == (result[0], result[2])
    assert result == finish(actual)
