"""What the domain of a site says of itself, for documents: servers, signatures, mail policies."""

from datetime import datetime
from typing import Any

from scanner.identify.mail import MailDomain, mail_of
from scanner.identify.zone import Zone, has_wildcard, names_in, subject_of, zone_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.reference import Reference
from scanner.parse.dns_text import spelt_name

Facts = dict[str, Any]


def zone_facts(evidence: Evidence, ref: Reference) -> Facts | None:
    """Facts on the registrable domain, `{missing, detail}` when nobody asked, None where there is no domain."""
    zone, mail = zone_of(evidence, ref), mail_of(evidence, ref)
    if isinstance(zone, Missing):
        return {"missing": zone.why.value, "detail": zone.detail}
    if isinstance(zone, NotApplicable) or isinstance(mail, Missing | NotApplicable):
        return None
    found = subject_of(evidence, ref)
    wildcard = has_wildcard(*found) if isinstance(found, tuple) else None
    return {
        "domain": zone.domain,
        "name_servers": [_server(zone, name) for name in zone.server_names],
        "delegation": sorted(set().union(*map(names_in, zone.delegation))),
        "dnssec": zone.dnssec.state.value,
        "dnssec_ends_on": _day(zone.dnssec.chain.expires_at),
        "caa": list(zone.caa.lines),
        "wildcard": wildcard,
        "tlsa": list(zone.book.get(f"_443._tcp.{zone.host}", "TLSA").records),
        "mail": [_mail(domain) for domain in mail.domains],
    }


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _server(zone: Zone, name: str) -> Facts:
    seen = [s for s in zone.servers if s.name == name]
    serials = (record.split()[2] for s in seen for record in s.soa.records if len(record.split()) > 2)
    return {
        "name": spelt_name(name),
        "addresses": list(zone.book.addresses(name)),
        "authoritative": any(s.is_authority for s in seen),
        "serials": sorted(set(serials)),
    }


def _mail(mail: MailDomain) -> Facts:
    spf, dmarc = mail.spf, mail.dmarc
    return {
        "domain": mail.domain,
        "mx": list(mail.exchanges),
        "null_mx": mail.has_null_mx,
        "spf": {
            "records": list(spf.texts),
            "lookups": spf.lookups,
            "void_lookups": len(spf.voids),
            "all": spf.final,
            "faults": [fault.value for fault, _ in spf.faults],
            "complete": spf.is_settled,
        },
        "dmarc": {
            "at": dmarc.at,
            "record": dmarc.text,
            "policy": dmarc.policy.value if dmarc.record else "",
            "enforced": dmarc.is_enforced,
        },
        "dkim": [{"selector": s.selector, "state": s.answer.state.value} for s in mail.dkim],
        "mta_sts": mail.sts_id or "",
        "mta_sts_mode": mail.sts.policy.mode.value if mail.sts.policy and not mail.sts.fault else "",
        "tls_reports": list(mail.tls_reports),
        "bimi": list(mail.bimi),
        "tlsa": [record for answer in mail.tlsa for record in answer.records],
    }
