"""How people say numbers and codes: digits one by one, in pairs and triples, doubled, spelled; years, ordinals, months."""

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
).split()
MONTHS = "January February March April May June July August September October November December".split()
ALPHABET = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform "
    "victor whiskey xray yankee zulu"
).split()
AS_IN = (
    "apple boy cat dog echo frank george harry ice john king london mary nancy orange peter queen robert sam tom uncle victor william "
    "xray yellow zebra"
).split()


def cardinal(n, british=False):
    """42 -> "forty two"; up to 999,999"""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f" {ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = f" {'and ' if british else ''}{cardinal(n % 100)}" if n % 100 else ""
        return f"{ONES[n // 100]} hundred{rest}"
    rest = f" {cardinal(n % 1000, british)}" if n % 1000 else ""
    return f"{cardinal(n // 1000, british)} thousand{rest}"


def ordinal(n):
    """23 -> "twenty third"; up to 99"""
    if n <= 20:
        return ORDINALS[n]
    return f"{TENS[n // 10]} {ORDINALS[n % 10]}" if n % 10 else TENS[n // 10].replace("ty", "tieth")


def suffixed(n):
    """23 -> "23rd" """
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def year(n, random):
    """1987 -> "nineteen eighty seven", now and then "eighty seven" """
    if 2000 <= n < 2010 or (n >= 2010 and random.random() < 0.3):
        return f"two thousand {'and ' if random.random() < 0.4 else ''}{cardinal(n % 100)}" if n % 100 else "two thousand"
    end = f"oh {ONES[n % 10]}" if 0 < n % 100 < 10 else cardinal(n % 100) if n % 100 else "hundred"
    return end if n % 100 >= 10 and random.random() < 0.12 else f"{cardinal(n // 100)} {end}"


def digits(text, random):
    """Digits as somebody dictates them, by one habit for the whole value: "5510" -> "double five one oh", "fifty five ten"."""
    habit = random.choices(("single", "double", "pairs", "triples"), (5, 3, 2, 1))[0]
    zero = random.choice(("oh", "zero", "zero"))
    one = lambda d: zero if d == "0" else ONES[int(d)]  # noqa: E731
    said, i = [], 0
    while i < len(text):
        run = next((n for n in (3, 2) if text[i : i + n] == text[i] * n), 1)
        if habit == "double" and run > 1:
            said.append(f"{('double', 'triple')[run - 2]} {one(text[i])}")
            i += run
        elif habit == "pairs" and i + 1 < len(text) and text[i] != "0" and random.random() < 0.85:
            said.append(cardinal(int(text[i : i + 2])))
            i += 2
        elif habit == "triples" and i + 2 < len(text) and text[i] != "0" and random.random() < 0.7:
            n = int(text[i : i + 3])
            said.append(f"{ONES[n // 100]} {cardinal(n % 100)}" if n % 100 >= 10 and random.random() < 0.6 else cardinal(n))
            i += 3
        else:
            said.append(one(text[i]))
            i += 1
    return " ".join(said)


def spelled(text, random):
    """Letters and digits one by one, now and then "m as in mary", "bravo", "capital t"; marks by their names."""
    habit = random.choices(("letters", "as in", "alphabet"), (8, 1, 1))[0]
    marks = {"-": ("dash", "hyphen"), ".": ("dot",), "_": ("underscore",), "@": ("at",), "/": ("slash",), "!": ("exclamation mark",), "#": ("hash",), "&": ("ampersand",), "$": ("dollar sign",), "+": ("plus",)}
    said = []
    for c in text:
        if c.isdigit():
            said.append("oh" if c == "0" and random.random() < 0.3 else ONES[int(c)])
        elif c.isascii() and c.isalpha():
            at = ord(c.lower()) - 97
            capital = "capital " if c.isupper() and not text.isupper() and random.random() < 0.6 else ""
            letter = ALPHABET[at] if habit == "alphabet" else c.lower()
            said.append(capital + letter + (f" as in {AS_IN[at]}" if habit == "as in" and random.random() < 0.6 else ""))
        else:
            said.append(random.choice(marks.get(c, ("",))))
    return " ".join(filter(None, said))


def code(text, random):
    """A code such as "QX 44 81 C": letters spelled, runs of digits dictated."""
    parts, run = [], ""
    for c in text + " ":
        if c.isdigit():
            run += c
            continue
        if run:
            parts.append(digits(run, random))
            run = ""
        if c.strip():
            parts.append(spelled(c, random) if c.isalnum() or random.random() < 0.4 else "")
    return " ".join(filter(None, parts))
