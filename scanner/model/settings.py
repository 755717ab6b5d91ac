"""What `rasoat.toml` can say, with its defaults. Read and checked by `scanner.config`."""

from dataclasses import dataclass, field
from pathlib import Path

from scanner.model.agency import Depth


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How the scanner reaches the world."""

    resolver: tuple[str, ...] = ()  # "IP:port"; empty means the system's
    allow_addresses: tuple[str, ...] = ()  # CIDR blocks opened besides the public Internet
    roots: Path | None = None  # PEM file that replaces the bundled public roots
    extra_ca: tuple[Path, ...] = ()  # PEM files of private anchors, labelled so in verdicts
    dnssec_anchor: Path | None = None
    ipv6: bool = True
    user_agent: str = ""  # empty: built from the version and the contact
    contact: str = ""  # address or URL an owner can complain to; goes into the User-Agent
    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # name -> addresses, instead of DNS
    ports: dict[str, int] = field(
        default_factory=dict
    )  # "443" -> 8443: servers that stand behind a port forward


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How much, how fast, how deep."""

    depth: Depth = Depth.PASSIVE
    concurrency: int = 20  # sites in flight, over all workers
    workers: int = 0  # worker processes; 0 means one per processor, at most 4
    per_address_rate: float = 5.0  # HTTP requests per second and server address
    site_budget_s: float = 120.0
    worker_memory_mb: int = 512
    tls: str = "verdict"  # "full" lists every cipher suite; a thorough visit does anyway
    certificate_urls: bool = True  # a full listing also fetches what certificates name (CRL, OCSP, issuers)
    minimum_reached: float = 0.8  # share of sites that must be looked at, else exit code 3


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where history lives."""

    url: str = "sqlite:///rasoat-data/rasoat.db"
    evidence: Path = Path("rasoat-data/evidence")
    tables: Path = Path("rasoat-data/tables")  # where `rasoat data update` puts newer tables
    cache: Path = Path("rasoat-data/cache")  # answers of certificate authorities, kept for a day


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What is written, and for whom."""

    language: str = "vi"
    folder: Path = Path("rasoat-reports")
    frameworks: tuple[Path, ...] = ()  # further framework files
    policy: Path | None = None  # deadlines, levels, points and what "fixed" takes; None: those of the program
    form: Path | None = None  # template of the official form; None: that of the program
    waivers: Path | None = Path("waivers.toml")
    papers: Path | None = Path("papers.toml")  # documents for demands no scanner can see
    marking: str = "Lưu hành nội bộ"
    profiles: tuple[str, ...] = (
        "observatory",
        "owasp",
        "internet.nl",
    )  # whose yardsticks are shown beside ours


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How reports are posted. The password never stands in this file."""

    sender: str = ""
    reply_to: str = ""
    host: str = ""
    port: int = 587
    security: str = "starttls"  # starttls | implicit | none (loopback only)
    ca_file: Path | None = None
    username: str = ""
    password_file: Path | None = None  # or RASOAT_MAIL_PASSWORD
    language: str = "vi"
    roles: tuple[str, ...] = ("head", "webmaster")
    attach: bool = True
    minor_days: int = 7  # between two messages when only lesser findings have changed
    digest_days: int = 28  # between two messages when nothing has
    escalate_after_days: int = 0  # overdue days after which superiors are told of a grave finding; 0: never
    verify: bool = True  # look once more at new grave findings before they are posted
    sign_certificate: Path | None = None  # PEM: our certificate, then those up to the authority
    sign_key: Path | None = None  # PEM, mode 0600; its password in RASOAT_SIGN_PASSWORD
    protect: str = "none"  # smime: encrypted mail, or a PDF with a password; pdf: always that PDF
    certificates: Path | None = None  # folder with the recipients' certificates, ADDRESS.pem
    passwords: Path | None = None  # of the PDFs, by agency; written by `rasoat mail passwords`


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration."""

    network: NetworkSettings = field(default_factory=NetworkSettings)
    scan: ScanSettings = field(default_factory=ScanSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    inventory: Path = Path("agencies.toml")
    check_packs: tuple[str, ...] = ()  # distributions besides rasoat whose checks may run
