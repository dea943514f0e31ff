"""Names that are one name: spellings, and short forms that families, lists and letters use for each other.

A short form may stand for several names (Alex: Alexander, Alexandra): it then agrees with each, but never surely.
Names that sisters or twins may both bear are kept apart: Daniel and Daniela, Christina and Christine.
"""

# One name in several spellings, transliterations and neighbouring languages.
SPELLINGS = """
abdullah abdulla abdallah abdellah
agnieszka agnes
ahmed ahmad ahmet achmed
aisha ayesha aysha aishah ayisha
aleksander alexander
aleksandra alexandra
alison allison alyson
alan allan allen alun
andrzej andrew
antoni anthony antony
bronwen bronwyn
catherine katherine kathryn katharine katarzyna catrin
claire clare clara
david dafydd dawid dewi
derek derrick
eleanor elinor elin
elizabeth elisabeth elzbieta
ewa eva
fatima fatema fatimah fathima
francis franciszek
geoffrey jeffrey
gerald gerard
glyn glynn
grzegorz gregory
gurpreet gurprit
harjit harjeet
harpreet harprit
hassan hasan
hugh huw
hussain hussein husain hussien hossain
ibrahim ebrahim abraham
isabel isabella isobel isabelle
jacob jakub
jasmine yasmin yasmeen jasmin yasmine
jaswinder jasvinder
john sion jan ieuan
jonathan jonathon johnathan
joseph jozef yusuf yousuf yusef youssef
khadija khadijah khadeeja
kimberley kimberly
krzysztof christopher
kuldeep kuldip
laurence lawrence
lewis louis llewelyn llewellyn
lillian lilian
lukasz lucas luke
malgorzata margaret marged
manjit manjeet
marcin martin martyn
mark marek marc
mateusz matthew mathew
mehmood mahmood mahmud mehmud
michal michael
mohammed muhammad mohamed mohammad muhammed mohamad mohd md
nasreen nasrin
owen owain
parminder parmindar
parveen parvin perveen
patryk patrick
pawel paul
piotr peter
phillip philip
rachel rachael
rajinder rajender rajindra
rhys rees reece reese
satwinder satvinder
sean shaun shawn
shahid shaheed
sheila shelagh sheilagh
sophie sophia zofia sofia
stanislaw stanley
stephen steven
stuart stewart
surinder surrinder
syed sayed sayyid
terence terrence
theresa teresa
thomas tomasz tomos
usman uthman osman othman
wiktor victor
william gwilym
zachary zachariah
zahra zara zahrah
zainab zaynab zeinab
zuzanna susan suzanne
"""

# A name, then the short and pet forms that may stand for it.
SHORT_FORMS = """
abdullah abdul
abigail abby abbie gail
agnes aga aggie nessa
alan al
albert al bert bertie
alexander alex alec al sandy sasha xander olek lex
alexandra alex sandra sandy sasha lexi ola
alfred alf alfie fred freddie
alison ali
amanda mandy
andrew andy drew
angela angie ange
ann annie nan
anna annie ania
anne annie nan
anthony tony ant
antonia toni
archibald archie
arthur art artie
barbara barb babs basia
beatrice bea trixie
benjamin ben benji benny
bronwen bron
caroline carol carrie caro
catherine cathy kathy kate katie cath kath kitty kasia cadi kat
charles charlie chas chuck
charlotte charlie lottie char
christina chris chrissie tina krysia
christine chris chrissie tina
christopher chris kit topher
constance connie
daniel dan danny
daniela dani
danielle dani
david dave davey davy dai
deborah debbie deb debra
derek del
diana di
diane di
donald don donnie
dorothy dot dottie dolly
edith edie
edward ed eddie ted teddy ned
eleanor ellie nell nellie
elizabeth liz lizzie beth betty eliza elsie lisa betsy libby elspeth bethan ela bet
emily em emmy
eugene gene
evan ifan
florence flo flossie florrie
frances fran frankie
francesca fran frankie chess
francis frank frankie fran
frederick fred freddie freddy
gareth gaz garth
geoffrey geoff jeff
george georgie
georgina georgie gina
gerald gerry jerry
gillian gill jill gilly
gordon gord
gregory greg
gurpreet preet gopi
gwendoline gwen gwenda
gwenllian gwen
harold harry hal
harpreet preet harry
harriet hattie
henry harry hal hank
hugh hughie
ibrahim ibby abe
isabel izzy bella
jacob jake kuba
jacqueline jackie jacqui
james jim jimmy jamie jem
janet jan
janice jan
jennifer jen jenny jennie
jessica jess jessie
joan joanie
joanne jo
joanna jo asia
john jack johnny jon ian ioan iwan
jonathan jon jonny
joseph joe joey
josephine jo josie
joshua josh
judith judy judi
julia jules
julie jules
kenneth ken kenny
kimberley kim
laura laurie
laurence larry laurie loz
leonard len lenny leo
lewis lou llew lew
lillian lily lil
louise lou lulu
lucinda lucy
lucy luce
malcolm mal malc
margaret maggie meg peggy marge margie daisy greta megan mags gosia
maria mia ria
martha marty mattie
martin marty
mary molly polly mair
matthew matt matty
maureen mo
maximilian max
maxwell max
michael mike mick mickey mikey micky
michelle shell shelly chelle
mildred millie
mohammed mo
myfanwy myf fanw
natalie nat
nathaniel nat nathan nate
nicholas nick nicky nico
nicola nicky nikki nic
norman norm
olivia liv livvy ollie
oliver ollie olly
pamela pam
patricia pat patsy trish tricia patty
patrick pat paddy
pauline polly
penelope penny pen
peter pete
philip phil pip
philippa pippa pip
priscilla cilla
rachel rach rae
raymond ray
rebecca becky becca bex
richard rick dick ricky rich richie dickie
robert bob rob bobby robbie bert
roberta bobbie
roger rog
ronald ron ronnie
rosemary rose rosie
samantha sam sammy sammie
samuel sam sammy
sandra sandy sandie
sarah sally sadie
sidney sid
simon si
sophie soph zosia
stanley stan staszek
stephanie steph stevie stef
stephen steve stevie
stuart stu
sukhdev sukh
sukhwinder sukh sukhi
susan sue susie suzie
sylvia syl
tadeusz tadek
terence terry
theodore theo ted teddy
theresa tess tessa terri
thomas tom tommy tomek twm
timothy tim timmy
valerie val
vanessa nessa
veronica vera ronnie
victor vic
victoria vicky vicki tori
vincent vince vinny
violet vi
vivien viv
walter wally walt wat
wilfred wilf
william bill billy will willy liam wil
winifred win winnie freda
wojciech wojtek
zachary zach zak zack
"""

# Names that many brothers and cousins begin with: alone they tell little of who is meant.
SHARED_BEGINNINGS = {
    "mohammed", "muhammad", "mohamed", "mohammad", "muhammed", "mohamad", "mohd", "md", "abdul", "abdal", "abdel",
    "syed", "sayed", "sayyid", "bibi", "begum",
}  # fmt: skip


def first_of_each(text):
    """{spelling: the spelling that stands for all}."""
    return {name: line.split()[0] for line in text.split("\n") for name in line.split()}


ONE_SPELLING = first_of_each(SPELLINGS)


def spelt(name):
    return ONE_SPELLING.get(name, name)


def whole_names():
    """{name: the whole names for which it may stand, itself included where it is one}."""
    found = {}
    for line in filter(None, SHORT_FORMS.split("\n")):
        whole, *short = map(spelt, line.split())
        for name in (whole, *short):
            found.setdefault(name, set()).add(whole)
    return {name: frozenset(wholes) for name, wholes in found.items()}


WHOLE = whole_names()


def stands_for(name):
    """The whole names for which a name may stand, in their first spelling; itself where it stands for no other."""
    name = spelt(name)
    return WHOLE.get(name, frozenset([name]))


def same_family(one, other):
    """May two names be forms of one name?"""
    return bool(stands_for(one) & stands_for(other))


def surely_same_family(one, other):
    """Two spellings of one name; or a whole name and a short form that stands for no other."""
    a, b = spelt(one), spelt(other)
    return a == b or stands_for(a) == {b} or stands_for(b) == {a}


def forms_of(name):
    """All the names that may stand for a name, itself included."""
    wholes = stands_for(name)
    near = {n for n, stands in WHOLE.items() if stands & wholes} | {spelt(name)}
    return {name} | near | {spelling for spelling, one in ONE_SPELLING.items() if one in near}
