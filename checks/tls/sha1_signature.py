"""tls.sha1-signature: a certificate is signed with a hash that can be forged."""

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
from scanner.samples.tls import SELF_SIGNED, certificates, chain, issuer, leaf, unreadable

WEAK = frozenset({"md2", "md4", "md5", "sha1"})


@check(
    "tls.sha1-signature",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chứng thư ký bằng giải thuật băm yếu", en="The certificate is signed with a weak hash"),
    why=Text(
        vi="Với SHA-1 và MD5, người ta tạo được hai chứng thư có cùng chữ ký, tức là giả mạo được chứng thư. Trình duyệt hiện nay từ chối.",
        en="With SHA-1 and MD5 two certificates can be made to share one signature, which is forgery. Browsers refuse them.",
    ),
    fix=Text(
        vi="Xin cấp lại chứng thư ký bằng SHA-256 trở lên và cài cùng chuỗi CA trung gian mới.",
        en="Have the certificate reissued with SHA-256 or better and install it with the new intermediate certificates.",
    ),
    refs=("RFC 9155", "RFC 6194 section 3"),
    howto="renew-certificate",
    notes={"weak": Text(vi="{subject} được ký bằng {digest}.", en="{subject} is signed with {digest}.")},
    examples=(
        Example("SHA-1 leaf", certificates(chain(leaf(digest="sha1"))), "fail"),
        Example("MD5 leaf", certificates(chain(leaf(digest="md5"))), "fail"),
        Example("SHA-256", certificates(), "pass"),
        Example("SHA-1 intermediate", certificates(chain(leaf(), issuer(digest="sha1"))), "fail"),
        Example(
            "SHA-1 root sent along",
            certificates(chain(leaf(), issuer(), issuer(digest="sha1", is_root=True))),
            "pass",
        ),
        Example(
            "self-signed with SHA-1", certificates(chain(leaf(digest="sha1"), trust=SELF_SIGNED)), "fail"
        ),
        Example(
            "scheme with its own hash", certificates(chain(leaf(key=("Ed25519", 256), digest=""))), "pass"
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def sha1_signature(view: Certificates, _ctx: Context) -> Judgement:
    """Judge leaf and intermediates; the signature of a root proves nothing and is left out."""
    return judge_chains(view, _rule)


def _rule(chain: PresentedChain) -> Judgement:
    if chain.leaf is None:
        return Unknown(Why.MALFORMED, chain.trust.reason)
    asked = (chain.leaf, *(c for c in chain.others if not c.is_self_issued))
    return next(
        (fault for c in asked if (fault := _fault(c))), Pass(f"{_digest(chain.leaf)} ({chain.leaf.subject})")
    )


def _fault(facts: CertificateFacts) -> Fail | None:
    if facts.signature_hash not in WEAK:
        return None
    digest = facts.signature_hash.upper().replace("SHA1", "SHA-1")
    return Fail(
        f"{digest} ({facts.subject})", note="weak", values=(("subject", facts.subject), ("digest", digest))
    )


def _digest(facts: CertificateFacts) -> str:
    return facts.signature_hash or facts.key_type
