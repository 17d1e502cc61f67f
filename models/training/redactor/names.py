"""Names of people by origin, places and organisations, split by name: a held-out name is never generated in training.

From ../shared/names and, for origins that these know few of, from PyPI `Faker` (MIT).
"""
import csv
import importlib
import io
import lzma
import re
import unicodedata
import zlib
from pathlib import Path

import faker.providers.person

ORIGINS = {  # origin -> countries of ../shared/names, locales of Faker
    "English": ("US GB AU NZ CA IM JE GG", "en_US en_GB en_NZ"),
    "Irish": ("IE", "en_IE ga_IE"),
    "German": ("DE AT CH LI LU", "de_DE de_AT de_CH"),
    "French": ("FR BE MC HT", "fr_FR fr_BE fr_CA fr_CH"),
    "Spanish": ("ES MX AR CL CO PE VE EC BO PY UY PA SV GT CR CU DO PR", "es_ES es_MX es_AR es_CL es_CO"),
    "Portuguese": ("PT BR", "pt_PT pt_BR"),
    "Italian": ("IT SM MT", "it_IT"),
    "Dutch": ("NL SR AW", "nl_NL nl_BE"),
    "Nordic": ("DK NO SE FI IS FO GL", "da_DK no_NO sv_SE fi_FI is_IS"),
    "Polish, Czech, Slovak": ("PL CZ SK", "pl_PL cs_CZ sk_SK"),
    "East Slavic": ("RU UA BY", ""),
    "South Slavic": ("RS HR BA SI ME MK BG", "hr_HR sl_SI"),
    "Baltic": ("LT LV EE", "lt_LT lv_LV et_EE"),
    "Hungarian, Romanian": ("HU RO MD", "hu_HU ro_RO"),
    "Greek, Albanian": ("GR CY AL XK", ""),
    "Turkic": ("TR AZ KZ KG TJ MN", "tr_TR az_AZ uz_UZ"),
    "Arabic": ("EG AE SA IQ JO KW LB LY MA DZ TN", "fr_DZ"),
    "Persian, Hebrew, Caucasian": ("IR IL AM GE", ""),
    "Indian": ("IN NP LK BD", "en_IN"),
    "Pakistani": ("PK", "en_PK"),
    "Chinese": ("CN TW", "zh_CN zh_TW"),
    "Japanese": ("JP", "ja_JP"),
    "Korean": ("KR", ""),
    "South-East Asian": ("VN TH PH KH MY ID", "vi_VN en_TH id_ID"),
    "West African": ("ML GQ", "en_NG yo_NG ig_NG ha_NG tw_GH"),
    "East African": ("", "en_KE sw"),
    "Southern African": ("ZA", "zu_ZA"),
    "Pacific, Caribbean": ("FJ PF JM", ""),
}
ROMANISED = {  # forenames that neither source has in Latin letters
    "Korean": "Minjun Min-jun Seojun Seo-jun Dohyun Jihoon Ji-hoon Junseo Hyunwoo Hyun-woo Sungmin Sung-min Jaehyun Jae-hyun Taeyang Woojin Donghyun Dong-hyun "
    "Youngho Young-ho Sangwoo Kyungsoo Jimin Ji-min Seoyeon Seo-yeon Jiwoo Ji-woo Haeun Ha-eun Minseo Min-seo Soyeon So-yeon Yuna Eunji Eun-ji Hyejin Hye-jin "
    "Sujin Su-jin Jisoo Ji-soo Eunkyung Mikyung Mi-kyung Yeonhee Chaewon Dain Nayeon Na-yeon Bora Hana Jiyoung Ji-young Sunhee Sun-hee Miyoung",
    "Chinese": "Wei Fang Jing Lei Yan Min Jun Hui Xiaoming Xiaoyan Zhiwei Jianguo Haoran Yuxuan Zihan Mingzhu Lihua Meiling Guowei Weijie Chunhua Xueqin Jiaqi "
    "Yiming Ruolan Shufen Jiahao Zhenhua Peng Tao Ying Qing Rong Hong Bin Feng Hua Kai Lan Yuming Xinyi Wenjie Siyu",
    "Arabic": "Khalid Abdullah Yousef Hussein Mustafa Samira Layla Noor Hanan Salma Rania Tariq Bilal Hamza Faisal Nasser Jamal Walid Mariam Zainab Hala Dalia "
    "Ziad Karim Rashid Amina Huda Nadia Marwan Anwar Fahad Sultan",
}
PARTS = {0: "test", 1: "tune"}  # of 8; the rest is for training, "tune" for choosing thresholds


def split_of(text):
    """"train", "tune" or "test": where a name or a template belongs, on every machine, blind to case and accents."""
    return PARTS.get(zlib.crc32(fold(text).encode()) % 8, "train")


def fold(text):
    """Lower case without accents, as MiniLM's tokenizer folds."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")


def table(path, **options):
    with lzma.open(path) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")), **options))


def usable(name):
    """In Latin letters, and more than an initial."""
    return bool(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['’ -])+", name)) and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def of_faker(locale, kind):
    """All names of one kind ("first_name", "last_name") that Faker's lists of a locale hold."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        if attribute.startswith((kind, kind.replace("_name", "_romanized_name"))):
            values = getattr(provider, attribute)
            if isinstance(values, (tuple, list, dict)):
                yield from (str(v).title() if str(v).isupper() else str(v) for v in values)


class Names:
    """Names of one split ("train", "tune", "test"), drawn with `random` (random.Random)."""

    def __init__(self, shared, split):
        folder = Path(shared) / "names"
        here = lambda name: usable(name) and split_of(name) == split  # noqa: E731
        fore = table(folder / "common-forenames-by-country.csv.xz")
        sur = table(folder / "common-surnames-by-country.csv.xz")
        self.first, self.last = {}, {}
        for origin, (countries, locales) in ORIGINS.items():
            first = {r["Romanized Name"] for r in fore if r["Country"] in countries.split()}
            last = {r["Romanized Name"] for r in sur if r["Country"] in countries.split()}
            for locale in locales.split():
                first.update(of_faker(locale, "first_name"))
                last.update(of_faker(locale, "last_name"))
            first.update(ROMANISED.get(origin, "").split())
            self.first[origin], self.last[origin] = sorted(filter(here, first)), sorted(filter(here, last))
        for origin in list(self.first):
            if not (self.first[origin] and self.last[origin]):  # a small list may have none in this split
                del self.first[origin], self.last[origin]
        plain = lambda name: [line.split()[0].capitalize() for line in lzma.open(folder / f"us_census1990_dist.{name}.xz", "rt")]  # noqa: E731
        female, male, surnames = plain("female.first"), plain("male.first"), plain("all.last")
        self.common_first = sorted(filter(here, female[:500] + male[:400]))
        self.common_last = sorted(filter(here, surnames[:2000]))
        self.any_last = sorted(filter(here, surnames))
        words = table(folder / "ambiguous_names.tsv.xz", delimiter="\t")
        self.words_first = sorted(filter(here, [r["name"].capitalize() for r in words if float(r["census_first_pct"]) > 0.003]))
        self.words_last = sorted(filter(here, [r["name"].capitalize() for r in words if float(r["census_last_pct"]) > 0.004]))
        cities = table(folder / "world-cities.csv.xz")
        big = "United States,United Kingdom,Canada,Australia,India,Germany,France,Spain,Ireland,Netherlands,Italy".split(",")
        self.cities = sorted({r["name"] for r in cities if here(r["name"])})
        self.near_cities = sorted({r["name"] for r in cities if r["country"] in big and here(r["name"])})
        self.regions = sorted({r["subcountry"] for r in cities if r["country"] in big[:7] and here(r["subcountry"])})
        self.countries = sorted({r["country"] for r in cities if here(r["country"])})
        self.inventive = split == "train"
        self.weights = [min(len(v), 400) ** 0.5 for v in self.first.values()]

    def origin(self, random):
        """English names are a third: meetings in English have more of them than of any other origin."""
        return "English" if random.random() < 0.3 else random.choices(list(self.first), self.weights)[0]

    def forename(self, random, origin):
        draw = random.random()
        if origin == "English":
            return random.choice(self.words_first if draw < 0.12 else self.common_first if draw < 0.75 else self.first[origin])
        return self.invented(random, self.first[origin]) if draw < 0.08 else random.choice(self.first[origin])

    def invented(self, random, names):
        """In training the beginning of one name and the end of another: there are more names than lists know."""
        a, b = random.choice(names), random.choice(names)
        return a[: (len(a) + 1) // 2] + b[len(b) // 2 :].lstrip() if self.inventive else a

    def surname(self, random, origin):
        draw = random.random()
        if origin == "English":
            name = random.choice(self.words_last if draw < 0.12 else self.common_last if draw < 0.6 else self.any_last)
            return random.choice(("O'", "Mc", "Mac", "Fitz")) + name if draw > 0.97 else name
        name = self.invented(random, self.last[origin]) if 0.3 < draw < 0.38 else random.choice(self.last[origin])
        if draw > 0.96:
            return f"{name}-{random.choice(self.last[origin])}"
        particles = {"Dutch": "van,van der,de", "German": "von", "French": "de,du", "Spanish": "de la,del", "Portuguese": "da,dos", "Arabic": "al,el,bin", "Italian": "di,de"}
        if draw > 0.9 and origin in particles:
            return f"{random.choice(particles[origin].split(','))} {name}"
        return f"{name} {random.choice(self.last[origin])}" if origin in ("Spanish", "Portuguese") and draw < 0.25 else name

    def place(self, random):
        draw = random.random()
        return random.choice(self.near_cities if draw < 0.55 else self.cities if draw < 0.75 else self.regions if draw < 0.85 else self.countries)
