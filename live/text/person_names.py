"""
Finds names of people in a text without a title before them, by the most common given names and surnames in Norway.

Written from general knowledge. Many names are ordinary words or farms too (*Stein*, *Liv*, *Berg*): these are a name
only beside another one. Streets, schools, companies and the like that bear a person's name are none.
"""

from collections.abc import Collection, Iterator, Sequence

# A name, and hardly anything else, also when it stands alone.
GIVEN = """
abdi abdul abdullah abdullahi adrian agnes agnieszka ahmad ahmed aina aisha aksel albert aleksander alexander alf
alfred ali alice alma alva amal amalie amanda amina amir amund anders andrea andreas andré anette angelica anine anita
anja ann anna anne annelise annette annika anniken anny ansgar anton antonia arild arne arnfinn arnhild arnstein arnt
arvid asbjørn aslak aslaug asle astri astrid atle aud audhild audun bahar bakir barbro beate benedicte benedikte
benjamin bente berit bernhard bernt biret birger birgit birgitte birte bjarne bjarte bjørg bjørnar bodil brita britt
brynjar børge børre bård camilla carina carl carlos caroline caspar casper catharina cathrine cato cecilie celine
charlotte chris christer christian christina christine christoffer christopher conrad cornelia dagfinn dagmar dagny
dagrun daniel daniela daniella david dennis didrik ditlef dominik dorthe dorthea ebba edgar edith edmund eduard edvard
edvin edwin egil eilif einar eirik eirin eivind elena elfrid elias elin eline elisabet elisabeth elise elizabeth ellen
elling ellinor elsa else elvira emil emilie emily emma emmy erik erika erlend erling ernst eskil espen ester eva
evelyn evy fabian fadumo farah fatima fatma felix filip fredrik frida frithjof fritjof frode gabriel gaute geir
geirmund georg gerd gerda gina gisle gjermund gjertrud gloria greta grete grethe gudbrand gudmund gudrun gudveig
gunhild gunn gunnar gunnhild gunnlaug gunnstein gunnvor guro gustav gyda haakon halvard halvor hamza hanna hannah
hanne harald hassan hedda hedvig hege heidi helene helén henning henriette henrik herman hermann hilda hilde hildegunn
hjalmar hjørdis hussein håkon håvard ibrahim ida idar idun idunn ingar inge ingebjørg ingeborg ingebrigt ingelin inger
inghild ingjerd ingmar ingolf ingri ingrid ingunn ingvald ingvar ingvild irena irene irmelin isabel isabella isak
iselin ismail ivan ivar jacob jakob jakub jamal jane janicke janne jannicke jarl jarle jeanette jennifer jenny jens
jeppe jeremias jesper jessica joachim joakim joar jofrid johan johanna johanne johannes john johnny jonas jonathan
jonny jorid jorun jorunn josef josefine joseph josephine jostein judith julia julian julie jøran jørgen jørn jørund
kaja kamila kamilla karen kari karianne karin karina karine karl karoline karsten kaspar kasper katarina katarzyna
kathrine katinka katrin katrine kenneth kent kevin khadija khalid kine kirsten kirsti kjartan kjell kjellaug kjersti
kjerstin kjetil knut konrad kornelia kristian kristiane kristin kristina kristine kristoffer krzysztof laila lars
lasse laura lea leah leif leila lena lene leonora lillian lina linda linn linnea linus lisa lisbeth lise liselotte
lotta louise ludvig luise lukas magda magdalena magnar magne magnhild magni magnus maja malene malgorzata malin marcel
marcus maren margaret margareth margarethe margit margot margrete margrethe mari maria mariam mariann marianne marie
mariell marielle marit marius markus marta marte martha marthe martin martine marwa mary maryam mathea matheo mathias
mathilde mats matthew mehmet merete merethe mia michael michal michelle mikael mikal mikkeline milena milla mirjam
mohamed mohammad mohammed mona monica monika morten muhammad mustafa máret nadia nancy natalia nathalie nicolai
nicolas niels niillas nikolai nils nina noah noor nora norunn norvald nour oddbjørn oddgeir oddmund oddny oddrun
oddvar ola olaf olai olaug olav ole oliver olivia omar oscar oskar osman ottar otto patrick patrik paul paula paulina
pauline pawel peder pernille peter petra petter philip pia piotr preben rachel ragna ragnar ragnhild ragnvald rakel
ramona randi randulf rasmus rebecca rebekka reidar reidun reinert renate richard rikard rikke rita roald roar robert
robin roger rolf ronja ronny roy ruben runar rutger ruth rønnaug salma samira samuel sander sandra sara sarah selma
serina severin sigbjørn sigfrid sigmund signy sigrid sigrun sigurd sigve silje silvia simen simon sindre sissel sivert
snorre sofie solbjørg solfrid solgunn solrun solveig sondre sonja sophie stanislaw stefan steffen steinar steven stian
stina stine stineke sture ståle sunniva susan susann susanne svanhild svein sveinung sverre sylvi sylvia synne synnøve
teodor terese terje tharald thea theodor therese thomas thorbjørn thore thorleif tiril tobias tollef tomas tomasz
tommy tonje toralf torben torbjørg torbjørn tord torfinn torgeir torgrim torgunn torhild toril torild torill tormod
torstein torunn torvald tove trine trond trude truls trygve turid ulrik ulrikke unni valborg vanessa vegard veronica
veronika vetle vibeke vigdis viktor vilhelm vilmar vivian wenche wencke wilhelm willy wioletta wojciech yasmin ylva
yngvar yngve yngvild yusuf yvonne zahra zainab zuzanna øistein øivind ørjan øystein øyvind ådne åge ågot åshild åslaug
åsmund åsne åsta åste áilu ánte
"""
# A name and a word, a month, a place, a brand or something else besides. *Sol*, *Vår*, *Mai* … may stand before a farm.
GIVEN_AND_WORD = """
ada adam ane april are arna art arve ask august aurora balder bill birk bjørk bjørn bo borg brage charlie dag dawn
dean dina edel ella elle embla endre erle even faith finn florence frank fred freya gard grace gro grunde gry hallvard
hans harry hauk hava helga helge helle hope iben inga iris iver jack jan jean jo jon jordan joy juni kai kaia kim
klara kristen kurt kåre leo levi lilly lily liv live lone lotte love luna lykke mads mai mark mathis max may mette
mikkel miles mille mina oda odd odin ove per pål ravn ray rob rose rune rut saga sam sandy selje signe sina siri siv
sofia sol sommer stein sten stig storm summer sunna svea søren tage tale tanja tim tina tine tom tone tor tora tore
trym tuva ulla una unn urd vegar vera victor victoria vida vidar vilde vilja vilje villa viola vår will william åse
"""
_NOT_BEFORE_FARMS = """
april august juni mai may rose sol sommer storm summer vår bjørk
"""
_not_before_farms = frozenset(_NOT_BEFORE_FARMS.split())
# Surnames that nothing else is called by. A farm is not told from its people by its name.
SURNAMES = """
abrahamsen abrahamsson aleksandersen amundsen andersen andersson andreassen andresen antonsen arnesen arntsen
asbjørnsen benjaminsen berntsen bertelsen bjørnsen carlsen christensen christiansen christoffersen clausen danielsen
davidsen edvardsen eilertsen eliassen ellefsen ellingsen emilsen engebretsen enoksen eriksen evensen frantzen
fredriksen gabrielsen gjertsen gregersen gulbrandsen gundersen gunnarsen gustavsen halvorsen hansen hanssen haraldsen
helgesen hendriksen henriksen hermansen hussain håkonsen ingebrigtsen isaksen iversen jacobsen jakobsen jansen jensen
jenssen jespersen johannesen johannessen johansen johanson johansson johnsen jonassen jonsen jørgensen karlsen khan
klausen knudsen knutsen kowalski kristensen kristiansen kristoffersen larsen larson larssen lauritzen lorentzen
ludvigsen lundgren madsen magnussen martinsen mathiassen mathiesen mathisen michaelsen michelsen mikalsen mikkelsen
mohammadi monsen mortensen myhre nguyen nielsen nikolaisen nilsen nilssen nowak olafsen olaisen olaussen olsen paulsen
pedersen persson petersen pettersen petterson rasmussen reinertsen samuelsen sigurdsen simonsen sivertsen smith
steffensen svendsen svenson svensson syversen sørensen thomassen thomsen thoresen thorsen tobiassen tollefsen
torgersen torgrimsen tønnessen villumsen wilhelmsen williams willumsen østensen
"""
FARMS = """
aas aasen amdal austad bakke bakken berg berge bergersen berget bergh birkeland bjerke bjerknes boge borgen brandt
brekke bråten bråthen bye bø bøe dahl dahle dal dale eide eikeland engen enger espeland evjen fjeld fjeldstad fjell
foss fosse furuseth gjerde grande grøndahl grønli haga hagen halland hammer haug hauge haugen hauger haugland helland
hellum hem hoel hoff hol holen holm holt holte horn hovland husby huse husebø høiland jordet kleppe kleven knapstad
kolstad kvam kvamme kvåle lange langeland lau lervik lia lie lien lorås lund lundby lunde lyng løken løvås mo moe moen
myhr myhrvold myklebust myrvold nergård nes ness nordby nordbø nordmann nygaard nygård næss opdal opsahl ottesen rød
rødland røed rønning rønningen sand sandberg sande sandnes sandvik selvik skaar skogen skoglie skoglund skår solbakken
solberg solheim solli steinsvik stene stokke storli strand strøm strømme støre sundby sunde sveen sæther sætre sørlie
tangen teigen thorsrud tveit tveiten vangen vik viken vold wang ødegaard ødegård øien øverland øvrebø ås åsen
"""
ONLY_NAMES, _both = frozenset(GIVEN.split()), frozenset(GIVEN_AND_WORD.split())
_surnames, _farms = frozenset(SURNAMES.split()), frozenset(FARMS.split())
ALL = ONLY_NAMES | _both | _surnames | _farms

# What a place or a company that is named after somebody is called besides: *Henrik Ibsens gate*, *Hansen AS*.
_NAMED_AFTER = """
allé alléen arena as asa bakeri bakeriet barnehage barnehagen barneskole barneskule bedehus bibliotek bokhandel bro
broa bru brua bygdelag bygg bygget cup da dagane dagene eiendom fabrikk festival festivalen fly fond fondet gamlehjem
gard gata gate gaten gatene grendalag grendelag gård hage hall hallen helsehus hospital hotel hotell hotellet hus
huset idrettslag iks kafe kafé kai kapell kf kirka kirke kirkegård kirken kor koret korps korpset krets krysset
kvartal kyrkje lag legat legesenter løypa mat meieri minne monument museet museum nærsenter oppvekstsenter park parken
plass plassen pris prisen rederi restaurant road sa scene scenen school senter senteret sjukeheim skog skole skule
square stadion stevnet sti stien stiftelse stiftelsen stipend street sykehjem sykehus torg torv transport tunet tunnel
tunnelen tårnet ungdomsskole ungdomsskule universitet universitetet veg vegen vei veien veita vel velforening verft
vgs vidaregåande videregående
"""
_named_after = frozenset(_NAMED_AFTER.split())
_BEFORE_PLACES = """
st sankt kong kongen dronning prins prinsesse hellige brødrene søstrene
"""
_before_places = frozenset(_BEFORE_PLACES.split())
_BEFORE_PEOPLE = """
dear familien fam han heiter heter hei helsing hils hilsen ho hu hun kjære mvh named called
"""
_before_people = frozenset(_BEFORE_PEOPLE.split())
_SAID = """
eier eig jobber lova lovet meiner mener sa sier seier snakker snakkar svarar svarer
"""
_said = frozenset(_SAID.split())
_LONGEST_RUN = 4  # words of a name


def finds(words: Sequence[str], folded: list[str]) -> bool:
    """Whether a person's name is among the *words* of a text, in their order; *folded* are the same, casefolded."""
    return any(True for _ in places(words, folded))


def places(words: Sequence[str], folded: list[str]) -> Iterator[int]:
    """Which of the *words* begin a person's name."""
    for at, word in enumerate(folded):
        if (word in ALL or "-" in word or word.endswith("s")) and (
            _is_name(words, folded, at) and not _is_place(words, folded, at)
        ):
            yield at


def continues(words: Sequence[str], folded: list[str], at: int) -> bool:
    """Whether the word *at* that place, right after a word of a name, belongs to that name."""
    if words[at][0].isupper():
        return True
    word = _bare(folded[at])
    return word in _surnames or (word in _farms and words[at - 1][0].islower())


def _is_name(words: Sequence[str], folded: list[str], at: int) -> bool:
    """
    Whether the word *at* that place begins a name, or is one. People leave out capitals, so these only help; and a word
    in capitals is an abbreviation (*NINA*).
    """
    word, is_capital = _bare(folded[at]), words[at][0].isupper() and not words[at].isupper()
    before = folded[at - 1] if at else ""
    after = _bare(folded[at + 1]) if at + 1 < len(folded) else ""
    is_before_surname = after in _surnames or (after in _farms and (is_capital == words[at + 1][0].isupper()))
    if _in(word, ONLY_NAMES):
        return is_capital or is_before_surname or before in _before_people
    if word in _both:
        if after in _surnames:
            return True
        if is_capital and (before in _before_people or (folded[at + 1 : at + 2] or [""])[0] in _said):
            return True
        return is_capital and is_before_surname and word not in _not_before_farms
    return word in _surnames and word not in _farms


def _is_place(words: Sequence[str], folded: list[str], at: int) -> bool:
    """Whether the name that begins there is that of a street, a school, a company …"""
    if at and folded[at - 1] in _before_places:
        return True
    if folded[at] == "karl" and folded[at + 1 : at + 2] in (["johan"], ["johans"]):  # the main street
        return True
    end = at + 1
    while end < min(len(words), at + _LONGEST_RUN) and words[end][0].isupper():
        end += 1
    return any(word.rpartition("-")[2] in _named_after for word in folded[at : end + 1])


def _in(word: str, names: Collection[str]) -> bool:
    return word in names or ("-" in word and all(part in names or part in _both for part in word.split("-")))


def _bare(folded: str) -> str:
    """Without the s of a genitive, where that leaves a name."""
    if folded in ALL or not folded.endswith("s"):
        return folded
    return bare if (bare := folded[:-1].rstrip("'’")) in ONLY_NAMES or bare in _surnames else folded
