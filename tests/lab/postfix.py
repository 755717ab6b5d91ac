"""Postfix as Debian packages it, with a configuration of its own, on one loopback port, delivering to maildirs.

Nothing of /etc/postfix is read or changed; the server runs in the foreground and ends with the `with` block. Its
master process wants root, as on any mail server.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.lab.system import needs_root, program

PATIENCE_S = 20.0
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.mau.example
mydestination =
alias_maps =
alias_database =
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
message_size_limit = {size_limit}
"""


@dataclass(frozen=True)
class Relay:
    """A running server: where it listens, and what it has delivered."""

    port: int
    folder: Path

    def delivered(self, mailbox: str, count: int = 1) -> list[bytes]:
        """The messages of a mailbox as files hold them, once there are so many; AssertionError with the log."""
        new = self.folder / "mail" / mailbox / "new"
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = sorted(new.glob("*")) if new.is_dir() else []
            if len(found) >= count:
                return [path.read_bytes() for path in found]
            time.sleep(0.02)
        raise AssertionError(f"{mailbox}: fewer than {count} messages\n{self.log()}")

    def log(self) -> str:
        """What the server wrote."""
        path = self.folder / "log" / "postfix.log"
        return path.read_text(errors="replace") if path.exists() else ""


@contextlib.contextmanager
def postfix(
    certificate: Path, key: Path, *, domain: str, mailboxes: tuple[str, ...], size_limit: int = 10_240_000
) -> Iterator[Relay]:
    """A relay that demands STARTTLS and takes mail for these mailboxes of one domain, as long as the block.

    The folder lies directly under the temporary one: pytest closes its own to everybody else.
    """
    start = program("postfix")
    needs_root("Postfix's master process")
    folder = Path(tempfile.mkdtemp(prefix="rasoat-postfix-"))
    folder.chmod(0o755)
    owner = pwd.getpwnam("postfix")
    port = _free_port()
    for name in ("conf", "queue", "data", "mail", "log"):
        (folder / name).mkdir()
    for name in ("data", "mail"):
        os.chown(folder / name, owner.pw_uid, owner.pw_gid)
    inside = {"certificate": folder / "conf/cert.pem", "key": folder / "conf/key.pem"}
    shutil.copy(certificate, inside["certificate"])
    shutil.copy(key, inside["key"])
    inside["key"].chmod(0o600)
    boxes = " ".join(f"{{ {name}@{domain} = {name}/ }}" for name in mailboxes)
    main = MAIN.format(
        folder=folder,
        domain=domain,
        mailboxes=boxes,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        size_limit=size_limit,
        **inside,
    )
    (folder / "conf/main.cf").write_text(main)
    (folder / "conf/master.cf").write_text(MASTER.format(port=port))
    with (folder / "start.log").open("wb") as said:
        starter = subprocess.Popen([start, "-c", folder / "conf", "start-fg"], stdout=said, stderr=said)
    relay = Relay(port, folder)
    try:
        _until_it_answers(starter, relay)
        yield relay
    finally:
        _stop(starter, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(starter: "subprocess.Popen[bytes]", folder: Path) -> None:
    """End the master, which lives in a session of its own and ends its daemons; then its starter ends too."""
    pid = folder / "queue/pid/master.pid"
    if starter.poll() is None and pid.exists():
        os.kill(int(pid.read_text()), signal.SIGTERM)
    elif starter.poll() is None:
        starter.terminate()
    starter.wait(PATIENCE_S)


def _until_it_answers(starter: "subprocess.Popen[bytes]", relay: Relay) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if starter.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", relay.port), 1) as line:
            if line.recv(3) == b"220":
                return
        time.sleep(0.05)
    said = (relay.folder / "start.log").read_text(errors="replace")
    raise AssertionError(f"Postfix did not start: {said}\n{relay.log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
