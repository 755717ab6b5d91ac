"""tls.certificate-name-mismatch: the certificate is for other names than the one people type."""

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
from scanner.author.tls import judge_chains, names_of
from scanner.identify.certificates import PresentedChain
from scanner.parse.server_name import is_named, twin_of
from scanner.samples.tls import OTHER_ADDRESS, SELF_SIGNED, certificates, chain, leaf, unreadable


@check(
    "tls.certificate-name-mismatch",
    on=Certificates,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Sai tên máy chủ trên chứng thư", en="The certificate is for another name"),
    why=Text(
        vi="Trình duyệt không xác nhận được đây là trang của cơ quan và chặn truy cập. Trang giả mạo cũng cho thấy đúng cảnh báo này.",
        en="Browsers cannot confirm that this is the agency's site and block it. A fake site would show the very same warning.",
    ),
    fix=Text(
        vi="Cấp chứng thư có đủ mọi tên mà người dân dùng, cả có www và không có www, rồi gán đúng chứng thư cho tên miền này trên máy chủ.",
        en="Get a certificate with every name people use, with and without www, and assign it to this name on the server.",
    ),
    refs=("RFC 9525 section 6", "RFC 9110 section 4.3.4"),
    howto="certificate-for-name",
    notes={
        "other": Text(
            vi="Chứng thư cấp cho {names}, không cấp cho {host}.",
            en="The certificate is for {names}, not for {host}.",
        ),
        "twin": Text(
            vi="Chứng thư chỉ có {twin}, thiếu {host}: người dân gõ địa chỉ này gặp cảnh báo.",
            en="The certificate holds {twin} and leaves {host} out: people who type this address meet a warning.",
        ),
        "none": Text(
            vi="Chứng thư không ghi tên máy chủ nào trong phần tên thay thế (SAN); trình duyệt không đọc tên chung (CN).",
            en="The certificate holds no host name in subjectAltName; browsers do not read the common name.",
        ),
    },
    examples=(
        Example("another host", certificates(chain(leaf(names=("khac.example",)), is_named=False)), "fail"),
        Example("the very name", certificates(), "pass"),
        Example(
            "without www only", certificates(chain(leaf(names=("www.so.example",)), is_named=False)), "fail"
        ),
        Example("no names but a common name", certificates(chain(leaf(names=()), is_named=False)), "fail"),
        Example(
            "default certificate, self-signed",
            certificates(chain(leaf(names=("localhost",)), trust=SELF_SIGNED, is_named=False)),
            "fail",
        ),
        Example("self-signed with the right name", certificates(chain(trust=SELF_SIGNED)), "pass"),
        Example(
            "one of two addresses",
            certificates(
                chain(), chain(leaf(names=("khac.example",)), is_named=False, address=OTHER_ADDRESS)
            ),
            "fail",
        ),
        Example("names that cannot be read", certificates(chain(is_named=None)), "unknown"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_name_mismatch(view: Certificates, _ctx: Context) -> Judgement:
    """Judge subjectAltName alone, as browsers do (RFC 9525 section 6.3)."""

    def rule(chain: PresentedChain) -> Judgement:
        if chain.leaf is None or chain.is_named is None:
            return Unknown(
                Why.MALFORMED, "; ".join((*chain.unreadable, *(chain.leaf.faults if chain.leaf else ())))
            )
        names = names_of(chain)
        if chain.is_named:
            return Pass(names)
        twin = twin_of(view.host)
        if is_named(twin, dns_names=chain.leaf.dns_names, ip_names=()):
            return Fail(names, note="twin", values=(("twin", twin), ("host", view.host)))
        note = "other" if chain.leaf.has_names else "none"
        return Fail(names, note=note, values=(("names", names), ("host", view.host)))

    return judge_chains(view, rule)
