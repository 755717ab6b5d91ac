"""The HTTP matrix of a visit: what is asked, and every hop of every redirect, followed by our own loop."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.redirect import Scope, Stop, location_of, next_url
from scanner.collect.http.transport import Client
from scanner.identify.ground import ground_of, is_worth
from scanner.identify.inner import inner_page
from scanner.model.evidence import End, Exchange, Fetch, Headers, HttpEvidence, Missing, Response, Why
from scanner.model.question import BESIDE, QUESTIONS, Question, allowed
from scanner.model.visit import Job
from scanner.parse import headers as header
from scanner.parse.exposed import proof_of_fetch, proves

PLEASE_WAIT = (429, 503)
ALLOW = "access-control-allow-origin"
Token = Callable[[], str]


async def probe_http(client: Client, job: Job, *, until: float, token: Token) -> HttpEvidence:
    """All fetches of a visit. `until` is loop time; what is not done by then is Missing(budget)."""
    walk = _Walk(client, Scope.of(job.target, job.scope), until)
    fetches: list[Fetch] = []
    for purpose, url in start_urls(job):
        fetches.append(seen_already(purpose, url, fetches) or await walk.fetch(purpose, url))
    page, ground, inner = page_url(fetches), ground_of(fetches), ""
    for purpose in allowed(job.needs, job.depth):
        question = QUESTIONS[purpose]
        if question.inner:
            inner = inner or inner_page(fetches, client.visit.net.tables)
        place = inner if question.inner else page
        if place and is_worth(question, ground) and (not question.if_shared or is_shared(fetches)):
            asked = await walk.ask(purpose, question, place, token())
            fetches += await _proofs(walk, asked, question, place, token) if question.proof_only else [asked]
    return HttpEvidence(tuple(fetches))


async def _proofs(walk: "_Walk", asked: Fetch, question: Question, page: str, token: Token) -> list[Fetch]:
    """What is left of an answer to a known path; when that proves a fault, also of one beside it that cannot exist."""
    key = walk.key
    proof = proof_of_fetch(asked, key=key)
    if not proves(proof):
        return [proof]
    beside = await walk.ask(f"{asked.purpose}{BESIDE}", question.beside(token()), page, "")
    return [proof, proof_of_fetch(beside, asked.purpose, key=key)]


def seen_already(purpose: str, url: str, walks: list[Fetch]) -> Fetch | None:
    """The rest of an earlier walk from this address on: what http led to is not asked for a second time."""
    for walk in walks:
        for at, exchange in enumerate(walk.exchanges):
            if exchange.url == url and walk.end in (End.FINAL, End.OUT_OF_SCOPE):
                return Fetch(purpose, walk.exchanges[at:], walk.end)
    return None


def start_urls(job: Job) -> tuple[tuple[str, str], ...]:
    """Pairs of (purpose, address): both schemes, or the one of an explicit port."""
    schemes = ("http", "https") if job.target.port is None else (job.target.scheme,)
    return tuple((scheme, job.target.url(scheme)) for scheme in schemes)


def page_url(fetches: list[Fetch]) -> str:
    """Where the site really lives: the last address that answered, https before http."""
    answered = [f.last.url for f in reversed(fetches) if isinstance(f.last.response, Response)]
    return answered[0] if answered else fetches[-1].exchanges[0].url


def is_shared(fetches: list[Fetch]) -> bool:
    """True when an answer let another origin read it, so that it is worth asking which ones."""
    answers = (f.last.response for f in fetches)
    return any(header.first(a.headers, ALLOW) is not None for a in answers if isinstance(a, Response))


class _Walk:
    """Fetches one address after the other until the site asks us to stop or the time is over."""

    def __init__(self, client: Client, scope: Scope, until: float) -> None:
        self._client = client
        self._net = client.visit.net
        self._limits = self._net.limits
        self._scope = scope
        self._until = until
        self._stopped: Missing | None = None
        self._asked = ""
        self._method = "GET"
        self._sent: Headers = ()
        self._cap_bytes: int | None = None

    @property
    def key(self) -> bytes:
        """What the marks of secrets are made with."""
        return self._net.key

    async def fetch(self, purpose: str, url: str) -> Fetch:
        """One address and everything it redirects to, within the time of one probe."""
        self._method, self._sent, self._cap_bytes = "GET", (), None
        return await self._fetch(purpose, url)

    async def ask(self, purpose: str, question: Question, page: str, token: str) -> Fetch:
        """One further request; a redirect that answers it is followed as any other, but only a GET is."""
        self._method, self._sent = question.method, question.sent(page, token)
        self._cap_bytes = question.cap_bytes
        return await self._fetch(purpose, question.url(page, token))

    async def _fetch(self, purpose: str, url: str) -> Fetch:
        exchanges: list[Exchange] = []
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            self._stopped = self._stopped or Missing(Why.BUDGET)
        if self._stopped:
            return Fetch(purpose, (self._exchange_of(url, self._stopped),), End.FAILED)
        end = End.FAILED
        try:
            async with asyncio.timeout_at(min(now + self._limits.probe_s, self._until)) as deadline:
                self._client.on_wait(lambda s: self._extend(deadline, s))
                end = await self._follow(url, exchanges)
        except TimeoutError:
            over = asyncio.get_running_loop().time() >= self._until
            missing = Missing(Why.BUDGET if over else Why.TIMEOUT, "all redirects together")
            exchanges.append(self._exchange_of(self._asked, missing))
        finally:
            self._client.on_wait(None)
        return Fetch(purpose, tuple(exchanges), end)

    def _extend(self, deadline: asyncio.Timeout, seconds: float) -> None:
        """Politeness costs the probe no time, but the site's budget holds."""
        when = deadline.when()
        if when is not None:
            deadline.reschedule(min(when + seconds, self._until))

    async def _follow(self, url: str, exchanges: list[Exchange]) -> End:
        seen = {self._next(url, "")}  # in the spelling of redirects
        hosts = {urlsplit(url).hostname}
        while True:
            response = await self._exchange(url, exchanges)
            if response is None:
                return End.FAILED
            location = location_of(response.status, response.headers)
            if location is None or self._method != "GET":
                return End.FINAL
            step = location if isinstance(location, Stop) else self._next(url, location)
            if isinstance(step, Stop):
                return step.end
            if step in seen:
                return End.LOOP
            hosts.add(urlsplit(step).hostname)
            if len(seen) > self._limits.redirects or len(hosts) > self._limits.redirect_hosts:
                return End.HOP_LIMIT
            seen.add(step)
            url = step

    def _next(self, url: str, location: str) -> str | Stop:
        return next_url(url, location, self._scope, limit=self._limits.url_bytes)

    async def _exchange(self, url: str, exchanges: list[Exchange]) -> Response | None:
        self._asked = url
        try:
            response = await self._client.get(
                url, method=self._method, headers=self._sent, cap_bytes=self._cap_bytes
            )
        except NETWORK_ERRORS as error:
            exchanges.append(self._exchange_of(url, missing_from(error)))
            return None
        exchanges.append(self._exchange_of(url, response))
        self._heed(response)
        return response

    def _exchange_of(self, url: str, answer: Response | Missing) -> Exchange:
        address = "" if answer is self._stopped else self._client.address
        return Exchange(url, answer, self._method, address, self._sent)

    def _heed(self, response: Response) -> None:
        """Wait as long as the server asks (RFC 9110 section 10.2.3), or stop when that is too long."""
        if response.status not in PLEASE_WAIT:
            return
        seconds = header.retry_after_s(response.headers, datetime.now(UTC))
        if seconds > self._limits.retry_after_s:
            self._stopped = Missing(Why.BLOCKED, f"Retry-After: {seconds:.0f} s")
        elif seconds:
            self._net.gate(self._client.address).pause(seconds)
