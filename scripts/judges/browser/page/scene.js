// The page as it is now: its words with the boxes they are drawn in, and what lies over and under a point.

const NEVER_DRAWN = "script, style, template, noscript, title, desc, metadata, head, option, textarea";
const BLOCKS =
  /^(block|list-item|table|table-caption|table-cell|flex|grid|flow-root|inline-block|inline-flex|inline-grid)$/;
const SCROLLS = /^(auto|scroll)$/;

let styles = new Map();
let opacities = new Map();

/** Forgets the computed styles of an earlier condition. */
function look() {
  styles = new Map();
  opacities = new Map();
}

function style(element) {
  if (!styles.has(element)) styles.set(element, getComputedStyle(element));
  return styles.get(element);
}

/** How much of an element its own and its ancestors' opacity leave. */
function opacity(element) {
  if (!element) return 1;
  if (!opacities.has(element)) opacities.set(element, Number(style(element).opacity) * opacity(element.parentElement));
  return opacities.get(element);
}

/** The element that lays the words of an element out in lines. */
function block(element) {
  let box = element;
  while (box.parentElement && !BLOCKS.test(style(box).display)) box = box.parentElement;
  return box;
}

/** Every stretch of text that is more than white space, in document order. */
function texts() {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || element.closest(NEVER_DRAWN)) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    found.push({ range, element, block: block(element), rects: drawn(range) });
  }
  return found;
}

/** The boxes of a stretch of text in coordinates of the page, one for each line and change of direction. */
function drawn(range) {
  return [...range.getClientRects()]
    .filter(({ width, height }) => width > 0 && height > 0)
    .map((rect) => new DOMRect(rect.x + scrollX, rect.y + scrollY, rect.width, rect.height));
}

/** An element's nearest ancestor whose content is wider than it and can be scrolled sideways. */
function scroller(element) {
  let box = element;
  while (box && !(SCROLLS.test(style(box).overflowX) && box.scrollWidth > box.clientWidth + 1)) box = box.parentElement;
  return box === document.documentElement || box === document.body ? null : box;
}

/** All elements drawn at a point of the page, the topmost first; the page is scrolled there. */
function stack(x, y) {
  // At the very edge of the window nothing is found.
  if (y - scrollY < 2 || y - scrollY > innerHeight - 2)
    scrollTo({ left: scrollX, top: y - innerHeight / 2, behavior: "instant" });
  return document.elementsFromPoint(x - scrollX, y - scrollY);
}

/** A place for people: the nearest id, and the way down from it. */
function place(element) {
  const way = [];
  for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
    if (at.id) return [`#${at.id}`, ...way].join(" ");
    const name = at.localName + (at.classList.length ? `.${at.classList[0]}` : "");
    const kin = [...(at.parentElement?.children ?? [])].filter((other) => other.localName === at.localName);
    way.unshift(kin.length > 1 ? `${name}:nth-of-type(${kin.indexOf(at) + 1})` : name);
  }
  return way.join(" > ") || "html";
}

/** The first words of a text, for a message. */
function words(text) {
  const plain = text.replace(/\s+/g, " ").trim();
  return `“${plain.length > 40 ? `${[...plain].slice(0, 39).join("")}…` : plain}”`;
}

/** Whether an element is in the tab order as the document has it; what is not drawn is not. */
function tabbable(element) {
  return element.tabIndex >= 0 && element.getClientRects().length > 0 && style(element).visibility === "visible";
}

/** What a keyboard must reach: links, form fields, and whatever else asks for it, in document order. */
function stops() {
  const all = document.querySelectorAll(
    "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable=true]",
  );
  return [...all].filter(tabbable);
}

/** The link past the head of the page, null if the first link leads elsewhere. */
function skipLink() {
  const first = document.querySelector("a[href]");
  return first?.matches("a[href^='#'].skip, body > a[href^='#']") ? first : null;
}
