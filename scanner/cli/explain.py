"""`rasoat explain`: one check in full."""

import difflib

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import language
from scanner.config import load_or_default
from scanner.errors import RegistryError
from scanner.explain import page_of
from scanner.howto import load_howto
from scanner.registry import load_checks


@click.command("explain")
@click.argument("check_id")
@click.pass_context
@guarded
def command(ctx: click.Context, check_id: str) -> None:
    """Say what a check looks for, why it matters, how to fix it, and on what authority."""
    checks = {
        name: c for c in load_checks(load_or_default(ctx.obj).check_packs) for name in (c.id, *c.formerly)
    }
    if check_id not in checks:
        near = difflib.get_close_matches(check_id, checks, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "; see `rasoat checks`"
        raise RegistryError(f"no check is called {check_id!r}{hint}")
    click.echo(page_of(checks[check_id], load_howto(), language()), nl=False)
