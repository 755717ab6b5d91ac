"""Runs slow visits as the command does: the first interrupt lets them finish, the second ends them.

Arguments: folder for the workers' marks, what the visits do, how many.
"""

import signal
import sys
from pathlib import Path

from scanner.execute.local import Stop, run
from scanner.model.settings import ScanSettings
from scanner.model.visit import Visit
from tests.execute.workers import Misbehaving, job


def main() -> None:
    folder, does, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    stop = Stop()
    signal.signal(signal.SIGINT, lambda _number, _frame: stop.request())
    made = run(
        [job(f"s{n}", does) for n in range(count)],
        make_worker=Misbehaving(folder),
        settings=ScanSettings(workers=2, concurrency=2),
        group=lambda order: order.site_id,
        stop=stop,
    )
    for one in made:
        print("visit" if isinstance(one, Visit) else one.reason, flush=True)
    print("over", flush=True)


if __name__ == "__main__":
    main()
