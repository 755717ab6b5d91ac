"""Set-Cookie as browsers read it (RFC 6265 section 5.2, 6265bis section 5.6): raw value -> cookie."""

import ipaddress
import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

NAME_LIMIT = 4096
BLANK = " \t"
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # browsers drop the whole line (6265bis section 5.6)
REDACTED = re.compile(r"^redacted-\d{1,8}-(?P<kind>[a-z]{1,12})-[0-9a-f]{12}$")
BITS_OF_CLASS = {
    "low": 20,
    "medium": 64,
}  # what scanner.parse.redact keeps of a value; any other kind is a secret
# names that hold a session by convention of their maker
SESSION_NAMES = frozenset(
    {
        "phpsessid",
        "jsessionid",
        "asp.net_sessionid",
        ".aspxauth",
        "connect.sid",
        "laravel_session",
        "ci_session",
        "sid",
        "sessionid",
        "session",
        "cfid",
        "cftoken",
        ".aspnetcore.session",
        ".aspnetcore.cookies",
        ".aspnet.applicationcookie",
        "fedauth",
        "rtfa",
        "nv4_sess",
        ".dotnetnuke",
        "moodlesession",
        "fe_typo_user",
        "cgisessid",
    }
)
SESSION_WORD = re.compile(
    r"(?:^|[^a-z])(?:sess(?:ion)?(?:id)?|auth|login|token|jwt)(?:$|[^a-z])", re.IGNORECASE
)
# written by scripts on purpose, or not about a person's session
HARMLESS = re.compile(
    r"csrf|xsrf|requestverification|antiforgery|^_ga|^_gid|^_fbp|consent|lang|locale|^awsalb|^bigip|affinity|"
    r"^arraffinity|^serverid|^route$|__cf",
    re.IGNORECASE,
)
JOOMLA_SESSION = re.compile(r"^[0-9a-f]{32}$")
# makers that add letters of their own: Drupal, classic ASP, WordPress
MADE_UP = re.compile(
    r"^(?:s?sess[0-9a-f]{32}|aspsessionid[a-z]{8}|wordpress_(?:logged_in|sec)_[0-9a-f]{32})$"
)
JWT = re.compile(r"^eyJ[A-Za-z0-9_-]{8,}\.")
ENOUGH_BITS = 64


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie as it was set. Attribute names are lower case; the last of a name counts."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()

    def has(self, attribute: str) -> bool:
        """True when the attribute is there, with whatever value."""
        return any(name == attribute for name, _ in self.attributes)

    def get(self, attribute: str) -> str | None:
        """The value of the last attribute of that name, or None."""
        return next((value for name, value in reversed(self.attributes) if name == attribute), None)

    @property
    def is_secure(self) -> bool:
        """True with the Secure attribute."""
        return self.has("secure")

    @property
    def is_http_only(self) -> bool:
        """True with the HttpOnly attribute."""
        return self.has("httponly")

    def is_deletion(self, seen_at: datetime) -> bool:
        """True when the line removes a cookie: Max-Age wins over Expires (RFC 6265 section 5.3)."""
        max_age = self.get("max-age")
        if max_age is not None and re.fullmatch(r"-?[0-9]+", max_age):
            return max_age.startswith("-") or not max_age.strip("0")
        expires = _moment(self.get("expires"))
        return expires is not None and expires <= seen_at

    @property
    def is_session(self) -> bool:
        """True when it looks like the key to somebody's session, by name or by name and apparent entropy."""
        if HARMLESS.search(self.name):
            return False
        bare = re.sub(r"^__(?:secure|host)-", "", self.name, flags=re.IGNORECASE).lower()
        if bare in SESSION_NAMES or MADE_UP.match(bare) or JWT.match(self.value) or "-jwt-" in self.value:
            return True
        if JOOMLA_SESSION.match(bare):
            return entropy_bits(self.value) >= ENOUGH_BITS
        return bool(SESSION_WORD.search(bare)) and entropy_bits(self.value) >= ENOUGH_BITS


def parse_cookie(raw: str) -> Cookie | None:
    """The cookie of one Set-Cookie value; None when browsers drop it."""
    pair, *rest = raw.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    name, value = name.strip(BLANK), value.strip(BLANK)
    if (not name and not value) or len(name) + len(value) > NAME_LIMIT or CONTROL.search(raw):
        return None
    attributes = tuple(
        (key.strip(BLANK).lower(), argument.strip(BLANK))
        for key, _, argument in (part.partition("=") for part in rest)
    )
    return Cookie(name, value, attributes)


def entropy_bits(value: str) -> int:
    """The apparent entropy of a value in bits; of a redacted one what its class says."""
    redacted = REDACTED.match(value)
    if redacted:
        return BITS_OF_CLASS.get(redacted["kind"], 128)
    if not value:
        return 0
    total = len(value)
    return int(-sum(n * math.log2(n / total) for n in Counter(value).values()))


def _moment(text: str | None) -> datetime | None:
    """A cookie date, aware UTC; None when it is none."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(re.sub(r"(\d{1,2})-([A-Za-z]{3})-(\d{2,4})", r"\1 \2 \3", text))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


BIG_IP = re.compile(r"([0-9]{1,10})\.([0-9]{1,5})\.0000")


def big_ip_address(value: str) -> tuple[str, bool] | None:
    """The address:port a BIG-IP persistence cookie tells, and whether it is private; None when it is no such cookie."""
    match = BIG_IP.fullmatch(value)
    if match is None or int(match[1]) > 0xFFFFFFFF or int(match[2]) > 0xFFFF:
        return None
    address = ipaddress.IPv4Address(int(match[1]).to_bytes(4, "little"))
    port = int.from_bytes(int(match[2]).to_bytes(2, "little"))
    return f"{address}:{port}", address.is_private
