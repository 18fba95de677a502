import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.rosters import LONGEST_NAME, Entry, group_key, read_roster
from quizzes.core.sheets import Row, Sheet


def sheet(*rows):
    return Sheet(tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows, start=1)))


def is_address(text):
    return text.count("@") == 1 and "." in text.rpartition("@")[2]


def read(*rows):
    return read_roster(sheet(*rows), is_address=is_address)


def only(*rows):
    entries = read(*rows).entries
    assert len(entries) == 1
    return entries[0]


@pytest.mark.parametrize(
    "header",
    [
        ["E-mail", "Student number", "First name", "Last name", "Group"],
        ["Email address", "ID number", "Given name", "Surname", "Tutorial"],
        ["E-Mail-Adresse", "Matrikelnummer", "Vorname", "Nachname", "Gruppe"],
        ["E-MAIL", "Matrikel-Nr.", "Vorname", "Name", "Übungsgruppe"],
        ["Courriel", "Numéro d'étudiant", "Prénom", "Nom", "Groupe"],
        ["Adresse e-mail", "N° étudiant", "Prénom", "Nom de famille", "Groupe de TD"],
        ["Correo electrónico", "Número de matrícula", "Nombre", "Apellidos", "Grupo"],
        ["correo electronico", "matricula", "nombre", "apellido", "grupo de practicas"],
    ],
)
def test_columns_are_known_by_their_usual_names(header):
    entry = only(header, ["Ada@Example.org", "0042", "Ada", "Lovelace", "Monday"])
    assert entry == Entry(2, "ada@example.org", "0042", "Ada", "Lovelace", "Monday")


def test_the_order_of_columns_and_a_title_above_them_do_not_matter():
    found = read(["Anatomy, winter term"], ["Group", "Mark", "Mail"], ["B", "1.0", "ada@example.org"])
    assert found.entries == (Entry(3, "ada@example.org", group="B"),)
    assert (found.columns, found.unread) == ({"email": "Mail", "group": "Group"}, ("Mark",))


def test_the_best_known_of_several_names_is_read():
    entry = only(["ID", "SIS User ID", "Student", "Email"], ["7", "S-12", "Lovelace, Ada", "ada@example.org"])
    assert (entry.number, entry.first_name, entry.last_name) == ("S-12", "Ada", "Lovelace")


@pytest.mark.parametrize("first", [0, 1])
def test_a_column_that_counts_the_rows_gives_nobody_a_number(first):
    found = read(["No.", "E-mail"], *([str(n + first), f"p{n}@example.org"] for n in range(3)))
    assert [entry.number for entry in found.entries] == ["", "", ""]
    assert (found.numbered, found.unread) == ("No.", ())


def test_numbers_that_do_not_count_the_rows_stay_as_they_are_written():
    found = read(["No.", "E-mail"], ["0007", "a@example.org"], ["8", "b@example.org"])
    assert [entry.number for entry in found.entries] == ["0007", "8"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Lovelace, Ada", ("Ada", "Lovelace")),
        ("Ada King Lovelace", ("Ada King", "Lovelace")),
        ("Ada", ("Ada", "")),
        ("李明", ("李明", "")),
        ("", ("", "")),
    ],
)
def test_a_whole_name_is_parted(name, parts):
    entry = only(["name", "e-mail"], [name, "a@example.org"])
    assert (entry.first_name, entry.last_name) == parts


@pytest.mark.parametrize(
    "cell",
    ["Ada Lovelace <Ada@Example.org>", '"Lovelace, Ada" <ada@example.org>', "Ada Lovelace <mailto:ada@example.org>;"],
)
def test_an_address_brings_the_name_beside_it(cell):
    for rows in (["e-mail"], [cell]), ([cell],):
        entry = only(*rows)
        assert (entry.email, entry.first_name, entry.last_name) == ("ada@example.org", "Ada", "Lovelace")


def test_without_usual_names_every_address_of_a_line_is_somebody():
    found = read(["Ada <ada@example.org>", "ben@example.org"], ["x", "Cy", "cy@example.org", "123"], ["no address"])
    assert [(one.line, one.email, one.number) for one in found.entries] == [
        (1, "ada@example.org", ""),
        (1, "ben@example.org", ""),
        (2, "cy@example.org", ""),
        (3, "", ""),
    ]
    assert not found.headed


def test_several_addresses_in_one_cell_are_several_people():
    found = read(["ada@example.org ben@example.org"])
    assert [one.email for one in found.entries] == ["ada@example.org", "ben@example.org"]


@pytest.mark.parametrize("email", ["ada", "ada@", "ada@example", "a@b@c.org", "ada@example.org ben@example.org"])
def test_a_malformed_address_is_marked_and_kept_as_written(email):
    entry = only(["e-mail"], [email])
    assert (entry.email, entry.is_address) == (email, False)


def test_an_empty_row_and_one_with_a_group_alone_say_nothing():
    assert read(["e-mail", "group"], ["", ""], [" ", "Monday"]).entries == ()


def test_a_row_shorter_than_the_header_is_read_as_far_as_it_goes():
    assert only(["e-mail", "number", "group"], ["ada@example.org"]) == Entry(2, "ada@example.org")


def test_a_first_row_with_an_address_is_no_header():
    assert not read(["id", "mail@example.org"], ["1", "ada@example.org"]).headed


def test_groups_are_the_same_whatever_their_capitals_and_spaces():
    assert group_key("  Monday  10 ") == group_key("MONDAY 10") != group_key("Monday 11")


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=8))
def test_any_table_reads_without_an_error(rows):
    for entry in read(["Name", "E-mail", "Number", "Group"], *rows).entries + read(*rows).entries:
        assert len(entry.first_name) <= LONGEST_NAME
        assert 1 <= entry.line <= len(rows) + 1
        assert entry.email == entry.email.lower()
