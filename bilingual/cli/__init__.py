"""The command line: it parses, prints and exits; every verb belongs to a floor below.

Exit status: 0 done, 1 checks failed, 2 usage or unreadable input, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import threading

import click

from bilingual.cli.streams import let_go_of_output, prepare_streams, say
from bilingual.errors import BilingualError
from bilingual.files import printable
from bilingual.version import __version__

__all__ = ["main"]

# Each command is imported only when it is called: `bilingual --help` must answer at once.
_COMMANDS = {
    "build": ("bilingual.cli.build", "Arabic texts in, aligned TEI and HTML editions out."),
    "segment": ("bilingual.cli.texts", "The segments of a text, one JSON object a line."),
    "mentions": ("bilingual.cli.texts", "Glossary entries found in a text, one object a line."),
    "translate": ("bilingual.cli.texts", "Arabic lines on standard input, English lines out."),
    "validate": ("bilingual.cli.editions", "Check editions: profile, rules, pointers, alignment."),
    "report": ("bilingual.cli.report", "How good editions are: terms, checks, review, counted."),
    "publish": ("bilingual.cli.editions", "An edition as HTML, EPUB, PDF, TMX, XLIFF and more."),
    "review": ("bilingual.cli.review", "Review catalogues for translators' editors."),
    "glossary": ("bilingual.cli.glossary", "Check and tend the controlled glossary."),
    "model": ("bilingual.cli.model", "Translation models: list, info, install."),
}


class _ReaderGoneError(Exception):
    """The reader of standard output went away (`| head`)."""


class _LazyGroup(click.Group):
    """A group that knows its commands' names and first lines without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(_COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # click would end with 1, which here says that checks failed.
            raise _ReaderGoneError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilingual")
def cli() -> None:
    """Aligned Arabic–English editions: glossary, machine translation, TEI-XML."""


def main() -> None:
    """Entry point of the command ``bilingual``: one clear line for every error."""
    prepare_streams()
    try:
        _end_on_signals()
        status = cli.main(prog_name="bilingual", standalone_mode=False)
        sys.stdout.flush()
        # `standalone_mode=False` returns what a command returns, and the status of ctx.exit.
        sys.exit(status if isinstance(status, int) else 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _fail("interrupted; finished files are whole, nothing is half-written", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BilingualError as error:
        _fail(str(error), 2)
    except (BrokenPipeError, _ReaderGoneError):
        # Not an error of ours, and nothing left to say to it.
        let_go_of_output()
        sys.exit(0)
    except OSError as error:
        if os.environ.get("BILINGUAL_DEBUG"):
            raise
        # Files have errors of their own (`bilingual.files`); what is left is standard output.
        let_go_of_output()
        place = printable(os.fsdecode(error.filename)) if error.filename else "standard output"
        _fail(f"{place}: F0002 cannot write: {error.strerror or type(error).__name__}", 2)
    except Exception as error:
        if os.environ.get("BILINGUAL_DEBUG"):
            raise
        _fail(
            f"X0001 internal error ({type(error).__name__}: {error}); "
            "this is a bug: please report it with the output of BILINGUAL_DEBUG=1",
            2,
        )


def _end_on_signals() -> None:
    """End on SIGTERM and SIGHUP as on Ctrl-C, in good order; `nohup` has set the latter aside."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _fail(message: str, status: int) -> None:
    with contextlib.suppress(OSError):
        say(f"bilingual: {' '.join(message.split(chr(10)))}", err=True)
    sys.exit(status)
