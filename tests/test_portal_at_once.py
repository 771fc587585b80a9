"""What is signed off is on page, list, feed and search with the very next look; what is withdrawn is gone from all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.tests.cast import AT, cast, published, ready

TITLE = "关于工业企业错峰用电的通告"
PLACES = ("/organs/gxj/disclosed/", "/organs/gxj/atom.xml", "/search/?words=错峰用电", "/")


@pytest.mark.django_db(transaction=True)
def test_what_is_published_or_withdrawn_shows_everywhere_at_the_next_look(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    people = cast()
    published(people)
    item = ready(people, title=TITLE)
    page = f"/organs/gxj/items/{item.number}/"
    for place in PLACES:  # drawn and kept before
        assert TITLE not in client.get(place).content.decode(), place
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert client.get(page).status_code == 200
    for place in PLACES:
        assert page in client.get(place).content.decode(), place
    disclosures.withdraw(item, reason="有误", by=people.zhao, at=AT)
    assert client.get(page).status_code == 410
    for place in PLACES:
        assert TITLE not in client.get(place).content.decode(), place
