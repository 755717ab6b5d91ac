"""http.https-missing: the site answers over plain http only."""

from scanner.author import (
    Answer,
    Context,
    Evidence,
    Example,
    Fail,
    HttpEvidence,
    Judgement,
    Missing,
    Pass,
    Severity,
    Text,
    TlsEvidence,
    Unknown,
    Why,
    check,
)
from scanner.model.evidence import Fetch, Response
from scanner.samples_http import chain, response, seen, silence, tls_of

URL = "https://so.example/"
PLAIN = "http://so.example/"
PROVEN = frozenset({Why.REFUSED, Why.TLS, Why.MALFORMED})  # 443 answered, and not with TLS


@check(
    "http.https-missing",
    on=Evidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Trang chưa có HTTPS", en="The site has no HTTPS"),
    why=Text(
        vi="Mọi thứ người dân đọc và gửi đi đều có thể bị xem trộm hoặc sửa đổi trên đường truyền, kể cả mật khẩu và giấy tờ. Trình duyệt cũng báo trang không an toàn.",
        en="All that citizens read and send can be read or changed on the way, passwords and papers included. Browsers call the site not secure.",
    ),
    fix=Text(
        vi="Cài chứng thư số do tổ chức được trình duyệt tin cậy cấp và bật HTTPS trên cổng 443.",
        en="Install a certificate of an authority that browsers trust, and serve HTTPS on port 443.",
    ),
    refs=("RFC 9110 section 4.2.2", "RFC 9325 section 3.2"),
    howto="get-certificate",
    notes={
        "refused": Text(
            vi="Cổng 443 không nhận kết nối, trong khi trang trả lời qua http.",
            en="Port 443 refuses connections, while the site answers over http.",
        ),
        "no-tls": Text(
            vi="Cổng 443 mở nhưng không nói TLS, trong khi trang trả lời qua http.",
            en="Port 443 is open but does not speak TLS, while the site answers over http.",
        ),
    },
    examples=(
        Example(
            "443 refused, 80 serves",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.REFUSED)))),
            "fail",
        ),
        Example(
            "443 speaks no TLS",
            seen(
                chain("http", (PLAIN, response())),
                chain("https", (URL, silence(Why.TLS))),
                tls=tls_of(Why.MALFORMED),
            ),
            "fail",
        ),
        Example("443 serves", seen(chain("https", (URL, response()))), "pass"),
        Example(
            "443 is silent: may be filtered on the way to us",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence()))),
            "unknown",
        ),
        Example(
            "our client fails, the prober does not",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.TLS))), tls=tls_of()),
            "pass",
        ),
        Example(
            "handshake fails, TLS not proven absent",
            seen(
                chain("http", (PLAIN, response())),
                chain("https", (URL, silence(Why.TLS))),
                tls=tls_of(Why.TIMEOUT),
            ),
            "unknown",
        ),
        Example(
            "nothing answers",
            seen(chain("http", (PLAIN, silence())), chain("https", (URL, silence(Why.REFUSED)))),
            "unknown",
        ),
        Example("https was not asked for", seen(chain("http", (PLAIN, response()))), "unknown"),
        Example("no HTTP evidence", Evidence("s", seen().target, seen().seen_at), "unknown"),
    ),
)
def https_missing(evidence: Evidence, _ctx: Context) -> Judgement:
    """Only a refused or TLS-less port 443 beside a working port 80 is proof; silence is none."""
    http = evidence.http
    if isinstance(http, Missing):
        return Unknown(http.why, http.detail)
    secure = http.fetch("https")
    if secure is not None and _answered(secure):
        return Pass(saw=f"GET {secure.exchanges[0].url}")
    if _speaks_tls(evidence.tls):
        return Pass(saw="TLS handshake completed")
    if secure is None:
        return Unknown(Why.NOT_ASKED, "https was not asked for")
    first = secure.exchanges[0].response
    assert isinstance(first, Missing)
    if not _plain_answers(http):
        return Unknown(first.why, first.detail)
    why = _tls_absence(evidence.tls, first)
    if why not in PROVEN:
        return Unknown(why, first.detail)
    note = "refused" if why is Why.REFUSED else "no-tls"
    return Fail(
        saw=f"GET {secure.exchanges[0].url}: {why.value}; {_plain_proof(http)}",
        where=(secure.exchanges[0].url,),
        note=note,
    )


def _answered(fetch: Fetch) -> bool:
    return isinstance(fetch.exchanges[0].response, Response)


def _plain_answers(http: HttpEvidence) -> bool:
    plain = http.fetch("http")
    return plain is not None and _answered(plain)


def _plain_proof(http: HttpEvidence) -> str:
    plain = http.fetch("http")
    assert plain is not None
    answer = plain.exchanges[0].response
    assert isinstance(answer, Response)
    return f"GET {plain.exchanges[0].url}: {answer.status}"


def _speaks_tls(tls: TlsEvidence | Missing) -> bool:
    if isinstance(tls, Missing):
        return False
    return any(
        offer.answer is Answer.ACCEPTED for endpoint in tls.endpoints for offer in endpoint.versions or ()
    ) or any(endpoint.chains for endpoint in tls.endpoints)


def _tls_absence(tls: TlsEvidence | Missing, seen_by_client: Missing) -> Why:
    """Why there is no TLS: the prober's word on every address, else the client's."""
    if seen_by_client.why is Why.REFUSED or isinstance(tls, Missing):
        return seen_by_client.why if seen_by_client.why is not Why.TLS else Why.TIMEOUT
    reasons = {endpoint.missing.why if endpoint.missing else Why.TIMEOUT for endpoint in tls.endpoints}
    return next(iter(reasons)) if len(reasons) == 1 else Why.TIMEOUT
