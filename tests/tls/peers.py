"""Independent eyes on the TLS lab: sslyze in an environment of its own, and `openssl s_client`.

sslyze is AGPL: it is run, never imported, and installed only into a temporary folder.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.lab.tls_servers import HOST

PEERS = "RASOAT_PEERS"
"""Set to 1 to install sslyze for a run, or to the path of one."""

SSLYZE_VERSIONS = {
    "ssl_2_0": "SSLv2",
    "ssl_3_0": "SSLv3",
    "tls_1_0": "TLSv1.0",
    "tls_1_1": "TLSv1.1",
    "tls_1_2": "TLSv1.2",
    "tls_1_3": "TLSv1.3",
}
QUESTIONS = (
    *("--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3"),
    *("--compression", "--reneg", "--fallback", "--ems", "--early_data"),
)
S_CLIENT_VERSIONS = {"TLSv1.0": "-tls1", "TLSv1.1": "-tls1_1", "TLSv1.2": "-tls1_2", "TLSv1.3": "-tls1_3"}


def find_sslyze(folder: Path) -> Path | None:
    """The sslyze to run: the one named, or one installed now; None when it cannot be had."""
    wanted = os.environ.get(PEERS, "")
    if wanted not in ("", "1"):
        return Path(wanted)
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False, capture_output=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "sslyze"]
    if made.returncode or subprocess.run(pip, check=False, capture_output=True, timeout=300).returncode:
        return None
    return folder / "bin" / "sslyze"


def sslyze_command(program: Path, ports: Sequence[int], result: Path) -> list[str]:
    """The command that asks what we ask, of every port."""
    targets = [f"127.0.0.1:{port}" for port in ports]
    return [str(program), "--quiet", f"--json_out={result}", *QUESTIONS, "--sni", HOST, *targets]


def run_sslyze(program: Path, ports: Sequence[int], folder: Path) -> Mapping[int, Mapping[str, Any]]:
    """What sslyze found, by port."""
    result = folder / "sslyze.json"
    subprocess.run(sslyze_command(program, ports, result), check=True, capture_output=True, timeout=300)
    found = json.loads(result.read_text(encoding="utf-8"))["server_scan_results"]
    return {r["server_location"]["port"]: r["scan_result"] for r in found}


def suites_of(result: Mapping[str, Any]) -> dict[str, set[str]]:
    """The suites sslyze saw accepted, by version; versions without one are left out."""
    seen = {}
    for key, version in SSLYZE_VERSIONS.items():
        listed = result[f"{key}_cipher_suites"]["result"]["accepted_cipher_suites"]
        if listed:
            seen[version] = {one["cipher_suite"]["name"] for one in listed}
    return seen


def s_client_versions(port: int) -> set[str]:
    """The versions `openssl s_client` gets a cipher in."""
    found = set()
    for version, option in S_CLIENT_VERSIONS.items():
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", HOST, option]
        command += ["-cipher", "ALL:eNULL:@SECLEVEL=0"]
        said = subprocess.run(
            command, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=20
        ).stdout
        if b"Cipher is " in said and b"Cipher is (NONE)" not in said:
            found.add(version)
    return found
