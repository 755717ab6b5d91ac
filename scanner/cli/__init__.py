"""The front door: thin commands, imported only when they are called, so that `--help` answers at once."""

from importlib import import_module

import click

from scanner import OWNER, __version__

COMMANDS = {
    "init": ("scanner.cli.init", "write a commented rasoat.toml and agencies.toml"),
    "inventory": ("scanner.cli.inventory", "import and lint the list of agencies and sites"),
    "plan": ("scanner.cli.plan", "show every request before a packet is sent"),
    "scan": ("scanner.cli.scan", "visit the sites and judge what was seen"),
    "rejudge": ("scanner.cli.rejudge", "new checks over old evidence, no network"),
    "report": ("scanner.cli.report", "write the reports of a scan"),
    "recheck": ("scanner.cli.recheck", "look at one site again, with a slip for the reply"),
    "diff": ("scanner.cli.diff", "what one scan says that another did not"),
    "history": ("scanner.cli.history", "grades and findings over time"),
    "mail": ("scanner.cli.mail", "post the reports (a dry run unless --send)"),
    "checks": ("scanner.cli.checks", "list the checks"),
    "explain": ("scanner.cli.explain", "one check in full: why, how to fix, sources, examples"),
    "frameworks": ("scanner.cli.frameworks", "the laws and standards reports cite"),
    "data": ("scanner.cli.data", "age and soundness of the tables; newer ones from an offline bundle"),
    "doctor": ("scanner.cli.doctor", "look for faults in the installation and the configuration"),
}


class LateGroup(click.Group):
    """A group whose commands live in modules of their own; each module offers `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order an officer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module and hand out its command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="rasoat")
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file (default: rasoat.toml).")
@click.pass_context
def main(ctx: click.Context, config: str | None) -> None:
    """Go over a province's public web sites carefully, and tell each agency what to do.

    \b
    The officer's path:
      rasoat init
      rasoat inventory import danh-sach.xlsx
      rasoat inventory lint
      rasoat plan
      rasoat scan
      rasoat report
      rasoat mail            (dry run; --send to post)

    One site, no files:  rasoat scan https://example.gov.vn
    """  # noqa: D301 - the mark is meant for click: these lines are not to be wrapped
    for name in ("scanner", "checks", "reports"):
        package = import_module(name)
        if getattr(package, "OWNER", None) != OWNER:
            click.echo(
                f"another distribution has put its own `{name}` here: {package.__file__};"
                " give rasoat an environment of its own (pipx install)",
                err=True,
            )
            ctx.exit(4)  # our defect, and never 1: that means findings
    ctx.obj = config
