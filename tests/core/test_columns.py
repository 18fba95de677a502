import pytest

from quizzes.core.columns import MappingError, columns, table
from quizzes.core.sheets import Row, Sheet


def read(*lines, **how):
    rows = tuple(Row(number, tuple(line.split(","))) for number, line in enumerate(lines, start=1))
    return table(Sheet(rows), **how)


def names(read_table, mapping=None):
    """Field -> the headers of its columns."""
    found = columns(read_table, mapping)
    return {name: [read_table.header[at] for at in places] for name, places in found.places.items()}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Term,DESCRIPTION,Category", ["term", "purpose", "section"]),
        ("front,Back ,tags,Also known as", ["term", "purpose", "tags", "aliases"]),
        ("Word,Meaning,e.g.,Condition", ["term", "purpose", "examples", "condition"]),
        ("Begriff,Bedeutung,Beispiele,Quelle", ["term", "purpose", "examples", "locator"]),
        ("terme,définition,catégorie,synonymes", ["term", "purpose", "section", "aliases"]),
        ("Término,Descripción,Ejemplos,Categoría", ["term", "purpose", "examples", "section"]),
        ("short_label,shortLabel 2,term,Never accept", ["short_label", "term", "never_accept"]),
    ],
)
def test_columns_are_known_by_their_usual_names(header, fields):
    found = columns(read(header, "a,b,c,d", "e,f,g,h"))
    assert sorted(found.places) == sorted(fields)


def test_two_unknown_columns_are_term_and_description_and_the_plan_says_so():
    found = columns(read("Element,Symbol", "Sodium,Na", "Iron,Fe"))
    assert (found.places, found.noun, found.description) == ({"term": (0,), "purpose": (1,)}, "Element", "Symbol")
    assert any("“Symbol” is taken for the description" in note for note in found.notes)


def test_usual_names_say_nothing_about_what_stands_below_them():
    found = columns(read("Term,Definition", "a,b"))
    assert (found.noun, found.description) == ("", "")


def test_three_unknown_columns_ask_for_a_mapping():
    with pytest.raises(MappingError, match=r"Columns: “A”, “B”, “C”. Map them, such as term=“A”, description=“B”"):
        columns(read("A,B,C", "x,y,z"))


def test_a_mapping_takes_headers_and_numbers_and_wins_over_names():
    mapped = names(read("Term,B,C", "x,y,z"), {"term": "b", "description": "3", "ignore": "Term"})
    assert mapped == {"term": ["B"], "purpose": ["C"]}


@pytest.mark.parametrize(
    ("mapping", "words"), [({"term": "X"}, "no column “X”"), ({"colour": "B"}, "no field “colour”")]
)
def test_a_mapping_of_what_is_not_there_is_told(mapping, words):
    with pytest.raises(MappingError, match=words):
        columns(read("A,B", "x,y"), mapping)


def test_the_best_named_of_several_groupings_is_the_section():
    assert names(read("Term,Group,Topic", "a,b,c")) == {"term": ["Term"], "section": ["Topic"], "tags": ["Group"]}


def test_tags_that_part_all_facts_are_sections():
    rows = ("a,b,x", "c,d,x", "e,f,y", "g,h,y")
    assert "section" in columns(read("Term,Back,Tags", *rows)).places
    assert "tags" in columns(read("Term,Back,Tags", "a,b,x", "c,d,y")).places


def test_an_order_of_animals_and_foreign_numbers_are_no_positions_and_codes():
    found = columns(read("Term,Order,ID", "cat,Carnivora,17", "dog,Carnivora,18"))
    assert found.places == {"term": (0,), "purpose": (1,)}
    assert any("holds no codes" in note for note in found.notes)


def test_a_column_that_numbers_the_rows_is_passed_over():
    assert names(read("No,Element,Symbol", "1,Iron,Fe", "2,Tin,Sn")) == {"term": ["Element"], "purpose": ["Symbol"]}


def test_a_title_above_the_header_is_passed_over():
    found = read("My words", "", "Term,Meaning", "a,b")
    assert (found.header, [row.line for row in found.rows]) == (("Term", "Meaning"), [4])


@pytest.mark.parametrize("first", ["Paris,The capital of France.", "1 apple,fruit", "a,b"])
def test_a_first_row_that_reads_like_a_fact_is_one(first):
    found = read(first, "a,b", "c,d")
    assert (found.header, len(found.rows)) == ((), 3)
    assert columns(found).places == {"term": (0,), "purpose": (1,)}


def test_somebody_can_say_whether_there_is_a_header():
    assert read("Paris,France", "Rome,Italy", header=False).header == ()
    assert read("1,2", "Rome,Italy", header=True).header == ("1", "2")


def test_a_class_with_nothing_but_its_own_facts_is_the_term():
    found = columns(read("Class,Used for,Examples", "painkillers,to relieve pain,x", "diuretics,to remove fluid,y"))
    assert (found.places["term"], found.noun) == ((0,), "Class")
    assert "section" not in found.places
