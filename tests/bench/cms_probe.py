"""What the bench measures of ours: one visit to a site of loopback, HTTP and targeted requests, as one process.

python -m tests.bench.cms_probe DEPTH PORT  ->  a JSON object {product, version, method}
"""

import asyncio
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime

from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.identify.platform import cms_facts
from scanner.model.agency import Depth
from scanner.model.evidence import Target
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.reference import load_reference

ADDRESS = "127.0.0.1"


def told(depth: Depth, port: int) -> dict[str, str]:
    """The surest product of a site and its release; empty words when there is none."""
    tables = load_reference()
    network = NetworkSettings(allow_addresses=("127.0.0.0/8",))
    limits = replace(Limits(), file_gap_s=0.0)  # the peers do not wait either
    net = Net(network, ScanSettings(per_address_rate=1_000), limits=limits, tables=tables)
    job = Job("bench", "site", Target(ADDRESS, port, "/", "http"), depth=depth, probes=("http", "cms"))
    seen = asyncio.run(collect(job, net, now=lambda: datetime.now(UTC)))
    products = cms_facts(seen, tables).get("products", [])
    first = products[0] if products else {}
    return {key: str(first.get(key, "")) for key in ("name", "version", "method")}


if __name__ == "__main__":
    print(json.dumps(told(Depth(sys.argv[1]), int(sys.argv[2]))))
