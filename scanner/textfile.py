"""Text files people write: read whole, with a limit, in UTF-8, or a message they can act on."""

from pathlib import Path

from scanner.errors import ConfigError, Problem
from scanner.model.text import Text

LIMIT_BYTES = 20 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a file, byte order mark removed. Raises ConfigError naming the file."""
    try:
        if path.is_file() and path.stat().st_size > LIMIT_BYTES:
            raise ConfigError([_problem(path, Text("tệp lớn hơn 20 MB", "the file is larger than 20 MB"))])
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        message = Text("không tìm thấy tệp", "there is no such file")
        hint = Text("chạy `rasoat init` để tạo tệp mẫu", "`rasoat init` writes a commented one")
        raise ConfigError([_problem(path, message, hint)]) from None
    except OSError as error:
        message = Text(f"không đọc được tệp ({error.strerror})", f"cannot be read ({error.strerror})")
        raise ConfigError([_problem(path, message)]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = Text("không phải mã UTF-8", "is not UTF-8")
        hint = Text("lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8")
        raise ConfigError([Problem(str(path), line, message, hint)]) from error


def _problem(path: Path, message: Text, hint: Text | None = None) -> Problem:
    return Problem(str(path), None, message, hint)
