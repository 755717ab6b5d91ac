"""`rasoat init`: the files an officer starts with."""

from importlib.resources import files
from pathlib import Path

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import say
from scanner.errors import ConfigError, Problem
from scanner.inventory.lint import PLACEHOLDER
from scanner.model.text import Text
from scanner.parse.vietnamese import tidy

TEMPLATES = ("rasoat.toml", "agencies.toml", "waivers.toml")
EXISTS = Text("đã có, giữ nguyên", "is there already and stays as it is")
WRITTEN = Text("đã tạo", "written")
NEXT = Text(
    "\nTiếp theo:\n"
    "  1. điền tên tỉnh trong agencies.toml và [network] contact trong rasoat.toml\n"
    "  2. rasoat inventory import danh-sach.xlsx   (hoặc điền tay vào agencies.toml)\n"
    "  3. rasoat inventory lint\n"
    "  4. rasoat plan",
    "\nNext:\n"
    "  1. fill in the province in agencies.toml and [network] contact in rasoat.toml\n"
    "  2. rasoat inventory import danh-sach.xlsx   (or fill in agencies.toml by hand)\n"
    "  3. rasoat inventory lint\n"
    "  4. rasoat plan",
)


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--province", default=PLACEHOLDER, help="Name of the province, as it stands in reports.")
@guarded
def command(folder: Path, province: str) -> None:
    """Write a commented rasoat.toml, agencies.toml and waivers.toml into FOLDER (default: here).

    A file that exists is never touched. Prints the path of each file written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [name for name in TEMPLATES if _write(folder / name, template(name, province))]
    if not written:
        message = Text(
            "các tệp đều đã có; không ghi đè", "all files are there already; nothing is overwritten"
        )
        raise ConfigError([Problem(str(folder), None, message)])
    say(NEXT)


def template(name: str, province: str) -> str:
    """The text of a starting file, with the name of the province in it."""
    text = files("scanner.cli").joinpath("templates", name).read_text("utf-8")
    quoted = tidy(province).replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("@PROVINCE@", quoted)


def _write(path: Path, text: str) -> bool:
    """Create a file that does not exist yet; True when it was created."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        say(Text(f"{path}: {EXISTS.vi}", f"{path}: {EXISTS.en}"))
        return False
    click.echo(path)
    return True
