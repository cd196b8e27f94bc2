"""The standard streams: closed ones, narrow encodings, lines that stay one line."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import click

from bilingual.files import printable

__all__ = ["let_go_of_output", "prepare_streams", "say"]


def prepare_streams() -> None:
    """See to it that every stream is there and that no character keeps a line from being said."""
    # What is closed would be given to the next file that is opened, and written into.
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(descriptor)
    nowhere = Path(os.devnull)
    if sys.stdin is None:
        sys.stdin = nowhere.open(encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = nowhere.open("w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(line: str, *, err: bool = False) -> None:
    """Print one line: names of files in it may hold line ends, controls and what is no text."""
    click.echo(printable(line), err=err)


def let_go_of_output() -> None:
    """What is still to be written to standard output goes nowhere, also when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
