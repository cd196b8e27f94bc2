"""Finding and opening packages, and refusing those that are broken or hostile."""

from __future__ import annotations

import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from builders import METADATA, package_files, write_zip

from bilingual.engine import ArgosEngine, install_file, list_packages, resolve
from bilingual.engine.archive import RATIO_FLOOR
from bilingual.engine.packages import LoadedPackage, load, starter_path
from bilingual.errors import BilingualError

TINY = {
    "metadata.json": json.dumps(METADATA).encode(),
    "model/model.bin": b"no model",
    "model/shared_vocabulary.json": b"[]",
    "sentencepiece.model": b"no pieces",
}


@pytest.fixture(scope="module")
def starter() -> LoadedPackage:
    return load()


def without(*names: str) -> dict[str, bytes]:
    return {name: data for name, data in TINY.items() if name not in names}


def refused(path: Path) -> BilingualError:
    with pytest.raises(BilingualError) as caught:
        resolve(path)
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_default_is_the_starter() -> None:
    assert resolve() == resolve("starter") == resolve(None)
    info = resolve()
    assert (info.name, info.location) == ("translate-ar_en", "starter")
    assert info.path == starter_path()
    assert info.card.startswith("# ")


def test_the_digest_of_a_package_does_not_depend_on_how_it_is_packed(
    tmp_path: Path, starter: LoadedPackage
) -> None:
    archive = write_zip(tmp_path / "a.argosmodel", package_files(starter), top="other name/")
    folder = tmp_path / "unpacked"
    for name, data in package_files(starter).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    found = {resolve(archive).sha256, resolve(str(folder)).sha256, load(archive).info.sha256}
    assert found == {starter.info.sha256}
    assert len(starter.info.sha256) == 64


def test_the_newest_starter_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("0_9", "0_10", "0_2"):
        (tmp_path / f"translate-ar_en-{version}.argosmodel").touch()
    monkeypatch.setattr("bilingual.engine.packages._STARTER", tmp_path)
    assert starter_path().name == "translate-ar_en-0_10.argosmodel"


@pytest.mark.parametrize("name", sorted(TINY))
def test_a_package_with_a_file_missing_is_refused(tmp_path: Path, name: str) -> None:
    error = refused(write_zip(tmp_path / "a.argosmodel", without(name)))
    assert error.code == "E0004"
    assert name in error.message


@pytest.mark.parametrize(
    "name",
    ["../../escaped", "package/../../escaped", "/escaped", "C:/escaped", "package\\..\\escaped"],
)
def test_a_path_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.argosmodel", TINY)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    assert refused(path).code == "E0003"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.argosmodel"]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.argosmodel", TINY)
    link = zipfile.ZipInfo("package/README.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/hostname")
    assert refused(path).code == "E0003"


def test_a_member_that_grows_a_thousandfold_is_refused(tmp_path: Path) -> None:
    bomb = bytes(RATIO_FLOOR + 1)
    path = write_zip(tmp_path / "a.argosmodel", {**TINY, "model/model.bin": bomb})
    assert refused(path).code == "E0003"


def test_a_member_larger_than_its_kind_ever_is_is_refused(tmp_path: Path) -> None:
    big = b'"' + b"x" * (2 << 20) + b'"'
    path = write_zip(tmp_path / "a.argosmodel", {**TINY, "metadata.json": big})
    assert refused(path).code == "E0003"


def test_a_declared_size_that_lies_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.argosmodel", {**TINY, "metadata.json": b'{"a": 1}' * 9})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 40)
    path.write_bytes(data)
    assert refused(path).code == "E0002"


def test_damaged_bytes_are_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.argosmodel", "w") as archive:
        for name, data in TINY.items():
            archive.writestr(f"package/{name}", data)
    path = tmp_path / "a.argosmodel"
    path.write_bytes(path.read_bytes().replace(b"no model", b"NO MODEL"))
    assert refused(path).code == "E0002"


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, keep: float) -> None:
    path = write_zip(tmp_path / "a.argosmodel", TINY)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert refused(path).code == "E0002"


def test_loose_files_at_the_root_are_refused(tmp_path: Path) -> None:
    assert refused(write_zip(tmp_path / "a.argosmodel", TINY, top="")).code == "E0004"


def test_two_folders_at_the_root_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.argosmodel", TINY)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("second/metadata.json", b"{}")
    assert refused(path).code == "E0004"


def test_leavings_of_a_desktop_are_overlooked(tmp_path: Path, starter: LoadedPackage) -> None:
    path = write_zip(tmp_path / "a.argosmodel", package_files(starter))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/package/._metadata.json", b"x")
        archive.writestr("package/.DS_Store", b"x")
    assert resolve(path).sha256 == starter.info.sha256


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({**METADATA, "from_code": "en", "to_code": "ar"}, "E0006"),
        ({**METADATA, "from_code": None}, "E0006"),
        ({**METADATA, "type": "sbd"}, "E0005"),
        ([], "E0005"),
    ],
)
def test_metadata_of_another_kind_is_refused(tmp_path: Path, metadata: object, code: str) -> None:
    files = {**TINY, "metadata.json": json.dumps(metadata).encode()}
    assert refused(write_zip(tmp_path / "a.argosmodel", files)).code == code


@pytest.mark.parametrize("metadata", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_metadata_that_is_no_json_is_refused(tmp_path: Path, metadata: bytes) -> None:
    files = {**TINY, "metadata.json": metadata}
    assert refused(write_zip(tmp_path / "a.argosmodel", files)).code == "E0005"


def test_a_package_of_byte_pairs_is_refused_with_its_own_words(tmp_path: Path) -> None:
    files = {**without("sentencepiece.model"), "bpe.model": b"#version: 0.2"}
    assert refused(write_zip(tmp_path / "a.argosmodel", files)).code == "E0009"


@pytest.mark.parametrize("content", [b"", b"just text", b"\x7fELF" + bytes(100)])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.argosmodel"
    path.write_bytes(content)
    assert refused(path).code == "E0002"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.argosmodel").code == "E0001"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"model/model.bin": b""}, "E0007"),
        ({"model/model.bin": b"\x06\x00\x00\x00"}, "E0007"),
        ({"model/shared_vocabulary.json": b"[]"}, "E0007"),
        ({"model/config.json": b"{"}, "E0007"),
        ({"sentencepiece.model": b""}, "E0008"),
        ({"sentencepiece.model": b"no pieces"}, "E0008"),
    ],
)
def test_a_model_that_cannot_be_loaded_is_one_clear_error(
    tmp_path: Path, starter: LoadedPackage, changed: dict[str, bytes], code: str
) -> None:
    path = write_zip(tmp_path / "a.argosmodel", {**package_files(starter), **changed})
    with pytest.raises(BilingualError) as caught:
        ArgosEngine(path, threads=1)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("cut", [100, 5_000, 1_000_000, 9_666_000])
def test_a_model_cut_short_is_refused(tmp_path: Path, starter: LoadedPackage, cut: int) -> None:
    files = package_files(starter)
    files["model/model.bin"] = files["model/model.bin"][:cut]
    with pytest.raises(BilingualError, match="E0007"):
        ArgosEngine(write_zip(tmp_path / "a.argosmodel", files), threads=1)


@pytest.fixture
def argos_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "argos" / "packages"
    folder.mkdir(parents=True)
    monkeypatch.setattr("bilingual.engine.packages.package_folders", lambda: [folder])
    monkeypatch.setattr("bilingual.engine.installer.package_folders", lambda: [folder])
    return folder


def test_an_installed_file_is_found_by_name(argos_folder: Path, starter: LoadedPackage) -> None:
    (argos_folder / "not a package").mkdir()
    info = install_file(starter.info.path)
    assert info.location == "installed"
    assert info.path.parent == argos_folder
    for name in ("translate-ar_en", "installed", info.path.name):
        assert resolve(name) == info
    assert [p.location for p in list_packages()] == ["starter", "installed"]
    assert install_file(starter.info.path) == info
    assert {p.name for p in argos_folder.iterdir()} == {info.path.name, "not a package"}
    assert [p.name for p in argos_folder.parent.iterdir()] == ["packages"]


def test_installing_over_another_model_replaces_it_whole(
    argos_folder: Path, starter: LoadedPackage
) -> None:
    old = argos_folder / starter.info.path.stem
    write = {**TINY, "leftover": b"x"}
    for name, data in write.items():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_bytes(data)
    info = install_file(starter.info.path)
    assert info.path == old
    assert not (old / "leftover").exists()


def test_a_broken_file_is_not_installed(argos_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BilingualError):
        install_file(write_zip(tmp_path / "a.argosmodel", TINY))
    assert list(argos_folder.iterdir()) == []


def test_a_name_that_nothing_has_is_told(argos_folder: Path) -> None:
    with pytest.raises(BilingualError, match="E0001"):
        resolve("no-such-model")


def test_no_network_is_told(argos_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = pytest.importorskip("argostranslate.settings")
    from bilingual.engine import install

    monkeypatch.setattr(settings, "remote_package_index", "http://127.0.0.1:9/index.json")
    with pytest.raises(BilingualError, match="E0010"):
        install("ar", "en")
