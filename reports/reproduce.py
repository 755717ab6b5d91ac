"""The command that shows a fault from outside, quoted for a shell: an officer copies it and sees for themselves."""

import re
import shlex
from collections.abc import Mapping

from reports.clean import one_line
from reports.view.names import host_of
from reports.view.seen import domain_of, spoken_url
from scanner.howto import Howto
from scanner.model.agency import Site
from scanner.model.check import Check
from scanner.model.finding import Finding, Verdict
from scanner.model.visit import Visit

SLOT = re.compile(
    r"\{(?:url|host|domain|where)\}"
)  # any other brace belongs to the command, as in "%{http_code}"
WEB = ("http://", "https://")
LIMIT = 400  # a longer address is cut, with a mark


def command_of(
    check: Check | None, finding: Finding, site: Site, visit: Visit | None, howtos: Mapping[str, Howto]
) -> str:
    """The command of the check, or of its remedy; empty when a finding is no fault or nobody has named one."""
    if check is None or finding.verdict is not Verdict.FAIL:
        return ""
    howto = howtos.get(check.howto)
    template = check.reproduce or (howto.reproduce if howto else "")
    return _filled(template, finding, site, visit) if template else ""


def _filled(template: str, finding: Finding, site: Site, visit: Visit | None) -> str:
    host, url = host_of(site), spoken_url(site, visit)
    words = {
        "{url}": url,
        "{host}": host,
        "{domain}": domain_of(visit) or host,
        "{where}": next((place for place in finding.where if place.startswith(WEB)), url),
    }
    return SLOT.sub(lambda slot: shlex.quote(one_line(words.get(slot[0], slot[0]), LIMIT)), template)
