"""
Pairs of words that people use about where they live: pairs that count as one word (SAME), and pairs that do not.

The first half of each list (before the `~`) was used to make the rules of `live.text.lemmas`. The second half was
written before that, kept aside, and tried once when the rules were finished: tests/text/test_lemmas.py has the result.
"""

# Inflections of one word, and the same word in the two written languages.
SAME = """
skole skolen · skole skoler · skolene skular · skole skule · skulen skolen · bil bilene · bilane bilene · buss
bussen busser bussar · møteplass møteplasser · møteplassar møteplassene · innbygger innbyggere · innbyggjar
innbygger innbyggerne innbyggjarane · kommune kommunen · kommuner kommunar · kommunane kommunene · ungdom ungdommer
ungdomar ungdommene · samarbeid samarbeidet · vei veier · veg vei · vegen veien · gangvei gangveg · sykkelvei
sykkelveier trygghet tryggheten · tryggleik trygghet · åpenhet openheit · fritidsklubb fritidsklubben · bok bøker ·
bibliotek biblioteket · bygd bygda · bygder bygdene · bygder bygdar · barn barna · barnehage barnehagen · barnehager
barnehagar idrettslag idrettslaget · forening foreninger · foreining forening · frivillig frivillige mulighet
muligheter · moglegheit mulighet · moglegheiter muligheter · utfordring utfordringer · utfordringar utfordringer
hytte hytter · hytter hyttene · politiker politikere · politikarar politikere · politikerne politikarane ·
medvirkning medverknad · natur naturen · framtid fremtid · framtida fremtiden · grendeutvalg grendeutvalget ·
grendeutval grendeutvalg · nærdemokrati nærdemokratiet · kollektivtransport kollektivtransporten · butikk butikken ·
butikker butikkar · kafé kafeen · språk språket · kirke kyrkje · kirken kyrkja · lærer lærere · lærar lærer ·
lærarane lærerne eldre eldres
~
tettsted tettstedet · tettsteder tettstader · tettstad tettsted · stemme stemmer · røyst røyster · lag laget ·
turløype turløyper · turløypene turløypa · lekeplass lekeplassen · leikeplass lekeplass · leikeplassar lekeplasser ·
gatelys gatelyset · flyktning flyktninger · flyktningar flyktninger · nabo naboer · naboar naboer · nabolag
nabolaget · dialog dialogen · beslutning beslutninger · avgjerd avgjerder · avgjerder avgjerdene · gard gård ·
garden gården · bonde bønder tog toget · ferje ferga · arbeidsplass arbeidsplasser · arbeidsplassar arbeidsplassene
· bolig boliger bustad bustader · hus husene · husa husene · fellesskap fellesskapet · kultur kulturen · kulturhus
kulturhuset idrettshall idrettshallen · svømmehall symjehall · park parken · parkar parker · høring høringer ·
høyring høring demokrati demokratiet · ordfører ordføreren · ordførar ordfører · rådmann rådmannen · stortingsmann
stortingsmenn legevakt legevakta · lege leger · legar leger · sykehjem sykehjemmet · sjukeheim sykehjem · helse
helsa · helsestasjon helsestasjonen · nettside nettsider · informasjon informasjonen · tilbud tilbudet · tilbod
tilbud · aktivitet aktiviteter · aktivitetar aktiviteter · kveld kvelder · kveldar kvelder · sjø sjøen · fjord
fjorden · fjell fjella fjellene fjella · snø snøen · brøyting brøytinga · parkering parkeringen · pendler pendlere ·
pendlar pendler ungdomsråd ungdomsrådet · eldreråd eldrerådet · velforening velforeninger · grendelag grendelaga ·
dugnad dugnader dugnadar dugnader · forslag forslaget · framlegg framlegga · selvstyre sjølvstyre · nærhet nærheten
· nærleik nærhet likeverd likeverdet · kjærlighet kjærleik · ensomhet einsemd · fattigdom fattigdommen
"""

# Different words, however alike they look.
DIFFERENT = """
skole skolebuss · skole ungdomsskole · skole skolevei · skule skulebuss · vei sykkelvei · veg vegg · vei veileder
møte møteplass · møte møtelokale · plass plast · kommune kommunisme · kommune kommunestyre · buss bussholdeplass bil
bilde · bil bilfri · barn barnehage · barn barnevern · barnehage barnehjem · bygd bygg · bygd by · by bygd by byrde
· bok bolig · bolig bosted · hus husky · hus rådhus · lag lage · lag lagune · idrett idrettslag · ungdom ungdomsråd
ung ungdom · eldre gammel · bedre god · mer mye · samarbeid arbeid · samarbeid samfunn · samfunn samfunnshus ·
arbeid arbeidsplass · plan planet · plan planter · natur naturvern · natur nasjon · kultur kulturskole · kultur
kulturhus fri fritid · fritid fritidsklubb · tid tilbud · tilbud tilgang · tillit tilskudd · tro trygd · trygg
trygghet trygghet trygd · åpen åpenhet · del deltakelse · deltakelse deling · lege legevakt · lege legge · ferie
ferje strand strøm · strøm strømpe · lys lyst · lys gatelys · ros rus · rus ris · vann vanne · hage hagl · hale hall
hall idrettshall · skog skygge · fjell fjellvett · tog torg · torg torv · råd rådmann · råd rådhus · valg vals
valgdeltakelse valg · språk språkkafé · kafé kaffe · kirke kirkegård · gate gatelys · lokal lokale · lokal
lokaldemokrati demokrati nærdemokrati · innbygger innflytter · innbygger bygge · nabo nabolag
~
politi politiker · politikk politi · politiker politikk · parti partner · gang gangvei · tur turløype · tur turist
tur turn · løype løpe · leke lekeplass · lærer lære · lærer lærling · elev elv · elv elvebredd · sjø sjokk fisk
fiske · båt båthavn · havn havne · hav havn · helse helsestasjon · helse hel · syk sykehjem · syk sykkel · sykkel
sykling · sykehus sykehjem · nett nettside · stemme stemning · stemmer stemninger høring høre · hytte hyttefolk ·
hytte hylle · mat matte · mat matbutikk · butikk boutique · torv torvtak · park parkering · parkering park · fot
fotball · ball fotball · ball ballett · bane banan · bane banenett · bru bruk bruk bruker · bro brosjyre · ferge
ferdig · frivillig frivillighet · frivillig fri · vilje frivillig · lik likeverd likestilling likeverd · verdi verd
· verden verdi · leder ledning · ledelse leder · ansvar ansvarlig · ansatt ansikt økonomi økologi · penger pensjon ·
pensjonist pensjon · skatt skattekort · kort kortreist · nær nærmiljø · miljø nærmiljø · fred fredag · lørdag
lørdagskafé · kveld kveldsbuss · vinter vindu · sommer sommerjobb · jobb jobbmarked ras rase · snø snøbrøyting · vær
være · vær verv · verv verve · makt mark · mark marked · mangfold mange · tall tale tale taletid · tett tettsted ·
sted sti · sti stige · grend grense · krets krig · kort kart · utvalg utvikling utvikling vikling · høyde høring
"""


def pairs(listed: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs of the first half, and those of the second."""
    first, second = (half.replace("·", " ").split() for half in listed.split("~"))
    return [(one, other) for one, other in zip(first[::2], first[1::2], strict=True)], [
        (one, other) for one, other in zip(second[::2], second[1::2], strict=True)
    ]
