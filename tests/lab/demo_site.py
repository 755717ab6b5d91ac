"""What is written down about one site of the invented province: where it lives, how it behaves, what must be found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tests.lab.web import Handler


@dataclass(frozen=True)
class DemoSite:
    """One site: where it lives, how it behaves, and what a scan must say about it."""

    id: str
    agency: str
    host: str
    name: str
    address: str
    home: Callable[["DemoSite"], Handler] | None = None  # None: nobody listens
    plain: Callable[["DemoSite"], Handler] | None = None  # port 80; None: nobody listens
    certificate: str = ""  # good | expired | self-signed | wrong-name | leaf-only
    tls: str = "modern"  # modern | tls10
    silent: bool = False
    level: int | None = 2
    lifecycle: str = "active"
    vendor: str = "Công ty Giải pháp Số A"
    hosting: str = "Trung tâm Dữ liệu tỉnh Mẫu"
    fails: tuple[str, ...] = ()  # checks that must fail here
    passes: tuple[str, ...] = ()
    states: tuple[str, ...] = ("reached",)
    security_until: timedelta | None = None  # end of its security.txt, from now; None: it has none
