"""Verifies an export of the entry book away from the system that wrote it. Python 3.8 or newer and nothing else.

    python verify_export.py entries.jsonl [anchor.json]

entries.jsonl: from `gongkai verify --export entries.jsonl`; anchor.json: kept from the site's page /anchors/. It shares
no code with Gongkai: two programs that agree prove more than one.
"""

import hashlib
import json
import sys

DIGESTED = (
    "organ_code", "seq", "at", "by", "by_key", "act", "subject_type", "subject_key", "before", "after", "previous",
)  # fmt: skip


def canonical(value):
    """The one text of a value: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(value):
    """Digest of a value's canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def faults(lines, heads):
    """A sentence for the first broken place of each chain. heads: organ code -> [seq, digest] from an anchor."""
    last = {}  # organ code -> (seq, digest)
    broken = {}
    for line in lines:
        entry = json.loads(line)
        code, seq = entry["organ_code"], entry["seq"]
        before = last.get(code, (0, ""))
        if seq != before[0] + 1:
            broken.setdefault(code, f"{code}: entry {before[0] + 1} is missing")
        elif sha256([entry[name] for name in DIGESTED]) != entry["digest"]:
            broken.setdefault(code, f"{code}: entry {seq} was changed")
        elif entry["previous"] != before[1]:
            broken.setdefault(code, f"{code}: entry {seq} does not follow the one before it")
        elif heads.get(code, [0])[0] == seq and heads[code][1] != entry["digest"]:
            broken.setdefault(code, f"{code}: entry {seq} is not the one of the anchor")
        last[code] = (seq, entry["digest"])
    for code, (seq, _) in heads.items():
        if last.get(code, (0, ""))[0] < seq:
            broken.setdefault(code, f"{code}: the anchor knows entry {seq}, the export ends before it")
    return [broken[code] for code in sorted(broken)]


def heads_of(path):
    """The heads of a kept anchor; stops when the file does not bear its own digest."""
    with open(path, encoding="utf-8") as file:
        anchor = json.load(file)
    if sha256([anchor["day"], anchor["heads"], anchor["previous"]]) != anchor["digest"]:
        sys.exit(f"{path}: the anchor itself was changed")
    return anchor["heads"]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as export:
        found = faults(export, heads_of(sys.argv[2]) if len(sys.argv) == 3 else {})
    print("\n".join(found) or "Every entry holds.")
    sys.exit(1 if found else 0)
