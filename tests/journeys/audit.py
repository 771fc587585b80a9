"""What every page must hold: no axe-core violation, no sideways scroll, each language marked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

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


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """The violations of the WCAG 2.2 AA rules on the page as it stands (needs a page with script on)."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    return found


def overflow(page: Page) -> int:
    """By how many CSS pixels the page body is wider than the window; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def leftover_chinese(page: Page) -> list[str]:
    """Chinese text on an English page that is not marked as Chinese content."""
    return [text for text in page.evaluate(UNMARKED) if CHINESE.search(text)]
