"""A scanner that nobody here wrote walks the running product and attacks what it finds."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.bench_pages import Browser, served

pytestmark = pytest.mark.soak
ROOT = Path(__file__).resolve().parents[2]
ATTACKS = "xss,sql,file,redirect,crlf,csrf,csp,cookieflags,http_headers,permanentxss,methods,backup"
#: What is found and accepted, with why (docs/security.md): the scan speaks plain HTTP on loopback,
#: and cookies are marked Secure where MEIBO_HTTPS is 1 (tests/config/test_settings.py).
ARGUED = {"Secure Flag cookie"}


@pytest.mark.parametrize("name", ["ippan", "jinji"])
def test_the_scanner_finds_nothing(name: str, tmp_path: Path) -> None:
    wapiti = os.environ.get("MEIBO_WAPITI") or shutil.which(str(ROOT / ".scan" / "bin" / "wapiti"))
    if not wapiti:
        pytest.skip("no scanner: `make scanner` installs it")
    report = tmp_path / "report.json"
    with served(600) as port:
        browser = Browser(port, name)
        cookies = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
        limits = ["--max-scan-time", "120", "--max-attack-time", "90", "--depth", "2"]
        limits += ["--max-links-per-page", "25", "--max-files-per-dir", "8", "--tasks", "4"]
        words = [wapiti, "-u", f"http://127.0.0.1:{port}/", "--scope", "folder"]
        words += ["--header", f"Cookie: {cookies}", "-m", ATTACKS, *limits]
        words += ["-x", f"http://127.0.0.1:{port}/account/logout/"]
        words += ["-f", "json", "-o", str(report), "--flush-session", "--no-bugreport"]
        subprocess.run(words, check=True, capture_output=True, timeout=2400)
    told = json.loads(report.read_text())
    assert told["infos"]["crawled_pages_nbr"] > 50
    found = {kind: hits for kind, hits in told["vulnerabilities"].items() if hits}
    assert set(found) <= ARGUED, found
    assert not any(told["anomalies"].values()), told["anomalies"]
