"""What authorities publish, served on loopback: issuers, revocation lists, a responder; honest, broken, hostile.

Certificates of the lab name `http://pki.lab.example/...`; a test leads that name and port 80 here.
"""

import asyncio
import base64
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.lab.pki import Authority, now
from tests.lab.web import Request, Server, answer

HOST = "pki.lab.example"
BASE = f"http://{HOST}"
RESPONDER = f"{BASE}/ocsp"
SLOW_S = 30.0  # longer than any deadline

Reply = bytes | str
"""Content to serve, or one of: slow, drop, or `-> ADDRESS` for a redirect there."""


class PkiServer(Server):
    """Serves files by path, and answers OCSP questions for one authority; `log` holds what was asked."""

    def __init__(
        self,
        files: Mapping[str, Reply],
        *,
        responder: Authority | None = None,
        revoked: tuple[x509.Certificate, ...] = (),
    ) -> None:
        super().__init__(self._reply)
        self.files = dict(files)
        self._responder = responder
        self._revoked = {c.serial_number for c in revoked}

    async def _reply(self, request: Request) -> bytes | None:
        if self._responder is not None and request.path.startswith("/ocsp/"):
            question = base64.b64decode(unquote(request.path.removeprefix("/ocsp/")))
            return answer(
                body=self._answer(self._responder, question), content_type="application/ocsp-response"
            )
        found = self.files.get(request.path)
        if found is None:
            return answer("404 Not Found", body="no such file")
        if found == "slow":
            await asyncio.sleep(SLOW_S)
        if found in ("slow", "drop"):
            return None
        if isinstance(found, str):
            return answer("302 Found", ("Location", found.removeprefix("-> ")))
        return answer(body=found, content_type="application/pkix-crl")

    def _answer(self, authority: Authority, question: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(question)
        is_revoked = asked.serial_number in self._revoked
        start = now() - timedelta(hours=1)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=start,
            next_update=start + timedelta(days=7),
            revocation_time=start if is_revoked else None,
            revocation_reason=None,
        )
        signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, authority.certificate)
        return signed.sign(authority.key, hashes.SHA256()).public_bytes(Encoding.DER)
