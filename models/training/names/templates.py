"""Sentences of conversations with places for names, so that the model meets names of every origin where people say them."""

import csv
import io
import lzma
import random
import re

TEMPLATES = [
    "my name is {full}", "Hi, my name is {full} and I'm calling about my account.", "my name's {first}", "I'm {full} from {org}.", "this is {first} speaking",
    "This is {full} calling from {org}.", "hello {first} how are you", "Hi {first}, thanks for joining.", "thanks {first}", "Thank you, {first}. Next question.",
    "{first} can you hear me", "{first}, could you share your screen?", "so {first} what do you think", "What do you think, {first}?", "good morning {first}",
    "I spoke with {full} yesterday.", "i talked to {first} about it", "{first} said that she would send it", "{full} said he was not sure", "Then {first} told me to wait.",
    "please call {title} {last}", "{title} {last} will see you now", "Good afternoon, {title} {last}.", "I have an appointment with {title} {last} at three.",
    "my wife {first} and i live in {city}", "My husband {first} works at {org}.", "our daughter {first} is six", "my brother {first} and my sister {first} moved to {city}",
    "I grew up in {city}, {country}.", "we are flying to {city} next week", "i live in {city}", "She was born in {city} and moved to {city} when she was ten.",
    "is it raining in {city}", "what time is it in {city}", "The office in {city} is closing.", "our {city} office", "We opened a branch in {country} last year.",
    "I work for {org}", "he used to work at {org} in {city}", "{org} announced a new product", "the people at {org} were kind", "She left {org} to join {org}.",
    "can you spell your last name {last}", "last name {last} first name {first}", "Surname {last}, first name {first}.", "the name is {last}, {first} {last}",
    "could i speak to {first} {last} please", "May I speak with {title} {last}?", "{first}'s car is outside", "that is {first}'s idea", "we met at {first}'s house",
    "i gave it to {first} and {first}", "{first} and {first} are coming", "ask {first} about that", "let me ask {first}", "I'll let {first} answer that.",
    "over to you {first}", "I think {first} has a question.", "{first} raised a good point", "as {first} mentioned", "like {first} said", "to add to what {first} said",
    "email {first} about the meeting", "send a message to {full}", "call {full}", "text {first} that i am late", "remind me to call {first}", "add {full} to my contacts",
    "The patient, {full}, was admitted on Monday.", "patient name {full}", "{full} is a resident of {city}.", "Dear {first},", "Dear {title} {last},", "Best regards, {full}",
    "Kind regards, {first}", "{full}, {org}", "Our next speaker is {full}.", "joining me is {full} from {org}", "With me today are {full}, our chief executive, and {full}, our chief financial officer.",
    "Our next question comes from {full} with {org}.", "your line is open {first}", "the line of {full} from {org}", "is {first} there", "has anyone seen {first}", "{first} is on holiday",
    "I am married to {full}.", "her maiden name was {last}", "people call me {first}", "my name is {full} but everyone calls me {first}", "they named him {first}", "a man called {full}",
    "the account is in the name of {full}", "make it out to {full}", "the card belongs to {full}", "{full} lives on the second floor", "my neighbour {title} {last}", "the {last} family",
    "the {last}s are coming over", "did you see what {first} did", "{first} is my best friend", "i am going to {first}'s wedding in {city}", "{first} got married last week",
    "we have {first} on the call", "{first} you are on mute", "sorry {first} go ahead", "yes {first}", "no {first} not yet", "okay {first} thank you", "right {first}", "{first} here", "hey it's {first}",
    "it's {first} from {org}", "You are speaking with {first}.", "was that {full}?", "I'd like to thank {full} for her work.", "{full} wrote the first version", "the book by {full}",
    "{full} was elected president", "Senator {last} voted against it.", "Judge {last} ruled on Friday.", "officer {last} stopped me", "Detective {last} asked me the same.", "nurse {first} was kind",
    "Professor {last} teaches in {city}.", "my doctor is {full}", "my therapist {first}", "my manager {first}", "our colleague {full}", "my lawyer is {full} of {org}", "signed {full}",
    "witness {full}", "your honour {full} for the defence", "I, {full}, declare", "between {full} and {org}", "the defendant {last}", "{last} versus {last}", "emergency contact {full}",
    "next of kin is my mother {full}", "uncle {first} and aunt {first}", "grandma {first}", "say hi to {first}", "give my love to {first}", "happy birthday {first}", "congratulations {first}",
    "come on {first}", "oh {first}", "{first} please sit down", "goodbye {first}", "see you {first}", "where is {first}", "who is {first}", "{first} who", "{first} with a k", "i know {first}",
    "We drove from {city} to {city}.", "the train to {city} leaves at nine", "weather for {city}", "restaurants in {city}", "a hotel near {city}", "the university of {city}", "{city} university",
    "he comes from {country}", "in {country} it is different", "customers in {city} and {city}", "the mayor of {city}", "{city} city council", "St {first}'s hospital in {city}",
    "My address is in {city}, {country}.", "we deliver to {city}", "flights from {city} to {city}", "the {org} account", "an invoice from {org}", "I bank with {org}", "I applied at {org}.",
    "{org} and {org} merged", "the merger with {org}", "our client {org}", "{org} is hiring", "he was chief executive of {org}", "a letter from {org}", "the team at {org}", "{full} ({org})",
    "will {first} be there", "may {first} join", "Will {first} call?", "can {first} come", "mark my words", "i hope so", "may i ask", "will you be there", "we will see", "in may or june", "the bill is due",
    "a rose is a rose", "the price went up", "grace period ends", "it is a long way", "a young man", "we can mark it as done", "i will bill them", "summer is over", "he was frank about it",
]  # fmt: skip

TITLES = "mr mrs ms dr professor sir miss doctor mister".split()
AMBIGUOUS = "will may grace mark hope rose bill frank joy dawn faith summer april june august art drew chase grant pat sue rob jack bob gene ray guy don dean miles max ivy violet daisy lily ruby pearl amber jade crystal penny holly olive hazel iris heather ginger melody harmony destiny angel christian sterling chance hunter mason carter cooper parker taylor reed page young long white brown black green king price bush wood stone day love cash case cole dale glen cliff forrest brook rusty rich skip buddy sunny".split()
ORG_TAILS = "Inc, Ltd, LLC, Corporation, Group, GmbH, & Sons, Bank, Partners, Solutions, Technologies, Consulting, Holdings, Insurance, Hospital, University, College, Foods, Systems, Labs, Capital, Energy, Logistics, Law Firm, Clinic, School".split(", ")
ORG_WORDS = "Global National United First Northern Southern Pacific Atlantic Summit Green Blue Red Silver Golden Bright Smart Rapid Prime Alpha Delta Apex Nova Vertex Quantum Harbor River Mountain Valley Oak Pine Cedar Star Sun Moon Metro City Community General Advanced Integrated Digital Data Cloud Net Bio Med Care Health Agri Auto Aero Trans Inter Micro Omni".split()
KNOWN_ORGS = "Google Microsoft Amazon Apple Facebook Netflix Tesla Walmart Starbucks Barclays HSBC Vodafone Siemens Bosch Samsung Sony Toyota Honda Nestle Unilever Pfizer Novartis Roche IBM Intel Oracle Cisco Dell Nvidia Adobe Salesforce Spotify Uber Airbnb Tesco Sainsburys Aldi Lidl Ikea BMW Volkswagen Shell BP Exxon Chevron Boeing Airbus Lufthansa Verizon Comcast Visa Mastercard PayPal Citibank Santander Deloitte KPMG Accenture McKinsey NASA NHS FBI UNICEF Oxfam Greenpeace BBC CNN Reuters Bloomberg".split()


class NameSource:
    """Draws names from ../shared/names and, for countries that it knows few of, from what faker_names.mjs printed."""

    def __init__(self, shared, faker: list[str]) -> None:
        def rows(path: str, **options) -> list[dict]:
            with lzma.open(shared / "names" / path) as file:
                return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")), **options))

        def plain(path: str) -> list[str]:
            with lzma.open(shared / "names" / path) as file:
                return [line.split()[0].capitalize() for line in file.read().decode().splitlines()]

        self.common_first = plain("us_census1990_dist.female.first.xz")[:400] + plain("us_census1990_dist.male.first.xz")[:300]
        self.any_first = (
            plain("us_census1990_dist.female.first.xz") + plain("us_census1990_dist.male.first.xz")
            + [row["Romanized Name"] for row in rows("common-forenames-by-country.csv.xz")]
            + [row["name"] for row in rows("us_ssa_top1000_by_year_agg.tsv.xz", delimiter="\t")]
            + [line[2:] for line in faker if line.startswith("f\t") and line[2:].isascii()]
        )  # fmt: skip
        last = plain("us_census1990_dist.all.last.xz")
        self.common_last, self.any_last = last[:800], last + [row["Romanized Name"] for row in rows("common-surnames-by-country.csv.xz")] * 4
        self.any_last += [line[2:] for line in faker if line.startswith("s\t") and line[2:].isascii()] * 2
        cities = rows("world-cities.csv.xz")
        self.cities = [row["name"] for row in cities]
        self.big = [row["name"] for row in cities if row["country"] in ("United States", "United Kingdom", "Canada", "Australia", "Germany", "France", "India")]
        self.countries = sorted({row["country"] for row in cities} | {row["subcountry"] for row in cities if row["country"] in ("United States", "Canada", "Australia")})

    def pick(self, kind: str) -> str:
        draw = random.random()
        if kind == "first":
            if draw < 0.08:
                return random.choice(AMBIGUOUS).capitalize()
            return random.choice(self.common_first if draw < 0.5 else self.any_first) or "Anna"
        if kind == "last":
            name = random.choice(self.common_last if draw < 0.4 else self.any_last) or "Smith"
            if draw > 0.97:
                name = f"{random.choice(['van', 'van der', 'de', 'von', 'bin', 'al', 'de la', 'di'])} {name}"
            elif draw > 0.94:
                name = f"{name}-{random.choice(self.common_last)}"
            elif draw > 0.91:
                name = random.choice(["O'", "Mc", "Mac"]) + name
            return name
        if kind == "full":
            first, last = self.pick("first"), self.pick("last")
            if draw < 0.08:
                return f"{first} {random.choice('ABCDEFGHJKLMNPRSTW')}. {last}"
            if draw < 0.14:
                return f"{first} {self.pick('first')} {last}"
            return f"{first} {last}"
        if kind == "city":
            return random.choice(self.big if draw < 0.6 else self.cities)
        if kind == "country":
            return random.choice(self.countries)
        if draw < 0.3:
            return random.choice(KNOWN_ORGS)
        if draw < 0.55:
            return f"{random.choice(self.common_last)} {random.choice(ORG_TAILS)}"
        if draw < 0.65:
            return f"{random.choice(self.common_last)}, {random.choice(self.common_last)} and {random.choice(self.common_last)}"
        if draw < 0.75:
            return f"University of {random.choice(self.big)}"
        return f"{random.choice(ORG_WORDS)} {random.choice(ORG_TAILS)}"

    def fill(self, template: str) -> tuple[list[str], list[str]]:
        words: list[str] = []
        labels: list[str] = []
        kinds = {"first": "PER", "last": "PER", "full": "PER", "city": "LOC", "country": "LOC", "org": "ORG"}
        for piece in template.split(" "):
            match = re.match(r"^(\W*)\{(\w+)\}(.*)$", piece)
            if not match:
                words.append(piece)
                labels.append("O")
                continue
            before, kind, after = match.groups()
            if kind == "title":
                title = random.choice(TITLES).capitalize()
                words.append(before + title + random.choice(["", "."] if len(title) < 4 else [""]))
                labels.append("O")
                continue
            value = self.pick(kind)
            for n, part in enumerate(value.split(" ")):
                words.append((before if n == 0 else "") + part)
                labels.append(("B-" if n == 0 else "I-") + kinds[kind])
            words[-1] += after
        return words, labels
