"""
The sample answers of pretend participants: written as people do, and suitable for any question. No real names.

In English for languages without texts of their own.
"""

SENTENCES = {
    "nb": """
        Si fra før dere bestemmer, ikke etterpå
        Kom ut og møt oss der vi bor
        Kortere møter, og oftere
        Svar på det vi spør om
        Flere møteplasser for unge
        Skriv så folk forstår det
        En fast kontakt i kommunen
        Vis hva som ble gjort med innspillene
        Hør på dem som aldri kommer på møter
        Mer tillit
        Gi velforeningene noe å si
        Bedre buss om kvelden
        Folk må få vite hvorfor det ble nei
        Møt opp på skolen og spør elevene
        Ikke alt på nett, noen av oss vil snakke
        Trygg skolevei hele året
        Start med det små
        Del ut ansvaret, ikke bare oppgavene
        Et sted å treffes som er åpent for alle
        Spør på flere språk
        Tidligere saksliste
        Mindre skjema, mer prat
        La oss være med på å prioritere penger
        Følg opp det som ble sagt sist
        Prøv i liten skala først
        Nabolagsråd med ekte makt
        Barnefamilier kan ikke på møter klokka fem
        Bruk frivilligsentralen
        Jeg vet ikke helt, men noe må skje
        Mer kultur 🎶 og flere benker i sentrum
        Takk for at dere spør!
        Hva skjer med innspillene fra i fjor?
    """,
    "nn": """
        Sei frå før de bestemmer, ikkje etterpå
        Kom ut og møt oss der vi bur
        Kortare møte, og oftare
        Svar på det vi spør om
        Fleire møteplassar for unge
        Skriv så folk forstår det
        Ein fast kontakt i kommunen
        Vis kva som vart gjort med innspela
        Høyr på dei som aldri kjem på møte
        Meir tillit
        Gje grendelaga noko å seie
        Betre buss om kvelden
        Folk må få vite kvifor det vart nei
        Møt opp på skulen og spør elevane
        Ikkje alt på nett, nokre av oss vil snakke
        Trygg skuleveg heile året
        Start med det små
        Del ut ansvaret, ikkje berre oppgåvene
        Ein stad å treffast som er open for alle
        Spør på fleire språk
        Tidlegare saksliste
        Mindre skjema, meir prat
        Lat oss vere med og prioritere pengar
        Følg opp det som vart sagt sist
        Prøv i liten skala først
        Grendaråd med ekte makt
        Barnefamiliar kan ikkje på møte klokka fem
        Bruk frivilligsentralen
        Eg veit ikkje heilt, men noko må skje
        Meir kultur 🎶 og fleire benkar i sentrum
        Takk for at de spør!
        Kva skjer med innspela frå i fjor?
    """,
    "en": """
        Tell us before you decide, not after
        Come out and meet us where we live
        Shorter meetings, and more of them
        Answer what we ask
        More places for young people to meet
        Write so that people understand it
        One person to call at the council
        Show what became of our proposals
        Listen to those who never come to meetings
        More trust
        Give neighbourhood groups a say
        Better buses in the evening
        Tell people why the answer was no
        Go to the school and ask the pupils
        Not everything online, some of us want to talk
        Safe ways to school all year
        Begin with the small things
        Share responsibility, not only the work
        A place to meet that is open to all
        Ask in more languages
        Send the agenda earlier
        Fewer forms, more talk
        Let us help decide what the money goes to
        Follow up what was said last time
        Try it on a small scale first
        Local councils with real power
        Families can't come to a meeting at five
        Use the volunteers we have
        I am not sure, but something must happen
        More music 🎶 and more benches in town
        Thank you for asking!
        What became of last year's proposals?
    """,
}
WORDS = {
    "nb": """
        tillit åpenhet dialog samarbeid fellesskap ansvar nærhet respekt tid trygghet mot lytting framtid barn
        inkludering engasjement deltakelse forståelse tydelighet frivillighet buss demokrati håp natur kaffe
    """,
    "nn": """
        tillit openheit dialog samarbeid fellesskap ansvar nærleik respekt tid tryggleik mot lytting framtid barn
        inkludering engasjement deltaking forståing tydelegheit frivilligheit buss demokrati håp natur kaffi
    """,
    "en": """
        trust openness dialogue cooperation community responsibility closeness respect time safety courage listening
        future children inclusion engagement participation understanding clarity volunteering buses democracy hope
        nature coffee
    """,
}
# What people ask a panel.
QUESTIONS = {
    "nb": """
        Når får vi vite hva dere bestemmer?
        Hvem kan vi ringe når noe ikke virker?
        Hvorfor tar det så lang tid?
        Hva koster det, og hvem betaler?
        Blir skolen berørt?
        Hva skjer hvis det ikke blir flertall?
        Hvordan velger dere ut hvem som blir hørt?
        Kan vi få se tallene?
        Hva har dere lært av forrige runde?
        Gjelder dette også for oss ute i bygda?
        Hvor mange svarte på høringen?
        Hva er det første dere gjør i morgen?
    """,
    "nn": """
        Når får vi vite kva de avgjer?
        Kven kan vi ringje når noko ikkje verkar?
        Kvifor tek det så lang tid?
        Kva kostar det, og kven betaler?
        Vert skulen råka?
        Kva skjer om det ikkje vert fleirtal?
        Korleis vel de ut kven som vert høyrde?
        Kan vi få sjå tala?
        Kva har de lært av førre runde?
        Gjeld dette òg for oss ute i bygda?
        Kor mange svara på høyringa?
        Kva er det første de gjer i morgon?
    """,
    "en": """
        When will we hear what you decide?
        Whom can we call when something does not work?
        Why does it take so long?
        What does it cost, and who pays?
        Does it change anything for the school?
        What if there is no majority?
        How do you choose whom you listen to?
        May we see the figures?
        What did you learn from the last round?
        Does this also go for us in the villages?
        How many answered the hearing?
        What is the first thing you do tomorrow?
    """,
}
# What the facilitator should catch, one of each sort: rude words, a named person, somebody's contact details.
RUDE = {
    "nb": """
        Dette er bare dritt
        Spør ordfører Hansen, det er hans feil
        For et jævla sirkus
        Skriv til meg på kari@example.com
    """,
    "nn": """
        Dette er berre dritt
        Spør ordførar Hansen, det er hans feil
        For eit jævla sirkus
        Skriv til meg på kari@example.com
    """,
    "en": """
        This is just shit
        Ask mayor Hansen, it is all his fault
        What a fucking circus
        Write to me at kari@example.com
    """,
}


def lines(texts: dict[str, str], language: str) -> list[str]:
    return [line.strip() for line in texts.get(language, texts["en"]).strip().splitlines()]


def words(language: str) -> list[str]:
    """Words for a cloud, those to be used most often first."""
    return WORDS.get(language, WORDS["en"]).split()
