"""Where authorities disagree: the same page against the thresholds of each, by name.

Our checks follow one rule each, and say whose. A province that must answer to another authority reads here what that
one would say. Sources: Internet.nl test documentation (2026), OWASP Secure Headers Project (2026-07), HTTP Observatory
algorithm 6. An open question (`None`) is never a yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.identify.page import Page
from scanner.parse.csp import (
    STYLE_ATTRIBUTE,
    STYLE_ELEMENT,
    Policy,
    allows_anywhere,
    allows_inline,
    governs_scripts,
    is_allowed,
    is_governed,
    parse_policies,
)
from scanner.parse.headers import members
from scanner.parse.hsts import Hsts, parse_hsts

YEAR_S = 31_536_000
HALF_YEAR_S = 15_552_000
STRICT_REFERRER = frozenset({"no-referrer", "same-origin"})
ANCESTORS = ("frame-ancestors",)
GOOD_REFERRER = STRICT_REFERRER | {"strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True, slots=True)
class Profile:
    """The thresholds of one authority."""

    hsts_s: int
    referrers: frozenset[str]  # words that satisfy it
    is_referrer_needed: bool
    is_style_inline_accepted: bool
    is_allow_from_accepted: bool
    is_any_ancestor_accepted: bool  # frame-ancestors * counts as protection
    directives: tuple[str, ...]  # a policy must have them


PROFILES: Mapping[str, Profile] = {
    "internet.nl": Profile(
        hsts_s=YEAR_S,
        referrers=STRICT_REFERRER,
        is_referrer_needed=True,
        is_style_inline_accepted=False,
        is_allow_from_accepted=False,
        is_any_ancestor_accepted=False,
        directives=("default-src", "base-uri", "form-action", "frame-ancestors"),
    ),
    "owasp": Profile(
        hsts_s=YEAR_S,
        referrers=STRICT_REFERRER | {"strict-origin-when-cross-origin", "strict-origin"},
        is_referrer_needed=True,
        is_style_inline_accepted=False,
        is_allow_from_accepted=False,
        is_any_ancestor_accepted=False,
        directives=("default-src", "object-src", "base-uri", "form-action", "frame-ancestors"),
    ),
    "observatory": Profile(
        hsts_s=HALF_YEAR_S,
        referrers=GOOD_REFERRER,
        is_referrer_needed=False,
        is_style_inline_accepted=True,
        is_allow_from_accepted=True,
        is_any_ancestor_accepted=True,
        directives=(),
    ),
}


OURS = Profile(
    hsts_s=HALF_YEAR_S,
    referrers=GOOD_REFERRER,
    is_referrer_needed=False,
    is_style_inline_accepted=True,
    is_allow_from_accepted=False,
    is_any_ancestor_accepted=False,
    directives=(),
)
"""What our checks ask, in the same terms; a test holds it to their verdicts."""

FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "hsts": ("http.hsts-missing", "http.hsts-invalid", "http.hsts-short"),
    "referrer-policy": ("http.referrer-policy-unsafe",),
    "framing": ("http.framing-unprotected",),
    "csp": ("http.csp-missing",),
}
"""By demand, the checks of ours that judge it."""


def compare(page: Page) -> dict[str, dict[str, bool | None]]:
    """Per authority, which of its demands on headers the page meets."""
    policies = (
        *parse_policies(page.values("content-security-policy")),
        *parse_policies(page.html.http_equiv("content-security-policy"), is_meta=True),
    )
    return {name: demands_met(profile, page, policies) for name, profile in PROFILES.items()}


def demands_met(profile: Profile, page: Page, policies: tuple[Policy, ...]) -> dict[str, bool | None]:
    """Which demands of one authority a page with these policies meets; None where nobody can tell."""
    return {
        "hsts": _hsts(profile, page),
        "referrer-policy": _referrer(profile, page),
        "framing": _framing(profile, page, policies),
        "csp": _csp(profile, page, policies),
    }


def _hsts(profile: Profile, page: Page) -> bool | None:
    if not page.is_secure:
        return None if page.https_unseen else False
    values = page.values("strict-transport-security")
    policy = parse_hsts(values[0]) if values else None
    return isinstance(policy, Hsts) and policy.max_age_s >= profile.hsts_s


def _referrer(profile: Profile, page: Page) -> bool:
    words = [w.lower() for w in (*members(page.values("referrer-policy")), *page.html.meta("referrer"))]
    known = [w for w in words if w in GOOD_REFERRER or w in UNSAFE_REFERRER]
    return known[-1] in profile.referrers if known else not profile.is_referrer_needed


UNSAFE_REFERRER = frozenset(
    {"unsafe-url", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin"}
)


def _framing(profile: Profile, page: Page, policies: tuple[Policy, ...]) -> bool:
    if is_governed(policies, ANCESTORS):
        return profile.is_any_ancestor_accepted or not is_allowed(policies, ANCESTORS, allows_anywhere)
    said = " ".join(page.values("x-frame-options")).lower()
    return said in ("deny", "sameorigin") or (
        profile.is_allow_from_accepted and said.startswith("allow-from")
    )


def _csp(profile: Profile, page: Page, policies: tuple[Policy, ...]) -> bool | None:
    if not governs_scripts(policies):
        return None if page.html.truncated else False
    if not all(is_governed(policies, (name,)) for name in profile.directives):
        return False
    inline = any(is_allowed(policies, names, allows_inline) for names in (STYLE_ELEMENT, STYLE_ATTRIBUTE))
    return profile.is_style_inline_accepted or not inline
