"""dns.dnssec-weak: the domain is signed with methods validators are told to give up."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.dnssec import Signing
from scanner.model.evidence import DnsState
from scanner.parse.dnssec import read_key
from scanner.samples.domain import DOMAIN, zone

ALGORITHMS = {1: "RSAMD5", 3: "DSA", 5: "RSASHA1", 6: "DSA-NSEC3-SHA1", 7: "RSASHA1-NSEC3-SHA1", 12: "GOST"}
DIGESTS = {1: "SHA-1", 3: "GOST"}
KEY = "+GqJxpVXckHAeF+KkxLbxIL="


def ds(*rest: str) -> tuple[str, ...]:
    """A change: these DS records at the parent."""
    return (DOMAIN, "DS", *rest)


@check(
    "dns.dnssec-weak",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="DNSSEC dùng thuật toán đã lỗi thời", en="DNSSEC uses outdated algorithms"),
    why=Text(
        vi="SHA-1 không còn chống được giả mạo; nhiều bộ phân giải coi tên miền như chưa ký.",
        en="SHA-1 no longer resists forgery, and many resolvers treat such a domain as unsigned.",
    ),
    fix=Text(
        vi="Chuyển sang ECDSA P-256 (thuật toán 13) và bản ghi DS dùng SHA-256 (loại 2).",
        en="Move to ECDSA P-256 (algorithm 13) and a DS record with SHA-256 (type 2).",
    ),
    refs=("RFC 8624 section 3", "RFC 9905"),
    howto="sign-domain",
    notes={
        "unsigned": Text(vi="Tên miền chưa ký DNSSEC.", en="The domain is not signed."),
        "weak": Text(vi="Đang dùng: {methods}.", en="In use: {methods}."),
    },
    examples=(
        Example("ECDSA and SHA-256", zone(), "pass"),
        Example("DS by SHA-1 alone", zone(ds("2371 13 1 " + "ab" * 20)), "fail"),
        Example("SHA-1 beside SHA-256", zone(ds("2371 13 1 " + "ab" * 20, "2371 13 2 " + "ab" * 32)), "pass"),
        Example("RSASHA1", zone(ds("2371 5 2 " + "ab" * 32)), "fail"),
        Example("a key of RSASHA1 on its way out", zone((DOMAIN, "DNSKEY", f"257 3 7 {KEY}")), "fail"),
        Example("RSASHA256", zone(ds("2371 8 2 " + "ab" * 32)), "pass"),
        Example("no DS", zone(ds(), (DOMAIN, "DNSKEY"), signed=False), "notapplicable"),
        Example("nobody knows", zone(ds("!timeout")), "unknown"),
    ),
)
def dnssec_weak(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the DS set at the parent - a strong digest beside a weak one is enough - and the algorithms of the keys."""
    answers = [zone.book.get(zone.domain, kind) for kind in ("DS", "DNSKEY")]
    if answers[0].state is DnsState.UNKNOWN:
        return unanswered(answers[0])
    if zone.dnssec.state in (Signing.UNSIGNED, Signing.ISLAND) or not answers[0].records:
        return NotApplicable("unsigned", saw=line_of(answers[0]))
    fields = [record.split() for record in answers[0].records]
    digests = {int(f[2]) for f in fields if len(f) > 2 and f[2].isdigit()}
    keys = [key for key in map(read_key, answers[1].records) if key is not None]
    used = {int(f[1]) for f in fields if len(f) > 2 and f[1].isdigit()} | {key.algorithm for key in keys}
    found = [f"{ALGORITHMS[a]} ({a})" for a in sorted(used & set(ALGORITHMS))]
    if digests and digests <= set(DIGESTS):
        found += [f"DS {DIGESTS[d]}" for d in sorted(digests)]
    saw = "\n".join(map(line_of, answers))
    if found:
        return Fail(saw, where=(zone.domain,), note="weak", values=(("methods", ", ".join(found)),))
    return Pass(saw, where=(zone.domain,))
