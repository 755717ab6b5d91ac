"""The truth of the TLS lab, seen by others: sslyze and `openssl s_client` must see what we see.

No disagreement is left unexplained because none is left: every suite of every version, compression, renegotiation,
fallback and the versions agree. What the peers cannot see (first flights, SSLv2) rests on the code of the server.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.tls.probe import probe_tls
from scanner.model.agency import Depth
from scanner.model.evidence import Answer, TlsEndpoint
from tests.collect_tls.servers import Connector
from tests.lab.tls_configurations import CONFIGURATIONS
from tests.lab.tls_servers import HOST, running
from tests.tls.peers import PEERS, find_sslyze, run_sslyze, s_client_versions, suites_of

pytestmark = pytest.mark.peer

COMPARED = tuple(c for c in CONFIGURATIONS if c.server in ("nginx", "s_server", "tlslite"))
S_CLIENT = tuple(c for c in COMPARED if c.server != "tlslite")


@dataclass(frozen=True)
class Sights:
    """What each of us saw, by the name of the configuration."""

    ours: Mapping[str, TlsEndpoint]
    sslyze: Mapping[str, Mapping[str, Any]]
    s_client: Mapping[str, set[str]]


@pytest.fixture(scope="module")
def sights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sights]:
    if not os.environ.get(PEERS):
        pytest.skip(f"peers are installed and run only where {PEERS}=1 is set")
    program = find_sslyze(tmp_path_factory.mktemp("peers"))
    if program is None:
        pytest.skip("sslyze cannot be installed here")
    folder: Path = tmp_path_factory.mktemp("tls")
    with running(folder, COMPARED) as (_, ports):
        ours = {name: asyncio.run(look(port)) for name, port in ports.items()}
        alike = {ports[c.name]: c.name for c in COMPARED if c.sslyze}
        theirs = run_sslyze(program, tuple(alike), folder)
        versions = {c.name: s_client_versions(ports[c.name]) for c in S_CLIENT}
        yield Sights(ours, {alike[port]: result for port, result in theirs.items()}, versions)


async def look(port: int) -> TlsEndpoint:
    seen = await probe_tls(
        Connector(), HOST, port, ("127.0.0.1",), depth=Depth.PASSIVE, deadline_s=30, listing="full"
    )
    return seen.endpoints[0]


@pytest.mark.parametrize("name", [c.name for c in COMPARED if c.sslyze])
def test_sslyze_sees_the_same_suites(sights: Sights, name: str) -> None:
    ours = {version: {o.name for o in offers} for version, offers in sights.ours[name].suites}

    assert ours == suites_of(sights.sslyze[name])


@pytest.mark.parametrize("name", [c.name for c in COMPARED if c.sslyze])
def test_sslyze_sees_the_same_features(sights: Sights, name: str) -> None:
    ours = {f.name: f.answer for f in sights.ours[name].features}
    theirs = {key: value["result"] for key, value in sights.sslyze[name].items() if value}

    if "compression-deflate" in ours and theirs.get("tls_compression"):
        assert (ours["compression-deflate"] is Answer.ACCEPTED) == theirs["tls_compression"][
            "supports_compression"
        ]
    if "secure-renegotiation" in ours and theirs.get("session_renegotiation"):
        safe = theirs["session_renegotiation"]["supports_secure_renegotiation"]
        assert (ours["secure-renegotiation"] is Answer.ACCEPTED) == safe
    if "client-renegotiation" in ours and theirs.get("session_renegotiation"):
        told = theirs["session_renegotiation"]["is_vulnerable_to_client_renegotiation_dos"]
        assert (ours["client-renegotiation"] is Answer.ACCEPTED) == told
    if "early-data" in ours and theirs.get("tls_1_3_early_data"):
        told = theirs["tls_1_3_early_data"]["supports_early_data"]
        assert (ours["early-data"] is Answer.ACCEPTED) == told
    if "fallback-scsv" in ours and theirs.get("tls_fallback_scsv"):
        told = theirs["tls_fallback_scsv"]["supports_fallback_scsv"]
        assert (ours["fallback-scsv"] is Answer.ACCEPTED) == told


@pytest.mark.parametrize("name", [c.name for c in S_CLIENT])
def test_s_client_gets_through_in_the_same_versions(sights: Sights, name: str) -> None:
    offers = sights.ours[name].versions or ()

    assert {o.name for o in offers if o.answer is Answer.ACCEPTED} == sights.s_client[name]
