"""What every page must hold: no axe-core violation, nothing sideways, cut or overlapping, each language marked."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
# A window of 1280 by 900 at 200 per cent, and as WCAG 1.4.10 has it: 1280 at 400 per cent, the narrowest telephone.
ZOOMED = ((640, 450), (320, 256))
AXE = (Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => {
  const result = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}, resultTypes: ['violations'],
  });
  return result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200))}));
}"""
# All text that is not inside an element marked as Chinese.
UNMARKED = """() => {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const marked = node.parentElement.closest('[lang]');
    if (['STYLE', 'SCRIPT'].includes(node.parentElement.tagName)) continue;
    if (!marked.lang.startsWith('zh')) found.push(node.textContent.trim());
  }
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')) {
    if (element.closest('[lang]').lang.startsWith('zh')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) || '');
  }
  return found;
}"""
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
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    return found


def overflow(page: Page) -> int:
    """By how many CSS pixels the page body is wider than the window; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def unreadable(page: Page) -> list[str]:
    """What of the page cannot be read in the window as it stands; needs script."""
    found: list[str] = page.evaluate(UNREADABLE)
    return found


def leftover_chinese(page: Page) -> list[str]:
    """Chinese text on an English page that is not marked as Chinese content."""
    return [text for text in page.evaluate(UNMARKED) if CHINESE.search(text)]


def audited(page: Page, picture: Path | None = None, sizes: Collection[str] = SIZES) -> None:
    """Nothing is wrong with the page at any size or zoom; leaves it wide.

    picture: where, without its ending. sizes: at which it is photographed and looked through by axe.
    """
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        if picture is not None:
            page.screenshot(path=f"{picture}-{size}.png", full_page=True)
        found = axe_violations(page)
        assert not found, (page.url, size, found)
    for width, height in (*SIZES.values(), *ZOOMED):
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
    width, height = SIZES["wide"]
    page.set_viewport_size({"width": width, "height": height})


def fits(page: Page) -> None:
    """Nothing of the page goes sideways, is cut or covered in the window as it stands."""
    sideways, found = overflow(page), unreadable(page)
    assert not sideways, (page.url, page.viewport_size, sideways)
    assert not found, (page.url, page.viewport_size, found)
