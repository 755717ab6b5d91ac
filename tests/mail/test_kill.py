"""kill -9 while mail is handed over, at every step of the conversation: nothing is lost, nothing arrives twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scanner.model.parcel import Posting
from scanner.store import Store
from tests.mail.conftest import Rude, parcel, rude_relay
from tests.mail.poster import main

ROOT = Path(__file__).parents[2]
LETTERS = 3
STEPS = ("220", "ehlo", "mail", "rcpt", "data", "text", "dot", "answered")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")


@dataclass
class Assassin:
    """A relay that takes every message, and kills the mailer at one step of its second message."""

    step: str = ""
    victim: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    def __call__(self, line: Rude) -> None:
        line.say("220 ready")
        self._at("220")
        recipient = ""
        while command := line.hear():
            word = command.partition(" ")[0].lower()
            self._at(word)
            if word == "rcpt":
                recipient = command
            if word == "data":
                self._take(line, recipient)
            else:
                line.say("221 bye" if word == "quit" else "250 ok")

    def _take(self, line: Rude, recipient: str) -> None:
        line.say("354 go on")
        line.rfile.readline()
        self._at("text")
        if not line.until_dot():
            return
        self.taken[recipient] += 1  # what came up to its dot is kept (RFC 5321 section 6.1)
        self._at("dot")
        line.say("250 kept")
        self._at("answered")

    def _at(self, step: str) -> None:
        is_second = sum(self.taken.values()) >= 1 or step in ("220", "ehlo")
        if self.victim and step == self.step and is_second:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = 0


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_mailer_loses_nothing_and_sends_nothing_twice(step: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rasoat.db'}"
    with Store.open(url) as store:
        store.queue_all([parcel(n) for n in range(LETTERS)])
    relay = Assassin(step)
    with rude_relay(relay) as port:
        words = [sys.executable, "-m", "tests.mail.poster", url, str(port)]
        with subprocess.Popen(words, cwd=ROOT) as process:
            relay.victim = process.pid
        assert process.returncode == -signal.SIGKILL
        main(url, port)

    with Store.open(url) as store:
        states = Counter(p.state for p in store.parcels())
    assert max(relay.taken.values()) == 1
    assert states[Posting.SENT] + states[Posting.UNKNOWN] == LETTERS
    assert states[Posting.UNKNOWN] <= 1
    assert states[Posting.SENT] <= sum(relay.taken.values())
