"""http.redirect-off-site: the address only leads to a site of another domain."""

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
from scanner.author.web import line_of, step_of
from scanner.model.evidence import End
from scanner.parse.suffix import registrable
from scanner.parse.url import host_of
from scanner.samples.web import chain, redirect, response, seen, silence

SECURE = "https://so.example/"


@check(
    "http.redirect-off-site",
    on=Evidence,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Địa chỉ dẫn sang tên miền khác", en="The address leads to another domain"),
    why=Text(
        vi="Nội dung nằm ở nơi khác, nên các mục về trang này không nói gì về nơi đó.",
        en="The content lies elsewhere, so the findings of this site say nothing about that place.",
    ),
    fix=Text(
        vi="Nếu đúng chủ ý, đưa địa chỉ đích vào danh mục trang của cơ quan; nếu không, sửa chuyển hướng ngay.",
        en="If it is meant so, put that address into the inventory; if not, correct the redirect at once.",
    ),
    refs=("RFC 9110 section 10.2.2",),
    howto="redirect-to-https",
    notes={"off": Text(vi="Dẫn sang {location}.", en="It leads to {location}.")},
    examples=(
        Example(
            "another domain",
            seen(chain("https", (SECURE, redirect("https://tinh.test/")), end=End.OUT_OF_SCOPE)),
            "fail",
        ),
        Example(
            "a neighbour below the same public suffix",
            seen(
                chain("https", ("https://so.gov.vn/", redirect("https://tinh.gov.vn/")), end=End.OUT_OF_SCOPE)
            ),
            "fail",
        ),
        Example(
            "another name of the same domain",
            seen(
                chain(
                    "https",
                    ("https://a.tinh.gov.vn/", redirect("https://b.tinh.gov.vn/")),
                    end=End.OUT_OF_SCOPE,
                )
            ),
            "pass",
        ),
        Example("stays", seen(chain("https", (SECURE, response()))), "pass"),
        Example("silent", seen(chain("https", (SECURE, silence()))), "unknown"),
        Example("nothing asked", seen(), "unknown"),
    ),
)
def redirect_off_site(evidence: Evidence, ctx: Context) -> Judgement:
    """Compare registrable domains; without the list of public suffixes, whole names."""
    http = evidence.http
    if isinstance(http, Missing):
        return Unknown(*http)
    fetch = http.fetch("https") or http.fetch("http")
    if fetch is None or not fetch.exchanges:
        return Unknown(Why.NOT_ASKED)
    last = fetch.last.response
    if isinstance(last, Missing):
        return Unknown(*last)
    start, step = fetch.exchanges[0].url, step_of(fetch.last)
    end = step.location if step is not None and fetch.end is End.OUT_OF_SCOPE else fetch.last.url
    here, there = (_domain(url, ctx) for url in (start, end))
    proof = "\n".join(map(line_of, fetch.exchanges))
    if here == there:
        return Pass(saw=proof)
    return Fail(saw=proof, where=(end,), note="off", values=(("location", end),))


def _domain(url: str, ctx: Context) -> str:
    host = host_of(url)
    return registrable(host, ctx.ref.suffixes) or host
