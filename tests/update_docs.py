"""Write what the console examples print anew: ``python tests/update_docs.py``; then read the difference.

Only output that stands in full is written; output with ``...`` in it is left for its author to mend. The table of
``docs/dates.md`` is written anew as well.
"""

import os
import shutil
import tempfile
from pathlib import Path

from radicale_server import for_examples
from test_docs import PAGES, REPOSITORY, blocks, commands, run
from test_docs_dates import PAGE as DATES
from test_docs_dates import renewed_table


def main() -> None:
    """Update README.md and docs/."""
    for page in PAGES:
        text = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder, for_examples(_made(Path(folder, "radicale"))) as variables:
            os.environ |= variables
            shutil.copytree(REPOSITORY / "samples", Path(folder) / "samples")
            os.chdir(folder)
            for block in blocks(page, "console"):
                renewed = "".join(_renewed(command, output) for command, output in commands(block))
                text = text.replace(block, renewed)
            os.chdir(REPOSITORY)
        page.write_text(renewed_table(text) if page == DATES else text, "utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _renewed(command: str, output: str) -> str:
    printed = "".join(f"{line.rstrip()}\n" for line in run(command).splitlines())
    return f"$ {command}\n" + (printed if output and "..." not in output else output)


if __name__ == "__main__":
    main()
