"""Questions for a section nobody tuned, in languages written in Latin letters; ten lines for each language.

In this order: the description of a term, the term of a description, the term of a condition, an example of a term,
the term of an example, an example by a description, what belongs to the section, what does NOT; then, where the column
of the descriptions has a name of its own ({header}), what stands there for a term, and what has it.

No line inflects what it is filled with or agrees with it in gender or number, so that any phrase can stand in it.
"""

LATIN = {
    "en": """
        Which description fits {term}?
        Which {noun} fits this description: {purpose}?
        Which {noun} is meant for this case: {condition}?
        What is an example of {term}?
        Which {noun} has {example} as an example?
        Which example belongs to the {noun} with this description: {purpose}?
        Which of these is one of the {noun_plural}?
        Which of these is NOT one of the {noun_plural}?
        What is the {header} of {term}?
        Which {noun} has the {header} {purpose}?
    """,
    "de": """
        Welche Beschreibung passt zu {term}?
        Was passt zu dieser Beschreibung: {purpose}?
        Was ist für diesen Fall gedacht: {condition}?
        Was ist ein Beispiel für {term}?
        Wofür ist {example} ein Beispiel?
        Welches Beispiel gehört zu dieser Beschreibung: {purpose}?
        Was davon gehört zu „{noun_plural}“?
        Was davon gehört NICHT zu „{noun_plural}“?
        Welche Angabe „{header}“ gehört zu {term}?
        Wozu gehört die Angabe „{header}: {purpose}“?
    """,
    "fr": """
        Quelle description correspond à {term} ?
        Qu’est-ce qui correspond à cette description : {purpose} ?
        Qu’est-ce qui est prévu pour ce cas : {condition} ?
        Quel exemple peut-on donner pour {term} ?
        Pour quoi {example} peut-il servir d’exemple ?
        Quel exemple correspond à cette description : {purpose} ?
        Parmi ces choix, lequel figure sous « {noun_plural} » ?
        Parmi ces choix, lequel ne figure PAS sous « {noun_plural} » ?
        Quelle mention « {header} » correspond à {term} ?
        À quoi correspond la mention « {header} : {purpose} » ?
    """,
    "es": """
        ¿Qué descripción corresponde a {term}?
        ¿Qué corresponde a esta descripción: {purpose}?
        ¿Qué está indicado para este caso: {condition}?
        ¿Qué ejemplo se puede dar de {term}?
        ¿De qué se puede dar {example} como ejemplo?
        ¿Qué ejemplo corresponde a esta descripción: {purpose}?
        ¿Cuál de estas opciones figura en «{noun_plural}»?
        ¿Cuál de estas opciones NO figura en «{noun_plural}»?
        ¿Qué dato «{header}» corresponde a {term}?
        ¿A qué corresponde el dato «{header}: {purpose}»?
    """,
    "it": """
        Quale descrizione corrisponde a {term}?
        Che cosa corrisponde a questa descrizione: {purpose}?
        Che cosa è indicato per questo caso: {condition}?
        Quale esempio si può dare per {term}?
        Per che cosa si può dare {example} come esempio?
        Quale esempio corrisponde a questa descrizione: {purpose}?
        Quale di queste opzioni rientra in «{noun_plural}»?
        Quale di queste opzioni NON rientra in «{noun_plural}»?
        Quale dato «{header}» corrisponde a {term}?
        A che cosa corrisponde il dato «{header}: {purpose}»?
    """,
    "pt": """
        Que descrição corresponde a {term}?
        O que corresponde a esta descrição: {purpose}?
        O que é indicado para este caso: {condition}?
        Que exemplo se pode dar de {term}?
        De que se pode dar {example} como exemplo?
        Que exemplo corresponde a esta descrição: {purpose}?
        Qual destas opções consta em «{noun_plural}»?
        Qual destas opções NÃO consta em «{noun_plural}»?
        Que dado «{header}» corresponde a {term}?
        A que corresponde o dado «{header}: {purpose}»?
    """,
    "nl": """
        Welke beschrijving past bij {term}?
        Wat past bij deze beschrijving: {purpose}?
        Wat is bedoeld voor dit geval: {condition}?
        Wat is een voorbeeld van {term}?
        Waarvan is {example} een voorbeeld?
        Welk voorbeeld hoort bij deze beschrijving: {purpose}?
        Wat hiervan hoort bij ‘{noun_plural}’?
        Wat hiervan hoort NIET bij ‘{noun_plural}’?
        Welk gegeven ‘{header}’ hoort bij {term}?
        Waarbij hoort het gegeven ‘{header}: {purpose}’?
    """,
    "ca": """
        Quina descripció correspon a {term}?
        Què correspon a aquesta descripció: {purpose}?
        Què està indicat per a aquest cas: {condition}?
        Quin exemple es pot donar per a {term}?
        Per a què es pot donar {example} com a exemple?
        Quin exemple correspon a aquesta descripció: {purpose}?
        Quina d’aquestes opcions figura a «{noun_plural}»?
        Quina d’aquestes opcions NO figura a «{noun_plural}»?
        Quina dada «{header}» correspon a {term}?
        A què correspon la dada «{header}: {purpose}»?
    """,
    "sv": """
        Vilken beskrivning passar in på {term}?
        Vad passar in på den här beskrivningen: {purpose}?
        Vad är avsett för det här fallet: {condition}?
        Vad är ett exempel på {term}?
        Vad är {example} ett exempel på?
        Vilket exempel hör till den här beskrivningen: {purpose}?
        Vad av detta hör till ”{noun_plural}”?
        Vad av detta hör INTE till ”{noun_plural}”?
        Vilken uppgift ”{header}” hör till {term}?
        Vad hör uppgiften ”{header}: {purpose}” till?
    """,
    "da": """
        Hvilken beskrivelse passer på {term}?
        Hvad passer på denne beskrivelse: {purpose}?
        Hvad er beregnet til dette tilfælde: {condition}?
        Hvad er et eksempel på {term}?
        Hvad er {example} et eksempel på?
        Hvilket eksempel hører til denne beskrivelse: {purpose}?
        Hvad af dette hører til »{noun_plural}«?
        Hvad af dette hører IKKE til »{noun_plural}«?
        Hvilken oplysning »{header}« hører til {term}?
        Hvad hører oplysningen »{header}: {purpose}« til?
    """,
    "nb": """
        Hvilken beskrivelse passer på {term}?
        Hva passer til denne beskrivelsen: {purpose}?
        Hva er beregnet på dette tilfellet: {condition}?
        Hva er et eksempel på {term}?
        Hva er {example} et eksempel på?
        Hvilket eksempel hører til denne beskrivelsen: {purpose}?
        Hva av dette hører til «{noun_plural}»?
        Hva av dette hører IKKE til «{noun_plural}»?
        Hvilken opplysning «{header}» hører til {term}?
        Hva hører opplysningen «{header}: {purpose}» til?
    """,
    "pl": """
        Który opis pasuje do „{term}”?
        Co pasuje do tego opisu: {purpose}?
        Co jest przeznaczone na taki przypadek: {condition}?
        Co może być przykładem do hasła „{term}”?
        Do jakiego hasła przykładem jest {example}?
        Jaki przykład należy do tego opisu: {purpose}?
        Co z tego należy do grupy „{noun_plural}”?
        Co z tego NIE należy do grupy „{noun_plural}”?
        Jaki wpis „{header}” pasuje do hasła „{term}”?
        Do czego pasuje wpis „{header}: {purpose}”?
    """,
    "cs": """
        Který popis patří k heslu „{term}“?
        Co odpovídá tomuto popisu: {purpose}?
        Co je určeno pro tento případ: {condition}?
        Co může být příkladem k heslu „{term}“?
        Ke kterému heslu je příkladem {example}?
        Který příklad patří k tomuto popisu: {purpose}?
        Co z toho patří do skupiny „{noun_plural}“?
        Co z toho do skupiny „{noun_plural}“ NEPATŘÍ?
        Který údaj „{header}“ patří k heslu „{term}“?
        K čemu patří údaj „{header}: {purpose}“?
    """,
    "tr": """
        Hangi tanım şu terime uyar: {term}?
        Bu tanıma ne uyar: {purpose}?
        Şu durum için ne uygundur: {condition}?
        Şu terime hangi örnek verilebilir: {term}?
        Şu örnek neyin örneğidir: {example}?
        Bu tanıma hangi örnek uyar: {purpose}?
        Şu grupta bunlardan hangisi yer alır: {noun_plural}?
        Şu grupta bunlardan hangisi yer ALMAZ: {noun_plural}?
        Şu terimin “{header}” bilgisi nedir: {term}?
        Şu bilgi neye aittir: {header} – {purpose}?
    """,
    "id": """
        Keterangan mana yang cocok dengan {term}?
        Apa yang cocok dengan keterangan ini: {purpose}?
        Apa yang ditujukan untuk keadaan ini: {condition}?
        Apa contoh yang tepat untuk {term}?
        Dari apakah {example} merupakan contoh?
        Contoh mana yang cocok dengan keterangan ini: {purpose}?
        Manakah di antara pilihan ini yang termasuk “{noun_plural}”?
        Manakah di antara pilihan ini yang BUKAN termasuk “{noun_plural}”?
        Apa isi “{header}” untuk {term}?
        Apa yang memiliki keterangan “{header}: {purpose}”?
    """,
}
