"""
The 2048 words of recovery phrases, so that each word is 11 bits. They are bokmål for everybody, because a phrase may be
read on a phone in one language and typed on one in another.

Short, plain words for things and days, none of which is rude together with another. A phrase depends on the order of
this list: a word may be replaced, but none may be added or removed in the middle. No two words are the same after
`recovery_phrase.fold`, however å, ø and æ are typed.
"""

_WRITTEN = """
agat agurk albatross album alge almanakk altan ambolt ampel ananas anemone anis anker antilope apekatt apotek appelsin
aprikos april arena ark arkiv aroma ask atlas atoll atom atrium august aula aura autograf badeand badebukse badekar
bagasje bageri bagett bake baker bakeri bakgård bakke bakst bakvei balanse balje balkong ball ballade ballong balsam
bambus banan bandasje bane banjo bark barlind barnebok barnevogn barnål basar basilikum bass basseng bekk bensin berg
bergart bergtopp betong bever bie bikube bil bilde billett bilvei bjelle bjørkeris blad blekksprut blink blits blokk
blomkål blomst bluse blåbær blådis blåklokke blålys blåmeis blåregn blåskjell blåveis bobil bobilpark boble bok
bokhylle bokmerke bokorm boks bolig bolle bolt bomull bondegård bor bord bordduk bordlampe bordtennis borg botanikk
bratsj bregne brekke bremse brev brevdue brevpapir brevskap brikett brikke bringe bringebær bris brisk brisling bro
brobygger brokade brokkoli brosje brosjyre brus brygge brynje brødboks brødfat brødkniv brødskive brønn brønnhus bue
buegang bukett bukse bukt bulder buldre bunad bunke bunt busk buss bussrute butikk bydel bygd bygdevei bygg byggåker
byport byrå bystrand bøkeskog bølge bønne børste bøtte bålplass båre båt båtkai båtnaust båtshus campus cappuccino
celle cellist cello cisterne citrus curling dadel dagbok daggry dagslys dal dam dampbåt dampskip dans dansesal dato
deig dekk dekkstol delfin delta desember dessert diamant dikt dirigent disk dompap drage drake drakt dress drivved
dronning drops dropsglass druer due dueslag duft dugg dugnad duk dukke dukkehus dusj duskregn dyne dynetrekk dynge
døgn dør dørklokke dørmatte dørskilt edelgran eggeglass eik eikeløv eiketre einebær einer ekko ekkolodd ekorn eldhus
elefant elg elgtråkk elv elvebredd elvebåt elvemunn elvestein emalje endivie enebær eng engel engmark eple epleblad
eplehage eplekake eplesaft epleskrell epletre erle ert ertesuppe eske espresso estragon etasje eter etterår etui
eukalyptus eventyr fabrikk fagbok fagott falk fanfare fantasi farge farin farm fartøy farvann fasade fasan fasett fele
felt femkamp fenalår fennikel ferge fergekai ferie ferskvann fest festtale fiber fig figur fiken film filmrull filt
filter finger fiol fisk fiskebolle fiskebåt fiskegarn fiskestang fjell fjellbekk fjellbjørk fjellgård fjellhytte
fjellrev fjellsti fjelltopp fjelluft fjellvann fjord fjordarm fjær fjærkre fjøl fjøs fjøsdør fjøslykt flagg flaggstang
flamingo flamme flanell flaske flaskepost flette flettverk flintstein flis fliser flora flue fly flygel fløte fløteis
fløyel fløyte flåte folie fonn fontene forlag form forstad forår foss fossefall fossekall fot fotball foto fotograf
frakk framtid fredsdue fregatt fregne frilager frisbee frist frokost frosk frost frukt fruktbolle fruktfat fruktkurv
fruktsalat frø fugl fuglebrett fuglekasse fuglekor fuglerede fuglesang funkis funn furu furubar furukongle furuskog
fyr fyrlykt fyrstikk fyrtårn føre gaffel galleri gang garasje garderobe garn garnnøste gartner gass gate gatelykt
gaupe gave gavekort gavl geit geitost gelender genser giraff gitar gitter gjerde gjest gjestebok gjeter gjeterhund
gjær gjødsel gjøk gjøkur glass glassperle gled glede glimt glitter globus glød gløgg gløtt gnist gobelin godstog golf
gondol gong grammofon gran granat granbar granitt grankvist granskog grapefrukt gras grasbakke graut grein gress
gresskar gressløk griffel grill grotte grunn gruve gryn gryte gryterett grønnkål grønnsak gråspurv gråstein gull
gullfisk gullregn gullring gullsmed gulost gulrot gulspurv gyngehest gås gåsefjær gåsunge hage hagebord hagebruk
hagegang hageport hagestol hagevei hagl haglbyge hale halm halmhatt hammer hammock hamster hane hanske hare harpe
harpiks hasselbusk hasselnøtt hatt haug hav havbris havfrue havgap havn havre havregryn havregrøt havstein havsule
havørn hefte hegg hei heis hekk helg hengebru hengekøye hengelås hermelin hesje hest hestehov hestesko hette himling
himmel hjelm hjemvei hjerte hjort hjul hjulspor holk holme honning honningbi hoppetau horn hotell humle humlebol
hummer hund hus husbåt huslykt hval hvalross hvete hvile hvilestol hvitløk hvitveis hybel hyll hylle hyllest hyssing
hytte hyttebok hyttedør hyttetur hyttevegg høne høst høstfarge høstkveld høstløv høstregn høvel høy høyde høyloft
høysekk høyvogn håndkle håp hår hårbørste hårsløyfe ibis iglo ikon ild ilder ildflue ildsted indigo ingefær insekt
instrument iris is isbil isbit isbjørn isblomst isbre isfjell isflak ishall iskake iskant iskrem iskule isrose
issoleie istapp isvann isvinter jakke januar jazz jeger jern jernbane jolle jonsok jord jordbær jordklode journal
jubel jubileum jul julegran julekort juletre juli julikveld juni juniregn juvel jøkul kabaret kabel kabin kafe kaffe
kaffebar kaffebord kaffekopp kaffepause kai kajakk kakao kake kakebit kakeboks kakefat kakespade kaketine kaktus kalas
kalender kalvedans kam kamel kamera kamfer kamille kammer kammusling kanal kanarifugl kandis kanel kanelbolle kanin
kanne kano kant kantarell kantine kapers kappe kaprifol kaptein karaffel karakter karamell karaoke kardemomme karneval
karpe karri karse kart kartbok karusell karve kasse kastanje kastell katalog katt kattunge kavalkade kavring kefir
keramikk kikkert kilde kildevann kilo kilt kimono kino kiosk kirsebær kiste kjede kjeks kjele kjellerbod kjerre kjole
kjøkken kjøl klarinett klassiker klatre klatrevegg klave klaver klementin klesklype klesnor klint klippe klippfisk
klister klokke klokketårn kløver kløvereng knagg knapp knaus knekkebrød knopp knute knutepunkt koala kobber koffert
kokebok kokeplate kokk kokos kolibri komet komfyr komle kommode kommune kompass kompis konfekt konfetti konge kongle
konsert kontor kontrabass kopp kopper kor korall koralløy korg korgstol kork korn kornblomst kornåker kort kortstokk
kosekrok kosmos kost krakk kran krans kransekake krater kreps krepsehale kringle krok krokodille krokus kronblad krone
krukke krystall kråke kubbe kubbestol kule kulelampe kuling kunst kunstverk kupong kuppel kurv kvart kvartett kvarts
kveld kveldsmat kveldssol kveldstur kvern kvernhus kvernstein kvist kvitre kylling kyst kystlyng kystvei kål kålrot
kåpe labyrint lag lakris laks lam lama lammeull lampe land landhandel landsby landskap landvind langbord langrenn
lanterne lapp lappeteppe lasagne lasso latter laurbær lavendel lavland lavvo ledning legende legobrikke leir leirbål
leire leirskole lek leke lekebil lekehus lekeplass lekestue leopard lerke lerkefugl lerkesang lerret leseplass
lesestund limtre lin lind lindetre linjal linje linse linsuppe linåker liter livbøye loft loftsrom lokk lokomotiv
lomme lommebok lommelykt lommeur lomvi lott lue luft luftskip lumen lund lundefugl lunsj lupin lyd lydbok lykke lykt
lyktelys lyn lyng lyngmark lys lysekrone lysestake lysglimt lyskaster lysløype lysning lysthus løk løkke lønn
lønnesirup lønnetre lørdag løv løve løvetann løvhytte løvskog løvsprett løvtre lås låve låvebru magasin magnet
magnolia mai maiblomst maikveld mais majones majorstue makrell makron maling mandarin mandel mandelkake mandolin
manesje manet mango mansjett mantel maraton marihøne marina marine mark markblomst marked markise marmelade marmor
mars marsipan maske mast matboks matpakke matros mattavle matte maur medalje medister meitemark melbolle melk
melkekanne melkevei mellomrom melodi melon melsekk metall meter metro middag midnatt midtsommer mikrofon minigolf
minne mint mintblad minutt mirakel mjødurt modell molo molte morell morgen morgengry morgenkåpe morgenrød morild
mosaikk mose motell motiv motor mugge multebær mur murmeldyr murstein mursvale mus muse museum musikk muskat musling
mygg myggnett mynt mynte myrull møbel mølle mønster møte måke måkeskrik målbånd målestokk måltid måne måned måneferd
månelys måneskinn nabo nabolag narsiss natt nattergal nattevind nattlys nattog naust naustdør navn nellik neshorn
nikkel nivå nordavind nordlys nordvest note november nugat nype nyperose nysnø nyttår nøkkel nøkkelring nøste nøtt
nøtteskall nøttetre nål nålebrev nålepute oase oboe ocean oksehale oktav oktett oktober oliven olje oljelampe omelett
onsdag opal opera ord ordbok orden ordspill orgel orgelpipe orgeltone orkan orkester orkide orm ornament orrfugl
oslofjord ospeløv ost ostebit ostefat ostehøvel ostekake osteskive oter ovn padleåre paella pai pakke palass palett
palme palmeblad palmehage panda panel panne pannekake papegøye papir papirbåt papirfly pappeske paprika parade paradis
paraply pardun park parkbenk parkett partitur partytelt passer pastinakk patina pause paviljong pedal peisbenk
peishylle pelargonia pelikan pendel penn pepper pepperkake pepperrot perle perlegarn perlekjede perlemor perleugle
perrong persille pianist piano pil pilar pilekvist pilfink pilot pimpstein pingvin pinne pinnebolle pinnekjøtt
pinnsvin pinse pion pipe pirat piruett pistasj pizza plakat plan planet planke plante plass plate platå plektrum plen
plog plomme plommetre plukkfisk plysj plysjbamse poesi pokal polka polstjerne pomade popkorn poppel porselen port
portal porto portrett pose post postbil posthus postkasse postkort postsekk potet potetgull potetåker potteskår
praline presang primula pris prisme prosa prosjekt pudder pudding puls pultost pulver pumpe punkt purpur purre
puslespill pute putekrig putevar pynt pyramide pære pærebrus påfugl påske påskeegg påskelilje påskesol rabarbra radar
radio radiomast radise rakett rakfisk ramme rampe ramsløk ranke ranunkel raps rav ravn regatta regn regnbue regndråpe
regnfrakk regnsky rein reinlav reinrose reisebok reke rekesalat rekord reling rensdyr reol reserve rest revebjelle
reveenka revy ribbe ridesti rill rim ring ringblomst ringdue ringmur rips ripsbusk ris risengryn risgrøt rist ritme
river rivjern roastbiff robot robåt roetur rogn rognebær rognkvist rogntre rokk roman romskip ror ros rose rosebusk
rosehage rosenkål rosett rosin rosinbolle rosmarin rotunde rubin rugbrød rugde rugåker ruin rulle rullebrett rullekake
rullgardin rundstykke rundtur rune russehue rute rutebok rutebåt ruter rygg ryggsekk rype rytme rytter rødbete rødgrøt
rødkløver rødkål rødspette rødspov røkelse røy råd rådhus rådyr safari safir safran saft saftglass saftkanne sag saga
sagblad sagbruk saks sal salami salat salong salt saltbøsse salve samba sand sandal sandbanke sandgrop sandkake
sandkasse sandkorn sandslott sandstein sandstrand sang sardin satellitt sats sau saueflokk sauna scene scooter sebra
sedel segl seglbåt seier seil seilbrett seilbåt seilduk seilskute sekk sekstant sel sele seljeblad selleri selskap
september serenade serie serviett sesam setervoll sevje side sider siderull sigd signal sil sild silke silkebånd silo
simle sink siriss sirkel sirkus sirkustelt sirup sirupkake sirupsnipp sitron sivsanger sjakk sjakkbrett sjal sjampo
sjekk sjiraff sjokolade sjø sjøbod sjøbris sjøfugl sjøgress sjøhest sjøhytte sjømann sjørøver sjøsalt sjøsprøyt
sjøstjerne skap skatoll skatt ski skibakke skilpadde skilt skim skinn skinne skip skispor skisse skjell skjerf skjerm
skjorte skjærgård skli sko skog skogbryn skogdue skoglund skogsbekk skogsbær skogsti skogtjern skogvei skole skolebok
skolegård skolekor skolesekk skolevei skomaker skonnert skorstein skovl skrei skrift skritt skrivebok skrivebord skrue
skuespill skuff skuffe skulder skulptur skumgummi skumring skur skute sky skyfri skygge skøyte skål slalom slange
slede sledetur slegge slektstre slips slott sløyfe slåttemark slåttonn smed smie smil smultring smykke smør smørblomst
smørbrød smørkniv smørøye småfugl snegl snekke snekker snelle snitt snor snø snøball snøbrett snødrive snøfnugg
snøfonn snøhule snøklokke snølykt snømann snøsko snøskuter snøspor sofa sokk sol solblomst solbriller solbær soleie
solfanger solflekk solhatt solkrem solnedgang solo soloppgang solregn solsikke solstol solstråle soltak solur solvarme
sommer sommerdag sommerfugl sommersky sommervind sonate sone sonett sopp sopran sorbet spade spagetti spalte spann
spar spark speider speil spill spinat spinell spiral spire spise spisebord spiskammer splint spole sponplate spor
sport sporvogn spove springvann språk spurv stabbur stabel stafett staffeli stall stallkatt stang start statue stav
stavkirke stearin steg stein steinbed steinbit steinbro steingard steinmur steinrøys steinur stekepanne stell stemme
steppe stetoskop sti stigbøyle stige stilk stillas stjerne stjernelys stokk stokkrose stol stolpe storfugl stork storm
stormkast stormlykt strand strandeng strandsti strandvei strek streng strikk stripe strøm strømpe strå stråle studio
stue stuert stund stær støvel støvsuger stål sukker sukkerbit sukkerbrød sukkerert sukkertøy suppe svaberg svale
svalerede svamp svane svarttrost sving svingom sviske sydvest sykkel sykkelbud sykkelsti sykkeltur syklist sylinder
sylte syltetøy symfoni synål syre syrin system sølvpil sølvrev sølvskje søndag søndagstur søyle såpe såpeboble tak
takhage takk takrenne takstein taktstokk takås tallerken tamburin tang tangent tango tangvoll tannbørste tapet tapir
tare tastatur tau tavle tavlekritt taxi teater tebolle tebord tegl teglstein tegnestift tegning teip teknikk tekopp
telefon telegraf teleskop telt tempo tenor teppe terning terrasse terrin tesil test tidevann tidsskrift tiger time
timian tind tinnfat tirsdag tiur tiurleik tjeld tjern tjære tog togstasjon togtur togvindu tomat tomatsuppe tommestokk
topas topp topplue tordensky tordenvær torg torgbod torghandel torn torsdag torsk torskerogn trafikk traktor
trampoline trane transport trapp trapphus tre trebåt trefløyte trehest trehus trekant trekkfugl trekkspill trekrone
trelast treplate treski treskje treskål trestamme tretopp trevegg triangel trikk trillebår trinn tripptrapp trofe
troll trollgarn trollskog tromme trommel trost trubadur trøffel tråd tråkksti tulipan tun tunfisk tuntre tur turban
turbok turist turkart turkis turløype turmat turn turnips turski turteldue tusenbein tusenfryd tvebakk tyrihjelm
tyttebær tømmer tømmerhus tømmerkoie tønne tørkle tørrfisk tøy tøyeske tøyveske tåke tåkelur tårn tårnugle tårnur ugle
uglesang uke ukeblad ukulele ull ullgarn ullgenser ullsokk ullteppe ulltråd ulv underlag undervann undring uniform
urmaker urskive urskog urtehage urtete urverk uteplass utkant utkikk utsikt vaffel vaffeljern vafler vaier vaktel
vakttårn valmue valnøtt vals vandrefalk vanilje vaniljeis vann vannfall vannfarge vannglass vannhjul vannkanne
vannkopp vannlilje vannmelon vannpytt vannspeil vante varde varme varmestue varmluft vase vask vaskebalje vaskebjørn
vaskefat vassdrag ved veggur vei veikro veikryss veilykt veiskilt veiv veke veksthus vekt venn ventil veranda verden
verksted verktøy vest vestavind vestkyst vestland vever viadukt vibe vidde video vifte viftepalme viking vikke
villblomst villmark villrose villvin vind vinde vindkast vindmølle vindpust vindu vinduskarm vinge vingeslag vinranke
vinter vinterdag vinterhage vintersol vintertre visir viskelær vogn vognhjul voll vott vugge vulkan værhane værkart
væske vår vårblomst vårdag vårflom vårkåpe vårluft vårløk vårsol vårtegn vårvind xylofon yoga yoghurt zebra ærfugl ørn
ørnereir ørneunge ørret øse østavind østers østkyst øy øyhav øyvær åker åkerbær åkerkant åkerrikse åkle ål åre årring
årstid ås åsside
"""
WORDS = tuple(_WRITTEN.split())
