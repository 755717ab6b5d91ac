"""The table of expected verdicts: each rule on real servers, one domain in order and one fault at a time.

Everything not named in a row must stay as it is on the domain in order, so a row also proves that one fault is told
by one check.
"""

import asyncio

import pytest

from scanner.model.agency import Depth
from scanner.model.finding import Verdict
from tests.dns.orderly import (
    CHECKS,
    DKIM,
    DOMAIN,
    FIRST,
    POLICY,
    POLICY_HOST,
    SEEN_AT,
    SOA,
    TOKEN,
    WEB,
    Records,
    Row,
    orderly,
    policy,
    verdicts,
)
from tests.lab.dns_server import Fault
from tests.lab.web import answer

FAIL, PASS, NONE, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.NOTAPPLICABLE, Verdict.UNKNOWN
IN_ORDER = {c.id: PASS for c in CHECKS} | {
    "dns.cname-takeover": NONE,
    "dns.dangling-cname": NONE,
    "mail.dmarc-reports-refused": NONE,
    "mail.bimi-invalid": NONE,
    "mail.unused-domain-open": NONE,
    "dns.dnssec-expiring": UNKNOWN,  # the resolver vouches for these zones, signed ones are in test_denial
    "dns.nsec3-iterations": UNKNOWN,
}
UNSIGNED = dict.fromkeys(
    ("dns.dnssec-bogus", "dns.dnssec-expiring", "dns.dnssec-weak", "dns.nsec3-iterations"), NONE
)
HOSTED: Records = {
    WEB: (("CNAME", "so-web.surge.sh."),),
    "so-web.surge.sh": (("A", FIRST), ("AAAA", "2001:db8::9")),
}
AT_SERVICE = {"dns.dangling-cname": PASS, "dns.private-address": FAIL}
WITHOUT_SPF = {
    "mail.spf-missing": FAIL,
    "mail.spf-broken": NONE,
    "mail.spf-weak": NONE,
    "mail.spf-allows-all": NONE,
    "mail.spf-ptr-used": NONE,
    "mail.spf-range-too-wide": NONE,
    "mail.spf-too-long": NONE,
}
BOGUS = {
    c.id: UNKNOWN  # a validator gives nothing at all for the domain itself
    for c in CHECKS
    if (c.topic == "mail" and "dmarc" not in c.id and "bimi" not in c.id)
    or c.id.startswith(("dns.caa", "dns.ns", "dns.zone", "dns.delegation", "dns.recursion", "dns.secondary"))
} | {**UNSIGNED, "dns.dnssec-bogus": FAIL, "dns.dnssec-weak": UNKNOWN}
ALONE = {"dns.ns-inconsistent": NONE, "dns.secondary-stale": NONE}
HALF = {
    "dns.ns-lame": UNKNOWN,
    "dns.ns-inconsistent": UNKNOWN,
    "dns.secondary-stale": UNKNOWN,
}
NO_MAIL = {
    "mail.mta-sts-missing": NONE,
    "mail.mta-sts-broken": NONE,
    "mail.mta-sts-not-enforced": NONE,
    "mail.tls-reports-missing": NONE,
    "mail.dkim-missing": NONE,
    "mail.dkim-weak": NONE,
    "mail.dane-missing": NONE,
    "mail.dane-invalid": NONE,
    "mail.unused-domain-open": PASS,
}
PARKED = orderly("MX", spf="v=spf1 -all", add=(("MX", "0 ."),))
NO_POLICY = {"mail.mta-sts-broken": FAIL, "mail.mta-sts-not-enforced": NONE}
NOT_KNOWN = {"mail.mta-sts-broken": UNKNOWN, "mail.mta-sts-not-enforced": UNKNOWN}

ROWS = (
    Row("in order"),
    Row("no CAA", {DOMAIN: orderly("CAA")}, {"dns.caa-missing": FAIL, "dns.caa-critical-unknown": NONE}),
    Row(
        "a slip in CAA",
        {DOMAIN: orderly(add=(("CAA", '128 isue "ca.example"'),))},
        {"dns.caa-critical-unknown": FAIL},
    ),
    Row(
        "an abandoned page",
        HOSTED,
        {**AT_SERVICE, "dns.cname-takeover": FAIL},
        page=answer(body="project not found"),
    ),
    Row(
        "a page of that service",
        HOSTED,
        {**AT_SERVICE, "dns.cname-takeover": PASS},
        page=answer(body="Sở Mẫu"),
    ),
    Row("a page of that service that was not seen", HOSTED, {**AT_SERVICE, "dns.cname-takeover": UNKNOWN}),
    Row("no DS", {DOMAIN: orderly("DS")}, {**UNSIGNED, "dns.dnssec-missing": FAIL}),
    Row(
        "DS by SHA-1",
        {DOMAIN: orderly("DS", add=(("DS", "2371 13 1 " + "ab" * 20),))},
        {"dns.dnssec-weak": FAIL},
    ),
    Row("broken signatures", {DOMAIN: (Fault.BOGUS, orderly())}, BOGUS),
    Row(
        "one server",
        {f"ns2.{DOMAIN}": (("A", FIRST),), f"ns1.{DOMAIN}": (("A", FIRST),)},
        {"dns.ns-single": FAIL, "dns.ns-one-network": NONE, "dns.ipv6-missing": FAIL},
    ),
    Row(
        "one network",
        {f"ns2.{DOMAIN}": (("A", FIRST), ("A", "127.0.0.9"))},
        {"dns.ns-one-network": FAIL},
    ),
    Row("a server refuses", expect={"dns.ns-lame": FAIL, **ALONE}, lies={DOMAIN: Fault.REFUSED}),
    Row("a server without authority", expect={"dns.ns-lame": FAIL, **ALONE}, lies={DOMAIN: Fault.LAME}),
    Row("a server is silent", expect=HALF, lies={DOMAIN: Fault.SILENT}),
    Row("a server that knows no EDNS", lies={DOMAIN: Fault.NO_EDNS}),
    Row("a server that drops EDNS", lies={DOMAIN: Fault.EDNS_SILENT}),
    Row("a slow server", lies={DOMAIN: Fault.SLOW}),
    Row(
        "a server that hangs up over TCP",
        expect=HALF,
        lies={DOMAIN: Fault.TRUNCATED_CLOSED},
    ),
    Row(
        "the registry names a server more",
        expect={"dns.delegation-differs": FAIL},
        referral=(f"ns1.{DOMAIN}.", f"ns2.{DOMAIN}.", "ns.old.example."),
    ),
    Row(
        "the registry names a server less",
        expect={"dns.delegation-differs": FAIL},
        referral=(f"ns1.{DOMAIN}.",),
    ),
    Row("the registry is silent", expect={"dns.delegation-differs": UNKNOWN}, silent_parent=True),
    Row(
        "the servers contradict each other",
        expect={"dns.ns-inconsistent": FAIL, "dns.delegation-differs": FAIL},
        differs={DOMAIN: (*orderly("NS"), ("NS", f"ns1.{DOMAIN}."), ("NS", f"ns7.{DOMAIN}."))},
    ),
    Row(
        "an old copy",
        expect={"dns.secondary-stale": FAIL},
        differs={DOMAIN: orderly("SOA", add=(("SOA", SOA[1].replace("2026112", "2026102")),))},
    ),
    Row(
        "a copy of today",
        {DOMAIN: orderly("SOA", add=(("SOA", SOA[1].replace("2026112001", f"{SEEN_AT:%Y%m%d}05")),))},
        {"dns.secondary-stale": UNKNOWN},
        differs={DOMAIN: orderly("SOA", add=(("SOA", SOA[1].replace("2026112001", f"{SEEN_AT:%Y%m%d}04")),))},
    ),
    Row("a server for everybody", expect={"dns.recursion-open": FAIL}, recurses=True),
    Row("a wildcard", {f"rasoat-{TOKEN}.{DOMAIN}": (("A", "203.0.113.1"),)}, {"dns.wildcard-present": FAIL}),
    Row("the zone is given away", expect={"dns.zone-transfer-open": FAIL}, transfers=True),
    Row(
        "as a visitor",
        expect={"dns.zone-transfer-open": UNKNOWN, "dns.recursion-open": UNKNOWN},
        depth=Depth.PASSIVE,
    ),
    Row("no IPv6", {WEB: (("A", "203.0.113.1"),)}, {"dns.ipv6-missing": FAIL}),
    Row("inner address", {WEB: (("A", "10.0.0.1"), ("AAAA", "2001:db8::1"))}, {"dns.private-address": FAIL}),
    Row(
        "an alias of nobody",
        {WEB: (("CNAME", "gone.other.example."),), "other.example": (SOA,)},
        {"dns.dangling-cname": FAIL, "dns.private-address": NONE, "dns.ipv6-missing": FAIL},
    ),
    Row(
        "an alias of somebody",
        {
            WEB: (("CNAME", "cdn.other.example."),),
            "cdn.other.example": (("A", "203.0.113.9"), ("AAAA", "2001:db8::9")),
        },
        {"dns.dangling-cname": PASS},
    ),
    Row("no SPF", {DOMAIN: orderly("TXT")}, WITHOUT_SPF),
    Row(
        "SPF SERVFAIL",
        {"_spf.mau.example": Fault.SERVFAIL, DOMAIN: orderly(spf="v=spf1 include:_spf.mau.example -all")},
        {"mail.spf-broken": UNKNOWN, "mail.spf-allows-all": UNKNOWN, "mail.spf-ptr-used": UNKNOWN},
    ),
    Row(
        "two SPF records",
        {DOMAIN: orderly(add=(("TXT", '"v=spf1 -all"'),))},
        {**WITHOUT_SPF, "mail.spf-missing": PASS, "mail.spf-broken": FAIL},
    ),
    Row("SPF neutral", {DOMAIN: orderly(spf="v=spf1 mx ?all")}, {"mail.spf-weak": FAIL}),
    Row("SPF soft with DMARC", {DOMAIN: orderly(spf="v=spf1 mx ~all")}),
    Row(
        "SPF open",
        {DOMAIN: orderly(spf="v=spf1 mx +all")},
        {"mail.spf-allows-all": FAIL, "mail.spf-weak": NONE},
    ),
    Row("no DMARC", {f"_dmarc.{DOMAIN}": ()}, {"mail.dmarc-missing": FAIL, "mail.dmarc-not-enforced": NONE}),
    Row(
        "DMARC watches",
        {f"_dmarc.{DOMAIN}": (("TXT", '"v=DMARC1; p=none"'),)},
        {"mail.dmarc-not-enforced": FAIL},
    ),
    Row(
        "DMARC silent",
        {f"_dmarc.{DOMAIN}": Fault.SILENT},
        {
            "mail.dmarc-missing": UNKNOWN,
            "mail.dmarc-not-enforced": UNKNOWN,
            "mail.dmarc-reports-refused": UNKNOWN,
        },
    ),
    Row("no DKIM key", {f"k1._domainkey.{DOMAIN}": ()}, {"mail.dkim-missing": FAIL, "mail.dkim-weak": NONE}),
    Row(
        "a DKIM key in test mode",
        {f"k1._domainkey.{DOMAIN}": (("TXT", DKIM.replace("; k=", "; t=y; k=")),)},
        {"mail.dkim-weak": FAIL},
    ),
    Row("ptr in SPF", {DOMAIN: orderly(spf="v=spf1 ptr mx -all")}, {"mail.spf-ptr-used": FAIL}),
    Row(
        "a wide range in SPF",
        {DOMAIN: orderly(spf="v=spf1 ip4:11.0.0.0/8 -all")},
        {"mail.spf-range-too-wide": FAIL},
    ),
    Row(
        "a long SPF",
        {
            DOMAIN: orderly(
                "TXT",
                add=(("TXT", '"v=spf1 ' + "ip4:11.1.1.1 " * 18 + '" "' + "ip4:11.1.1.2 " * 18 + '-all"'),),
            )
        },
        {"mail.spf-too-long": FAIL},
    ),
    Row("no TLSA", {f"_25._tcp.mail.{DOMAIN}": ()}, {"mail.dane-missing": FAIL, "mail.dane-invalid": NONE}),
    Row(
        "TLSA SERVFAIL",
        {f"_25._tcp.mail.{DOMAIN}": Fault.SERVFAIL},
        {"mail.dane-missing": UNKNOWN, "mail.dane-invalid": UNKNOWN},
    ),
    Row(
        "TLSA for the Web",
        {f"_25._tcp.mail.{DOMAIN}": (("TLSA", "1 1 1 " + "ab" * 32),)},
        {"mail.dane-invalid": FAIL},
    ),
    Row(
        "BIMI over http",
        {f"default._bimi.{DOMAIN}": (("TXT", '"v=BIMI1; l=http://so.example/l.svg"'),)},
        {"mail.bimi-invalid": FAIL},
    ),
    Row(
        "BIMI",
        {f"default._bimi.{DOMAIN}": (("TXT", '"v=BIMI1; l=https://so.example/l.svg"'),)},
        {"mail.bimi-invalid": PASS},
    ),
    Row(
        "parked, and DMARC lets forgeries into the spam folder",
        {DOMAIN: PARKED, f"_dmarc.{DOMAIN}": (("TXT", '"v=DMARC1; p=quarantine"'),)},
        {**NO_MAIL, "mail.unused-domain-open": FAIL},
    ),
    Row(
        "parked, and the web server stands in for a mail server",
        {DOMAIN: orderly("MX", spf="v=spf1 -all", add=(("A", "203.0.113.1"),))},
        {**NO_MAIL, "mail.unused-domain-open": FAIL, "mail.null-mx-mixed": NONE},
    ),
    Row(
        "no MTA-STS",
        {f"_mta-sts.{DOMAIN}": ()},
        {"mail.mta-sts-missing": FAIL, "mail.mta-sts-broken": NONE, "mail.mta-sts-not-enforced": NONE},
    ),
    Row(
        "a record without id",
        {f"_mta-sts.{DOMAIN}": (("TXT", '"v=STSv1"'),)},
        {"mail.mta-sts-missing": NONE, **NO_POLICY},
    ),
    Row("no policy host", {POLICY_HOST: ()}, NO_POLICY),
    Row("the policy host SERVFAIL", {POLICY_HOST: Fault.SERVFAIL}, NOT_KNOWN),
    Row("no policy file", expect=NO_POLICY, policy=policy(status="404 Not Found")),
    Row("a policy that redirects", expect=NO_POLICY, policy=policy(status="301 Moved Permanently")),
    Row("a policy as HTML", expect=NO_POLICY, policy=policy(media_type="text/html")),
    Row("a policy of nonsense", expect=NO_POLICY, policy=policy("hello")),
    Row("a policy for another server", expect=NO_POLICY, policy=policy(POLICY.replace("mail.", "mx."))),
    Row("a policy host that hangs up", expect=NOT_KNOWN, policy=None),
    Row("a firewall before the policy", expect=NOT_KNOWN, policy=policy(status="403 Forbidden")),
    Row("a policy under a name of others", expect=NO_POLICY, certificate="other"),
    Row("a policy under an old certificate", expect=NO_POLICY, certificate="expired"),
    Row(
        "a policy on trial",
        expect={"mail.mta-sts-not-enforced": FAIL},
        policy=policy(POLICY.replace("enforce", "testing")),
    ),
    Row("no TLS-RPT", {f"_smtp._tls.{DOMAIN}": ()}, {"mail.tls-reports-missing": FAIL}),
    Row(
        "reports to a stranger",
        {f"_dmarc.{DOMAIN}": (("TXT", '"v=DMARC1; p=reject; rua=mailto:a@other.example"'),)},
        {"mail.dmarc-reports-refused": FAIL},
    ),
    Row("mail and no mail", {DOMAIN: orderly(add=(("MX", "0 ."),))}, {"mail.null-mx-mixed": FAIL}),
    Row("parked", {DOMAIN: PARKED}, NO_MAIL),
    Row("a forged answer first", {f"_dmarc.{DOMAIN}": (Fault.FORGED, (("TXT", '"v=DMARC1; p=reject"'),))}),
    Row(
        "a long answer over TCP", {f"_dmarc.{DOMAIN}": (Fault.TRUNCATED, (("TXT", '"v=DMARC1; p=reject"'),))}
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_fault_changes_its_own_verdicts_only(row: Row) -> None:
    found = asyncio.run(verdicts(row))

    expected = IN_ORDER | row.expect
    assert {c: v for c, v in found.items() if v != expected[c]} == {}


def test_every_rule_has_its_row() -> None:
    failing = {check for row in ROWS for check, verdict in row.expect.items() if verdict is FAIL}

    elsewhere = {"dns.dnssec-expiring", "dns.nsec3-iterations"}  # on signed zones: test_denial
    assert set(IN_ORDER) - failing == elsewhere
