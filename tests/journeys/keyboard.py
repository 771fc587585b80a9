"""The keyboard alone: Tab goes once through all that can be acted on, in order and in sight, and out again."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.audit import SIZES
from tests.journeys.keys import ORDER

# The focus must come to all that ORDER names, with every fold open; what only a mouse could use, or what takes keys
# from those who type, must not be there. Each Tab writes down where the one before it led, and whether that was in
# sight: WCAG 2.1.1, 2.1.2, 2.1.4, 2.4.3, 2.4.7 and 2.4.11. Of rows that are alike two are walked; the others are
# taken out for so long.
BEGIN = """() => {%s
  const FOR_MICE = 'script, [draggable=true], [accesskey], [contenteditable], [title], dialog, ' +
    '[tabindex]:not([tabindex="0"], [tabindex="-1"])';
  const said = e => `${e.tagName} ${(e.getAttribute('href') || e.name || e.textContent).trim().slice(0, 60)}`;
  const look = e => {
    const style = getComputedStyle(e), line = style.outlineStyle === 'none' ? '' : style.outline;
    return [line, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const inSight = e => {  // enough of it to be recognised, within the window and all that scrolls around it
    const frame = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
    for (let around = e.parentElement; around; around = around.parentElement) {
      if (around === document.documentElement || getComputedStyle(around).overflowX === 'visible') continue;
      const box = around.getBoundingClientRect();
      frame.left = Math.max(frame.left, box.left); frame.right = Math.min(frame.right, box.right);
      frame.top = Math.max(frame.top, box.top); frame.bottom = Math.min(frame.bottom, box.bottom);
    }
    return [...e.getClientRects()].some(box => {
      const left = Math.max(box.left, frame.left), right = Math.min(box.right, frame.right);
      const top = Math.max(box.top, frame.top), bottom = Math.min(box.bottom, frame.bottom);
      if (right - left < Math.min(box.width, 60) - 2 || bottom - top < Math.min(box.height, 40) - 2) return false;
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return hit && (e.contains(hit) || hit.matches('label') && hit.control === e);
    });
  };
  const kept = [];
  for (const list of document.querySelectorAll('tbody, ul, ol')) {
    const met = new Map();
    for (const row of [...list.childNodes]) {
      if (!row.matches) continue;
      const kind = [row, ...row.querySelectorAll(ACTS)].map(e => e.tagName).join();
      met.set(kind, (met.get(kind) || 0) + 1);
      if (met.get(kind) <= 2) continue;
      kept.unshift([list, row, row.nextSibling]);
      row.remove();
    }
  }
  const folds = [...document.querySelectorAll('details:not([open])')];
  folds.forEach(fold => { fold.open = true; });
  const there = [...document.body.querySelectorAll('*')], stops = order();
  folds.forEach(fold => { fold.open = false; });
  const before = new Map(stops.map(e => [e, look(e)]));
  const faults = [...document.querySelectorAll(FOR_MICE)].map(e => `not for keys: ${e.outerHTML.slice(0, 80)}`);
  for (const e of there) {
    if ([...e.attributes].some(one => one.name.startsWith('on'))) faults.push(`listens by itself: ${said(e)}`);
    const hand = getComputedStyle(e).cursor === 'pointer' && !e.closest('a, button, input, select, summary, label');
    if (hand) faults.push(`a hand over ${said(e)}`);
  }
  const trail = [], address = location.href;
  document.addEventListener('keydown', event => {
    const e = document.activeElement;
    if (event.key !== 'Tab') return;
    if (trail.length && trail.at(-1).e === e) trail.at(-1).shown ||= look(e) !== before.get(e);  // the parts of a date
    else trail.push({e, shown: look(e) !== before.get(e), sight: inSight(e)});
  }, true);
  window.keyboard = {
    on: place => document.activeElement === stops[place],
    end: () => {
      if (trail.shift().e !== document.body) faults.push('something has the focus before any key');
      if (document.activeElement !== document.body) faults.push(`does not end: ${said(document.activeElement)}`);
      const walked = trail.map(one => one.e);
      for (const e of stops) if (!walked.includes(e)) faults.push(`not reached: ${said(e)}`);
      for (const e of walked) if (!stops.includes(e)) faults.push(`nothing to do there: ${said(e)}`);
      const odd = walked.findIndex((e, place) => e !== stops[place]);
      if (odd >= 0) faults.push(`out of order: ${said(walked[odd])}`);
      for (const {e, shown, sight} of trail) {
        if (!shown) faults.push(`focus not shown: ${said(e)}`);
        if (!sight) faults.push(`out of sight: ${said(e)}`);
      }
      if (!stops[0].matches('.skip-link')) faults.push('the skip link is not the first');
      kept.forEach(([list, row, next]) => list.insertBefore(row, next));
      return faults;
    },
    first: () => {
      history.replaceState(null, '', address);  // what the skip link added would go along with the next form
      return document.activeElement === stops.find(e => e.closest('main, footer'));
    },
  };
  return stops.map(e => ({fold: folds.some(fold => fold === e.parentElement && e.matches('summary')),
    parts: ['date', 'time', 'datetime-local', 'month', 'week'].includes(e.type)}));
}""".replace("%s", ORDER)
MOST_PARTS = 12  # of one field for a date and a time


def walk(page: Page) -> list[str]:
    """What of the page cannot be done by keyboard, as it stands; it ends in main, with all folds open."""
    stops: list[dict[str, Any]] = page.evaluate(BEGIN)
    ahead = False
    for place, stop in enumerate(stops):
        if not ahead:
            page.keyboard.down("Tab")
        if stop["fold"] and _is_on(page, place):
            page.keyboard.press("Enter")
        ahead = stop["parts"] and _passed(page, place)
    if not ahead:
        page.keyboard.down("Tab")
    found: list[str] = page.evaluate("keyboard.end()")
    page.keyboard.press("Tab")
    return found if _is_on(page, 0) and _skips(page) else [*found, "the skip link does not lead to main"]


def _skips(page: Page) -> bool:
    """Whether Enter leads to main, and Tab to what is first in it."""
    page.keyboard.press("Enter")
    arrived = page.evaluate("document.activeElement.id === 'main'")
    page.keyboard.press("Tab")
    return bool(arrived and page.evaluate("keyboard.first()"))


def _is_on(page: Page, place: int) -> bool:
    """Whether the focus is at the stop of that number."""
    return bool(page.evaluate("place => keyboard.on(place)", place))


def _passed(page: Page, place: int) -> bool:
    """Tab through the parts of one field, to the next stop."""
    for _ in range(MOST_PARTS):
        if not _is_on(page, place):
            break
        page.keyboard.down("Tab")
    return True


def goes_by_keyboard(page: Page) -> None:
    """Nothing is wrong for those who have only keys; wide where something stands still beside, else narrow."""
    before = page.viewport_size
    width, height = SIZES["wide" if page.locator(".beside").count() else "narrow"]
    page.set_viewport_size({"width": width, "height": height})
    found = walk(page)
    assert not found, (page.url, page.viewport_size, found)
    if before:
        page.set_viewport_size(before)
