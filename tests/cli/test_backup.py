"""`sitrep backup`, `restore`, `check` as an admin calls them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import build_cli


def sitrep(*arguments: object) -> Result:
    return CliRunner().invoke(build_cli(), [str(argument) for argument in arguments])


def make_store(folder: Path) -> Path:
    (folder / "a.txt").write_text(
        "Bus crash kills 4\nFour people were killed when a bus left the road near Ostby.\n"
    )
    store = folder / "sitrep.db"
    assert 0 == sitrep("load", folder / "a.txt", "--db", store).exit_code
    return store


def test_there_and_back(tmp_path: Path) -> None:
    """A store is copied, lost, put back and found sound."""
    store = make_store(tmp_path)
    made = sitrep("backup", tmp_path / "kept.db", "--db", store)
    assert (0, True) == (made.exit_code, "1 article in 1 story" in made.output)
    store.unlink()
    back = sitrep("restore", tmp_path / "kept.db", "--db", store)
    assert (0, True) == (back.exit_code, "1 article in 1 story" in back.output)
    found = sitrep("check", "--db", store)
    assert (0, True) == (found.exit_code, "sound, 1 article" in found.output)
    again = sitrep("restore", tmp_path / "kept.db", "--db", store, "--now", "2026-03-01")
    assert "kept as" in again.output
    assert (tmp_path / "sitrep.db.before-restore-20260301T000000Z").exists()


def test_mistakes_are_named(tmp_path: Path) -> None:
    """A missing store, a file that is there, a file that is no store."""
    store = make_store(tmp_path)
    for arguments, words in (
        (("backup", tmp_path / "b.db", "--db", tmp_path / "none.db"), "none.db: does not exist"),
        (("backup", tmp_path / "a.txt", "--db", store), "a.txt: is there already"),
        (("restore", tmp_path / "a.txt", "--db", store), "a.txt: is not an SQLite database"),
        (("check", "--db", tmp_path / "a.txt"), "a.txt: is not an SQLite database"),
    ):
        result = sitrep(*arguments)
        assert (2, True) == (result.exit_code, words in result.output), result.output


def test_damage_is_told(tmp_path: Path) -> None:
    """Exit code 1 and what to do."""
    store = make_store(tmp_path)
    data = bytearray(store.read_bytes())
    data[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    store.write_bytes(data)
    result = sitrep("check", "--db", store)
    assert result.exit_code in (1, 2)
    assert "sitrep.db" in result.output
