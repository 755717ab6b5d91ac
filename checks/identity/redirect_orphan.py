"""identity.redirect-orphan: the address leads to a host that no longer exists."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Missing,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.identify.sights import host_of
from scanner.identify.state import main_fetches
from scanner.model.evidence import End, Response
from scanner.samples.web import chain, redirect, response, seen, silence

HERE, THERE = "https://so.example/", "https://so-cu.example/"
AWAY = redirect(THERE)


@check(
    "identity.redirect-orphan",
    on=Evidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Trang chuyển hướng tới nơi không còn tồn tại", en="The address leads to a host that is gone"
    ),
    why=Text(
        vi="Người dân gặp lỗi; nếu tên miền đích hết hạn, người khác đăng ký được và nhận mọi lượt truy cập của cơ quan.",
        en="People meet an error; if the name there lapses, somebody else can register it and receives all visitors.",
    ),
    fix=Text(
        vi="Sửa chuyển hướng tới trang hiện nay của cơ quan, hoặc tắt hẳn địa chỉ này.",
        en="Let the redirect lead to the agency's present site, or shut the address down.",
    ),
    refs=("RFC 9110 section 15.4", "CWE-672"),
    howto="retire-site",
    notes={
        "no-name": Text(vi="{host} không còn trong DNS.", en="{host} has no name in DNS any more."),
        "refused": Text(vi="Máy chủ {host} từ chối kết nối.", en="The server of {host} refuses connections."),
        "stays": Text(vi="Địa chỉ không chuyển hướng.", en="The address does not redirect."),
        "outside": Text(
            vi="Nơi chuyển tới nằm ngoài danh mục nên không được hỏi.",
            en="It leads outside the inventory, where nothing is asked.",
        ),
    },
    examples=(
        Example(
            "the name is gone",
            seen(chain("https", (HERE, AWAY), (THERE, silence(Why.DNS)), end=End.FAILED)),
            "fail",
        ),
        Example(
            "the server is off",
            seen(chain("https", (HERE, AWAY), (THERE, silence(Why.REFUSED)), end=End.FAILED)),
            "fail",
        ),
        Example(
            "too slow to tell",
            seen(chain("https", (HERE, AWAY), (THERE, silence()), end=End.FAILED)),
            "unknown",
        ),
        Example("the successor answers", seen(chain("https", (HERE, AWAY), (THERE, response()))), "pass"),
        Example("leads outside", seen(chain("https", (HERE, AWAY), end=End.OUT_OF_SCOPE)), "notapplicable"),
        Example("does not redirect", seen(chain("https", (HERE, response()))), "notapplicable"),
        Example(
            "own silence", seen(chain("https", (HERE, silence(Why.DNS)), end=End.FAILED)), "notapplicable"
        ),
        Example("nothing asked", seen(), "unknown"),
    ),
)
def redirect_orphan(evidence: Evidence, _ctx: Context) -> Judgement:
    """Judge hosts a redirect was followed to: those of the agency's own inventory."""
    if isinstance(evidence.http, Missing):
        return Unknown(*evidence.http)
    walks = [f for f in main_fetches(evidence) if host_of(f.last.url) != host_of(f.exchanges[0].url)]
    dead = [(f.last.url, f.last.response) for f in walks if isinstance(f.last.response, Missing)]
    for url, missing in dead:
        if missing.why in (Why.DNS, Why.REFUSED):
            note = "no-name" if missing.why is Why.DNS else "refused"
            saw = f"{url}: {missing.why.value} {missing.detail}"
            return Fail(saw, (url,), note, (("host", host_of(url)),))
    if dead:
        return Unknown(dead[0][1].why, dead[0][1].detail)
    if walks:
        return Pass(saw=", ".join(f"{f.last.url}: {_status(f.last.response)}" for f in walks))
    is_outside = any(f.end is End.OUT_OF_SCOPE for f in main_fetches(evidence))
    return NotApplicable("outside" if is_outside else "stays")


def _status(response: Response | Missing) -> int:
    return response.status if isinstance(response, Response) else 0
