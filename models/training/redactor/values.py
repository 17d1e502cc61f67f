"""Values of every label, each as it is written and as it is said: (written, said).

Formats of the United States, Britain, Canada, Australia, India and the European Union. Numbers are drawn
without regard for who may hold them, and without checksums: a wrong one must not clear a value.
"""
from names import fold
from saying import MONTHS, cardinal, code, digits, ordinal, spelled, suffixed, year

NATIONALITIES = (
    "American British Canadian Australian Indian German French Spanish Italian Polish Irish Dutch Swedish Norwegian Danish Finnish Greek Turkish Russian "
    "Ukrainian Romanian Hungarian Czech Slovak Serbian Croatian Bulgarian Albanian Bosnian Portuguese Brazilian Mexican Colombian Peruvian Chilean "
    "Argentinian Venezuelan Cuban Haitian Jamaican Nigerian Ghanaian Kenyan Ethiopian Somali Sudanese Egyptian Moroccan Algerian Tunisian Libyan Syrian "
    "Lebanese Jordanian Palestinian Israeli Iraqi Iranian Afghan Pakistani Bangladeshi Nepali Chinese Japanese Korean Vietnamese Thai Filipino Indonesian "
    "Malaysian Singaporean Burmese Cambodian Mongolian Kazakh Georgian Armenian Scottish Welsh English Swiss Austrian Belgian Icelandic Latvian "
    "Lithuanian Estonian Ugandan Rwandan Congolese Senegalese Eritrean Zimbabwean Kurdish Catalan Basque Hispanic Latino Navajo Cherokee Maori Roma"
).split()
BELIEFS = (
    "Muslim Christian Jewish Hindu Sikh Buddhist Catholic Protestant Mormon Orthodox Methodist Baptist Lutheran Anglican Presbyterian Evangelical Quaker "
    "Sunni Shia Jain Baha'i Zoroastrian atheist agnostic Pentecostal"
).split()
PARTIES = (
    "Democrat,Republican,Conservative,Labour,Liberal Democrat,Social Democrat,Green,Libertarian,Socialist,Communist,Tory,Christian Democrat,New Democrat,Independent"
).split(",")
STREETS = "Street Avenue Road Lane Drive Court Place Boulevard Way Terrace Close Crescent Square Parkway Circle Gardens Grove Hill Row Trail Highway".split()
SHORT = {"Street": "St", "Avenue": "Ave", "Road": "Rd", "Drive": "Dr", "Boulevard": "Blvd", "Lane": "Ln", "Court": "Ct", "Parkway": "Pkwy"}
STREET_NAMES = (
    "Oak,Maple,Main,High,Church,Station,Park,Elm,Cedar,Pine,Washington,Lincoln,Victoria,King,Queen,Mill,River,Lake,Hill,Spring,School,North,South,Market,"
    "Chestnut,Walnut,Sunset,Meadow,Willow,Forest,Garden,Bridge,Grove,Albert,George,Franklin,Jackson,Rose,Windsor,Manor,London,York,Green,Broad,Mulberry,"
    "Cherry,Dogwood,Highland,Valley,Canal,Castle,College,Union,Court,Second,Third,Fifth,Old Mill,Saint John's,Martin Luther King,Magnolia,Birch,Orchard"
).split(",")
PROVIDERS = "gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com protonmail.com gmx.de web.de btinternet.com live.co.uk rediffmail.com bigpond.com mail.com orange.fr".split()
STATES = "Alabama Alaska Arizona California Colorado Florida Georgia Idaho Illinois Indiana Iowa Kansas Kentucky Maine Maryland Michigan Minnesota Missouri Nevada Ohio Oklahoma Oregon Tennessee Texas Utah Vermont Virginia Washington Wisconsin".split()
ABBREVIATED = "AL AK AZ CA CO FL GA ID IL IN IA KS KY ME MD MI MN MO NV OH OK OR TN TX UT VT VA WA WI".split()
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
ORG_TAILS = "Inc,Ltd,LLC,Corporation,Group,GmbH,and Sons,Bank,Partners,Solutions,Technologies,Consulting,Holdings,Insurance,Hospital,University,College,Foods,Systems,Labs,Capital,Energy,Logistics,Law Firm,Clinic,School,Foundation,Council,Medical Center,Pharmacy,Airlines,Motors,Media,Studios,Credit Union,Church,Academy,Associates,Industries,Properties,Dental,Institute".split(",")
ORG_WORDS = "Global National United First Northern Southern Pacific Atlantic Summit Green Blue Silver Golden Bright Smart Rapid Prime Alpha Delta Apex Nova Vertex Quantum Harbor River Mountain Valley Oak Cedar Star Metro City Community General Advanced Integrated Digital Data Cloud Bio Care Health Agri Auto Aero Trans Micro Omni Evergreen Horizon Liberty Heritage Phoenix Sterling Beacon Cobalt Zenith".split()
KNOWN_ORGS = "Google,Microsoft,Amazon,Apple,Facebook,Netflix,Tesla,Walmart,Starbucks,Barclays,HSBC,Vodafone,Siemens,Bosch,Samsung,Sony,Toyota,Honda,Nestle,Unilever,Pfizer,Novartis,Roche,IBM,Intel,Oracle,Cisco,Dell,Nvidia,Adobe,Salesforce,Spotify,Uber,Tesco,Aldi,Lidl,Ikea,BMW,Volkswagen,Shell,Boeing,Airbus,Lufthansa,Verizon,Comcast,PayPal,Citibank,Santander,Deloitte,KPMG,Accenture,McKinsey,NASA,NHS,FBI,UNICEF,Oxfam,BBC,CNN,Reuters,Bloomberg,Bank of America,Wells Fargo,American Express,Goldman Sachs,Morgan Stanley,General Electric,Procter and Gamble,Johnson and Johnson,Marks and Spencer,Red Cross,Harvard,Stanford,Oxford University,MIT,Infosys,Tata,Reliance,Wipro,Air Canada,Qantas,Telstra,Deutsche Bank,Allianz,Renault,Carrefour,Home Depot,Best Buy,Costco,Target,FedEx,UPS,Kaiser Permanente,Mayo Clinic,Blue Cross,Medicare Australia,Royal Mail,British Gas".split(",")


def number(random, shape):
    """A value from its shape: 0 any digit, 9 a digit from 2 to 9, A a letter; the rest stands for itself."""
    draw = {"0": "0123456789", "9": "23456789", "A": LETTERS}
    return "".join(random.choice(draw[c]) if c in draw else c for c in shape)


def dictated(written, random):
    """A number as it is said, its groups apart: "555-0123" -> "five five five oh one two three"."""
    groups = written.replace("(", " ").replace(")", " ").replace("-", " ").replace("+", " plus ").replace("/", " ").replace(".", " ").split()
    if random.random() < 0.5 and all(g.isdigit() for g in groups):
        groups = ["".join(groups)]
    return " ".join(g if g == "plus" else code(g, random) for g in groups)


def phone(random):
    shape = random.choice(
        ["900-900-0000"] * 4 + ["(900) 900-0000", "900 900 0000", "900.900.0000", "9009000000", "+1 900 900 0000", "1-800-900-0000", "900-0000", "900 0000"] * 2
        + ["07000 000000", "07000000000", "020 9000 0000", "0161 900 0000", "+44 7000 000000", "+44 20 9000 0000"] * 2
        + ["0400 000 000", "(02) 9000 0000", "+61 400 000 000", "1300 000 000", "+91 90000 00000", "90000 00000", "9000000000", "080 9000 0000"]
        + ["+49 30 0000000", "0170 0000000", "06 00 00 00 00", "+33 6 00 00 00 00", "+31 6 00000000", "+353 87 000 0000", "+34 600 000 000", "+39 333 000 0000"]
    )  # fmt: skip
    written = number(random, shape)
    said = dictated(written, random)
    draw = random.random()
    if draw < 0.08:
        inner = number(random, "0000"[: random.choice((3, 4))])
        return f"{written} ext. {inner}", f"{said} extension {digits(inner, random)}"
    return written, f"area code {said}" if draw < 0.12 and len(written) >= 10 and written[0] in "(23456789" else said


def card(random):
    written = number(random, random.choice(["4000 0000 0000 0000", "5000-0000-0000-0000", "4000000000000000", "5000 0000 0000 0000", "3700 000000 00000", "6011 0000 0000 0000"]))
    if random.random() < 0.25:
        written = written.replace(" ", "").replace("-", "")[-4:]
    return written, dictated(written, random)


def bank(random):
    shape = random.choice(
        ["00000000", "000000000", "0000000000", "00-00-00", "00 00 00", "GB00 AAAA 0000 0000 0000 00", "DE00 0000 0000 0000 0000 00", "FR0000000000000000000000000", "NL00AAAA0000000000"]
        + ["000-000", "AAAA0000000", "AAAAGB2A", "AAAADEFF", "021000000", "0000000000000"]
    )  # fmt: skip
    written = number(random, shape)
    return written, dictated(written, random)


def identity(random):
    shape = random.choice(
        ["000-00-0000", "000 00 0000", "000000000"] * 2 + ["AA 00 00 00 A", "AA000000A", "000 000 0000", "A0000000", "000000000", "AAAAA0000A", "0000 0000 0000", "000 000 000"]
        + ["E-00000", "E00000", "AA-0000", "0000000", "000000", "A00-000-000", "00AA000", "AB00 AAA", "AAA-0000", "MRN 0000000", "00000000A", "0000 00000 0", "A000-0000-0000", "00000", "AA0000000", "000000-0000", "INV-000000", "AAA000000"]
    )  # fmt: skip
    written = number(random, shape)
    return written, dictated(written, random)


def credential(random):
    draw = random.random()
    if draw < 0.55:
        written = number(random, random.choice(("0000", "0000", "000000", "000000", "000", "00000", "0000 0000", "000-000")))
        return written, dictated(written, random)
    word = random.choice("dragon sunshine monkey football summer winter bluebird coffee mountain tiger orange pepper shadow rocket garden purple castle river banana welcome secret hunter pumpkin".split())
    if draw < 0.8:
        tail = number(random, random.choice(("00", "0000", "0", "")))
        mark = random.choice(("", "", "!", "#", "$"))
        cap = random.random() < 0.5
        said = f"{'capital ' + word[0] + ' ' + word[1:] if cap and random.random() < 0.3 else word} {digits(tail, random)} {spelled(mark, random)}"
        return (word.capitalize() if cap else word) + tail + mark, " ".join(said.split())
    written = "".join(random.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(random.randint(5, 9)))
    return written, spelled(written, random)


def said_domain(domain, random):
    return " ".join("dot" if part == "." else part if len(part) > 2 and part not in ("com", "gmx") or part in ("co", "de") and random.random() < 0.5 else part for part in domain.replace(".", " . ").split())


def email(random, names):
    origin = names.origin(random)
    first, last = (fold(n).replace(" ", "").replace("'", "") for n in (names.forename(random, origin), names.surname(random, origin)))
    tail = number(random, random.choice(("", "", "", "00", "0", "0000")))
    joint = random.choice((".", ".", "_", "-", ""))
    user = random.choice((f"{first}{joint}{last}{tail}", f"{first[0]}{joint}{last}{tail}", f"{first}{tail}", f"{last}{joint}{first}", f"{first}{joint}{last[0]}{tail}", random.choice("info contact sales office hr billing support".split())))
    domain = random.choice(PROVIDERS) if random.random() < 0.65 else f"{random.choice(ORG_WORDS).lower()}{random.choice(('', 'group', 'tech', 'law', 'health'))}.{random.choice(('com', 'org', 'co.uk', 'net', 'io', 'de', 'ca', 'com.au', 'in', 'eu'))}"
    parts, piece = [], ""
    for c in user + "\0":
        if c.isalpha():
            piece += c
            continue
        if piece:
            parts.append(spelled(piece, random) if len(piece) < 3 or random.random() < 0.2 else piece)
            piece = ""
        parts.append("" if c == "\0" else code(c, random) if c.isdigit() else {".": "dot", "_": "underscore", "-": random.choice(("dash", "hyphen"))}[c])
    return f"{user}@{domain}", " ".join(" ".join(parts).split()) + f" at {said_domain(domain, random)}"


def url(random, names):
    last = fold(names.surname(random, names.origin(random))).replace(" ", "").replace("'", "")
    if random.random() < 0.3:
        handle = f"{last}{number(random, random.choice(('', '00', '0')))}"
        return f"@{handle}", f"at {last} {digits(handle[len(last):], random)}".strip()
    host = random.choice((last, f"{random.choice(ORG_WORDS).lower()}{random.choice(ORG_WORDS).lower()}", f"{last}{random.choice(('law', 'dental', 'design', 'photos'))}"))
    top = random.choice("com org net co.uk io de ca com.au in".split())
    path = random.choice(("", "", "/careers", "/contact", "/about", "/booking"))
    www = random.random() < 0.5
    said = f"{random.choice(('w w w dot ', 'www dot ')) if www else ''}{host} dot {said_domain(top, random)}{path.replace('/', ' slash ')}"
    return f"{random.choice(('www.', 'https://www.', 'https://')) if www else ''}{host}.{top}{path}", said


def date(random, earliest=1990, latest=2026, whole=False):
    """A calendar date, a month with or without a year, or a year; `whole` means with day, month and year."""
    y, m, d = random.randint(earliest, latest), random.randint(1, 12), random.randint(1, 28)
    month, said_year = MONTHS[m - 1], year(y, random)
    forms = [
        (f"{month} {suffixed(d)}, {y}", f"{month} {ordinal(d)} {said_year}"),
        (f"{month} {d}, {y}", f"{month} {cardinal(d)} {said_year}"),
        (f"{d} {month} {y}", f"the {ordinal(d)} of {month} {said_year}"),
        (f"{m}/{d}/{y}", f"{cardinal(m)} {cardinal(d)} {said_year}"),
        (f"{d:02}/{m:02}/{y}", f"{cardinal(d)} {cardinal(m)} {said_year}"),
        (f"{y}-{m:02}-{d:02}", f"{said_year} {cardinal(m)} {cardinal(d)}"),
        (f"{d}.{m}.{y}", f"the {ordinal(d)} of the {ordinal(m)} {said_year}"),
    ]
    if not whole:
        forms += [
            (f"{month} {suffixed(d)}", f"{month} {ordinal(d)}"), (f"the {suffixed(d)} of {month}", f"the {ordinal(d)} of {month}"),
            (f"{month} {y}", f"{month} {said_year}"), (month, month), (str(y), said_year), (f"{d} {month}", f"{ordinal(d)} {month}"),
        ] * 2  # fmt: skip
    return random.choice(forms)


def birth(random):
    return date(random, 1930, 2018, whole=random.random() < 0.85)


def age(random):
    n = random.choice((random.randint(1, 17), random.randint(18, 60), random.randint(61, 99)))
    said = cardinal(n)
    if n < 3 and random.random() < 0.5:
        n = random.randint(2, 23)
        return f"{n} months old", f"{cardinal(n)} months old"
    return random.choice(((f"{n} years old", f"{said} years old"), (f"{n}-year-old", f"{said} year old"), (str(n), said), (f"{n} years of age", f"{said} years of age")))


def address(random, names):
    """A street address, with or without flat, town and postal code; or a post office box or a postal code alone."""
    house = number(random, random.choice(("9", "90", "900", "9000", "1000")))
    draw, kind = random.random(), random.choice(STREETS)
    name = random.choice(STREET_NAMES) if draw < 0.7 else names.surname(random, "English" if draw < 0.9 else names.origin(random))
    said_house = digits(house, random) if random.random() < 0.4 else cardinal(int(house)) if len(house) < 4 else f"{cardinal(int(house[:2]))} {digits(house[2:], random)}"
    written, said = f"{house} {name} {SHORT.get(kind, kind) if random.random() < 0.4 else kind}", f"{said_house} {name} {kind}"
    city, at = names.place(random), random.randrange(len(STATES))
    zip_code, uk = number(random, "90000"), number(random, random.choice(("AA9 9AA", "A99 9AA", "AA99 9AA", "AA9A 9AA")))
    draw = random.random()
    if draw < 0.14:
        flat = number(random, random.choice(("9", "90", "A", "9A")))
        word = random.choice(("Apartment", "Apt", "Flat", "Unit", "Suite"))
        front = word == "Flat"
        written = f"{word} {flat}, {written}" if front else f"{written}, {word} {flat}"
        said = f"{word} {code(flat, random)} {said}" if front else f"{said} {word} {code(flat, random)}"
    if draw < 0.3:
        return f"{written}, {city}, {ABBREVIATED[at]} {zip_code}", f"{said} {city} {STATES[at]} {digits(zip_code, random)}"
    if draw < 0.42:
        return f"{written}, {city} {uk}", f"{said} {city} {code(uk, random)}"
    if draw < 0.52:
        return f"{written}, {city}", f"{said} {city}" if random.random() < 0.6 else f"{said} in {city}"
    if draw < 0.6:
        pin = number(random, random.choice(("000000", "A9A 9A9", "9000")))
        return f"{written}, {city} {pin}", f"{said} {city} {code(pin, random)}"
    if draw < 0.66:
        strasse = f"{names.surname(random, 'German')}{random.choice(('straße', 'weg', 'allee'))}"
        return f"{strasse} {house}, {zip_code} {city}", f"{strasse} {cardinal(int(house)) if len(house) < 4 else digits(house, random)} {digits(zip_code, random)} {city}"
    if draw < 0.7:
        return f"PO Box {house}, {city}", f"p o box {digits(house, random)} {city}"
    if draw < 0.8:
        only = random.choice((zip_code, uk))
        return only, code(only, random)
    return written, said


def belief(random):
    value = random.choice(NATIONALITIES if random.random() < 0.6 else BELIEFS if random.random() < 0.7 else PARTIES)
    return value, value


def organisation(random, names):
    draw = random.random()
    last = names.surname(random, names.origin(random))
    if draw < 0.3:
        name = random.choice(KNOWN_ORGS)
    elif draw < 0.5:
        name = f"{last} {random.choice(ORG_TAILS)}"
    elif draw < 0.58:
        name = f"{last} and {names.surname(random, 'English')}"
    elif draw < 0.68:
        name = random.choice(("University of {}", "{} University", "{} City Council", "{} General Hospital", "{} High School", "{} Police Department", "Bank of {}")).format(names.place(random))
    else:
        name = f"{random.choice(ORG_WORDS)} {random.choice(ORG_WORDS + ORG_TAILS * 2)}"
    return name, name.replace("&", "and")
