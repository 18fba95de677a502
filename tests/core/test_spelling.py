import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.core.spelling import Accents, compare_accents, folded, plain_name, without_accents, without_points
from quizzes.core.text import normalise

BRITISH_AND_AMERICAN = """
    tumour/tumor odour/odor behaviour/behavior colourless/colorless favourite/favorite anaemia/anemia caesium/cesium
    haemorrhage/hemorrhage orthopaedic/orthopedic leukaemia/leukemia faeces/feces oedema/edema oesophagus/esophagus
    lymphoedema/lymphedema diarrhoea/diarrhea dyspnoea/dyspnea amoeba/ameba foetus/fetus coeliac/celiac
    homoeopathy/homeopathy manoeuvre/maneuver organisation/organization oxidised/oxidized paralyse/paralyze
    centre/center kilometre/kilometer fibre/fiber theatre/theater goitre/goiter catalogue/catalog analogue/analog
    labelled/labeled travelling/traveling defence/defense licence/license pretence/pretense sulphate/sulfate
    leucocyte/leukocyte aluminium/aluminum grey/gray programme/program practice/practise artefact/artifact
    enrolment/enrollment fulfil/fulfill skilful/skillful judgement/judgment ageing/aging sceptic/skeptic mould/mold
    plough/plow draught/draft disk/disc
""".split()


@pytest.mark.parametrize("pair", BRITISH_AND_AMERICAN)
def test_british_and_american_spelling_are_one(pair):
    british, american = pair.split("/")
    assert folded(british) == folded(american)


@pytest.mark.parametrize(
    "pair",
    """hour/hor four/for source/sorce journey/jorney poet/pet shoe/she toe/te Israel/Isrel Michael/Michel prize/prise
    seize/seise filling/filing timbre/timber acre/acer leucine/leukine rogue/rog science/sciense""".split(),
)
def test_words_of_another_meaning_or_none_stay_apart(pair):
    first, second = pair.casefold().split("/")
    assert folded(first) != folded(second)


@given(st.text(max_size=15).map(normalise))
def test_folding_keeps_a_word_a_word(word):
    assert bool(folded(word)) == bool(word)


def test_numerals_and_greek_letters_have_plain_names():
    assert [plain_name(word) for word in ("viii", "two", "third", "β", "x", "mix")] == [
        "8",
        "2",
        "3rd",
        "beta",
        "x",
        "mix",
    ]


@pytest.mark.parametrize(
    ("answer", "text", "accents"),
    [
        ("élève", "élève", Accents.SAME),
        ("eleve", "élève", Accents.LEFT_OUT),
        ("éleve", "élève", Accents.LEFT_OUT),
        ("elévé", "élève", Accents.WRONG),
        ("naïve", "naive", Accents.WRONG),
        ("lodz", "łódź", Accents.LEFT_OUT),
        ("елка", "ёлка", Accents.LEFT_OUT),
        ("иод", "йод", Accents.WRONG),
        ("كتب", "كَتَبَ", Accents.SAME),
        ("كَتَبَ", "كتب", Accents.SAME),
        ("كُتُبَ", "كَتَبَ", Accents.WRONG),
        ("احمد", "أحمد", Accents.LEFT_OUT),
        ("カス", "ガス", Accents.WRONG),
        ("eleven", "élève", Accents.WRONG),
    ],
)
def test_accents_may_be_left_out_but_not_be_wrong(answer, text, accents):
    assert compare_accents(answer, text) is accents


@given(st.text("aeßéèñøłčёйأبَحשָׁוκόガहि", max_size=15))
def test_leaving_out_all_accents_is_never_wrong(text):
    assert compare_accents(without_accents(text), text) is not Accents.WRONG
    assert without_points(without_accents(text)) == without_accents(text)
