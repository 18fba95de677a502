import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats import delimited, workbooks
from quizzes.formats.errors import TableError
from quizzes.formats.spreadsheet import csv_text, escaped, unescaped
from quizzes.formats.tables import read_sheet
from quizzes.formats.workbooks import workbook


def cells(data, **how):
    return [list(row.cells) for row in read_sheet(data, **how).rows]


def book(rows, title="Sheet"):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter):
    text = delimiter.join(["term", "meaning"]) + "\n" + delimiter.join(["a", "b"])
    assert cells(text.encode()) == [["term", "meaning"], ["a", "b"]]


def test_commas_in_sentences_do_not_part_a_table_of_semicolons():
    assert cells(b"a;b\nx, y;z\nu;v, w, q\n") == [["a", "b"], ["x, y", "z"], ["u", "v, w, q"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_found_out(encoding):
    text = "term,meaning\nGefäß,hält Wasser\nEncre,se lit à l’œil\n"
    assert cells(text.encode(encoding))[1:] == [["Gefäß", "hält Wasser"], ["Encre", "se lit à l’œil"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "слово;значение\nпривет;здравствуй\nдом;здание где живут\n"),
        ("cp1250", "słowo;znaczenie\nżółty;kolor słońca\nświatło;pomaga widzieć\n"),
        ("cp932", "用語,意味\n心臓,血液を全身に送る\n"),
        ("cp932", "単語,意味\n犬,吠える動物です\n猫,にゃあと鳴く動物\n"),
        ("euc_jp", "単語,意味\n犬,吠える動物です\n猫,にゃあと鳴く動物\n"),
        ("euc_kr", "단어,뜻\n개,짖는 동물입니다\n고양이,야옹하고 우는 동물\n"),
        ("big5", "詞,意思\n狗,會叫的動物\n貓,會喵的動物\n馬,會跑的動物\n"),
    ],
)
def test_a_guessed_encoding_is_said_so_that_it_can_be_corrected(encoding, text):
    read = read_sheet(text.encode(encoding))
    assert read.rows[0].cells[0] in text
    assert "encoding" in read.notes[0]
    assert read_sheet(text.encode(encoding), encoding=encoding).notes == ()


def test_a_row_has_the_line_where_it_begins():
    rows = read_sheet(b'a,b\r\n"x\ny",1\r\n\r\n ,\rz,2\n').rows
    assert [(row.line, row.cells) for row in rows] == [(1, ("a", "b")), (2, ("x\ny", "1")), (6, ("z", "2"))]


def test_nuls_and_ragged_rows_are_no_trouble():
    assert cells(b"a,b,c\nx\x00\n1,2,3,4\n") == [["a", "b", "c"], ["x"], ["1", "2", "3", "4"]]


@pytest.mark.parametrize("head", ["sep=;\n", "#separator:semicolon\n#html:true\n"])
def test_lines_that_speak_of_the_file_are_no_rows(head):
    read = read_sheet(f"{head}a;b,c\nd;e".encode())
    assert [row.cells for row in read.rows] == [("a", "b,c"), ("d", "e")]
    assert read.rows[0].line == head.count("\n") + 1


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line():
    with pytest.raises(TableError, match=r"Line 2: a quotation mark .* never closed"):
        read_sheet(b'a,b\n"c,d\ne,f')


def test_quotation_marks_are_text_in_a_table_of_tabs_that_leaves_them_open():
    assert cells(b'a\tb\n"c\td\ne\tf') == [["a", "b"], ['"c', "d"], ["e", "f"]]


def test_a_workbook_reads_as_a_person_sees_it():
    made = book(
        [["term", "n", "when", "true"], ["iron", 2.5, date(2026, 3, 1), True], [None] * 4, ["=1+2", 3, None, None]]
    )
    made.active["A4"].data_type = "s"
    assert cells(saved(made)) == [
        ["term", "n", "when", "true"],
        ["iron", "2.5", "2026-03-01", "TRUE"],
        ["=1+2", "3"],
    ]
    assert [row.line for row in read_sheet(saved(made)).rows] == [1, 2, 4]


def test_merged_cells_all_have_the_text_of_the_first():
    made = book([["category", "term"], ["metals", "iron"], [None, "copper"], ["gases", "neon"]])
    made.active.merge_cells("A2:A3")
    assert cells(saved(made))[1:] == [["metals", "iron"], ["metals", "copper"], ["gases", "neon"]]


def test_the_first_sheet_with_anything_in_it_is_read_or_the_one_named():
    made = book([])
    made.create_sheet("facts").append(["a"])
    made.create_sheet("more").append(["b"])
    assert cells(saved(made)) == [["a"]]
    assert cells(saved(made), sheet="more") == [["b"]]
    assert "“more”" in read_sheet(saved(made)).notes[0]
    with pytest.raises(TableError, match="Sheets: Sheet, facts, more"):
        read_sheet(saved(made), sheet="other")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def odf():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no rows"),
        (b"\n , \n", "no rows"),
        (OLE, "old Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (odf(), "OpenDocument"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"%PDF-1.7 ...", "neither a CSV file nor"),
        (bytes(range(256)) * 9, "neither a CSV file nor"),
        (b"<!DOCTYPE html><table>", "neither a CSV file nor"),
        (b"a," * 300, "columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data, words):
    with pytest.raises(TableError, match=words):
        read_sheet(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_BYTES_UNPACKED", 1000)
    with pytest.raises(TableError, match="when unpacked"):
        read_sheet(saved(book([["a"]])))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_ROWS", 2)
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    for data in (b"a\nb\nc\nd\n", saved(book([["a"], ["b"], ["c"], ["d"]]))):
        with pytest.raises(TableError, match="more than 2 rows"):
            read_sheet(data)


@given(st.text(max_size=20))
def test_what_is_written_for_spreadsheets_reads_back(text):
    assert unescaped(escaped(text)) == text
    assert not escaped(text).lstrip(" ").startswith(("=", "+", "-", "@"))
    row = next(csv.reader(io.StringIO(csv_text([[text, "end"]]).removeprefix("\ufeff"), newline="")))
    assert unescaped(row[0]) == text


def test_a_workbook_holds_texts_and_no_formulas():
    data = workbook({"facts": [["term"], ["=1+2"], ["'=x"], ["'s"]], "sections": [["slug"], ["a"]]})
    assert cells(data) == [["term"], ["=1+2"], ["'=x"], ["'s"]]
    assert [row.cells for row in read_sheet(data).sections] == [("slug",), ("a",)]
    assert openpyxl.load_workbook(io.BytesIO(data))["facts"]["A2"].data_type == "s"


def test_a_workbook_keeps_numbers_as_numbers_and_loses_what_no_cell_may_hold():
    data = workbook({"grades": [["mark"], [66.67], [0], [None], ["a\x07b"]]})
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(data))["grades"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(66.67, "n"), (0, "n"), (None, "n"), ("ab", "s")]


BASES = (
    b'term,meaning\n"a\nb",c\n',
    "Begriff;Gefäß\nx;y\n".encode("utf-16"),
    workbook({"facts": [["term", "meaning"], ["iron", "rusts"]]}),
)


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail_otherwise_than_by_a_refusal(data):
    read_or_refuse(data)


@settings(max_examples=150)
@given(st.sampled_from(BASES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4))
def test_no_damaged_file_makes_reading_fail_otherwise_than_by_a_refusal(data, hits):
    for share, put in hits:
        at = int(share * len(data))
        data = data[:at] + put + data[at + len(put) :]
    read_or_refuse(data)


def read_or_refuse(data):
    try:
        rows = read_sheet(data).rows
    except TableError:
        return
    assert rows
