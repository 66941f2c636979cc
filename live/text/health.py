"""
Finds statements about somebody's health: a person, what is said of them, and an illness or the like, in this order.

*Mor har demens* is one; *flere plasser for folk med demens* is not, for people in general are no person.
"""

from collections.abc import Sequence

import regex

from live.text import person_names

CONDITIONS = """
abort addict addicted adhd aids alcoholic alkoholikar alkoholiker alkoholisert allergi allergisk als alzheimer
alzheimer's angst angstlidelse anoreksi anoreksia anxiety arthritis asperger aspergers asthma astma astmatiker autism
autisme autist autistic autistisk avrusing avrusning beins bipolar blind blodkreft blodpropp blodtrykk borreliose
brystkreft bulimi bup cancer celiaki cellegift cfs chemotherapy covid cp deaf demens demenssjuk demenssyk dement
dementia depresjon depresjonar depresjoner depressed depression deprimert deprimerte diabetes diabetic diagnose
diagnosen diagnoser dialyse disabled disease down's downs dps dysleksi dyslektikar dyslektiker dyslexia dødssjuk
dødssyk døv eksem epilepsi epilepsy epileptiker eteforstyrring fibromyalgi funksjonshemma funksjonshemmet
funksjonsnedsettelse fødselsdepresjon gikt giktbrudden gravid hiv hjarteinfarkt hjartesjuk hjernerystelse hjerneskade
hjerneslag hjernesvulst hjertefeil hjerteinfarkt hjerteoperert hjerteproblemer hjertesvikt hjertesyk hofteoperert
hudkreft hudsykdom høreapparat hørselshemma hørselshemmet høyrselshemma ill illness innlagd innlagt insulin kols kreft
kreftbehandling kreften kreftsjuk kreftsyk lam lammet leukemi livmorhalskreft lungebetennelse lungekreft lungesykdom
lårhalsbrudd medisinar medisiner metadon migrene miscarriage ms multippel muskelsykdom narkoman narkomane nyresvikt
operert overdose pacemaker panikkanfall panikkangst parkinson parkinson's parkinsons personlighetsforstyrrelse
pillemisbruk pleietrengende pregnant prolaps prostatakreft protese psoriasis psykose psykotisk ptsd rullestol rusa
rusar rusavhengig rusavhengige ruser ruset rusmisbrukar rusmisbruker rusproblem rusproblemer ryggoperert schizofren
schizofreni schizophrenia selvmord selvmordet selvmordsforsøk selvskading senil sick sinnslidende sjuk sjukdom sjuke
sjukemeld sjukmeld sjukmeldt sjukt sjølvmord sjølvmordet sjølvskading slitasjegikt spillavhengig spiseforstyrrelse
spontanabort spontanabortar spontanaborter stroke strålebehandling suicidal suicide svaksynt svulst syk sykdom
sykdommen syke sykemeldt sykmeldt sykt synshemmet tarmkreft tourettes tvangsinnlagt tvangslidelse ufør uføre
uføretrygd uføretrygda uføretrygdet utbrend utbrendt utbrent utviklingshemma utviklingshemmet wheelchair
"""
PEOPLE = """
barnebarn barnebarnet barnet besta bestefar bestemor boss broder brodern bror broren brother child dad datra datter
dattera datteren daughter dotter dottera eg far faren farfar farmor father guten gutten han he ho hu hun husband je
jeg jenta kameraten kjæresten kollega kollegaen kona kone lederen legen leiaren lærar læraren lærer læreren mamma
mannen mom mor mora moren morfar mormor mother mum nabo naboen naboens nabofruen nabokona neighbor neighbour nevø
niese onkel onkelen ordføraren ordføreren pappa rektor rektoren samboer samboeren sambuar sambuaren she sister sjefen
son sonen svigerfar svigerfaren svigerinne svigermor svigermora syster systera sønn sønnen søster søstera søsteren
tanta tante tanten teacher trener treneren ungen vaktmesteren venen vennen venninna venninnen wife æ æg
"""
VERBS = """
been ble blei brukar bruker died døde dør døydde døyr e er fekk fikk fått gets gikk got går had hadde har has hatt
have having is lid lider ligg ligger lå rusar ruser sit sitt sitter slit sliter suffered suffers takes tar tek tok
uses var vart vore vært was
"""
# Between the person and the condition these tell that it is not the person who has it.
OTHERS = """
ansvar arbeida arbeidar arbeider arbeidet bekymra bekymret de dei dem erfaring erfaringar folk for foredrag forsker
frivillig hjelpe hjelper jobba jobbar jobber jobbet kjenner kjent kunnskap kurs leder leiar lese lest menneske
mennesker møter om opptatt oppteken pasientar pasienter patients people personar personer pleier redd skriver snakka
snakke snakker styrke støtter support those tilbod tilbud treat trygg vant vil work worked working works ønsker
ønskjer
"""
# Words that are a condition only right after one of these.
_ONLY_AFTER = {
    "slag": frozenset(["fekk", "fikk", "fått", "hadde", "hatt", "et", "eit"]),
    "beins": frozenset(["til"]),
    "psykisk": frozenset(["sliter", "slit", "slite"]),
    "psykiatrisk": frozenset(["på", "tung"]),
    "psykolog": frozenset(["til", "hos"]),
    "psykologen": frozenset(["til", "hos"]),
    "psychologist": frozenset(["a", "the"]),
    "lam": frozenset(["er", "e", "blei", "ble", "vart", "halvt"]),
    "ill": frozenset(["is", "was", "seriously", "very", "mentally"]),
}
# *Blind for bygdene*, *syk av møter*: a figure of speech.
_FIGURES = {
    "blind": frozenset(["for"]), "døv": frozenset(["for"]), "deaf": frozenset(["to"]),
    "syk": frozenset(["av"]), "sjuk": frozenset(["av"]), "sick": frozenset(["of"]),
    "lam": frozenset(["og"]),
}  # fmt: skip
_conditions = frozenset(CONDITIONS.split()) | frozenset(_ONLY_AFTER)
_people, _verbs, _others = frozenset(PEOPLE.split()), frozenset(VERBS.split()), frozenset(OTHERS.split())
_own = frozenset(["min", "mi", "mine", "mitt", "vår", "vårt", "my", "our", "hennar", "hennes", "hans", "his", "her"])
_english_i = frozenset(["am", "had", "have", "was", "got", "suffer", "take", "use"])
_of_whom = frozenset(["til", "hos", "av"])
_drinks = regex.compile(
    r"\b(?:han|ho|hu|hun|naboen|mannen|faren|mora|sjefen|he|she)\b[^.!?\n]{0,20} (?:drikk|drikker|drinks) "
    r"(?:for m|altfor|for ofte|tett|too|seg)"
)
_sentence = regex.compile(r"[.!?;\n]+")
_word = regex.compile(r"\p{L}+(?:['’]\p{L}+)?")
_me = regex.compile(r"\bME\b")  # the illness; in small letters it is *we* or *with*
FARTHEST = 9  # words between a person and the condition
WORDS = _conditions | frozenset(["drikk", "drikker", "drinks"])


def finds(text: str) -> bool:
    """Whether *text* says of a person what illness, disability, medicine … they have."""
    folded_text = _me.sub("cfs", text).casefold()
    return _drinks.search(folded_text) is not None or any(
        _says(_word.findall(sentence)) for sentence in _sentence.split(folded_text)
    )


def _says(words: Sequence[str]) -> bool:
    return any(
        _is_condition(words, at) and (_is_said_of_one(words, at) or _is_somebodys(words, at))
        for at, word in enumerate(words)
        if word in _conditions
    )


def _is_condition(words: Sequence[str], at: int) -> bool:
    word, after = words[at], words[at + 1 : at + 2]
    if word in _ONLY_AFTER and not (at and words[at - 1] in _ONLY_AFTER[word]):
        return False
    return not (after and after[0] in _FIGURES.get(word, ()))


def _is_said_of_one(words: Sequence[str], at: int) -> bool:
    """Whether a person stands before the condition, with a verb, or *med* right before it, and nobody else between."""
    for place in range(at - 1, max(-1, at - FARTHEST - 1), -1):
        word = words[place]
        if word in _others:
            return False
        if _is_person(words, place):
            between = words[place + 1 : at]
            if words[at] in ("ruser", "rusar") or any(one in _verbs for one in between):
                return True
            if word not in ("jeg", "eg", "han", "hun") and any(one in ("med", "with") for one in between):
                return True
            if word in ("i'm", "i’m", "i've", "i’ve") or (word == "i" and between):
                return True
    return False


def _is_somebodys(words: Sequence[str], at: int) -> bool:
    """*Selvmordet til broren min*, *kreften hennes*, *min diagnose*."""
    after = words[at + 1 : at + 4]
    return bool(
        (after and after[0] in _of_whom and any(_is_person(words, at + 1 + n) for n in range(1, len(after))))
        or (after and after[0] in ("min", "mi", "hennes", "hennar"))
        or (at and words[at - 1] in ("min", "mi", "mitt", "my", "hennes", "hennar", "hans"))
    )


def _is_person(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word in _people or word in person_names.ONLY_NAMES or word in ("i'm", "i’m", "i've", "i’ve"):
        return True
    if word == "i":  # *in*, in Norwegian
        return words[at + 1 : at + 2] != [] and words[at + 1] in _english_i
    return word == "mann" and bool({*words[max(0, at - 1) : at], *words[at + 1 : at + 2]} & _own)
