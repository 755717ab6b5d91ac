"""One key on servers of several owners: what only a look over a whole scan can tell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A public key that sites on different servers show. Site ids are in inventory order."""

    spki_sha256: str  # hash of the public key, hex
    kind: str  # RSA, EC ...
    subject: str  # of one certificate that holds it
    site_ids: tuple[str, ...]
    agency_ids: tuple[str, ...]
    ssl2_on: tuple[str, ...] = ()  # sites of which a server speaks SSLv2 with this RSA key

    @property
    def is_drown(self) -> bool:
        """True when SSLv2 at one of the servers lets others decrypt what is sent to all of them (CVE-2016-0800)."""
        return bool(self.ssl2_on)

    @property
    def exposed(self) -> tuple[str, ...]:
        """The sites that DROWN reaches although their own servers refuse SSLv2."""
        return tuple(s for s in self.site_ids if s not in self.ssl2_on) if self.ssl2_on else ()
