"""From one document to its outputs: where each goes, and that all or none of them get there."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import thesis_convert
from tests.pdfs import make_thesis
from thesis_convert import placing
from thesis_convert.conversion import FALLBACK_TIMESTAMP, read_timestamp
from thesis_convert.diagnostics import ignore
from thesis_convert.errors import ExitCode, MissingDependencyError, OutputError, UsageError
from thesis_convert.placing import Placement, place_files
from thesis_convert.planning import plan_jobs
from thesis_convert.sources import Input
from thesis_convert.writers import Output
from thesis_convert.writers.options import describe_options, make_options
from thesis_convert.writers.registry import find_writer

SAMPLE = Path(__file__).parent.parent / "samples" / "humanities" / "thesis.pdf"


@dataclass(frozen=True)
class Options:
    wrap: int = field(default=72, metadata={"help": "Columns."})
    page_markers: bool = True
    names: tuple[str, ...] = ()
    limit: float | None = None


class PlainWriter:
    name = "plain"
    aliases = ("plaintext",)
    extension = ".plain"
    media_type = "text/plain"
    binary = False
    description = "for this test"
    options = Options

    def write(self, document: object, options: Options, context: object) -> Output:
        return Output(b"")


def list_tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its text; folders by a slash at their ends."""
    return {
        str(path.relative_to(folder)) + ("/" if path.is_dir() else ""): "" if path.is_dir() else path.read_text()
        for path in sorted(folder.rglob("*"))
    }


def place(folder: Path, name: str = "a.md", replace: bool = False, **pictures: str) -> None:
    files = {f"a_media/{picture}.png": text.encode() for picture, text in pictures.items()}
    place_files([Placement(folder / name, name.encode(), files)], replace)


# --- Placing -------------------------------------------------------------------------------------


def test_a_file_and_its_pictures_come_together_and_nothing_else(tmp_path: Path) -> None:
    place(tmp_path / "new" / "folder", one="1", two="2")
    assert list_tree(tmp_path / "new" / "folder") == {
        "a.md": "a.md",
        "a_media/": "",
        "a_media/one.png": "1",
        "a_media/two.png": "2",
    }


def test_new_files_have_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        place(tmp_path, one="1")
    finally:
        os.umask(before)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "a_media").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "a_media" / "one.png").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("taken", ["a.md", "a_media/old.png"])
def test_what_exists_is_not_touched(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("precious")
    before = list_tree(tmp_path)
    with pytest.raises(OutputError, match="exists already") as caught:
        place(tmp_path, one="1")
    assert "--force" in caught.value.advice
    assert list_tree(tmp_path) == before


def test_a_link_that_leads_nowhere_is_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="exists already"):
        place(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def test_replacing_keeps_files_of_other_names(tmp_path: Path) -> None:
    place(tmp_path, one="1")
    (tmp_path / "a_media" / "by hand.png").write_text("precious")
    (tmp_path / "a.md").write_text("old")
    place(tmp_path, replace=True, one="new", two="2")
    assert list_tree(tmp_path) == {
        "a.md": "a.md",
        "a_media/": "",
        "a_media/by hand.png": "precious",
        "a_media/one.png": "new",
        "a_media/two.png": "2",
    }


def test_two_outputs_share_their_pictures(tmp_path: Path) -> None:
    files = {"a_media/one.png": b"1"}
    place_files([Placement(tmp_path / "a.md", b"m", files), Placement(tmp_path / "a.htm", b"h", files)], False)
    assert list_tree(tmp_path) == {"a.htm": "h", "a.md": "m", "a_media/": "", "a_media/one.png": "1"}


@pytest.mark.parametrize("replace", [False, True])
def test_a_failure_at_the_last_file_undoes_all(tmp_path: Path, replace: bool) -> None:
    if replace:
        place(tmp_path, one="old")
    (tmp_path / "b.md").mkdir()
    before = list_tree(tmp_path)
    placements = [
        Placement(tmp_path / "a.md", b"new", {"a_media/one.png": b"new", "a_media/two.png": b"new"}),
        Placement(tmp_path / "b.md", b"a folder stands here"),
    ]
    with pytest.raises(OutputError, match=r"b\.md"):
        place_files(placements, replace)
    assert list_tree(tmp_path) == before


def test_folders_made_for_nothing_go_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(placing, "write_through", fail)
    with pytest.raises(OutputError, match="no space left") as caught:
        place(tmp_path / "new" / "folder")
    assert "Make room" in caught.value.advice
    assert list_tree(tmp_path) == {}


@pytest.mark.parametrize("replace", [False, True])
def test_file_systems_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    place(tmp_path, one="1")
    assert list_tree(tmp_path)["a.md"] == "a.md"
    if replace:
        place(tmp_path, replace=True, one="2")
        assert list_tree(tmp_path)["a_media/one.png"] == "2"
    else:
        with pytest.raises(OutputError, match="exists already"):
            place(tmp_path)


@pytest.fixture
def signal_while_writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Sends this process SIGTERM when the first file is written; gives how many files were begun."""

    def terminate(*args: object) -> None:
        raise SystemExit(143)

    begun = []
    write_through = placing.write_through

    def write_and_signal(path: Path, data: bytes, let_signals_in: Callable[[], None]) -> None:
        begun.append(path)
        os.kill(os.getpid(), signal.SIGTERM)
        write_through(path, data, let_signals_in)

    monkeypatch.setattr(placing, "write_through", write_and_signal)
    before = signal.signal(signal.SIGTERM, terminate)
    yield lambda: len(begun)
    signal.signal(signal.SIGTERM, before)


def test_a_signal_while_writing_leaves_nothing(tmp_path: Path, signal_while_writing: Callable[[], int]) -> None:
    with pytest.raises(SystemExit):
        place(tmp_path, one="1", two="2")
    assert signal_while_writing() == 1
    assert list_tree(tmp_path) == {}


def test_a_signal_while_moving_waits_until_all_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def terminate(*args: object) -> None:
        raise SystemExit(143)

    publish = placing.publish

    def signal_and_publish(*args: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        publish(*args)

    monkeypatch.setattr(placing, "publish", signal_and_publish)
    before = signal.signal(signal.SIGTERM, terminate)
    try:
        with pytest.raises(SystemExit):
            place(tmp_path, one="1")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert list(list_tree(tmp_path)) == ["a.md", "a_media/", "a_media/one.png"]


# --- Planning ------------------------------------------------------------------------------------


def plan(sources: str, formats: str = "", output: str = "", folder: str = "", **options: str) -> list[str]:
    """The places of all outputs, inputs and formats being separated by spaces."""
    inputs = [Input(Path(source)) for source in sources.split()]
    jobs = plan_jobs(inputs, formats.split(), output, Path(folder) if folder else None, options, ignore)
    return [str(target.path or "-") for job in jobs for target in job.targets]


def test_outputs_stand_beside_their_inputs(tmp_path: Path) -> None:
    assert plan("a/thesis.pdf b/x.v2.PDF b/y.v2", "json") == ["a/thesis.json", "b/x.v2.json", "b/y.v2.json"]
    assert plan("a/thesis.pdf", "json", folder="out") == ["out/thesis.json"]
    assert plan("a/thesis.pdf", "json", output="out/") == ["out/thesis.json"]
    assert plan("a/thesis.pdf", "json", output=str(tmp_path)) == [str(tmp_path / "thesis.json")]
    assert plan("a/thesis.pdf", "json", output="b.txt") == ["b.txt"]
    assert plan("a/thesis.pdf", "json,json json", output="-") == ["-"]
    assert plan("-", "json") == ["-"]
    assert plan("-", "json", folder="out") == ["out/thesis.json"]


def test_the_suffix_names_the_format() -> None:
    (job,) = plan_jobs([Input(Path("a.pdf"))], (), "b.json", None, {}, ignore)
    assert job.targets[0].writer.name == "json"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"sources": "a.pdf"}, "no format is named"),
        ({"sources": "a.pdf", "output": "book"}, "no format is named"),
        ({"sources": "a.pdf", "output": "book.docx"}, "unknown format 'docx'"),
        ({"sources": "a.pdf", "formats": "jsno"}, "unknown format 'jsno'"),
        ({"sources": "a.pdf b.pdf", "formats": "json", "output": "c.json"}, "several outputs"),
        ({"sources": "a.pdf b.pdf", "formats": "json", "output": "-"}, "several outputs"),
        ({"sources": "a/x.pdf b/x.pdf", "formats": "json", "folder": "out"}, "both be written to out/x.json"),
        ({"sources": "a.pdf", "formats": "json", "output": "a.pdf"}, "is an input too"),
        ({"sources": "a.pdf", "formats": "json", "output": "b.json", "folder": "c"}, "exclude each other"),
        ({"sources": "a.pdf", "formats": "json", "wrapp": "3"}, "unknown option 'wrapp'"),
    ],
)
def test_calls_that_cannot_be_meant(call: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan(**call)
    assert message in str(caught.value)
    assert caught.value.advice


def test_the_nearest_format_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        find_writer("jsn", ignore)
    assert caught.value.advice.startswith("Did you mean 'json'? The formats are: ")
    assert MissingDependencyError.exit_code is ExitCode.MISSING_DEPENDENCY


def test_writer_options_are_read_by_their_types() -> None:
    writer = PlainWriter()
    words = {"wrap": "0", "page-markers": "off", "names": "a, b", "limit": "1.5", "css": "x"}
    assert make_options(writer, words) == Options(0, False, ("a", "b"), 1.5)
    assert make_options(writer, {"limit": "none", "page_markers": "YES"}) == Options()
    assert describe_options(writer) == [
        ("wrap=number", "Columns. (default: 72)"),
        ("page-markers=yes|no", "(default: yes)"),
        ("names=word,word", ""),
        ("limit=number|none", ""),
    ]
    with pytest.raises(UsageError, match="option page-markers=maybe is not yes"):
        make_options(writer, {"page_markers": "maybe"})


# --- Time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "seconds"), [(None, FALLBACK_TIMESTAMP), ("", FALLBACK_TIMESTAMP), ("0", 0), ("5", 5)]
)
def test_the_clock_is_set_from_outside(monkeypatch: pytest.MonkeyPatch, word: str | None, seconds: int) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if word is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", word)
    assert read_timestamp() == seconds


@pytest.mark.parametrize("word", ["-1", "now", "1.5", "9" * 30, "٣"])
def test_a_clock_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", word)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        read_timestamp()


# --- The library ---------------------------------------------------------------------------------


def test_load_and_convert_as_a_library(tmp_path: Path) -> None:
    pdf = tmp_path / "thesis.pdf"
    pdf.write_bytes(make_thesis())
    document = thesis_convert.load(pdf, title="Another Title", authors=["Bo Writer"])
    assert (document.metadata.title, document.metadata.authors) == ("Another Title", ("Bo Writer",))
    assert thesis_convert.convert(pdf, "json") == (tmp_path / "thesis.json",)
    with pytest.raises(OutputError, match="exists already"):
        thesis_convert.convert(pdf, "json")
    first = (tmp_path / "thesis.json").read_bytes()
    assert thesis_convert.convert(str(pdf), ["json"], tmp_path / "b.json", force=True) == (tmp_path / "b.json",)
    assert (tmp_path / "b.json").read_bytes() == first


def test_no_picture_is_drawn_for_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "thesis.txt"
    thesis_convert.convert(SAMPLE, ["text", "json"], tmp_path)
    with_pictures = text.read_bytes()
    monkeypatch.setattr("thesis_convert.loader.pdf.media.render_box", None)
    monkeypatch.setattr("thesis_convert.loader.pdf.media.find_bitmap", None)
    thesis_convert.convert(SAMPLE, "text", tmp_path, force=True)
    assert text.read_bytes() == with_pictures
    with pytest.raises(TypeError):
        thesis_convert.convert(SAMPLE, "json", tmp_path, force=True)
