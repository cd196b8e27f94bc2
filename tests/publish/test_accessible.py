"""axe-core over the page in headless Chromium; skipped where either is absent.

``AXE_CORE`` names ``axe.min.js`` (npm ``axe-core``); Chromium is found on the path.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import publish_samples as samples
import pytest

from bilingual.publish import html_text, publish_collection

CHROMIUM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
document.querySelector('a.m')?.focus();
axe.run(document, {runOnly: %s}).then((result) => {
  const out = document.createElement('pre');
  out.id = 'axe-result';
  out.textContent = JSON.stringify({
    passes: result.passes.length,
    violations: result.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))]),
  });
  document.body.append(out);
});
""" % json.dumps(TAGS)  # noqa: UP031


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here (set AXE_CORE)")
@pytest.mark.parametrize("kind", ["edition", "collection"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 500)])
def test_axe_finds_no_violation(tmp_path: Path, kind: str, theme: str, width: int) -> None:
    assert CHROMIUM is not None
    if kind == "edition":
        page = html_text(samples.full())
    else:
        publish_collection([samples.full(), samples.edition()], tmp_path, ["html", "epub"])
        page = (tmp_path / "index.html").read_text("utf-8")
    # The page's own policy would refuse the script of the test.
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)
    page = page.replace("<html ", f'<html data-theme="{theme}" ', 1)
    script = AXE.read_text("utf-8").replace("</script", "<\\/script")
    page = page.replace("</body>", f"<script>{script}</script><script>{RUN}</script></body>")
    (tmp_path / "page.html").write_text(page, "utf-8")
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},900",
            "--virtual-time-budget=20000",
            "--dump-dom",
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout, re.S)
    assert found is not None, done.stderr[-500:]
    result = json.loads(unescape(found[1]))
    assert result["violations"] == []
    assert result["passes"] > 20
