// Room: no scrolling in two directions, targets that a finger meets, text that grows with the reader's wish.

const SENTENCE = 25; // letters
const WIDE = "table, pre, img, svg, math"; // WCAG 1.4.10: what may need two dimensions

/**
 * Whether a text stands in a table that cannot be narrower: its words are as long as they are. In a book such a table
 * has no box to scroll in, since many reading systems cannot scroll one; 1.4.10 excepts it.
 */
function isWideOfNeed(element) {
  const table = element.closest("table");
  if (!table || table.getBoundingClientRect().right + scrollX <= document.documentElement.clientWidth) return false;
  if (["nowrap", "pre"].includes(style(element).whiteSpace)) return false;
  const wide = table.offsetWidth;
  const written = table.style.cssText;
  table.style.setProperty("width", "min-content", "important");
  table.style.setProperty("min-width", "0", "important");
  const least = table.offsetWidth;
  table.style.cssText = written;
  return wide <= least + 1;
}

/** Objections to a page that must be scrolled sideways, and to scroll boxes that should not be or cannot be reached. */
function reflow(all, { kind, printed }) {
  const found = [];
  const root = document.documentElement;
  const needed = kind === "book" && all.some(({ element }) => isWideOfNeed(element));
  if (!printed && !needed && root.scrollWidth > root.clientWidth)
    found.push({
      rule: "reflow",
      element: root,
      message: `the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`,
    });
  const boxes = new Set();
  for (const text of all) {
    if (!text.rects.length || excused(text.element, false) || (needed && isWideOfNeed(text.element))) continue;
    const box = scroller(text.element);
    if (box) boxes.add(box);
    else if (text.rects.some(({ x, right }) => x < -1 || right > root.clientWidth + 1))
      found.push({
        rule: "reflow",
        element: text.element,
        message: `${words(text.range.toString())} goes beyond the window`,
      });
  }
  for (const box of boxes) {
    if (!box.matches(WIDE) && !box.querySelector(WIDE))
      found.push({ rule: "reflow", element: box, message: "running text must be scrolled sideways" });
    if (![box, ...box.querySelectorAll("a[href], [tabindex]")].some(tabbable))
      found.push({
        rule: "scroll-unreachable",
        element: box,
        message: "a box that scrolls cannot be reached with the keyboard",
      });
  }
  return found;
}

/** Whether a target stands in a line of other words, whose height it cannot choose (2.5.8, inline). */
function inLine(element) {
  if (!style(element).display.startsWith("inline")) return false;
  const beside = (at) =>
    [...at.childNodes].some((node) => !node.contains(element) && isInline(node) && plain(node).trim());
  const box = block(element.parentElement);
  for (let at = element.parentElement; ; at = at.parentElement) {
    if (beside(at)) return true;
    if (at === box) return false;
  }
}

/** The words of a node that are in no link; a link as long as a sentence is one. */
function plain(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent;
  return node.matches("a[href], button") && node.textContent.length < SENTENCE
    ? ""
    : [...node.childNodes].map(plain).join("");
}

function isInline(node) {
  return (
    node.nodeType === Node.TEXT_NODE ||
    (node.nodeType === Node.ELEMENT_NODE && style(node).display.startsWith("inline"))
  );
}

/** Objections to targets below 24 by 24 px that have no room around them (WCAG 2.2, 2.5.8). */
function targets() {
  const all = stops()
    .filter((element) => element.matches("a, area, button, input, select, textarea, summary, [role=button], [onclick]"))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom + scrollY > 0);
  const small = all.filter(({ element, box }) => (box.width < 24 || box.height < 24) && !inLine(element));
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const near = (one, other) => {
    const [x, y] = middle(one.box);
    const away = Math.hypot(
      Math.max(other.box.left - x, 0, x - other.box.right),
      Math.max(other.box.top - y, 0, y - other.box.bottom),
    );
    const [otherX, otherY] = middle(other.box);
    return away < 12 || (small.includes(other) && Math.hypot(otherX - x, otherY - y) < 24);
  };
  return small
    .filter((one) =>
      all.some(
        (other) =>
          other !== one &&
          !one.element.contains(other.element) &&
          !other.element.contains(one.element) &&
          near(one, other),
      ),
    )
    .map(({ element, box }) => ({
      rule: "target-size",
      element,
      message: `${words(element.textContent)} is ${Math.round(box.width)} by ${Math.round(box.height)} px and has no room around it; 24 by 24 are asked`,
    }));
}

let before = new Map();

/** Remembers the size of each text and doubles that of the root. */
function enlarge() {
  before = new Map(texts().map(({ element }) => [element, parseFloat(getComputedStyle(element).fontSize)]));
  const root = document.documentElement;
  root.style.setProperty("font-size", `${2 * parseFloat(getComputedStyle(root).fontSize)}px`, "important");
}

/** Objections to text that does not grow when the reader asks for letters of twice the size (1.4.4). */
function growth() {
  return [...before]
    .map(([element, size]) => ({ element, size, now: parseFloat(style(element).fontSize) }))
    .filter(({ size, now }) => now < size * 1.25)
    .map(({ element, size }) => ({
      rule: "fixed-text-size",
      element,
      message: `a type size of ${size} px does not grow with the reader's`,
    }));
}
