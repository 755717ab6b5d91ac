"""The real HTTP Observatory as a test oracle.

`python -m tests.observatory.oracle FOLDER` runs it over all cases and writes `recorded.json` beside this file. FOLDER
holds the package with its dependencies installed, and an empty list `{}` in conf/hsts-preload.json.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scanner.identify.observatory_seen import answer_of
from scanner.model.evidence import Body, Fetch, Response
from tests.observatory.cases import HOST, Case, cases

SCRIPT = Path(__file__).with_name("analyse.mjs")
RECORDED = Path(__file__).with_name("recorded.json")


def ask(folder: Path, given: tuple[Case, ...]) -> dict[str, Any]:
    """What the analyser of a folder says to every case."""
    said = subprocess.run(
        ["node", str(SCRIPT), str(folder)],
        input=json.dumps([_document(case) for case in given]),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def recorded() -> dict[str, Any]:
    """What was recorded, in the form of `ask`."""
    said = json.loads(RECORDED.read_text(encoding="utf-8"))
    results = [
        {"grade": grade, "score": score, "results": [said["results"][n] for n in numbers]}
        for grade, score, *numbers in said["cases"]
    ]
    return {"algorithm": said["algorithm"], "results": results}


def _document(case: Case) -> dict[str, Any]:
    secure, plain, options = (case.http.fetch(name) for name in ("https", "http", "options"))
    https, http = _last(secure), _last(plain)
    chosen = secure if https else plain
    assert chosen is not None
    page = https or http
    assert page is not None
    return {
        "host": HOST,
        "url": chosen.exchanges[0].url,
        "verified": case.is_verified,
        "auto": _answer(page),
        "https": _answer(https),
        "http": _answer(http),
        "cors": _answer(_last(options)),
        "route": [e.url for e in plain.exchanges if isinstance(e.response, Response)] if plain else [],
        "body": page.body.content.decode() if isinstance(page.body, Body) else "",
        "jar": [
            [e.url, value]
            for e in chosen.exchanges
            if isinstance(e.response, Response)
            for name, value in e.response.headers
            if name.lower() == "set-cookie" and urlsplit(e.url).hostname
        ],
    }


def _last(fetch: Fetch | None) -> Response | None:
    response = fetch.last.response if fetch else None
    return response if isinstance(response, Response) else None


def _answer(response: Response | None) -> dict[str, Any] | None:
    if response is None:
        return None
    answer = answer_of(response)
    return {"status": answer.status, "headers": dict(answer.headers), "cookies": list(answer.set_cookies)}


def main() -> None:
    """Record what the analyser says."""
    found = ask(Path(sys.argv[1]), cases())
    package = json.loads((Path(sys.argv[1]) / "package.json").read_text(encoding="utf-8"))
    counts = {name: modifier for row in found["results"] for name, modifier in row["results"]}
    names = sorted(counts)
    rows = [
        [row["grade"], row["score"], *sorted(names.index(name) for name, _ in row["results"])]
        for row in found["results"]
    ]
    parts = (
        f'"analyser": "{package["name"]} {package["version"]}", "algorithm": {found["algorithm"]}',
        f'"results": {json.dumps([[name, counts[name]] for name in names])}',
        '"cases": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]",
    )
    RECORDED.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")
    sys.stdout.write(f"{len(found['results'])} cases\n")


if __name__ == "__main__":
    main()
