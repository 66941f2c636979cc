"""
Topics of local democracy, by the words that people use of them in bokmål, nynorsk and English: a bus and a ferry have
no letters in common, and yet people who write of them write of one thing.

Written from general knowledge of what municipalities do and what people say in meetings.
"""

from functools import lru_cache

# A word begins with an entry, or one of its parts does where the entry has _FREE letters and no ^ before it (*eldre* is
# not in *foreldre*). An entry with a full stop is the whole word. A word may stand for several topics.
TOPICS = """
bus: buss bus. buses rutetid rutetilbud ruteplan rutebil avgang kollektiv skyss tog. toget togstasjon train trikk
    ferj ferge hurtigbåt båtrute flexx bestillingstransport transit korrespond holdeplass taxi drosje pendl departure
    timetable ferry tram bane. banen ruta. rutene ruter. månedskort
school-road: skolevei skoleveg skuleveg skulevei gangvei gangveg fortau sidewalk pavement fotgjenger gangfelt
    fartsdump fartsgrense fartsdempe trafikk traffic speed. speeding crosswalk crossing overgang sykkel sykle bike.
    bikes bicycle cycl refleks påkjør kryss. krysset undergang skoleskyss rundkjøring fartsmål lastebil trailer
    tungtrafikk walking. bilane bilene cars. køyr kjøre. kjører råkjør villmannskjør fort. farten fart.
road: veivedlikehold vegvedlikehald vedlikehold vedlikehald hull. hulla hullene hol. hola asfalt grus. grusvei grusveg
    brøyt strø. strøing strøs snørydd måke. måking måka snø. snøen issvull islagt glatt. glatte plow snow. pothole
    road. roads fylkesvei fylkesveg riksvei riksveg teleh dekke. veistandard vegstandard bru. brua tunnel rassikr ras.
    salting icy.
light: gatelys gatelykt veilys veglys lys. lyset lysa lyspunkt belys lykt lamp. lamper streetlight light. lights
    lighting mørk dark. darkness opplyst utrygg
parking: parker parking bilplass
school: skole skule skular school lærer lærar teacher elev. eleva elever pupil klasserom klasse. klassen undervisning
    grendeskol grendaskul ungdomsskol ungdomsskul leksehjelp lekser rektor sfo. mobb læring bullying
kindergarten: barnehag kindergarten daycare nursery pedagog småbarn dagmamma
youth: ungdom unge. unga ung. youth young. youngster teenager tenåring elevråd russ. konfirmant fritidsklubb
    juniorklubb teens
children: barn. barna barnet born. borna unger. ungan ungene ongan kids. kid. child småtroll lekeplass leikeplass lek.
    leke. leik. leika huske husk. sklie sandkass klatrestativ playground ballbinge swing toddler
elderly: ^eldre eldste eldres senior pensjonist elderly old. gamle. gammel gamal besteforeld bestemor bestefar
    eldreråd pensioner sjukeheim sykehjem alders omsorgsbolig omsorgsbustad aldring dagsenter gamleheim
health: lege. legen legar legevakt lækjar fastlege doctor sykehus sjukehus hospital helse. helsa helsesykepl helsesjuk
    helsestasjon helsetilbud health psykisk psykolog hjemmesykepl heimesjuke jordmor fødeavdel føde. fødestu ambulans
    tannlege hjemmetjenest heimeteneste midwife sykepleier sjukepleiar omsorg gp. nurse
meeting-place: møteplass møtestad møtested treffst treffpunkt treffast treffes samlingsst samlingspunkt samlast
    samles. samle. møtes. møtast grendahus grendehus samfunnshus bygdehus forsamlingshus nærmiljøsenter kafe cafe
    coffee kaffi kaffe stamsted pub. puben torget. torg. uteplass benk bench meet. hangout sitteplass bord. grillplass
    gapahuk allhus bydelshus aktivitetshus pensjonisttreff lokale. lokaler lokala sosialt. prat. prate. skravle
library: bibliotek library librari bok. bøker book. books boklån bokbuss lesesal meråpen meirope
culture: kultur culture konsert concert kino cinema teater theater theatre musikk music korps kor. koret museum
    festival kunst. kunsten art. bygdedag kunstner galleri scene. dans. øving øve. band.
sport: idrett idrott ^sport fotball football soccer handball håndball hall. hallen gym. kunstgress trening trene.
    svømm symj basseng pool. swimming skøyte lysløype skiløype løype langrenn anlegg skatepark skateboard badeland
    stadion turn. padel klubb. klubben
feedback: tilbakemeld svar. svare svara svart. besvar feedback reply replies respond response answer. answers etterpå
    hørt. høyrt høyrde følg oppfølg skjer. skjedd hend. hende. followed happened outcome taus stille. ignor tilbake.
    kvittering skuff. skuffen papirkurv svarfrist heard. høre. høyre. hører. høyrer resultat bruke.
listening: lytt listen ører øyre øre. overkjør overhør bryr alvor. skinnprosess skinndemokrati pynt. galleri.
    seriously token skinn. liksom. liksomdemokrati pretend ignored tulleprosess narrespel
early: tidlig tidleg early earlier start. starten begynn byrj førehand forkant ferdig planfas idefas decided bestemt.
    avgjort. allerede allereie already beforehand advance involve vedtak. vedtaket vedtatt vedteke before. oppstart
    første. fyrste
participation: medvirk medverk innbyggermedv involvering engagement participat deltak delta. delteke påvirk påverk
    influence innflyt innverknad bidra borgerpanel borgarpanel innbyggerpanel innbyggjarpanel folkepanel assembly
    loddtrek loddtrukk lottery høring høyring consult
panel: borgerpanel borgarpanel innbyggerpanel innbyggjarpanel folkepanel borgerråd panel. panelet assembly loddtrek
    loddtrukk lottery sortition tilfeldig random trekk. trekke. trekning representativt
hearing: høring høyring hearing consult uttale. uttalelse fråsegn frist. fristen frister fristar deadline sommerferie
    fellesferie
referendum: folkeavstem folkerøyst referendum avrøysting avstem røyst. røyste vote. voting votes stemme. stemmer.
    votering innbyggerforslag innbyggarforslag initiativ underskrift signatur petition
election: valg. valget val. valet valgdeltak valdelt valglokal vallokal election stemmerett røysterett stemmelok
    stemme. valgkamp valkamp turnout forhåndsstem velger veljar ballot polling valdag valgdag partiprogram
committee: lokalutval grendeutvalg grendautval nærutval nærdemokratiutv bydelsutval kommunedelsutvalg bygdeutvalg
    bygderåd grenderåd bygdelag velforening velforeining vellag vel. velet utvalg. utval. utvalet utvalget mandat
    grannelag grendelag nabolagsutv
power: makt. makta myndighet mynde avgjør avgjer bestemm bestem. decide. decision power. beslutn beslutt delegere
    innstilling myndigheit styre. råderett medbestem rådgjevande rådgivende sjølvstyre selvstyre
money: penger. penga pengene money budsjett budget midler. midla kroner. kr. tilskudd tilskot støtte. søkna søke.
    søkje grant. grants funding funds økonomi pott. potten innbyggerbudsj innbyggjarbudsj stimuleringsmid nærmiljømid
    finansier kassa. sum. summer summar løyve. løyving bevilg kostnad cost. costs spare. spar. kutt. kutta kutte
    nedskjær
participatory-budget: innbyggerbudsj innbyggjarbudsj deltakerbudsj participatory bydelsmid nærmiljømid nærmiljøtil
    grendemid bygdemid tettstedsmid
tax: skatt tax. taxes eiendomsskatt eigedomsskatt avgift gebyr fee. fees kommunalavgift betaler betale. betalar pay.
    paying dyrt. dyr. dyre expensive
contact: kontaktperson kontakt. kontakta kontakte contact. contacts ringe. ring. ringer ringje telefon phone.
    servicetorg servicekontor servicesent innbyggertorg innbyggartorg sentralbord tastevalg saksbehandler
    sakshandsamar caseworker ansikt face. kasteball svingdør henvend hotline kundesenter åpningstid opningstid
    rådhuset.
plain-language: klarspråk klarspraak klart. forstå skjøn begriplig språk. språket plain. understand jargon
    byråkratspråk kansellisp stammespråk fremmedord framandord lettlest lettlese readable words. fagspråk fagord
    sakspapir saksdokument ord. orda brev. breva letters letter. kronglete tungt. uforståelig uforståeleg language
    menneskesp norsk.
transparency: åpenhet openheit openhet transparen åpen. åpent. åpne. open. opne. ope. innsyn postliste offentlig
    offentleg lukket lukka bakrom hemmeleg hemmelig secret closed kameraderi habil inhabil hidden skjul gøym insyn
    kompisar kompiser nepotism
impartiality: habil inhabil kameraderi korrup nepotis vennetj vennetenest bindinger kompis klientel interest. kamerat
    smøring eigeninteresse egeninteresse
information: informasjon informer information inform. informed opplys nyhet nyheit newsletter varsl varsel. sms.
    beskjed nettside heimeside hjemmeside webpage website facebook fb. some. app. appen oppslag lokalavis avis. avisa
    kunngjør notice poster plakat kalender. finne. finn. info. infoen oversikt postkasse kommunebladet kanal
digital: digital nett. nettet internet bredbånd breiband fiber mobildek mobilnett dekning dekking broadband online
    strøm. strømme. strøyme stream teams. zoom. hybrid nettmøte videomøte skjema nettskjema app. appen data. pc. wifi
    bankid papirskjema papir. paper overfør webcast direktesend
meeting-time: kveld. kvelden kveldstid ettermiddag afternoon evening tidspunkt klokka klokken kl. klokkesl helg. helga
    weekend leggetid dagtid daytime barnepass barnevakt babysit childcare time. times møtetid arbeidstid middagstid
    skift. turnus tirsdag onsdag
meeting-form: folkemøt møte. møter. møta møtene meeting. meetings workshop gruppearbeid gruppe. grupper. gruppesam
    smågrupper bordsamtale dialog debatt debate samtale. samtaler discuss foredrag powerpoint monolog taletid
    taleliste ordet. mikrofon microphone innledning langt. lange. korte. møteleder møteleiar ordstyrar ordstyrer
    fasilit facilitat kafebord speech
silent-voices: stille. sjenert blyg shy. quiet. tause forsiktig høyrøst høgrøysta roper ropar ropte loud. loudest
    dominer same. samme. gjengang ressurssterk mangfold mangfald divers vanlige. vanlege ordinary kvinner. menn. usual
    suspects redd. tør. tørr. tørre vågar våger afraid nervous
politicians: politik politician ordfør mayor folkevalgt folkevald representant kommunestyr formannsk council.
    councillor councilor byråd varaordf partier. partia parti. elected
visit: besøk visit. visits oppsøk turne kom. komme. kome. ut. tur. møt. synleg synlig visible befaring rundtur stand.
    kjøpesenter butikken. dørene outreach bygdebesøk gatehjørne kontordag tilstede tilstades
administration: administrasjon byråkrat bureaucr saksbehandl sakshands kommunedirekt rådmann papirarbeid papirmølle
    skjemaveld ansatte. tilsette tilsett. etat. etatar rigid tungrodd treg. tregt. slow. ventetid behandlingstid
    handsamingstid vente. venter ventar waiting wait. månedsvis kø. saksgang
coordination: samarbeid samhandl samordn cooperat collaborat together. sammen. saman. silo koordiner partnerskap team.
    samspel samspill dugnadssam tvers.
volunteers: frivillig friviljug volunt frivillegsent lag. laga lagene foreining forening ngo. dugnad saniteten ildsjel
    eldsjel idealist enthusiast organisasjon lagsarbeid korttidsfriv charity association
trust: tillit tiltru trust. trusting truverd troverd mistillit mistru ærlig ærleg honest lov. lovnad lover. løfte
    lovar. promise stole. stoler stola lyg. lyv. lyver løgn ord. hold. lovd. lovet lovte keep.
small-places: bygd. bygda bygdene bygder distrikt grend. grenda grendene grender småst utkant periferi rural village
    countryside tettsted tettstad sentraliser centralis centraliz sentrumsfokus kommunesenter kommunesentr bygdedød
    avfolk fraflytt fråflytt småbygd outlying outskirts
merger: kommunesammensl kommunesamanslå kommunereform sammenslå samanslå merger merged storkommune grensejust
    gamlekommun fylkessam regionreform splitt oppsplitt
shops: butikk nærbutikk shop. shops store. handel handle. landhandel næringsl næring. næringa bedrift business
    arbeidsplass jobb. jobber. jobbar job. jobs gründer startup etablerer industri industry sysselset turisme turist
    tourism reiseliv matbutikk dagligvare kolonial bensinstasjon bakeri grocery
agriculture: landbruk jordbruk bonde bøndene bønder gardbruk gårdbruk matjord jordvern dyrka dyrkjord farmer farming
    farmland farm. beite. åker skogbruk forestry sau. sauen fjøs lokalmat
housing: bolig bustad hus. husa husene housing house. houses homes. leilighet leilegheit leileghet apartment flat.
    flats tomt. tomter byggefelt husleie rent. husvære utleie førstegang borettslag hybel affordable bygge. byggje.
    blokk
planning: regulering kommuneplan områdeplan utbygg development zoning planlegg byplan fortett høyhus høghus byggesak
    arkitektur planprosess developer areal dispensasjon
nature: ^natur naturen skog. skogen forest. turst stier. sti. stien trail park. parken parker. grøntom grøntareal
    grønt. green. friluft strandsone strand. stranda badeplass beach elv. elva river friområde marka. hundepark path.
    paths fjord dyreliv biologisk naturvern trær. tre. tree. trees fjell. fjellet skiltet naturmangf parks planter
    blomster flower
climate: klima climate utslepp utslipp emission co2 miljø. miljøet miljøvenn environment solcelle solar. vindkraft
    vindmøll vindturb wind. energi. energy elbil lade. ladestasj ladepunkt bærekraft berekraft sustainab flom flaum
    overvann overvatn ras. reparere ombruk gjenbruk attbruk strømpris charging turbine
waste: søppel boss avfall renovasjon søplekass søpple garbage trash rubbish waste. litter recycling resirk kildesort
    kjeldesort gjenvinning miljøstasj hundepose hundelort dogpoo forsøpl rot. rydd container bin. bins returpunkt
water: vann. vannet vatn. vatnet drikkevann drikkevatn water. avløp kloakk sewage sewer vannledn vassleidn
    vannkvalitet vasskvalitet vassverk vannverk lekkasj rør. pipes kokevars
accessibility: universell tilgjengel rullestol wheelchair rampe. ramper ramp. ramps heis. elevator funksjonsn
    funksjonsh nedsett handicap handikap disabil disabled accessib teleslynge tegnspråk teiknspråk hørselsh høyrselsh
    synshem svaksynt blind. blinde dørstokk trapp stairs rullator universal. barnevogn
immigrants: innvandrar innvandrer immigrant refugee flyktning integrer integration tolk. tolker. tolkar tolke.
    interpret oversatt omsett omsetj oversett translate translation norskkurs flerkult fleirkult flerspråk fleirspråk
    minorit multicult arabisk ukrain polsk somali newcomer innflytt tilflytt foreigner fremmedspr framandspr english.
    engelsk morsmål nynorskopp
sami: samisk sami. sámi samar samer sapmi sápmi reindrift rein. reinen sørsam nordsam joik sametinget urfolk kven
    indigenous
nynorsk: nynorsk bokmål målform dialekt sidemål
police: politi police lensmann kriminal crime. hærverk vandalis narko drugs. rus. dop. tagging trygghet trygg. trygt.
    tryggleik safe. safety utrygg vold vald. nattevandrar natteravn innbrot innbrudd beredskap security
preparedness: beredskap brannvesen brannstasjon brann. redningst krise. kriser strømbrudd straumbrot emergency fire.
    nødnett sivilforsvar tilfluktsrom nødaggregat preparedness kriseberedskap legevaktbered lagre.
loneliness: ensom einsam einsemd lonely loneliness isoler utenfor utanfor excluded inkluder include inclusion
    fellesskap community. samhald samhold tilhør naboskap nabo. naboer naboar neighbour neighbor
poverty: fattig lavinntekt låginntekt poverty poor. gratis free. utstyrssentral bua. fritidskort utenforskap dyrtid
    råd. fritidsutstyr afford
animals: hund. hunder hundar hundeeigar hundeeier dog. dogs bandtvang båndtvang katt. katter hundepark ulv. rovdyr
    wolf wolves dyr. løshund
toilet: toalett toilet wc. do. doen restroom stellerom
harbour: havn. hamn. havna hamna harbour harbor brygge. bryggja brygga kai. båtplass småbåth marina. gjestehavn fiske.
    fiskar fisker fishing
praise: takk. bra. fint. flott good. great fornøyd nøgd thanks thank. happy
learn-democracy: demokratiopplær valgomat skolevalg skuleval opplær kurs. skolering folkevalgtopp folkevaldopp
    training kunnskap knowledge samfunnsfag saksgang
mobile-council: oppstarts ombud ombod mellomledd ambassadør bindeledd bygdevert nærdemokratikontakt link. liaison
    koordinator
noise: støy noise noisy bråk larm høylytt rolig. ro. nattero natteståk musikkbråk fyrverkeri flystøy
statistics: undersøkelse undersøking survey spørreundersøk spørjeunders spørreskjema questionnaire poll. måling
    statistikk tall. innbyggerundersøk innbyggjarundersøk
"""
NAMES = frozenset(entry for entry in TOPICS.split() if entry.endswith(":"))
_STOPS_AT = 12  # letters; no entry is looked for by more of a word
_FREE = 5  # letters an entry has at least that may begin inside a compound
_LONGEST = 60  # letters of a word that are looked at
_FIRST_PART = 3  # letters of a compound before the entry
_NONE: frozenset[str] = frozenset()
_TYPED_WRONG = 6  # letters an entry has at least that is still seen with one letter too many, too few or changed


def _tables() -> tuple[dict[str, set[str]], ...]:
    """Topics by whole word, by beginning (cut to _STOPS_AT letters), by part, and by beginning without one letter."""
    whole: dict[str, set[str]] = {}
    begins: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    lacking: dict[str, set[str]] = {}
    topic = ""
    for entry in TOPICS.split():
        if entry.endswith(":"):
            topic = entry
        elif entry.endswith("."):
            whole.setdefault(entry[:-1], set()).add(topic)
        else:
            is_free = entry[0] != "^" and len(entry) >= _FREE
            entry = entry.lstrip("^")[:_STOPS_AT]
            if is_free:
                parts.setdefault(entry, set()).add(topic)
            begins.setdefault(entry, set()).add(topic)
            if len(entry) >= _TYPED_WRONG:
                for at in range(len(entry)):
                    lacking.setdefault(entry[:at] + entry[at + 1 :], set()).add(topic)
    return whole, begins, parts, lacking


_whole, _begins, _parts, _lacking = _tables()


@lru_cache(maxsize=20_000)
def of_word(word: str) -> frozenset[str]:
    """The NAMES of topics that *word* (folded) stands for; where it stands for none, with one typing error forgiven."""
    word = word[:_LONGEST]
    found = set(_whole.get(word, _NONE))
    for end in range(1, min(len(word), _STOPS_AT) + 1):
        found |= _begins.get(word[:end], _NONE)
    for start in range(_FIRST_PART, len(word) - _FREE + 1):
        for end in range(start + _FREE, min(len(word), start + _STOPS_AT) + 1):
            found |= _parts.get(word[start:end], _NONE)
    if not found and len(word) >= _TYPED_WRONG:
        for end in range(_TYPED_WRONG - 1, min(len(word), _STOPS_AT + 1) + 1):
            head = word[:end]
            found |= _lacking.get(head, _NONE)
            for at in range(end):
                shorter = head[:at] + head[at + 1 :]
                found |= _begins.get(shorter, _NONE) if len(shorter) >= _TYPED_WRONG else _NONE
                found |= _lacking.get(shorter, _NONE)
    return frozenset(found)
