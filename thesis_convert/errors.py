"""The errors that end a conversion, each with its exit code and what to do next."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command returns to the shell. Scripts rely on it: numbers never change."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    WARNINGS = 3
    BAD_INPUT = 4
    ENCRYPTED = 5
    NO_TEXT = 6
    OUTPUT = 7
    MISSING_DEPENDENCY = 8
    LIMIT = 9
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS = {
    ExitCode.OK: "Everything asked for is there.",
    ExitCode.SOME_FAILED: "Of several inputs some failed. When all failed for one reason, the code is that reason's.",
    ExitCode.USAGE: "The call cannot be meant: an unknown format, pages that do not exist, two inputs for one output.",
    ExitCode.WARNINGS: "With --strict: all is written, and there were warnings.",
    ExitCode.BAD_INPUT: "The input is missing, not readable, no PDF, or damaged beyond use.",
    ExitCode.ENCRYPTED: "The PDF wants a password, or another one.",
    ExitCode.NO_TEXT: "No page has text: a scan. Make it readable first, for example with OCRmyPDF.",
    ExitCode.OUTPUT: "An output exists already, or cannot be written.",
    ExitCode.MISSING_DEPENDENCY: "A package that is needed is missing.",
    ExitCode.LIMIT: "A limit of time, memory or pages was met, or the process of this file crashed.",
    ExitCode.INTERNAL: "A fault of this program; please report it.",
    ExitCode.INTERRUPTED: "Ended by Ctrl-C.",
    ExitCode.TERMINATED: "Ended by SIGTERM.",
}


class ThesisConvertError(Exception):
    """Ends the conversion of one file.

    `str()` of it is one sentence that names the file (and the page where it matters); `advice`
    is what to do next.
    """

    exit_code = ExitCode.INTERNAL

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class UsageError(ThesisConvertError):
    """The call cannot be meant: an unknown format, pages that do not exist."""

    exit_code = ExitCode.USAGE


class InputError(ThesisConvertError):
    """The input is missing, unreadable, no PDF, or damaged beyond use."""

    exit_code = ExitCode.BAD_INPUT


class EncryptedError(ThesisConvertError):
    """The PDF wants a password, or another one."""

    exit_code = ExitCode.ENCRYPTED


class NoTextError(ThesisConvertError):
    """No page has text: a scan."""

    exit_code = ExitCode.NO_TEXT


class OutputError(ThesisConvertError):
    """The output exists already, or cannot be written."""

    exit_code = ExitCode.OUTPUT


class MissingDependencyError(ThesisConvertError):
    """A package that is needed is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class LimitError(ThesisConvertError):
    """The input asks for more pages, time or memory than it may have."""

    exit_code = ExitCode.LIMIT
