import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from scanner import doctor
from scanner.doctor import Health
from scanner.model.agency import Inventory, Province, Site
from scanner.model.settings import NetworkSettings, Settings
from tests.lab.dns_server import DnsServer, Fault, Zone


@contextmanager
def served(zone: Zone) -> Iterator[Settings]:
    """A resolver on loopback in a thread of its own, because the doctor runs a loop of its own."""
    server, loop = DnsServer(zone), asyncio.new_event_loop()
    address = loop.run_until_complete(server.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield Settings(network=NetworkSettings(resolver=(address,)))
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_resolver_that_answers_is_well() -> None:
    inventory = Inventory(Province("P"), sites=(Site("a", "so", "https://so.example/vi"),))

    with served({"so.example": (("A", "192.0.2.1"),)}) as settings:
        (note,) = doctor._resolver(settings, inventory)

    assert note.health is Health.OK
    assert note.words.en.endswith("answers for so.example")


def test_a_proof_that_the_name_is_not_there_is_an_answer() -> None:
    with served({}) as settings:
        (note,) = doctor._resolver(settings, doctor.NOBODY)

    assert note.health is Health.OK


def test_a_resolver_that_fails_is_named() -> None:
    with served({"chinhphu.vn": Fault.SERVFAIL}) as settings:
        (note,) = doctor._resolver(settings, doctor.NOBODY)

    assert note.health is Health.FAIL
    assert f"{settings.network.resolver[0]} does not answer for chinhphu.vn" in note.words.en


@pytest.mark.parametrize("address", ["not an address", ""])
def test_an_inventory_that_cannot_be_used_does_not_stop_the_doctor(address: str) -> None:
    inventory = replace(doctor.NOBODY, sites=(Site("a", "so", address),))

    with served({}) as settings:
        (note,) = doctor._resolver(settings, inventory)

    assert "chinhphu.vn" in note.words.en
