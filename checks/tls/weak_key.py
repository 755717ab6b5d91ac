"""tls.weak-key: the key was made by a program that makes keys which can be computed."""

from scanner.author import (
    Certificates,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.tls import judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.samples.tls import certificates, chain, issuer, leaf, unreadable

RSA = ("RSA", 2048)


@check(
    "tls.weak-key",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Khóa của chứng thư do phần mềm lỗi sinh ra",
        en="The certificate's key comes from a faulty generator",
    ),
    why=Text(
        vi="Khóa đủ dài nhưng được sinh sai cách nên tính ra được khóa bí mật; kẻ tấn công đóng giả được trang.",
        en="The key is long enough but was made in a way that lets others compute its secret part and pose as the site.",
    ),
    fix=Text(
        vi="Cập nhật thiết bị hoặc phần mềm đã sinh khóa, tạo khóa mới trên máy chủ bằng OpenSSL, xin chứng thư mới và thu hồi chứng thư cũ.",
        en="Update the device or program that made the key, make a new one on the server with OpenSSL, get a new certificate and have the old one revoked.",
    ),
    refs=("CVE-2017-15361", "CVE-2022-26320", "Baseline Requirements section 6.1.1.3"),
    howto="renew-certificate",
    notes={
        "roca": Text(
            vi="Khóa mang dấu hiệu lỗ hổng ROCA (chip Infineon): {subject}.",
            en="The key bears the mark of the ROCA flaw (Infineon chips): {subject}.",
        ),
        "close-primes": Text(
            vi="Hai số nguyên tố của khóa quá gần nhau, phép Fermat tìm ra ngay: {subject}.",
            en="The two primes of the key are so close that Fermat's method finds them at once: {subject}.",
        ),
        "small-factor": Text(
            vi="Khóa chia hết cho một số nhỏ, tức là không phải khóa RSA đúng nghĩa: {subject}.",
            en="The key has a small factor, so it is no real RSA key: {subject}.",
        ),
        "no-list": Text(
            vi="Chỉ khóa RSA có các lỗi sinh khóa này.",
            en="Only RSA keys can have these faults of generation.",
        ),
    },
    examples=(
        Example("ROCA", certificates(chain(leaf(key=RSA, weakness="roca"))), "fail"),
        Example("close primes", certificates(chain(leaf(key=RSA, weakness="close-primes"))), "fail"),
        Example("small factor", certificates(chain(leaf(key=RSA, weakness="small-factor"))), "fail"),
        Example("faulty intermediate", certificates(chain(leaf(), issuer(key=RSA, weakness="roca"))), "fail"),
        Example("ordinary RSA key", certificates(chain(leaf(key=RSA))), "pass"),
        Example("no RSA key at all", certificates(chain(leaf(), issuer(key=("EC", 384)))), "notapplicable"),
        Example("key that cannot be read", certificates(chain(leaf(key=("", 0)))), "unknown"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def weak_key(view: Certificates, _ctx: Context) -> Judgement:
    """Judge the numbers of every RSA key sent: a mark or a factor, found by arithmetic alone."""
    return judge_chains(view, _rule)


def _rule(chain: PresentedChain) -> Judgement:
    if chain.leaf is None:
        return Unknown(Why.MALFORMED, chain.trust.reason)
    sent = (chain.leaf, *chain.others)
    for facts in sent:
        if facts.weakness:
            saw = f"{facts.weakness}: {facts.key_type} {facts.key_bits} bit, SPKI SHA-256 {facts.spki_sha256}"
            return Fail(f"{saw} ({facts.subject})", note=facts.weakness, values=(("subject", facts.subject),))
    if unread := next((f for f in sent if not f.key_type), None):
        return Unknown(Why.MALFORMED, f"{unread.subject}: {'; '.join(unread.faults) or 'no key'}")
    tested = [f for f in sent if f.key_type == "RSA"]
    if not tested:
        return NotApplicable("no-list", saw=", ".join(f.key_type for f in sent))
    return Pass(
        "; ".join(f"RSA {f.key_bits} bit: no small factor, primes apart, no ROCA mark" for f in tested)
    )
