"""Write the record of every sample anew: ``python tests/update_samples.py``; then read the difference."""

import os

from test_samples import REPOSITORY, record_of, sample_texts

from extractor import Extractor


def main() -> None:
    """Write ``samples/NAME.json`` for each text."""
    os.chdir(REPOSITORY)
    extractor = Extractor()
    for text in sample_texts():
        text.with_suffix(".json").write_text(record_of(extractor, text), "utf-8")


if __name__ == "__main__":
    main()
