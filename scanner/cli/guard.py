"""Where every command ends up when something goes wrong: one message, one honest exit code.

2 the user can fix it, 3 we could not look, 4 our own defect, 130 interrupted. Never 1: that means "findings".
"""

import difflib
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import wraps
from io import TextIOWrapper
from typing import ParamSpec, TypeVar

import click

from scanner.cli.speech import language, say
from scanner.config import environment_names
from scanner.errors import AskingError, ConfigError, RasoatError
from scanner.model.text import Text

P = ParamSpec("P")
R = TypeVar("R")
USAGE, OWN_DEFECT, INTERRUPTED = 2, 4, 130
FILE_FAULTS = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError)
DEFECT = Text(
    "Đây là lỗi của chính rasoat. Hãy gửi kèm các dòng trên khi báo lỗi.",
    "This is a defect of rasoat itself. Please send the lines above with your report.",
)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command raise; say what happened in one place and give the exit code of the family."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        _forgive_encodings()
        _warn_of_strangers(os.environ)
        try:
            return command(*args, **kwargs)
        except RasoatError as error:
            say(words_of(error))
            code = error.exit_code
        except BrokenPipeError:
            raise  # click ends quietly when the reader of a pipe has gone
        except FILE_FAULTS as error:
            say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            code = USAGE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # noqa: BLE001 - an uncaught exception would exit 1, which means "findings"
            say(traceback.format_exc())
            say(DEFECT)
            code = OWN_DEFECT
        raise click.exceptions.Exit(code)

    return wrapped


def words_of(error: RasoatError) -> str:
    """What an expected failure says to the user, one line per problem."""
    if isinstance(error, ConfigError):
        return "\n".join(problem.into(language()) for problem in error.problems)
    if isinstance(error, AskingError):
        return error.message.into(language())
    return str(error)


def _forgive_encodings() -> None:
    """A terminal that cannot spell Vietnamese shows question marks; the command goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _warn_of_strangers(environ: Mapping[str, str]) -> None:
    """Name RASOAT_* variables nobody reads: a typing error there would be silent."""
    known = environment_names()
    for name in sorted(environ):
        if not name.startswith("RASOAT_") or name in known or _is_option(name):
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
        if near:
            vi, en = f"ý bạn là {near[0]}?", f"did you mean {near[0]}?"
            say(Text(f"{name}: không có biến này; {vi}", f"{name}: nothing reads this variable; {en}"))


def _is_option(name: str) -> bool:
    """True when the variable is an option of the running command, as click spells it."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return False
    spelt = {f"RASOAT_{(ctx.info_name or '').upper()}_{(p.name or '').upper()}" for p in ctx.command.params}
    return name in spelt
