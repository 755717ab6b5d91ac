"""`python -m tests.mail.poster STORE PORT`: post what is due, in a process a test may kill."""

import sys
from datetime import UTC, datetime

from reports.post import deliver
from scanner.model.settings import MailSettings
from scanner.store import Store


def main(url: str, port: int) -> None:
    """One run of the mailer, as the command makes it."""
    settings = MailSettings(sender="annm@mau.example", host="127.0.0.1", port=port, security="none")
    with Store.open(url) as store:
        store.recover_post()
        for _ in deliver(store, settings, password="", now=lambda: datetime.now(UTC)):
            pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
