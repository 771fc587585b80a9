"""Hands on the keyboard alone: to something and into it, by the keys that a person would press."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page

# What takes the focus, in the order of the page. Of a group of radio buttons one does, the arrows lead to the others.
# What scrolls and holds nothing that takes the focus takes it itself, so that the arrows scroll it.
ORDER = """
  const ACTS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]';
  const OFF = '[tabindex="-1"], :disabled, [inert] *, summary:not(details > summary:first-of-type)';
  const scrolls = e => {
    const {overflowX, overflowY} = getComputedStyle(e), roll = ['auto', 'scroll'];
    return (roll.includes(overflowX) && e.scrollWidth > e.clientWidth) ||
      (roll.includes(overflowY) && e.scrollHeight > e.clientHeight);
  };
  const order = () => {
    const there = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility({visibilityProperty: true}));
    const acts = new Set(there.filter(e => e.matches(ACTS) && !e.matches(OFF))), radios = new Map();
    for (const e of acts) {
      const group = `${e.form && [...document.forms].indexOf(e.form)} ${e.name}`;
      if (e.type === 'radio' && (e.checked || !radios.has(group))) radios.set(group, e);
    }
    const chosen = new Set(radios.values());
    return there.filter(e => acts.has(e) ? e.type !== 'radio' || chosen.has(e)
      : scrolls(e) && e !== document.body && ![...acts].some(act => e.contains(act)));
  };
"""
# How many times Tab, from where the focus is; below 0: with Shift. From nowhere it goes to the first, or to the last.
STEPS = f"""target => {{{ORDER}
  const all = order(), goal = all.indexOf(target), here = all.indexOf(document.activeElement);
  if (goal < 0) throw new Error('takes no focus: ' + target.outerHTML.slice(0, 120));
  return here < 0 && goal - all.length > -goal - 1 ? goal - all.length : goal - here;
}}"""
MOST_TRIES = 9  # a field of a date takes several steps, and a page may begin at a place within it


def to(target: Locator) -> Page:
    """Tab to it, or Shift and Tab where that is shorter; gives its page."""
    page = target.page
    for _ in range(MOST_TRIES):
        steps: int = target.evaluate(STEPS)
        if not steps:
            return page
        for _ in range(abs(steps)):
            page.keyboard.press("Tab" if steps > 0 else "Shift+Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def follow(target: Locator) -> None:
    """Enter on a link or a button, and the page that it leads to."""
    page = to(target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    """The button of that name."""
    follow(page.get_by_role("button", name=name, exact=True))


def unfold(target: Locator) -> None:
    """Open what is folded behind a summary."""
    to(target).keyboard.press("Enter")


def write(page: Page, field: str, text: str) -> None:
    """Text in place of what stood in a field; a day as 2017-12-31."""
    target = page.locator(field)
    keyboard = to(target).keyboard
    if target.get_attribute("type") == "date":
        year, month, day = text.split("-")
        keyboard.type(year)
        keyboard.press("ArrowRight")
        keyboard.type(month + day)
    else:
        keyboard.press("Control+a")
        keyboard.insert_text(text)


def choose(page: Page, field: str, value: str) -> None:
    """The option of that value, by the arrows."""
    target = page.locator(field)
    keyboard = to(target).keyboard
    find = "(e, value) => [...e.options].findIndex(one => one.value === value) - e.selectedIndex"
    steps: int = target.evaluate(find, value)
    for _ in range(abs(steps)):
        keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")


def tick(target: Locator) -> None:
    """A box, by the space bar."""
    to(target).keyboard.press("Space")


def attach(page: Page, field: str, file: Path) -> None:
    """A file, through the window that the browser opens."""
    to(page.locator(field))
    with page.expect_file_chooser() as window:
        page.evaluate("0")  # until this is answered the browser may open a window of its own
        page.keyboard.press("Enter")
    window.value.set_files(file)
