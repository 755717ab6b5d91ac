"""Fetches MTA-STS policies as senders of mail do: one GET, no redirect followed (RFC 8461 section 3.3).

The announcement in DNS invites every sender to this address, so asking is passive. One domain serves many sites of a
province: a policy is fetched once per worker. The certificate is kept, not verified: that is judged later.
"""

import asyncio

from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.transport import Client
from scanner.collect.net import VisitNet
from scanner.identify.questions import POLICY_PATH, policy_host
from scanner.model.evidence import Exchange, Missing, PolicyFetch, Why
from scanner.parse.mta_sts import POLICY_BYTES


async def fetch_policy(visit: VisitNet, domain: str, *, until: float) -> PolicyFetch:
    """The policy of a domain, or why there was none. `until` is loop time."""
    remembered = visit.net.policies
    task = remembered.get(domain)
    if task is None:
        task = remembered[domain] = asyncio.create_task(_fetch(visit, domain, until))
    seen = await asyncio.shield(task)
    if isinstance(seen.exchange.response, Missing):
        remembered.pop(domain, None)  # the next visit may ask again
    return seen


async def _fetch(visit: VisitNet, domain: str, until: float) -> PolicyFetch:
    url = f"https://{policy_host(domain)}{POLICY_PATH}"
    client = Client(visit)
    now = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout_at(min(now + visit.net.limits.probe_s, until)):
            response = await client.get(url, cap_bytes=POLICY_BYTES)
    except TimeoutError:
        return _unseen(domain, url, client, Missing(Why.TIMEOUT))
    except NETWORK_ERRORS as error:
        return _unseen(domain, url, client, missing_from(error))
    finally:
        await client.aclose()
    return PolicyFetch(domain, Exchange(url, response, address=client.address), client.chain)


def _unseen(domain: str, url: str, client: Client, missing: Missing) -> PolicyFetch:
    return PolicyFetch(domain, Exchange(url, missing, address=client.address), client.chain)
