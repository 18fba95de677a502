import io
import zipfile

from quizzes.formats.archives import PIECE, zip_pieces
from tests.factories import NOW


def pieces(*files):
    return list(zip_pieces(files, at=NOW))


def test_what_was_put_in_comes_out():
    whole = zipfile.ZipFile(io.BytesIO(b"".join(pieces(("a.txt", ["ä", "b"]), ("b.csv", [])))))
    assert whole.testzip() is None
    assert [(one.filename, whole.read(one).decode()) for one in whole.infolist()] == [("a.txt", "äb"), ("b.csv", "")]
    assert whole.infolist()[0].date_time == (2026, 3, 10, 10, 0, 0)


def test_the_same_files_give_the_same_bytes():
    assert pieces(("a", ["x"])) == pieces(("a", ["x"]))


def test_it_is_sent_while_it_is_made():
    def texts():
        for number in range(200_000):
            made.append(number)
            yield f"{number * 7919 % 1_000_003} "

    made: list[int] = []
    stream = zip_pieces([("a", texts())], at=NOW)
    first = next(stream)
    assert len(first) >= PIECE
    assert len(made) < 100_000
    assert zipfile.is_zipfile(io.BytesIO(first + b"".join(stream)))
