"""From signs to products: what counts, what does not, and how sure it makes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.components import components_of
from scanner.identify.footer import declared_products, folded
from scanner.identify.products import Certainty, Precision, Product
from scanner.identify.recognise import Sight, recognise
from scanner.model.reference import Reference
from scanner.reference import load_reference

PLACE = "https://so.example/"
SEED = "Website Sử dụng Portal mã nguồn mở Joomla 3.4, theo Luật bản quyền GNU/GPL."


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def one(reference: Reference, *sights: tuple[str, str]) -> Product | None:
    products = recognise([Sight(kind, text, PLACE) for kind, text in sights], reference.signals)
    return products[0] if products else None


def test_two_kinds_of_evidence_make_certain(reference: Reference) -> None:
    found = one(
        reference,
        ("generator", "Joomla! - Open Source Content Management"),
        ("asset", "https://so.example/media/jui/js/jquery.min.js"),
    )

    assert found is not None
    assert (found.key, found.certainty) == ("joomla", Certainty.CERTAIN)


def test_one_strong_sign_makes_firm(reference: Reference) -> None:
    found = one(reference, ("cookie", "nv4_sess"))

    assert found is not None
    assert (found.key, found.certainty) == ("nukeviet", Certainty.FIRM)


@pytest.mark.parametrize(
    "sight",
    [
        ("generator", "Joomla! - Open Source Content Management"),
        ("cookie", "7f5d1c0f4b7f9a1be2c11aa0a3c1d2e3"),
        ("footer", SEED),
    ],
)
def test_one_weak_sign_is_only_possible(reference: Reference, sight: tuple[str, str]) -> None:
    found = one(reference, sight)

    assert found is not None
    assert found.certainty is Certainty.POSSIBLE


def test_a_footer_lifts_a_weak_sign_to_firm_and_no_further(reference: Reference) -> None:
    found = one(reference, ("generator", "Joomla! - Open Source Content Management"), ("footer", SEED))

    assert found is not None
    assert found.certainty is Certainty.FIRM


def test_many_signs_of_one_kind_are_one_kind(reference: Reference) -> None:
    found = one(
        reference,
        ("asset", "https://so.example/media/jui/js/jquery.min.js"),
        ("asset", "https://so.example/media/system/js/caption.js"),
    )

    assert found is not None
    assert found.certainty is Certainty.FIRM


def test_the_version_of_a_library_is_not_that_of_the_core(reference: Reference) -> None:
    found = one(reference, ("asset", "https://so.example/wp-includes/js/jquery/jquery.min.js?ver=3.7.1"))

    assert found is not None
    assert found.claims == ()


def test_core_files_of_wordpress_print_the_exact_release(reference: Reference) -> None:
    path = "https://so.example/wp-includes/css/dist/block-library/style.min.css?ver=6.8.3"
    found = one(reference, ("asset", path))

    assert found is not None
    assert [(c.text, c.precision) for c in found.claims] == [("6.8.3", Precision.EXACT)]


def test_an_unlisted_number_of_nukeviet_is_a_lower_bound(reference: Reference) -> None:
    found = one(reference, ("generator", "NukeViet v4.2"))

    assert found is not None
    assert [(c.text, c.precision) for c in found.claims] == [("4.2", Precision.AT_LEAST)]


def test_equal_signs_are_told_once_and_hostile_amounts_are_capped(reference: Reference) -> None:
    sights = [("asset", f"https://so.example/media/jui/js/{n}.js") for n in range(500)]
    found = one(reference, *sights, *sights)

    assert found is not None
    assert len(found.clues) <= 30
    assert len(found.claims) == 1


def test_a_long_text_is_quoted_around_the_sign(reference: Reference) -> None:
    found = one(reference, ("markup", "x" * 5000 + " new JCaption('img') " + "y" * 5000))

    assert found is not None
    assert "JCaption" in found.clues[0].saw
    assert len(found.clues[0].saw) <= 300


def test_the_surest_product_comes_first(reference: Reference) -> None:
    products = recognise(
        [
            Sight("generator", "Joomla! - Open Source Content Management", PLACE),
            Sight("cookie", "nv4_sess", PLACE),
            Sight("markup", "var nv_base_siteurl='/'", PLACE),
        ],
        reference.signals,
    )

    assert [p.key for p in products] == ["nukeviet", "joomla"]


# ---- footers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("footer", "product", "version"),
    [
        (SEED, "joomla", "3.4"),
        (unicodedata.normalize("NFD", SEED), "joomla", "3.4"),
        ("WEBSITE SU DUNG PORTAL MA NGUON MO JOOMLA! 3.4", "joomla", "3.4"),
        ("Trang được xây dựng trên nền tảng WordPress", "wordpress", ""),
        ("Phát triển trên hệ quản trị nội dung Drupal phiên bản 7.59", "drupal", "7.59"),
        ("Mã nguồn: NukeViet CMS 4.5", "nukeviet", "4.5"),
        ("Powered by WordPress 6.8.3", "wordpress", "6.8.3"),
        ("Bản quyền © Joomla v2.5", "joomla", "2.5"),
    ],
)
def test_what_a_footer_declares_is_read(
    reference: Reference, footer: str, product: str, version: str
) -> None:
    ((key, saw, number),) = declared_products(footer, reference.signals)

    assert (key, number) == (product, version)
    assert saw in unicodedata.normalize("NFC", footer)


@pytest.mark.parametrize(
    "footer",
    [
        "",
        "Joomla 3.4",
        "Tin: lỗ hổng nghiêm trọng trong Joomla 3.4",
        "Sử dụng dịch vụ công trực tuyến; Joomla 3.4",
        "Xây dựng nông thôn mới. " + "x " * 40 + "mã nguồn mở" + " y" * 30 + " Joomla 3.4",
        "Sử dụng mã nguồn mở myjoomlax",
    ],
)
def test_a_mere_mention_declares_nothing(reference: Reference, footer: str) -> None:
    assert list(declared_products(footer, reference.signals)) == []


def test_a_repeated_sentence_declares_once(reference: Reference) -> None:
    assert len(list(declared_products(f"{SEED} {SEED} {'tin joomla ' * 50}", reference.signals))) == 1


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(unicodedata.normalize("NFC", text))


@given(text=st.text(max_size=300))
def test_any_footer_is_read_without_surprise(reference: Reference, text: str) -> None:
    table = reference.signals

    for key, saw, _number in declared_products(f"sử dụng mã nguồn mở {text} joomla {text}", table):
        assert key in table.names
        assert len(saw) < 400


# ---- components ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Server", "nginx/1.18.0 (Ubuntu)", [("nginx", "1.18.0", "Ubuntu")]),
        ("Server", "nginx", [("nginx", "", "")]),
        (
            "SERVER",
            "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16",
            [
                ("apache-httpd", "2.4.6", "CentOS"),
                ("openssl", "1.0.2k-fips", "CentOS"),
                ("php", "5.4.16", "CentOS"),
            ],
        ),
        ("Server", "Apache/2.4.41 (Unix)", [("apache-httpd", "2.4.41", "")]),
        ("X-Powered-By", "PHP/7.2.24-0ubuntu0.18.04.17", [("php", "7.2.24-0ubuntu0.18.04.17", "ubuntu")]),
        ("x-powered-by", "ASP.NET", [("aspnet", "", "")]),
        ("X-AspNet-Version", "4.0.30319", [("aspnet", "4.0.30319", "")]),
        ("X-AspNetMvc-Version", "5.2 <b>", [("aspnet-mvc", "", "")]),
        ("Server", "Microsoft-IIS/8.5", [("iis", "8.5", ""), ("windows-server", "", "")]),
        ("Server", "Ẩn danh", []),
        ("Via", "nginx/1.0", []),
    ],
)
def test_headers_name_their_components(header: str, value: str, expected: list[tuple[str, str, str]]) -> None:
    found = components_of(((header, value),))

    assert [(c.key, c.version, c.distribution) for c in found] == expected


@given(st.text(max_size=400))
def test_any_header_is_read_without_surprise(value: str) -> None:
    assert len(components_of((("server", value), ("x-powered-by", value)))) <= 20


def test_a_component_named_twice_is_told_once() -> None:
    found = components_of((("Server", "PHP/8.2.1"), ("X-Powered-By", "PHP/8.2.1")))

    assert len(found) == 1
