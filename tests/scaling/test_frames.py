"""Messages between processes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.scaling.frames import read_frame, write_frame

FRAMES = st.tuples(st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.lists(st.text())), st.binary())


@given(st.lists(FRAMES))
def test_what_is_written_is_read(frames: list[tuple[dict[str, object], bytes]]) -> None:
    stream = io.BytesIO()
    for header, body in frames:
        write_frame(stream, header, body)
    stream.seek(0)
    assert [read_frame(stream) for _ in frames] == frames
    with pytest.raises(EOFError):
        read_frame(stream)


@given(FRAMES, st.data())
def test_a_message_that_breaks_off_is_the_end(frame: tuple[dict[str, object], bytes], data: st.DataObject) -> None:
    stream = io.BytesIO()
    write_frame(stream, *frame)
    cut = data.draw(st.integers(0, len(stream.getvalue()) - 1))
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(stream.getvalue()[:cut]))
