#!/bin/sh
# Installs what the tests need from the system where it may (Debian, root); otherwise says what will be left out.
set -eu
want=""
for pair in chromium:chromium nginx:nginx-light pdftotext:poppler-utils openssl:openssl dnssec-signzone:bind9-utils unbound:unbound postfix:postfix php:php-cli mariadbd:mariadb-server mariadb:mariadb-client; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || want="$want ${pair#*:}"
done
ldconfig -p 2>/dev/null | grep -q libpangoft2 || want="$want libpango-1.0-0 libpangoft2-1.0-0"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want="$want postgresql"
php -m 2>/dev/null | grep -q mysqli || want="$want php-mysql"
[ -e /usr/share/wordpress/wp-content/themes/twentytwentythree ] || want="$want wordpress wordpress-theme-twentytwentythree"
fc-list 2>/dev/null | grep -q "NotoSans-" || want="$want fonts-noto-core"
[ -n "$want" ] || { echo "everything is there"; exit 0; }
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$want"
    export DEBIAN_FRONTEND=noninteractive
    # the tests bring their own configuration; the machine's mail is left alone
    case "$want" in *postfix*) echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections ;; esac
    # policy-rc.d is not touched: the packages' own services may start, the tests neither use nor stop them
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $want >/dev/null && exit 0
fi
echo "missing and not installable here:$want; the tests that need them are left out and named below"
[ -z "${CI:-}" ] || { echo "in CI nothing may be missing"; exit 1; }
