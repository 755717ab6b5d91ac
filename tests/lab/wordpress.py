"""WordPress as Debian packages it, running on loopback: its own database server, its own folder, PHP's own web server.

Nothing of /etc or of the machine's database is read or changed. The package's files are used where they lie; only
the dozen entry files are copied, because PHP takes the folder of a file for the folder of the site.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.lab.system import package_folder, program

PACKAGE = "wordpress"
THEME = "twentytwentythree"
PLUGIN = "thu-vien-anh"  # ours, so that a plugin with a public readme is on the page
PLUGIN_VERSION = "2.4.1"
PATIENCE_S = 30.0
STEP_S = 0.05
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $k) {{ define($k . '_KEY', $k); define($k . '_SALT', $k); }}
define('WP_HOME', 'http://{host}'); define('WP_SITEURL', 'http://{host}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """<?php
$_SERVER['HTTP_HOST'] = '{host}'; define('WP_INSTALLING', true);
require '{folder}/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Sở Mẫu', 'quantri', 'so@mau.example', true, '', 'mot-mat-khau-dai');
update_option('active_plugins', ['{plugin}/{plugin}.php']); switch_theme('{theme}');
echo get_option('siteurl');
"""
PLUGIN_CODE = """<?php
/* Plugin Name: Thu vien anh
 * Version: {version} */
add_action('wp_enqueue_scripts', function () {{
    wp_enqueue_style('{plugin}', plugins_url('{plugin}.css', __FILE__), [], '{version}');
}});
"""
PLUGIN_README = "=== Thu vien anh ===\nContributors: somau\nStable tag: {version}\nRequires at least: 5.0\n"


@dataclass(frozen=True)
class Site:
    """A running site: its port, and the release and the package revision it is of."""

    port: int
    version: str  # as the software prints it
    package: str  # as the distribution counts it


@contextlib.contextmanager
def wordpress(folder: Path, host: str = "") -> Iterator[Site]:
    """The site of `host` below `folder`, ready to be asked; both servers end with the `with` block.

    Without a host the site goes by its address.
    """
    php, server, package = program("php"), program("mariadbd"), package_folder(PACKAGE)
    port = _free_port()
    host = host or f"127.0.0.1:{port}"
    root = _site(folder, package, host)
    with _running(_database(server, folder), folder / "database.log"):
        _until(lambda: _sql(folder, "CREATE DATABASE IF NOT EXISTS wordpress"))
        _install(php, root, host)
        command = [str(php), "-d", "display_errors=0", "-S", f"127.0.0.1:{port}", "-t", str(root)]
        with _running(command, folder / "php.log", PHP_CLI_SERVER_WORKERS="3"):
            _until(lambda: _answers(port, host))
            yield Site(port, _version(package), _revision())


def _site(folder: Path, package: Path, host: str) -> Path:
    root = folder / "site"
    (root / "wp-content" / "plugins" / PLUGIN).mkdir(parents=True)
    for entry in package.glob("*.php"):
        shutil.copy(entry, root)
    for name in ("wp-includes", "wp-admin", "readme.html"):
        (root / name).symlink_to(package / name)
    (root / "wp-content" / "themes").symlink_to(package / "wp-content" / "themes")
    (root / "wp-config.php").write_text(CONFIG.format(socket=folder / "db.sock", host=host), encoding="utf-8")
    plugin, values = root / "wp-content" / "plugins" / PLUGIN, {"plugin": PLUGIN, "version": PLUGIN_VERSION}
    (plugin / f"{PLUGIN}.php").write_text(PLUGIN_CODE.format(**values), encoding="utf-8")
    (plugin / f"{PLUGIN}.css").write_text("img { margin: 0 }\n", encoding="utf-8")
    (plugin / "readme.txt").write_text(PLUGIN_README.format(**values), encoding="utf-8")
    return root


def _database(server: Path, folder: Path) -> list[str]:
    """A server on a socket alone. It makes its files itself; without rights to check it needs no tables for them."""
    (folder / "db").mkdir()
    small = ("innodb-buffer-pool-size=16M", "innodb-log-file-size=4M", "innodb-flush-log-at-trx-commit=0")
    options = (
        f"datadir={folder / 'db'}",
        f"socket={folder / 'db.sock'}",
        "skip-networking",
        "skip-grant-tables",
    )
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    return [str(server), "--no-defaults", *(f"--{option}" for option in (*options, *small)), *as_root]


def _install(php: Path, root: Path, host: str) -> None:
    script = root.parent / "install.php"
    values = {"host": host, "folder": root, "plugin": PLUGIN, "theme": THEME}
    script.write_text(INSTALL.format(**values), encoding="utf-8")
    done = subprocess.run(
        [str(php), "-d", "sendmail_path=/bin/true", str(script)], capture_output=True, text=True, check=False
    )
    assert host in done.stdout, done.stdout + done.stderr


@contextlib.contextmanager
def _running(command: list[str], log: Path, **environment: str) -> Iterator[None]:
    with log.open("wb") as out:
        started = subprocess.Popen(
            command, stdout=out, stderr=out, start_new_session=True, env={**os.environ, **environment}
        )
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, 15)  # the group it was started in: itself and its own workers
            started.wait(timeout=PATIENCE_S)


def _until(is_ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_ready():
        assert time.monotonic() < deadline, "the server did not come up"
        time.sleep(STEP_S)


def _sql(folder: Path, statement: str) -> bool:
    client = program("mariadb")
    command = [str(client), "--no-defaults", "-S", str(folder / "db.sock"), "-e", statement]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _answers(port: int, host: str) -> bool:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return int(answer.status) == 200
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False


def _version(package: Path) -> str:
    code = (package / "wp-includes" / "version.php").read_text(encoding="utf-8")
    return code.partition("$wp_version = '")[2].partition("'")[0]


def _revision() -> str:
    query = ["dpkg-query", "-W", "-f", "${Version}", PACKAGE]
    return subprocess.run(query, capture_output=True, text=True, check=True).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
