"""Records visits as fast as it can until it is killed. Arguments: store address, scan id."""

import sys

from scanner.store import Store
from tests.store.nouns import finding, visit


def main() -> None:
    url, scan_id = sys.argv[1:]
    with Store.open(url) as store, store.locked(force=True):
        for job in store.pending(scan_id):
            store.start(scan_id, job.site_id)
            print(job.site_id, flush=True)
            said = [finding(job.site_id, f"http.c{n}", saw="x" * 500) for n in range(30)]
            store.record(visit(scan_id, job.site_id, *said))


if __name__ == "__main__":
    main()
