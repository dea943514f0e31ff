"""Names as the United Kingdom has them. Put together by chance; nobody is meant."""

from typing import NamedTuple


class Heritage(NamedTuple):
    """Names that go together, and what is likely to go with them."""

    share: float
    female: str
    male: str
    family: str
    ethnicity: str
    language: str = "English"
    faith: str = ""


HERITAGES = (
    Heritage(
        0.62,
        "Margaret Jean Doreen Brenda Sheila Maureen Carol Susan Linda Karen Tracey Joanne Lisa Michelle Donna Claire Gemma "
        "Laura Rebecca Charlotte Emma Bethany Chloe Amy Hannah Molly Grace Holly Kirsty Eilidh Fiona Heather Rose Ivy",
        "Alan Brian Keith Derek Raymond Trevor Barry Graham Neil Stephen Kevin Gary Darren Wayne Lee Craig Stuart Ross "
        "Callum Jordan Liam Ryan Daniel Thomas Jack Harry Oliver Lewis Euan Duncan Malcolm Walter Stanley George",
        "Smith Taylor Brown Wilson Robinson Thompson Walker Wright Hall Green Wood Clarke Jackson Turner Hill Cooper Ward "
        "Moore Harrison Baker Parker Dixon Bell Ridley Charlton Armstrong Robson Fenwick Milburn Hodgson Campbell Stewart "
        "Fraser MacLeod Sinclair Barraclough Ramsbottom Featherstone Ashworth Sutcliffe Penhaligon Trelawny Hedley Stobbs",
        "white_british",
        faith="Christian",
    ),
    Heritage(
        0.06,
        "Siân Angharad Carys Eleri Ffion Gwenllian Lowri Mair Nia Rhiannon Eirlys Myfanwy",
        "Llŷr Rhŷs Dafydd Emyr Gethin Hywel Ieuan Iestyn Owain Rhodri Siôn Tomos Gwŷn",
        "Jones Davies Evans Griffiths Llewellyn Pugh Prŷs Morgan Bowen Rees Gŵynne Parry Tŷrer",
        "white_british",
        "Welsh",
        "Christian",
    ),
    Heritage(
        0.05,
        "Aoife Bríd Caoimhe Deirdre Gráinne Máire Niamh Orla Róisín Sinéad",
        "Ciarán Cormac Declan Donal Éamon Fergus Pádraig Séamus Seán Tadhg",
        "O’Brien O’Connor Murphy Kelly Byrne Gallagher McCarthy Ó Súilleabháin Doherty Brennan Fitzgerald Nolan".replace(
            "Ó Súilleabháin", "O’Sullivan"
        ),
        "white_irish",
        faith="Catholic",
    ),
    Heritage(
        0.06,
        "Aleksandra Agnieszka Bożena Ewa Grażyna Katarzyna Magdalena Małgorzata Zofia",
        "Andrzej Grzegorz Jacek Łukasz Marek Paweł Piotr Stanisław Tomasz Zbigniew",
        "Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Dąbrowski Jabłoński Woźniak",
        "white_other",
        "Polish",
        "Catholic",
    ),
    Heritage(
        0.05,
        "Amina Ayesha Fatima Farzana Nasreen Rukhsana Saima Shabana Yasmin Zainab",
        "Adil Ahmed Bilal Faisal Hamza Imran Javed Mohammed Nadeem Tariq Usman Waqas",
        "Khan Hussain Ali Mahmood Akhtar Malik Iqbal Bhatti Chaudhry Shah Mirza Qureshi",
        "asian_pakistani",
        "Urdu",
        "Muslim",
    ),
    Heritage(
        0.04,
        "Anjali Deepa Gurpreet Harjit Kavita Lakshmi Meena Priya Sunita Usha",
        "Amarjit Arjun Balwinder Dinesh Gurdeep Kiran Manjit Rajesh Sanjay Vikram",
        "Patel Singh Kaur Sharma Shah Desai Nair Gill Sandhu Mistry Iyer",
        "asian_indian",
        "Punjabi",
        "Sikh",
    ),
    Heritage(
        0.02,
        "Shirin Taslima Rahima Nazma Sultana Ruma",
        "Abdul Kamal Mizan Rafiq Shahin Jamal",
        "Begum Miah Rahman Uddin Islam Chowdhury Hoque",
        "asian_bangladeshi",
        "Sylheti",
        "Muslim",
    ),
    Heritage(
        0.04,
        "Abena Adaeze Akosua Chidinma Folasade Ngozi Oluwaseun Temitope Yaa Ama",
        "Babatunde Chukwuemeka Emeka Kofi Kwame Kwabena Olumide Segun Tunde Yaw",
        "Adebayo Okafor Mensah Boateng Owusu Eze Nwosu Asante Balogun Conteh Sesay Appiah",
        "black_african",
        faith="Christian",
    ),
    Heritage(
        0.03,
        "Beverley Claudette Gloria Hyacinth Jasmine Marcia Paulette Shanice Verna",
        "Clifton Desmond Errol Leroy Marlon Neville Tyrone Winston Delroy",
        "Campbell Francis Grant Bailey Gordon Henry Joseph Morgan Reid Pinnock",
        "black_caribbean",
        faith="Christian",
    ),
    Heritage(
        0.02,
        "Mei Xiuying Lan Hui Yan Suk Ling",
        "Wei Jian Ming Chi Kwok Hao Jun",
        "Wong Chan Li Zhang Cheung Lau Wu Chen Lam",
        "asian_chinese",
        "Cantonese",
        "Buddhist",
    ),
    Heritage(
        0.01,
        "Layla Hanan Rania Samira Noor Huda",
        "Karim Omar Yusuf Samir Tarek Hassan",
        "Haddad Nasser Saleh Farah Aziz Mansour",
        "other_arab",
        "Arabic",
        "Muslim",
    ),
)
HERITAGE_SHARES = {number: heritage.share for number, heritage in enumerate(HERITAGES)}
NAMES = [(h.female.split(), h.male.split(), h.family.split()) for h in HERITAGES]

SHORT_FORMS = {
    "Margaret": "Peggy", "Jean": "Jeannie", "Susan": "Sue", "Rebecca": "Becky", "Bethany": "Beth", "Daniel": "Danny",
    "Thomas": "Tom", "Oliver": "Olly", "Stephen": "Steve", "Katarzyna": "Kasia", "Małgorzata": "Gosia",
    "Aleksandra": "Ola", "Stanisław": "Staś", "Mohammed": "Mo", "Harjit": "Harry", "Oluwaseun": "Seun",
    "Temitope": "Temi", "Dafydd": "Dai", "Pádraig": "Paddy", "Walter": "Wally", "Deirdre": "Dee",
}  # fmt: skip

STREETS = (
    "Alder Way", "Bank Top", "Chapel Lane", "Dene Road", "Elm Grove", "Ferry Street", "Glebe Terrace", "Heol y Dŵr",
    "Ivy Close", "Jubilee Crescent", "Kiln Lane", "Linden Avenue", "Mill Race", "North View", "Orchard Road",
    "Pit Lane", "Quarry Hill", "Rowan Drive", "St Oswald’s Place", "The Green", "Union Street", "Victoria Road",
    "West Parade", "Yew Tree Walk", "Beech Court", "Cowslip Mews", "Drover’s Row", "Station Approach",
)  # fmt: skip
PETS = (
    ([], ""), (["none"], ""), (["none"], ""), (["none"], ""), (["dog"], "a dog"), (["cat"], "two cats"),
    (["dog", "cat"], ""), (["bird"], "a parrot"), (["other"], "hens in the garden"),
)  # fmt: skip
RELATIONS = ("daughter", "son", "mother", "father", "lodger", "grandson", "niece")
