"""
Finds rude words, insults of people, and threats, in bokmål, nynorsk, dialect and English, also where letters are masked
(*f\\*\\*n*, *idi0t*), repeated or spaced.

What is an insult of people and something else otherwise (*gris*, *klovn*, *dum*) counts only where it is said of them.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

import regex

# Whole words.
RUDE = """
apekatt apekatter arsehole asshole assholes avskum bastard bastards bitch bitches bitchy bullshit crap cunt cunts
dickhead dickheads drit driten dritsekk dritsekken drittunger dritunge dumbass dumming dummingar dumminger dumrian
dumskalle dumskaller dust dusteforb dustemikkel dusten dustene duster dustete evneveik evneveike faan faen faenmeg
faens fan fanden fandens fehode fehue fjols fjolsa fjolsene fjolser forbaina forbanna forbannade forbannede forbannet
forbaska fordømte forræder forrædere fæen fæn goddamn grisehue heilvete helsike helsikes helvete helvetes helvette
hespetre hjernedød hjernedøde hjernetom hjernetomme homoer homse homser hora hore horene horer horete horunge hurpa
hurpe hurper hælvete hælvette idioti jackass jødesvin kjerring kjerringar kjerringene kjerringer kjærring
kommunistsvin kuk kuken kukhode kukhue kukhuer kukk kukken kukost kødd kødda kødden kødder køddete landsforræder
landssvikarar landssviker landssvikere landssvikerne latsabb latsabbar latsabber ludder luddere luddrer løgnhals
løgnhalser mongo mongoen mongoene mongoer mongoid moron morons møkkafolk møkkakjerring møkkaunge nazisvin neger negre
negrer pappskalle pappskaller parasitter pikk pikken pikkhue pikktryne piss politisvin prick pricks pule puler puling
rasistsvin rassgatt rasshol rasshull rasshøl rasstapp retard retarded retards rottefelle ræva rævhol rævhull rævhøl
rævhølet rævva satan satans scum shit shite shits shitty sjit skitkommune skitsekk skitunge slut slutty snyltarar
snylter snyltere stfu suppegjøk svartskalle svinepels svinepelser tispe tosk tosken toskene tosker
toskete tulling tullingen tullingene tullinger twat twats wanker wankers whore wtf åndssvak åndssvake åndssvakt
"""
# Words that begin so, and those that do and are something else.
_BEGINNINGS = """
drit jævel jævl jevla jevle jevlig jæval kuksug rævkjør hestkuk hæstkuk fitte knull runke fuck føkk fokk motherf idiot
pakkis svarting skitpr skitsn pisspr pisst forpul rasshøl drittsekk utlendingsp
"""
_NOT_RUDE = """
dritbra dritgod dritgodt dritgøy dritkul dritkult dritfin dritfint dritviktig idiotsikker idiotsikkert idiotsikre
idiotsikra drittvær fokker fokka fokkar fokk pisstil
"""
_not_rude = frozenset(_NOT_RUDE.split())
ENDINGS = ("jævel", "jævler", "jævlar", "jevel", "faen", "hælvete", "helvete", "drittsekk", "drittsekker", "kuken")

_ANIMALS = """
amatør amatører apar ape apene aper clown clowns gjøk gjøken gjøker gris grisar grisen griser hykler hyklere joke
kjerring klovn klovnar klovnen klovnene klovner liar liars loser losers løgnarar løgner løgnere møkk nek pakk pig pigs
rotte rotter sau sauer soper svin svina taparar taper tapere
"""
_DESCRIBED = """
 corrupt dum dumb dumme falske feig feige feit feite  incompetent inkompetent inkompetente korrupt
korrupte lat late lazy patetisk patetiske pathetic  stokkdum stokkdumme stupid  teit teite
  udugeleg udugelege udugelig udugelige  useless
"""
_OF_WHOM = (
    r"(?:politiker|politikar|ordfører|ordførar|byråkrat|saksbehandler|sakshandsamar|lærer|lærar|velger"
    r"|representant|innbygger)\p{L}*|rådhuset|kommunestyret|administrasjonen|de|dei|dere|dokker|dokke"
    r"|de alle|du|han|hun|hu|ho|naboen|naboene|folka|gjengen|rektor|they|you|he|she|politicians|the mayor|the council"
)
_FILLING = (
    r"(?:\s+(?:en|ein|ei|et|noen|nokre|noe|nån|nåkka|bare|berre|helt|heilt|så|for|jo|virkelig|skikkelig|fullstendig"
    r"|a|an|all|so|just|such|some|gjeng|gamle|griske|hele|bunch|of|med))*"
)
_insults, _animals = "|".join((_ANIMALS + _DESCRIBED).split()), "|".join(_ANIMALS.split())


@cache  # made by the first answer that needs it: all patterns of this file take a thirtieth of a start
def _said_of_people() -> regex.Pattern[str]:
    return regex.compile(
        rf"\b(?:{_OF_WHOM})\s+(?:er|e|var|are|is|were){_FILLING}\s+(?:{_insults})\b"
        rf"|\b(?:er|e)\s+(?:dere|du|de|dei|dokker){_FILLING}\s+(?:{_insults})\b"
        r"|\b(?:din|ditt|dine|dykkar|jævla|griske|feite|korrupte|dumme|late|gamle griske|bunch of|you|annet|anna)\s+"
        rf"(?:{_animals})\b"
        rf"|\b(?:{'|'.join(_DESCRIBED.split())})\s+(?:politiker|politikar|byråkrat|folk|saksbehandler|sakshandsamar"
        r"|kjerring|gubb|politician|bureaucrat|people|councillor|idiot)\p{L}*"
    )


_gates = frozenset((_ANIMALS + _DESCRIBED).split())


@cache
def _threat() -> regex.Pattern[str]:
    return regex.compile(
        r"\b(?:hold|hald) (?:kjeft|kjæft|snavla|munn)|\b(?:gå|dra|ga) (?:og|å|o) (?:heng|dø|døy|drukn|legg)"
        r"|\bheng (?:deg|dere|dem|dei|han|hele)\b"
        r"|\b(?:drepe?|skyte?|heng|banke|kverke?) (?:dem|de|dei|deg|dere|han|ho|henne|hun|alle|hele"
        r"|politik\p{L}*|ordfør\p{L}*)\b"
        r"|\b(?:bør|burde|skulle|skal) (?:bli |vært |vore |ha vært )?(?:skutt|drept|drepen|skoten|hengt|hengd|banka"
        r"|dengt)"
        r"|\bkyss meg|\bdrit og dra|\bdra dere|\bsug (?:den|meg|kuk)|\bdra til hel|\bbrenn i hel"
        r"|\bkill (?:yourself|you|them|him|her|all)|\bshut (?:the \p{L}+ )?up|\bgo to hell|\bwhat the hell|\bscrew you"
        r"|\bpiss off"
    )


_THREAT_WORDS = """
hold hald heng drep drepe banke skyt skyte kverk kverke skutt drept drepen skoten hengt hengd banka dengt kyss kill
shut hell screw piss drit dra sug brenn gå ga
"""
_threat_words = frozenset(_THREAT_WORDS.split())

_rude = frozenset(RUDE.split())
_beginnings = tuple(_BEGINNINGS.split())
_first_letters = frozenset(one[:2] for one in _beginnings)
_repeated = re.compile(r"([^\W\d_])\1\1+")
_sign = re.compile(r"[*#@$!013457]")
_word_or_masked = regex.compile(r"[\p{L}\d*#@$!]{3,40}")
_MOST_MASKED = 8  # words that are tried; nobody masks more in an answer
_spaced = re.compile(r"\b[^\W\d_](?:[.\- ][^\W\d_]){3,}\b")
_OFTEN_MASKED = ("jævla", "jævlig", "fucking")  # not among the whole words, which their beginnings cover
_DIGITS = str.maketrans("013457@$!", "oieastasi")
_proverb = "mot strøm"  # *kjerringa mot strømmen* is a tale, and a compliment


def finds(folded_text: str, words: AbstractSet[str]) -> bool:
    """Whether *folded_text* (casefolded), of which *words* are the words, is rude to people or in itself."""
    if any(map(_is_rude, words)) and not (_proverb in folded_text and "kjerring" in folded_text):
        return True
    if not words.isdisjoint(_threat_words) and _threat().search(folded_text):
        return True
    if not words.isdisjoint(_gates) and _said_of_people().search(folded_text):
        return True
    return any(map(_is_rude, _unmasked(folded_text)))


def _is_rude(word: str) -> bool:
    if word in _rude:
        return True
    if word[:2] in _first_letters and word.startswith(_beginnings):
        return word not in _not_rude
    return len(word) > 6 and word.endswith(ENDINGS)


def _unmasked(text: str) -> Sequence[str]:
    """What words may mean that have repeated letters, digits, signs or spaces in them."""
    found: list[str] = []
    if _repeated.search(text):
        found += _words(_repeated.sub(r"\1", text)) + _words(_repeated.sub(r"\1\1", text))
    if _spaced.search(text):
        found += ["".join(_words(one[0])) for one in _spaced.finditer(text)]
    if _sign.search(text):
        for masked in [one for one in _word_or_masked.findall(text) if _sign.search(one)][:_MOST_MASKED]:
            letters = sum(map(str.isalpha, masked))
            if letters and "*" not in masked and "#" not in masked:
                found.append(masked.rstrip("!").translate(_DIGITS))
            elif letters > 1 and masked[0].isalpha():  # not the ** of Markdown
                found += _all_like(masked)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _all_like(masked: str) -> list[str]:
    """The rude words that have the letters of *masked* where it has letters, and any where it has * or #."""
    pattern = re.compile("".join("." if one in "*#" else re.escape(one) for one in masked.strip("!")))
    return [one for one in (*_rude, *_beginnings, *_OFTEN_MASKED) if len(one) > 3 and pattern.fullmatch(one)]
