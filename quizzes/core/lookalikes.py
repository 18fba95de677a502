"""Words that look like each other's misspellings and mean something else. The lists are the published rule.

What lies more than two letters apart (post- and pre-, -plasty and -tomy) is no misspelling anyway and needs no entry.
"""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quizzes.core.spelling import folded

PREFIXES = tuple(
    tuple(line.split())
    for line in """
    hypo hyper
    intra inter intro infra ultra extra
    pre pro
    peri para
    an ante anti
    ab ad
    as des
    af ef
    im ex
    in ex de
    macro micro
    di bi tri
    pent hex hept dec
    endo exo ecto epi meso
    ana cata
    iso aniso
    hemi semi
    super supra
    mat pat
    beta zeta eta theta meta
    hydro hydroxy
    ureter urethr
    ile ili
    """.strip().splitlines()
)
"""Beginnings of words that exchange one meaning for another."""

SUFFIXES = tuple(
    tuple(line.split())
    for line in """
    otomy ectomy ostomy oscopy
    itis osis iasis
    ane ene yne ine ide ate ite one ose ase
    one olone
    anol anal anone ane ene
    blast clast
    graph gram
    ology onomy
    phagia phasia plasia
    emia uria
    ism ist
    er ee
    or ee
    """.strip().splitlines()
)
"""Endings of words that exchange one meaning for another."""

NEGATIONS = ("a", "an", "un", "in", "im", "il", "ir", "dis", "non", "de", "re")
"""Beginnings that turn a word's meaning merely by being there."""

CLOSED_SETS = tuple(
    frozenset(words.split())
    for words in """
    north south east west; northern southern eastern western; major minor; male female; maternal paternal;
    internal external; interior exterior inferior superior anterior posterior; medial median mesial lateral;
    january february march april may june july august september october november december;
    monday tuesday wednesday thursday friday saturday sunday;
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth;
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi
    psi omega
    """.split(";")
)
"""Words of which one never stands for another, however alike they look."""

CONFUSED = frozenset(
    frozenset(folded(word) for word in pair.split("/"))
    for pair in """
    mucus/mucous perineal/peroneal perineum/peritoneum palpation/palpitation carpal/carpel callus/callous
    prostate/prostrate vesical/vesicle humerus/humorous meiosis/mitosis keratosis/ketosis genus/genius
    adenine/adenosine cytosine/cytidine guanine/guanidine thymine/thiamine folic/folinic
    nifedipine/nimodipine cycloserine/cyclosporine quinine/quinidine
    isotope/isotone isotope/isotopy fission/fusion stalactite/stalagmite refraction/reflection
    convection/convention conduction/convection
    principal/principle stationary/stationery complement/compliment complementary/complimentary discrete/discreet
    allusion/illusion casual/causal martial/marital trial/trail angel/angle diary/dairy desert/dessert quiet/quite
    moral/morale human/humane personal/personnel perpetrate/perpetuate ingenious/ingenuous ordinance/ordnance
    council/counsel statue/statute tortuous/torturous venal/venial adapt/adopt access/excess breath/breathe
    historic/historical economic/economical
    austria/australia slovakia/slovenia niger/nigeria dominica/dominican
    """.split()
)
"""Notorious pairs that no affix explains."""

_LONG_PIECE = 4
_LEFT_AFTER_NEGATION = 4


def differ_in_meaning(text: str, answer: str) -> bool:
    """Whether two different words (folded) differ by more than spelling.

    They do if both belong to a closed set, if they are a known pair, or if exchanging an affix of the one for its rival
    brings it nearer to the other. An affix of four letters or more counts inside a word too (pseudohypoparathyroidism).
    """
    if any(text in words and answer in words for words in CLOSED_SETS) or frozenset((text, answer)) in CONFUSED:
        return True
    distance = OSA.distance(text, answer)
    return any(
        OSA.distance(changed, word) < distance
        for source, word in ((text, answer), (answer, text))
        for changed in _exchanged(source)
    )


def _exchanged(word: str) -> Iterator[str]:
    for group in PREFIXES:
        for ours in group:
            if word.startswith(ours) or (len(ours) >= _LONG_PIECE and ours in word):
                yield from (word.replace(ours, other, 1) for other in group if other != ours)
    for group in SUFFIXES:
        for ours in group:
            if word.endswith(ours):
                yield from (word.removesuffix(ours) + other for other in group if other != ours)
    for piece in NEGATIONS:
        yield piece + word
        if word.startswith(piece) and len(word) - len(piece) >= _LEFT_AFTER_NEGATION:
            yield word.removeprefix(piece)
