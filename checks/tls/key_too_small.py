"""tls.key-too-small: the key in a certificate can be broken with money."""

from scanner.author import (
    Certificates,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.tls import judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.parse.certificate import CertificateFacts
from scanner.samples.tls import certificates, chain, issuer, leaf, unreadable

LEAST_BITS = {"RSA": 2048, "DSA": 2048, "EC": 224, "Ed25519": 255, "Ed448": 448}
LEAST_EXPONENT = 3  # with an exponent of 1 the signature is no secret at all; an even one is no RSA


@check(
    "tls.key-too-small",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Khóa của chứng thư quá ngắn", en="The certificate's key is too short"),
    why=Text(
        vi="Khóa ngắn có thể bị tính ra; khi đó kẻ tấn công đóng giả được trang và giải mã được dữ liệu đã ghi lại.",
        en="A short key can be computed; whoever has it can pose as the site and decrypt what was recorded.",
    ),
    fix=Text(
        vi="Tạo khóa mới (ECDSA P-256 hoặc RSA 2048 bit trở lên) và xin cấp chứng thư mới cho khóa đó. Không dùng lại khóa cũ.",
        en="Make a new key (ECDSA P-256, or RSA with 2048 bits or more) and get a certificate for it. Do not reuse the old key.",
    ),
    refs=("NIST SP 800-131A Rev. 2 section 3", "RFC 9325 section 4.5"),
    howto="renew-certificate",
    notes={
        "short": Text(
            vi="Khóa {kind} dài {bits} bit; tối thiểu là {least} bit.",
            en="The {kind} key has {bits} bits; {least} is the least.",
        ),
        "exponent": Text(
            vi="Số mũ công khai của khóa RSA là {exponent}.",
            en="The public exponent of the RSA key is {exponent}.",
        ),
    },
    examples=(
        Example("RSA 1024", certificates(chain(leaf(key=("RSA", 1024)))), "fail"),
        Example("RSA 2047", certificates(chain(leaf(key=("RSA", 2047)))), "fail"),
        Example("RSA 2048", certificates(chain(leaf(key=("RSA", 2048)))), "pass"),
        Example("P-256", certificates(), "pass"),
        Example("P-192", certificates(chain(leaf(key=("EC", 192)))), "fail"),
        Example("Ed25519", certificates(chain(leaf(key=("Ed25519", 256)))), "pass"),
        Example("exponent one", certificates(chain(leaf(key=("RSA", 2048), exponent=1))), "fail"),
        Example("even exponent", certificates(chain(leaf(key=("RSA", 2048), exponent=65536))), "fail"),
        Example("weak intermediate", certificates(chain(leaf(), issuer(key=("RSA", 1024)))), "fail"),
        Example("key that cannot be read", certificates(chain(leaf(key=("", 0)))), "unknown"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def key_too_small(view: Certificates, _ctx: Context) -> Judgement:
    """Judge the keys of all certificates sent, authorities included."""
    return judge_chains(view, _rule)


def _rule(chain: PresentedChain) -> Judgement:
    if chain.leaf is None:
        return Unknown(Why.MALFORMED, chain.trust.reason)
    said = [_key(c) for c in (chain.leaf, *chain.others)]
    fault = next((j for j in said if isinstance(j, Fail)), None)
    return fault or said[0]


def _key(facts: CertificateFacts) -> Judgement:
    least = LEAST_BITS.get(facts.key_type)
    saw = f"{facts.key_type} {facts.key_bits} bit ({facts.subject})"
    if least is None:
        return Unknown(
            Why.MALFORMED, f"{facts.subject}: {'; '.join(facts.faults) or facts.key_type or 'no key'}"
        )
    if facts.key_bits < least:
        values = (("kind", facts.key_type), ("bits", str(facts.key_bits)), ("least", str(least)))
        return Fail(saw, note="short", values=values)
    if facts.key_type == "RSA" and (facts.rsa_exponent < LEAST_EXPONENT or facts.rsa_exponent % 2 == 0):
        return Fail(
            f"{saw}, e={facts.rsa_exponent}", note="exponent", values=(("exponent", str(facts.rsa_exponent)),)
        )
    if trouble := next((f for f in facts.faults if f.startswith("key:")), ""):
        return Unknown(Why.MALFORMED, f"{facts.subject}: {trouble}")
    return Pass(saw)
