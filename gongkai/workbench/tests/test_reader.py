"""Language and reading mode: chosen by a link, kept in a cookie, never in the way of the page."""

from __future__ import annotations

from django.test import Client


def test_the_elder_mode_is_chosen_by_a_link_and_kept(client: Client) -> None:
    assert 'data-mode="standard"' in client.get("/law/").content.decode()
    assert 'data-mode="elder"' in client.get("/law/", {"mode": "elder"}).content.decode()
    assert 'data-mode="elder"' in client.get("/law/calendar/").content.decode()
    client.get("/law/", {"mode": "standard"})
    assert 'data-mode="standard"' in client.get("/law/").content.decode()


def test_english_is_chosen_by_a_link_and_kept(client: Client) -> None:
    assert '<html lang="zh-CN"' in client.get("/law/").content.decode()
    assert '<html lang="en"' in client.get("/law/", {"language": "en"}).content.decode()
    assert '<html lang="en"' in client.get("/law/calendar/").content.decode()


def test_unknown_choices_change_nothing(client: Client) -> None:
    page = client.get("/law/", {"mode": 'x"><script>', "language": "xx"})
    assert 'data-mode="standard"' in page.content.decode()
    assert not page.cookies


def test_a_choice_keeps_what_was_asked(client: Client) -> None:
    page = client.get("/law/time-limits/reply/", {"from": "2024-01-29"}).content.decode()
    assert "?from=2024-01-29&amp;mode=elder" in page


def test_pages_load_nothing_from_elsewhere_and_run_no_script(client: Client) -> None:
    page = client.get("/law/")
    assert "default-src 'none'" in page["Content-Security-Policy"]
    text = page.content.decode()
    assert "<script" not in text
    assert "style=" not in text
    assert 'src="http' not in text
