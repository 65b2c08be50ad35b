"""The page about the database says what the tables are."""

from sqlalchemy import inspect
from update_database_docs import PAGE, dictionary

from extractor.exporters.database import load, open_database


def test_table_dictionary_is_that_of_the_code() -> None:
    assert dictionary() in PAGE.read_text("utf-8"), "run `python tests/update_database_docs.py`"


def test_every_view_is_described() -> None:
    engine = open_database("sqlite://")
    load([], engine)
    page = PAGE.read_text("utf-8")
    assert [name for name in inspect(engine).get_view_names() if f"| `{name}` |" not in page] == []
    engine.dispose()
