"""The page about the database says what the tables are."""

from update_database_docs import PAGE, dictionary


def test_table_dictionary_is_that_of_the_code() -> None:
    assert dictionary() in PAGE.read_text("utf-8"), "run `python tests/update_database_docs.py`"
