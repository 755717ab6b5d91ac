"""What the evidence says, as one JSON object: the `facts` of a site in documents and the ground of the reports."""

import json
from typing import Any

from scanner.identify.look import look_facts
from scanner.identify.platform import cms_facts
from scanner.identify.relatives import relatives_facts
from scanner.identify.tls_facts import tls_facts
from scanner.identify.web_facts import web_facts
from scanner.identify.zone_facts import zone_facts
from scanner.model.evidence import DnsEvidence, Evidence, Missing
from scanner.model.reference import Reference

Facts = dict[str, Any]


def facts_of(evidence: Evidence, ref: Reference) -> str:
    """A JSON object {dns, tls, http, cms, look, relatives}; a part that was not seen is {"missing": why, ...}."""
    facts = {
        "dns": dns_facts(evidence, ref),
        "tls": tls_facts(evidence, ref),
        "http": web_facts(evidence, ref),
        "cms": cms_facts(evidence, ref),
        "look": look_facts(evidence, ref),
        "relatives": relatives_facts(evidence, ref),
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def dns_facts(evidence: Evidence, ref: Reference) -> Facts:
    """Answers by question, addresses used, addresses refused; `zone`: the domain the host belongs to."""
    dns = evidence.dns
    if isinstance(dns, Missing):
        return missing_facts(dns)
    assert isinstance(dns, DnsEvidence)
    return {
        "addresses": list(dns.addresses),
        "refused": list(dns.refused),
        "resolver": list(dns.resolver),
        "zone": zone_facts(evidence, ref),
        "answers": [
            {
                "name": answer.name,
                "type": answer.rrtype,
                "state": answer.state.value,
                "records": list(answer.records),
                "detail": answer.detail,
            }
            for answer in dns.answers
        ],
    }


def missing_facts(missing: Missing) -> Facts:
    """How a part that was not seen is written."""
    return {"missing": missing.why.value, "detail": missing.detail}
