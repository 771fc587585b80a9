"""What every page must hold: no axe-core violation, nothing sideways, cut or overlapping, each language marked."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.own_words import book_words, labels

SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
# A window of 1280 by 900 at 200 per cent, and as WCAG 1.4.10 has it: 1280 at 400 per cent, the narrowest telephone.
ZOOMED = ((640, 450), (320, 256))
AXE = (Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What the width of the window alone can alter, as long as the same elements are there and to be seen.
OF_LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Every rule; where the same elements were looked through before, at another width, only the rules of layout.
RUN = """async ([tags, ofLayout]) => {
  const all = {runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}};
  const shown = [...document.querySelectorAll('*')].filter(one => one.checkVisibility({checkVisibilityCSS: true}));
  const before = window.lookedThrough || [], markup = document.documentElement.outerHTML;
  const same = window.lookedThroughAs === markup && shown.length === before.length
    && shown.every((one, place) => one === before[place]);
  Object.assign(window, {lookedThrough: shown, lookedThroughAs: markup});
  const result = await axe.run(document, {...(same ? {runOnly: ofLayout} : all), resultTypes: ['violations']});
  return result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200))}));
}"""
# Every text of the page, and whether it stands inside an element marked as Chinese. What is printed as on paper (a
# report in its statutory form, the source of a rule) is left out: it exists in Chinese only.
SAID = """() => {
  const PRINTED = '.paper, pre, style, script', found = [];
  const add = (text, element) => {
    const marked = element.closest('[lang]').lang.startsWith('zh');
    if (text && !(marked && element.closest(PRINTED))) found.push([text.trim(), marked]);
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!['STYLE', 'SCRIPT'].includes(node.parentElement.tagName)) add(node.textContent, node.parentElement);
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[alt],optgroup[label]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'label']) add(element.getAttribute(name), element);
  return found;
}"""
# The answer of an address of ours in place of what is shown; not where it loads other styles or scripts.
PUT_IN = """async (address) => {
  const LOADS = 'link[rel=stylesheet], style, script', given = await (await fetch(address)).text();
  const made = new DOMParser().parseFromString(given, 'text/html'), kept = document.documentElement;
  const loads = page => [...page.querySelectorAll(LOADS)].map(one => one.outerHTML).join();
  if (loads(made) !== loads(document)) return false;
  for (const {name} of [...kept.attributes]) kept.removeAttribute(name);
  for (const {name, value} of made.documentElement.attributes) kept.setAttribute(name, value);
  for (const one of [...document.head.children]) if (!one.matches(LOADS)) one.remove();
  document.head.append(...[...made.head.children].filter(one => !one.matches(LOADS)));
  document.body.replaceWith(made.body);
  history.replaceState(null, '', address);
  return true;
}"""
# What the demonstration's people typed and the product says as well: names of a channel and a place.
TYPED = {"政府信息公开专栏", "吉林市"}
PARTED = re.compile(r"[\s·›（）()、；]+")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# What cannot be read as the window stands: text beyond its edge (unless a table's own scroller leads there), text cut
# by its box, lines of text over each other. A line counts with its middle part: the boxes of Chinese fonts are taller
# than their lines. What is hidden from sight on purpose, for screen readers, is left out.
UNREADABLE = """() => {
  const UNSEEN = '.visually-hidden, .skip-link, .trap, option, textarea, svg, script, style';
  const found = [], lines = [], kept = new Map(), width = document.documentElement.clientWidth;
  const said = text => text.trim().slice(0, 60);
  const frame = element => {  // the part of the page in which the contents of an element are to be seen
    if (!element || element === document.documentElement) return {left: -1, right: Infinity, top: -1, bottom: Infinity};
    if (kept.has(element)) return kept.get(element);
    const outer = frame(element.parentElement), style = getComputedStyle(element);
    let seen = {...outer};
    if (style.overflowX !== 'visible' && element !== document.body) {
      const box = element.getBoundingClientRect();
      const scrolls = ['auto', 'scroll'].includes(style.overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1 && !element.querySelector('table'))
        found.push(`scrolls sideways without a table: ${said(element.textContent)}`);
      seen = {left: Math.max(outer.left, box.left), right: Math.min(outer.right, box.right),
        top: Math.max(outer.top, box.top), bottom: Math.min(outer.bottom, box.bottom),
        scrolls: scrolls || outer.scrolls};
    }
    kept.set(element, seen);
    return seen;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest(UNSEEN)) continue;
    if (!parent.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})) continue;
    const seen = frame(parent);
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      if (!seen.scrolls && (box.left < -1 || box.right > Math.min(width, seen.right) + 1 || box.left < seen.left - 1))
        found.push(`cut or beyond the edge: ${said(node.textContent)}`);
      const line = {left: Math.max(box.left, seen.left), right: Math.min(box.right, seen.right), node,
        top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3};
      if (line.right - line.left > 2 && line.top < seen.bottom && line.bottom > seen.top) lines.push(line);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next++) {
      const other = lines[next];
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2)
        found.push(`over each other: ${said(one.node.textContent)} / ${said(other.node.textContent)}`);
    }
  });
  return [...new Set(found)];
}"""


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """The violations of the WCAG 2.2 AA rules on the page as it stands (needs a page with script on)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [TAGS, OF_LAYOUT])
    return found


def in_mode(page: Page, **choice: str) -> None:
    """The same page with ?mode= or ?language= added: what the server answers, put into the document that is open.

    Nothing that a document loads depends on the choice, so that its styles and axe stay; else it is opened anew.
    """
    address = page.url + ("&" if "?" in page.url else "?") + urlencode(choice)
    if not page.evaluate(PUT_IN, address):
        page.goto(address)


def overflow(page: Page) -> int:
    """By how many CSS pixels the page body is wider than the window; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def unreadable(page: Page) -> list[str]:
    """What of the page cannot be read in the window as it stands; needs script."""
    found: list[str] = page.evaluate(UNREADABLE)
    return found


def leftover_chinese(page: Page) -> list[str]:
    """What of an English page is Chinese and no content: text not marked so, and own words of the product."""
    said: list[tuple[str, bool]] = page.evaluate(SAID)
    return [text for text, marked in said if CHINESE.search(text) and (not marked or is_own(text))]


def is_own(text: str) -> bool:
    """Whether the product says this in English elsewhere; also where several of its words stand together."""
    parts = {part for part in PARTED.split(text) if part}
    return bool(parts) and parts <= (labels() | book_words()) - TYPED


def audited(page: Page, picture: Path | None = None, sizes: Collection[str] = SIZES) -> None:
    """Nothing is wrong with the page at any size or zoom; leaves it wide.

    picture: where, without its ending. sizes: at which it is photographed and looked through by axe.
    """
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if picture is not None and size in sizes:
            page.screenshot(path=f"{picture}-{size}.png", full_page=True)
        found = axe_violations(page) if size in sizes else []
        assert not found, (page.url, size, found)
        fits(page)
    for width, height in ZOOMED:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
    width, height = SIZES["wide"]
    page.set_viewport_size({"width": width, "height": height})


def fits(page: Page) -> None:
    """Nothing of the page goes sideways, is cut or covered in the window as it stands."""
    sideways, found = overflow(page), unreadable(page)
    assert not sideways, (page.url, page.viewport_size, sideways)
    assert not found, (page.url, page.viewport_size, found)
