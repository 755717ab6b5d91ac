"""The pages of the demo province. Every agency, person and number in them is invented."""

STYLE = "<style>body{font-family:sans-serif}</style>"


def page(title: str, body: str, *, head: str = "", footer: str = "") -> str:
    """A plain page in the manner of an agency's site."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head>\n'
        f"<body><header><h1>{title}</h1></header><main>{body}</main>\n<footer>{footer}</footer></body></html>\n"
    )


def news(agency: str, *, head: str = "", footer: str = "") -> str:
    """A home page with three news items."""
    items = "".join(
        f'<li><a href="/tin/{n}">{words}</a></li>'
        for n, words in enumerate(
            (
                "Hội nghị triển khai nhiệm vụ công tác năm 2027",
                "Lịch tiếp công dân tháng 12",
                "Thông báo tuyển dụng viên chức",
            ),
            start=1,
        )
    )
    return page(
        f"Trang thông tin điện tử {agency}",
        f"<h2>Tin tức - Sự kiện</h2><ul>{items}</ul>",
        head=head,
        footer=footer
        or f"<p>Bản quyền thuộc về {agency}. Chịu trách nhiệm: ông Nguyễn Văn A. Điện thoại: 0900 000 000</p>"
        "<p>Tiếp nhận báo cáo sự cố an ninh mạng: 0900 000 001, ungcuu@mau.example</p>",
    )


JOOMLA_34 = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi-vn" lang="vi-vn" dir="ltr">
<head>
  <base href="http://sokhcn.mau.example/" />
  <meta http-equiv="content-type" content="text/html; charset=utf-8" />
  <meta name="description" content="Trang thông tin điện tử Sở Khoa học và Công nghệ tỉnh Mẫu" />
  <meta name="generator" content="Joomla! - Open Source Content Management" />
  <title>Trang chủ - Sở Khoa học và Công nghệ tỉnh Mẫu</title>
  <link rel="stylesheet" href="/templates/system/css/system.css" type="text/css" />
  <link rel="stylesheet" href="/media/jui/css/bootstrap.min.css" type="text/css" />
  <script src="/media/jui/js/jquery.min.js" type="text/javascript"></script>
  <script src="/media/system/js/mootools-core.js" type="text/javascript"></script>
  <script src="/media/system/js/caption.js" type="text/javascript"></script>
</head>
<body class="site com_content view-featured no-layout no-task itemid-101">
  <div id="header"><a href="/" class="logo">
    <img src="/images/banner.jpg" alt="Sở Khoa học và Công nghệ tỉnh Mẫu" /></a></div>
  <ul class="nav menu"><li class="item-101 current active"><a href="/">Trang chủ</a></li>
    <li class="item-102"><a href="/index.php/gioi-thieu">Giới thiệu</a></li></ul>
  <div class="blog-featured"><div class="page-header"><h1>Tin tức - Sự kiện</h1></div>
    <p>Lớp tập huấn về chuyển đổi số cho cán bộ xã.</p></div>
  <div id="footer" class="footer">
    <p><strong>SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH MẪU</strong></p>
    <p>Trưởng Ban biên tập: Nguyễn Văn A. Điện thoại: 0900 000 001</p>
    <p>Website Sử dụng Portal mã nguồn mở Joomla 3.4, theo Luật bản quyền GNU/GPL.</p>
  </div>
</body>
</html>
"""

WORDPRESS_HEAD = (
    '<meta name="generator" content="WordPress 5.2.4" />'
    '<link rel="stylesheet" href="/wp-includes/css/dist/block-library/style.min.css?ver=5.2.4" />'
    '<script src="/wp-includes/js/wp-embed.min.js?ver=5.2.4"></script>'
)

NUKEVIET_HEAD = (
    '<meta name="generator" content="NukeViet v4.4">'
    '<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv";</script>'
    '<link rel="stylesheet" href="/assets/css/font-awesome.min.css"><script src="/assets/js/global.js"></script>'
)

MIXED_HEAD = (
    '<script src="http://thongke.mau.example/dem.js"></script>'
    '<link rel="stylesheet" href="http://giaodien.mau.example/kieu.css">'
)

BLOCK = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
    "Please consult with your administrator.<br><br>Your support ID is: 1234567890123456789</body></html>"
)

# what an intruder leaves, and what somebody forgot; the secret must never be seen outside the server
SECRET = "Bi-Mat-Cua-Xa-90417"
SETTINGS = f"APP_NAME=cong-xa\nAPP_KEY=base64:{SECRET}\nDB_PASSWORD={SECRET}\nMAIL_PASSWORD={SECRET}\n"
LISTED = "don-thu-tran-thi-b.pdf"
LISTING = (
    "<html><head><title>Index of /uploads/</title></head><body><h1>Index of /uploads/</h1><hr><pre>"
    f'<a href="../">../</a>\n<a href="{LISTED}">{LISTED}</a>\n<a href="bieu-mau.docx">bieu-mau.docx</a>'
    "</pre></body></html>"
)
PLANTED = (
    '<div style="position:absolute;left:-9999px"><a href="https://nhacai-la.example/">nhà cái uy tín</a> '
    '<a href="https://gamebai-la.example/">game bài đổi thưởng</a></div>'
)
