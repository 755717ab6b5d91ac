"""http.https-missing: the site answers over plain http only."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Missing,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.identify.secure_transport import Https, https_of
from scanner.model.evidence import Fetch
from scanner.parse.tls_names import PLAIN_HTTP
from scanner.samples.web import chain, response, seen, silence, tls_of

URL = "https://so.example/"
PLAIN = "http://so.example/"


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
                tls=tls_of(Why.TLS, PLAIN_HTTP),
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
            "443 speaks another language",
            seen(
                chain("http", (PLAIN, response())),
                chain("https", (URL, silence(Why.TLS))),
                tls=tls_of(Why.MALFORMED, "no TLS: b'SSH-2.0'"),
            ),
            "fail",
        ),
        Example(
            "443 speaks TLS but refuses every version",
            seen(
                chain("http", (PLAIN, response())),
                chain("https", (URL, silence(Why.TLS))),
                tls=tls_of(Why.TLS, "no version is accepted: unrecognized_name"),
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
    https = https_of(evidence)
    http = evidence.http
    if isinstance(http, Missing) or https.state is Https.UNKNOWN:
        return Unknown(*https.why)
    secure, plain = http.fetch("https"), http.fetch("http")
    if https.state is Https.SERVED:
        return Pass(saw=_line(secure) if secure else "TLS handshake completed")
    assert secure is not None
    assert plain is not None
    return Fail(
        saw=f"{_line(secure)} ({https.why.why.value}); {_line(plain)}",
        where=(secure.exchanges[0].url,),
        note="refused" if https.why.why is Why.REFUSED else "no-tls",
    )


def _line(fetch: Fetch) -> str:
    """The first question of a fetch and its answer."""
    first = fetch.exchanges[0]
    if isinstance(first.response, Missing):
        return f"GET {first.url}: {first.response.why.value}"
    return f"GET {first.url}: {first.response.status}"
