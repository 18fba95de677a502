"""Tables of different shapes, as people have them, by name."""

from random import Random

ELEMENTS = (
    "Hydrogen H,Helium He,Lithium Li,Carbon C,Nitrogen N,Oxygen O,Sodium Na,Iron Fe,Copper Cu,Silver Ag,Gold Au,Lead Pb"
)
TWO_COLUMNS = "Element,Symbol\n" + "\n".join(pair.replace(" ", ",") for pair in ELEMENTS.split(","))
SAME_DESCRIPTIONS = """term;definition;category
iron;is drawn by magnets;metals
nickel;is drawn by magnets;metals
copper;carries current through houses;metals
silver;carries current through houses;metals
lead;shields people from X-rays;metals
mercury;flows in old thermometers;metals
gold;stays bright for centuries;metals
gold;stays bright for centuries;metals
gold;is bought in bad times;metals
;has no name;metals
"""
SEVERAL_ANSWERS = """Class\tUsed for\tExamples\tAlso known as
painkillers\tto relieve pain\tibuprofen; paracetamol\tanalgesics
diuretics\tto remove surplus fluid\tfurosemide, torasemide\twater pills
antibiotics\tto kill bacteria\tpenicillin|doxycycline\t
antihistamines\tto calm an allergy\tcetirizine\t
antacids\tto neutralise stomach acid\t"magaldrate"\t
laxatives\tto speed up the bowel\tlactulose\t
"""
ARABIC = (
    "المصطلح,التعريف\nالقلب,يضخ الدم إلى الجسم كله\nالرئة,تمتص الأكسجين من الهواء\nالكبد,يحلل السموم ويخزن السكر\n"
    + ("الكلية,ترشح الفضلات إلى البول\nالمعدة,تهضم الطعام بالحمض\nالعين,تدرك الضوء والألوان\n")
)
HEBREW = "term|description\nלב|מזרים דם בגוף כולו\nריאה|קולטת חמצן מן האוויר\nכבד|מפרק רעלים ואוגר סוכר\n" + (
    "כליה|מסננת פסולת לתוך השתן\nקיבה|מעכלת מזון בעזרת חומצה\n"
)
CHINESE = "词语,意思\n心脏,把血液送到全身\n肺,吸收空气中的氧\n肝,分解体内的毒素\n肾,过滤废物产生尿\n胃,用酸消化食物\n"
ONE_CATEGORY = "Front,Back,Category\n" + "\n".join(
    f"{term},{purpose},Planets"
    for term, purpose in (
        ("Mercury", "is closest to the Sun"),
        ("Venus", "turns backwards under thick clouds"),
        ("Mars", "is red from rust"),
        ("Jupiter", "is the heaviest of all"),
        ("Saturn", "has the widest rings"),
        ("Neptune", "has the fastest winds"),
    )
)
HTML = """Word,Meaning,Tags
<b>osmosis</b>,"<p>water moves through a <i>membrane</i></p><script>alert(1)</script>",biology
<div>diffusion</div>,particles spread &amp; mix,biology
&lt;em&gt;,stresses a word,web
enzyme,"<ul><li>speeds up reactions</li><li>stays itself</li></ul>",biology
&eacute;tude,a piece to practise,music
<br>,nothing,web
mitosis,&nbsp;one cell becomes two&nbsp;,biology
ribosome,builds proteins from plans,biology
"""
LISTS = "Name,Group\n" + "\n".join(
    f"{name},{'Noble gases' if name.endswith('on') or name == 'helium' else 'Halogens'}"
    for name in "helium neon argon krypton xenon fluorine chlorine bromine iodine astatine".split()
)
SHAPES = {
    "two columns": TWO_COLUMNS,
    "same descriptions": SAME_DESCRIPTIONS,
    "several answers in a cell": SEVERAL_ANSWERS,
    "arabic": ARABIC,
    "hebrew": HEBREW,
    "chinese": CHINESE,
    "one category": ONE_CATEGORY,
    "html": HTML,
    "lists only": LISTS,
}


def thousands(rows: int) -> str:
    """A table of made-up words, twelve sections of them."""
    vowels, consonants = "aeiou", "bdfgklmnprstvz"
    syllables = [c + v for c in consonants for v in vowels]

    def word(seed: int) -> str:
        return "".join(syllables[seed * step % len(syllables)] for step in (1, 13, 29, 3 + seed % 31))

    lines = (
        f"{word(n)}{n},{word(7 * n + 1)} {word(11 * n + 2)} {word(n // 7)},group {word(n % 12)},{word(n)}x{n}"
        for n in range(1, rows + 1)
    )
    return "term,description,section,aliases\n" + "\n".join(lines)


def varied(rows: int, sections: int) -> str:
    """A table of made-up words that seldom have more than a syllable in common."""
    random = Random("varied")
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]

    def word(length: int) -> str:
        return "".join(random.choice(syllables) for _ in range(length))

    lines = (f"{word(4)},{word(3)} {word(3)} {word(3)} {word(3)},part {n % sections}" for n in range(rows))
    return "term,description,section\n" + "\n".join(lines)
