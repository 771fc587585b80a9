"""Every stored or counted thing has one name in Chinese and one in English, and the glossary says which."""

import re

from django.apps import apps

from gongkai.config import glossary

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_glossary_is_what_the_models_say() -> None:
    """GLOSSARY.md is generated; run `python -m gongkai.config.glossary` after changing a name."""
    assert glossary.TARGET.read_text(encoding="utf-8") == glossary.render()


def test_every_model_and_field_has_a_chinese_name() -> None:
    nameless = []
    for app in apps.get_app_configs():
        if not app.name.startswith("gongkai."):
            continue
        for model in app.get_models():
            if not CHINESE.search(str(model._meta.verbose_name)):
                nameless.append(model._meta.label)
            if model._meta.proxy:  # its fields are another model's
                continue
            nameless += [
                f"{model._meta.label}.{field.name}"
                for field in model._meta.fields
                if not field.primary_key and not CHINESE.search(str(field.verbose_name))
            ]
    assert not nameless
