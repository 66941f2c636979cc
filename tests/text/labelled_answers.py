"""
Sixty answers labelled with a theme by hand, to measure suggestions of themes against (`live.text.similarity`).

As people in Norway may write them, in bokmål and nynorsk.
"""

BY_HAND = {
    "Møteplasser": """
Flere møteplasser for ungdom
Vi mangler en møteplass i sentrum
Bruk biblioteket som møteplass om kvelden
Møteplassar på tvers av generasjonar
En kafé der folk kan møtes uten å kjøpe noe
Grendahuset må kunne leies gratis til møter
Åpne skolen om kvelden så bygda har et sted å samles
Ein stad å treffast for dei som ikkje driv med idrett
""",
    "Svar på innspill": """
Svar på hva som skjedde med innspillene våre
Vi må få tilbakemelding på det vi har sagt
Tilbakemelding innen tre måneder
Fortel oss kva som skjedde med innspela
Gi et ordentlig svar, også når det er nei
Vis hvilke innspill som ble fulgt opp, og hvilke som ikke ble det
Det verste er å aldri høre noe mer
""",
    "Tidlig med": """
Tidlig involvering, før planene er ferdige
Spør oss før planen er laget, ikke etterpå
Involver bygdene tidleg i planarbeidet
Ta oss med fra starten
Ikke kom med ferdige planer på høring
Reell medvirkning tidlig i prosessen
Medverknad før vedtaket er gjort
""",
    "Kontaktperson": """
En fast kontaktperson i kommunen for hvert tettsted
Fast kontaktperson som svarer på telefon
Éin person å ringe til, ikkje ti
Vi vet ikke hvem vi skal kontakte
Kommunen bør ha en nærdemokratikontakt i hvert tettsted
Ein fast kontakt i administrasjonen
""",
    "Ungdom": """
Ungdom må bli hørt
Ungdomsrådet bør få være med på møtene
Spør elevene på ungdomsskolen
Høyr på ungdommen i bygdene
La ungdommene bestemme over egne penger
Møt de unge der de er, på nett
""",
    "Penger": """
Innbyggerbudsjett i hvert tettsted
Egne midler til nærdemokratiutvalgene
Litt penger å rå over selv
Små summer til lokale tiltak, uten lange søknader
Eit eige budsjett for kvar grend
Nærmiljøtilskudd som kan søkes om hele året
""",
    "Skolevei og trafikk": """
Trygg skolevei
Trygg skuleveg for dei minste
Lys på gangveien ved skolen
Gang- og sykkelvei langs fylkesveien
Lavere fart forbi skolen
Fortau heile vegen til skulen
""",
    "Buss": """
Bedre busstilbud på kveldstid
Buss til sentrum også i helgene
Bussen må korrespondere med ferja
Fleire bussavgangar
Ungdom kommer seg ikke hjem fra trening uten buss
""",
    "Frivillige": """
Mindre byråkrati for frivillige lag
Samarbeid med velforeninger og idrettslag
Enklere søknader for frivillige
Frivilligheten må få mindre papirarbeid
Lag og foreiningar er limet i bygda
""",
    "Møteform": """
Folkemøter der folk snakker sammen, ikke bare lytter
Hald folkemøte på ettermiddagen, ikkje når ungane skal leggje seg
Flere korte møter i stedet for ett langt folkemøte
Politikerne må komme ut til bygdene
""",
}
ANSWERS = [(theme, text) for theme, lines in BY_HAND.items() for text in lines.strip().splitlines()]
assert len(ANSWERS) == 60
