"""Tỉnh Mẫu, an invented province on loopback: real TLS and HTTP servers with the faults of the field.

`python -m tests.lab.province FOLDER` starts every server, writes FOLDER/lab.json, prints "ready" and serves until its
standard input closes; so it ends with whoever started it.
"""

import asyncio
import json
import ssl
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.lab import pages
from tests.lab.dns_server import DnsServer
from tests.lab.names import NAME_SERVERS, SIGNED, TRANSFERS, zone_of
from tests.lab.pki import Authority, Leaf, write_pem
from tests.lab.web import Handler, Request, Server, SilentServer, answer

GOOD_HEADERS = (
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    (
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
SECURITY_TXT = "/.well-known/security.txt"
PLAIN_TEXT = "text/plain; charset=utf-8"
SLOW_S = 30.0  # longer than any deadline of the demo


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


# ---- behaviours ----------------------------------------------------------------------------------------------


def to_https(site: DemoSite) -> Handler:
    """Redirect as it should be."""

    async def serve(request: Request) -> bytes:
        return answer("301 Moved Permanently", ("Location", f"https://{site.host}{request.path}"))

    return serve


def served(html: Callable[[DemoSite], str], *headers: tuple[str, str]) -> Callable[[DemoSite], Handler]:
    """The home page with these headers; anything else is a real 404."""

    def build(site: DemoSite) -> Handler:
        async def serve(request: Request) -> bytes:
            if request.path == SECURITY_TXT and site.security_until is not None:
                return answer(body=security_text(site.security_until), content_type=PLAIN_TEXT)
            if request.path.partition("?")[0] != "/":
                return answer(
                    "404 Not Found", *headers, body=pages.page("Không tìm thấy trang", "<p>404</p>")
                )
            return answer("200 OK", *headers, body=html(site))

        return serve

    return build


def with_file(path: str, text: str, build: Callable[[DemoSite], Handler]) -> Callable[[DemoSite], Handler]:
    """The same site with one more file."""

    def rebuilt(site: DemoSite) -> Handler:
        usual = build(site)

        async def serve(request: Request) -> bytes | None:
            if request.path == path:
                return answer("200 OK", body=text, content_type="application/xml")
            return await usual(request)

        return serve

    return rebuilt


def security_text(until: timedelta) -> str:
    """Where to report a weakness, valid until so long from now (RFC 9116)."""
    end = (datetime.now(UTC) + until).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"Contact: mailto:annm@mau.example\nExpires: {end}\nPreferred-Languages: vi, en\n"


def home(site: DemoSite, *, head: str = "", footer: str = "") -> str:
    """An ordinary home page of the agency."""
    return pages.news(site.name, head=head, footer=footer)


def with_head(head: str) -> Callable[[DemoSite], str]:
    """An ordinary home page with something in its head."""
    return lambda site: home(site, head=head)


def blocked(_site: DemoSite) -> Handler:
    """A firewall that turns everybody away."""

    async def serve(_request: Request) -> bytes:
        return answer("403 Forbidden", ("Server", "WAF"), body=pages.BLOCK)

    return serve


def taken_over(site: DemoSite) -> Handler:
    """An intruder's site: links nobody sees, searchers sent away, and the file of settings left in the open."""
    left = {"/.env": pages.SETTINGS, "/uploads/": pages.LISTING}

    async def serve(request: Request) -> bytes:
        path = request.path.partition("?")[0]
        if path in left:
            return answer("200 OK", *GOOD_HEADERS, body=left[path])
        if path != "/":
            return answer(
                "404 Not Found", *GOOD_HEADERS, body=pages.page("Không tìm thấy trang", "<p>404</p>")
            )
        if "referer: https://www.google." in request.headers.lower():
            return answer("302 Found", ("Location", "https://nhacai-la.example/vao"))
        return answer("200 OK", *GOOD_HEADERS, body=home(site, footer=pages.PLANTED))

    return serve


def slow(_site: DemoSite) -> Handler:
    """A server that drips its answer byte by byte, so that no read time-out ever fires."""

    async def serve(_request: Request) -> bytes | None:
        await asyncio.sleep(SLOW_S)
        return None

    return serve


# ---- the province --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DemoAgency:
    """An invented agency."""

    id: str
    name: str
    name_en: str
    merged_into: str | None = None
    contacts: tuple[tuple[str, str, str], ...] = field(default_factory=tuple)  # (role, name, email)


def people(host: str, head: str) -> tuple[tuple[str, str, str], ...]:
    """Who gets the mail of an agency."""
    return (("head", head, f"lanhdao@{host}"), ("webmaster", "Bộ phận quản trị trang", f"quantri@{host}"))


AGENCIES = (
    DemoAgency(
        "van-phong-ubnd",
        "Văn phòng Ủy ban nhân dân tỉnh Mẫu",
        "Office of the People's Committee of Mẫu Province",
        contacts=people("mau.example", "Chánh Văn phòng"),
    ),
    DemoAgency(
        "so-khoa-hoc-cong-nghe",
        "Sở Khoa học và Công nghệ tỉnh Mẫu",
        "Department of Science and Technology",
        contacts=people("sokhcn.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-y-te",
        "Sở Y tế tỉnh Mẫu",
        "Department of Health",
        contacts=people("soyte.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-giao-duc-dao-tao",
        "Sở Giáo dục và Đào tạo tỉnh Mẫu",
        "Department of Education and Training",
        contacts=people("sogddt.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "so-nong-nghiep-moi-truong",
        "Sở Nông nghiệp và Môi trường tỉnh Mẫu",
        "Department of Agriculture and Environment",
        contacts=people("sonnmt.mau.example", "Giám đốc Sở"),
    ),
    DemoAgency(
        "ban-quan-ly-khu-cong-nghiep",
        "Ban Quản lý các khu công nghiệp tỉnh Mẫu",
        "Industrial Zones Authority",
        contacts=people("bqlkcn.mau.example", "Trưởng ban"),
    ),
    DemoAgency(
        "ubnd-xa-an-mau",
        "Ủy ban nhân dân xã An Mẫu",
        "People's Committee of An Mẫu Commune",
        contacts=people("anmau.mau.example", "Chủ tịch xã"),
    ),
    DemoAgency(
        "ubnd-xa-binh-mau",
        "Ủy ban nhân dân xã Bình Mẫu",
        "People's Committee of Bình Mẫu Commune",
        contacts=people("binhmau.mau.example", "Chủ tịch xã"),
    ),
    DemoAgency(
        "so-thong-tin-truyen-thong",
        "Sở Thông tin và Truyền thông tỉnh Mẫu (đã hợp nhất)",
        "Department of Information and Communications (merged)",
        merged_into="so-khoa-hoc-cong-nghe",
        contacts=people("sokhcn.mau.example", "Giám đốc Sở"),
    ),
)

NGINX_OLD = ("Server", "nginx/1.14.0 (Ubuntu)")
PHP_OLD = ("X-Powered-By", "PHP/5.6.40")

SITES = (
    DemoSite(
        "cong-thong-tin",
        "van-phong-ubnd",
        "www.mau.example",
        "Cổng thông tin điện tử tỉnh Mẫu",
        "127.77.0.1",
        home=served(home, *GOOD_HEADERS),
        plain=to_https,
        certificate="good",
        level=3,
        security_until=timedelta(days=180),
        passes=(
            "identity.security-txt-missing",
            "identity.security-txt-expired",
            "identity.security-txt-invalid",
            "http.hsts-missing",
            "http.csp-missing",
            "tls.certificate-untrusted",
            "tls.old-versions-offered",
            "http.https-redirect-missing",
            "http.redirect-off-host",
            "http.redirect-loop",
            "http.csp-unsafe",
            "http.csp-wildcard",
            "http.csp-form-action-missing",
            "http.error-pages-differ",
            "http.cors-reflects-with-credentials",
            "http.trace-enabled",
            "content.charset-missing",
            "dns.caa-missing",
            "dns.dnssec-bogus",
            "dns.dnssec-missing",
            "dns.ipv6-missing",
            "dns.ns-lame",
            "dns.ns-single",
            "dns.private-address",
            "dns.zone-transfer-open",
            "mail.dmarc-missing",
            "mail.dmarc-not-enforced",
            "mail.mta-sts-missing",
            "mail.spf-allows-all",
            "mail.spf-broken",
            "mail.spf-missing",
            "mail.spf-weak",
        ),
    ),
    DemoSite(
        "dich-vu-cong",
        "van-phong-ubnd",
        "dichvucong.mau.example",
        "Cổng dịch vụ công tỉnh Mẫu",
        "127.77.0.2",
        home=served(
            home, *GOOD_HEADERS, ("Set-Cookie", "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192; path=/")
        ),
        plain=to_https,
        certificate="good",
        level=3,
        security_until=timedelta(days=-20),
        fails=(
            "identity.security-txt-expired",
            "cookies.secure-missing",
            "cookies.httponly-missing",
            "cookies.samesite-missing",
        ),
    ),
    DemoSite(
        "trang-chinh-khcn",
        "so-khoa-hoc-cong-nghe",
        "sokhcn.mau.example",
        "Trang chính",
        "127.77.0.3",
        plain=with_file(
            "/administrator/manifests/files/joomla.xml",
            '<?xml version="1.0"?>\n<extension type="file"><version>3.4.8</version></extension>\n',
            served(lambda _site: pages.JOOMLA_34, ("Server", "Apache/2.4.29 (Ubuntu)"), PHP_OLD),
        ),
        fails=(
            "cms.joomla-unsupported",
            "cms.joomla-vulnerable",
            "http.https-missing",
            "http.version-disclosed",
            "mail.spf-missing",
        ),
        vendor="Công ty Phần mềm B",
    ),
    DemoSite(
        "hoi-dap-khcn",
        "so-khoa-hoc-cong-nghe",
        "hoidap.sokhcn.mau.example",
        "Hỏi đáp",
        "127.77.0.4",
        home=blocked,
        plain=blocked,
        certificate="good",
        states=("blocked",),
        vendor="Công ty Phần mềm B",
    ),
    DemoSite(
        "trang-chinh-y-te",
        "so-y-te",
        "soyte.mau.example",
        "Trang chính",
        "127.77.0.5",
        home=served(home, *GOOD_HEADERS),
        plain=to_https,
        certificate="expired",
        fails=("tls.certificate-expired",),
        passes=("tls.certificate-untrusted",),
    ),
    DemoSite(
        "benh-vien-da-khoa",
        "so-y-te",
        "benhvien.soyte.mau.example",
        "Bệnh viện đa khoa tỉnh Mẫu",
        "127.77.0.6",
        home=served(home, *GOOD_HEADERS),
        plain=served(home),
        certificate="leaf-only",
        fails=("tls.chain-incomplete", "http.https-redirect-missing"),
    ),
    DemoSite(
        "trang-chinh-gddt",
        "so-giao-duc-dao-tao",
        "sogddt.mau.example",
        "Trang chính",
        "127.77.0.7",
        home=served(home, ("Strict-Transport-Security", "max-age=86400"), *GOOD_HEADERS[1:]),
        plain=to_https,
        certificate="self-signed",
        fails=("tls.certificate-untrusted",),
    ),
    DemoSite(
        "tuyen-sinh",
        "so-giao-duc-dao-tao",
        "tuyensinh.sogddt.mau.example",
        "Tuyển sinh đầu cấp",
        "127.77.0.8",
        home=served(
            with_head(pages.NUKEVIET_HEAD),
            *GOOD_HEADERS[2:],
            ("Set-Cookie", "nv4_sess=0b5f6a8b3c4d5e6f; path=/; HttpOnly; Secure"),
        ),
        plain=to_https,
        certificate="wrong-name",
        fails=("tls.certificate-name-mismatch",),
    ),
    DemoSite(
        "trang-chinh-nnmt",
        "so-nong-nghiep-moi-truong",
        "sonnmt.mau.example",
        "Trang chính",
        "127.77.0.9",
        home=served(
            with_head(pages.WORDPRESS_HEAD),
            NGINX_OLD,
            ("X-Frame-Options", "ALLOWALL"),
            ("Referrer-Policy", "unsafe-url"),
            ("Strict-Transport-Security", "max-age=86400"),
        ),
        plain=to_https,
        certificate="good",
        fails=(
            "http.csp-missing",
            "http.framing-unprotected",
            "http.nosniff-missing",
            "http.referrer-policy-unsafe",
            "http.hsts-short",
            "http.version-disclosed",
        ),
    ),
    DemoSite(
        "thuy-loi",
        "so-nong-nghiep-moi-truong",
        "thuyloi.sonnmt.mau.example",
        "Chi cục Thủy lợi",
        "127.77.0.10",
        home=slow,
        plain=slow,
        certificate="good",
        states=("partly", "unreached"),
        vendor="Công ty Phần mềm B",
    ),
    DemoSite(
        "trang-chinh-kcn",
        "ban-quan-ly-khu-cong-nghiep",
        "bqlkcn.mau.example",
        "Trang chính",
        "127.77.0.11",
        home=served(
            with_head(pages.MIXED_HEAD), *GOOD_HEADERS[2:], ("Strict-Transport-Security", "max-age=abc")
        ),
        plain=to_https,
        certificate="good",
        fails=("content.mixed-active", "http.csp-missing", "http.hsts-invalid"),
    ),
    DemoSite(
        "dau-tu-kcn",
        "ban-quan-ly-khu-cong-nghiep",
        "dautu.bqlkcn.mau.example",
        "Xúc tiến đầu tư",
        "127.77.0.12",
        fails=("dns.dangling-cname",),
        states=("unreached",),
        vendor="",
    ),
    DemoSite(
        "xuc-tien-du-lich",
        "ban-quan-ly-khu-cong-nghiep",
        "www.dulichmau.example",
        "Xúc tiến du lịch, tên miền riêng",
        "127.77.0.17",
        home=served(home, *GOOD_HEADERS),
        plain=to_https,
        certificate="good",
        fails=(
            "dns.caa-missing",
            "dns.dnssec-missing",
            "dns.ipv6-missing",
            "dns.ns-lame",
            "dns.zone-transfer-open",
            "mail.dmarc-not-enforced",
            "mail.mta-sts-missing",
            "mail.spf-allows-all",
        ),
        vendor="",
    ),
    DemoSite(
        "xa-an-mau",
        "ubnd-xa-an-mau",
        "anmau.mau.example",
        "Trang xã An Mẫu",
        "127.77.0.13",
        home=served(home, *GOOD_HEADERS),
        plain=to_https,
        certificate="good",
        tls="tls10",
        fails=("tls.old-versions-offered", "dns.private-address"),
        level=1,
        vendor="Công ty Giải pháp Số A",
    ),
    DemoSite(
        "xa-binh-mau",
        "ubnd-xa-binh-mau",
        "binhmau.mau.example",
        "Trang xã Bình Mẫu",
        "127.77.0.18",
        home=taken_over,
        plain=to_https,
        certificate="good",
        fails=(
            "compromise.gambling-spam",
            "compromise.hidden-links",
            "compromise.cloaking",
            "exposure.env-file-open",
            "exposure.directory-listing",
        ),
        passes=("compromise.defaced", "compromise.malicious-script", "exposure.vcs-folder"),
        level=1,
        vendor="Công ty Phần mềm B",
    ),
    DemoSite(
        "so-tttt-cu",
        "so-thong-tin-truyen-thong",
        "sotttt.mau.example",
        "Trang Sở TT&TT (đã dừng)",
        "127.77.0.14",
        plain=served(home, ("Server", "Microsoft-IIS/7.5"), ("X-AspNet-Version", "2.0.50727")),
        lifecycle="retired",
        level=None,
        fails=("identity.retired-site-answers",),
    ),
    DemoSite(
        "so-tttt-im",
        "so-thong-tin-truyen-thong",
        "gopy.sotttt.mau.example",
        "Góp ý (đã dừng, đã tắt)",
        "127.77.0.15",
        lifecycle="retired",
        level=None,
        states=("retired",),
    ),
    DemoSite(
        "tra-cuu-y-te",
        "so-y-te",
        "tracuu.soyte.mau.example",
        "Tra cứu hồ sơ",
        "127.77.0.16",
        silent=True,
        states=("unreached",),
        certificate="good",
    ),
)


# ---- starting and stopping -----------------------------------------------------------------------------------


class Lab:
    """The running province. All sites share one plain and one TLS port, each on its own loopback address."""

    def __init__(self, sites: tuple[DemoSite, ...] = SITES) -> None:
        self._sites = sites
        self._servers: list[Server | SilentServer] = []
        self.http_port = 0
        self.https_port = 0
        self.dns_port = 0
        self._names: list[DnsServer] = []
        self.root = Authority.root("Tỉnh Mẫu Root CA")
        self._issuing = self.root.intermediate("Tỉnh Mẫu Issuing CA")

    async def start(self, folder: Path) -> None:
        """Start every server; certificates and keys go to the folder."""
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything is served
        (folder / "roots.pem").write_bytes(write_pem(self.root.certificate))
        await self._start_names()
        for site in self._sites:
            if site.plain is not None or site.silent:
                self.http_port = await self._serve(site, self.http_port, site.plain, None)
            if site.home is not None or site.silent:
                context = None if site.silent else self._context(site, folder)
                self.https_port = await self._serve(site, self.https_port, site.home, context)

    async def stop(self) -> None:
        """Stop exactly what was started."""
        await asyncio.gather(*(server.stop() for server in (*self._servers, *self._names)))

    async def _start_names(self) -> None:
        """The name servers, all on one port; the first is the demo's resolver too."""
        zone = zone_of([site.host for site in self._sites])
        for address in NAME_SERVERS:
            server = DnsServer(zone, validates=SIGNED, transfers=TRANSFERS)
            where = await server.start(address, self.dns_port)
            self.dns_port = int(where.rpartition(":")[2])
            self._names.append(server)

    async def _serve(
        self,
        site: DemoSite,
        port: int,
        behaviour: Callable[[DemoSite], Handler] | None,
        tls: ssl.SSLContext | None,
    ) -> int:
        server = SilentServer() if behaviour is None else Server(behaviour(site), tls=tls)
        self._servers.append(server)
        return await server.start(site.address, port)

    def _leaf(self, site: DemoSite) -> Leaf:
        now = datetime.now(UTC).replace(microsecond=0)
        match site.certificate:
            case "expired":
                return self._issuing.leaf(
                    site.host, not_before=now - timedelta(days=120), not_after=now - timedelta(days=30)
                )
            case "self-signed":
                return Authority.self_signed(site.host)
            case "wrong-name":
                return self._issuing.leaf("sogddt.mau.example")
            case _:
                return self._issuing.leaf(site.host)

    def _context(self, site: DemoSite, folder: Path) -> ssl.SSLContext:
        leaf = self._leaf(site)
        chain = [] if site.certificate in ("leaf-only", "self-signed") else [self._issuing.certificate]
        path = folder / f"{site.id}.pem"
        path.write_bytes(leaf.key_pem + write_pem(leaf.certificate, *chain))
        path.chmod(0o600)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if site.tls == "tls10":
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # old on purpose
                context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(path)
        return context


async def serve(folder: Path) -> None:
    """Run the province until standard input closes."""
    lab = Lab()
    await lab.start(folder)
    ports = {"http": lab.http_port, "https": lab.https_port, "dns": lab.dns_port}
    (folder / "lab.json").write_text(json.dumps(ports), encoding="utf-8")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await lab.stop()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
