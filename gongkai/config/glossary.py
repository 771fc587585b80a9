"""Writes GLOSSARY.md: every model, field and measure with its name in code, in Chinese and in English."""

import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.config.start import start

TARGET = Path(__file__).resolve().parent.parent.parent / "GLOSSARY.md"
HEAD = """# Glossary

One name in code, one in Chinese and one in English (on screens) for everything that is stored or counted. Written by
`python -m gongkai.config.glossary` from the models and measures; a test fails when it is out of date. The wider
vocabulary of the trade is in [docs/law/vocabulary.md](docs/law/vocabulary.md).
"""


def render() -> str:
    """The whole file as Markdown."""
    from django.utils.translation import override

    with override("en"):
        return HEAD + "".join(_models()) + "".join(_measures())


def _models() -> Iterator[str]:
    from django.apps import apps

    from gongkai.records.spoken import said

    for app in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if not app.name.startswith("gongkai."):
            continue
        for model in sorted(app.get_models(), key=lambda model: model.__name__):
            if model._meta.proxy:  # another name for a table that is listed, or a library's
                continue
            name = model._meta.verbose_name
            yield f"\n## {app.label}.{model.__name__} {name} {said(name)}\n\n| code | 中文 | English |\n|---|---|---|\n"
            for field in model._meta.get_fields():
                if hasattr(field, "verbose_name") and not getattr(field, "primary_key", False):
                    yield f"| `{field.name}` | {field.verbose_name} | {said(field.verbose_name)} |\n"


def _measures() -> Iterator[str]:
    from gongkai.records.spoken import said
    from gongkai.reports.counting import MEASURES

    yield "\n## Measures 统计口径\n\n| code | 中文 | English | dimensions |\n|---|---|---|---|\n"
    for name, measure in sorted(MEASURES.items()):
        yield f"| `{name}` | {measure.title} | {said(measure.title)} | {', '.join(sorted(measure.by)) or '—'} |\n"


if __name__ == "__main__":
    start()
    TARGET.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}\n")
