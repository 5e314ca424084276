"""A row is put into a table without touching another line of it."""

from __future__ import annotations

import pytest

from graph.curation.insertion import inserted
from graph.errors import DataError

ROW = {"entity": "cafe-numerique", "source": "bulletin", "start": "189", "end": "195"}
HEADER = b"entity,source,start,end\n"


@pytest.mark.parametrize(
    ("held", "becomes"),
    [
        (
            b"entity,source,start,end\nbarmij,bulletin,48,63\nmarsa-tech,bulletin,277,285\n",
            b"entity,source,start,end\nbarmij,bulletin,48,63\ncafe-numerique,bulletin,189,195\nmarsa-tech,bulletin,277,285\n",
        ),
        (  # no sorted table: after the last that comes before it
            b"entity,source,start,end\nx,bulletin,300,301\nx,a-source,500,501\nx,bulletin,400,401\n",
            b"entity,source,start,end\nx,bulletin,300,301\nx,a-source,500,501\n"
            b"cafe-numerique,bulletin,189,195\nx,bulletin,400,401\n",
        ),
        (
            b'\xef\xbb\xbf"start","end","entity","source"\r\n"48","63","barmij","bulletin"',
            b'\xef\xbb\xbf"start","end","entity","source"\r\n"48","63","barmij","bulletin"\r\n'
            b'"189","195","cafe-numerique","bulletin"\r\n',
        ),
        (HEADER, HEADER + b"cafe-numerique,bulletin,189,195\n"),
        (HEADER[:-1], HEADER + b"cafe-numerique,bulletin,189,195\n"),
        (None, HEADER + b"cafe-numerique,bulletin,189,195\n"),
        (
            HEADER + b'barmij,"bulletin",48,63\n\nmarsa-tech,bulletin,277,285\n\n',
            HEADER + b'barmij,"bulletin",48,63\ncafe-numerique,bulletin,189,195\n\nmarsa-tech,bulletin,277,285\n\n',
        ),
    ],
    ids=["sorted", "unsorted", "quoted", "empty", "unended", "none", "blank lines"],
)
def test_row_comes_into_its_place(tmp_path, held, becomes):
    if held is not None:
        (tmp_path / "mentions.csv").write_bytes(held)
    assert inserted(tmp_path, "mentions.csv", [ROW])[0] == becomes


def test_column_that_the_table_does_not_have_is_told(tmp_path):
    (tmp_path / "mentions.csv").write_bytes(HEADER)
    with pytest.raises(DataError, match=r'mentions\.csv:1: there is no column "ends"; did you mean "end"\?'):
        inserted(tmp_path, "mentions.csv", [{"ends": "3"}])


def test_table_that_a_spreadsheet_saved_in_another_form_is_to_be_formatted_first(tmp_path):
    (tmp_path / "mentions.csv").write_bytes(HEADER.replace(b",", b";"))
    with pytest.raises(DataError, match="it is not in UTF-8 with commas: `format` it first, so that rows can be added"):
        inserted(tmp_path, "mentions.csv", [ROW])
