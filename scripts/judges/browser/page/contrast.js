// Whether all words can be seen: nothing hidden, covered or cut, and every colour against its ground.

const HEADINGS = "h1, h2, h3, h4, h5, h6, th, dt, caption, legend, summary, .skip";
const EFFECTS = ["filter", "mixBlendMode", "maskImage", "backdropFilter"];

/** What is drawn where nothing else is: white on paper, else what the colour scheme says. */
function canvas() {
  const probe = document.documentElement.appendChild(document.createElementNS("http://www.w3.org/1999/xhtml", "i"));
  probe.style.cssText = "position: absolute; background: Canvas; width: 0";
  const found = colour(getComputedStyle(probe).backgroundColor);
  probe.remove();
  return [...found.slice(0, 3), 1];
}

/** The colours that may lie under a text, given what is drawn there from the top down. */
function grounds(layers, base) {
  let under = [base];
  for (const element of layers.toReversed()) {
    const { backgroundColor, backgroundImage } = style(element);
    const seen = opacity(element);
    const lay = (value) => under.map((ground) => over([...value.slice(0, 3), value[3] * seen], ground));
    under = lay(colour(backgroundColor));
    if (backgroundImage.includes("gradient(")) under = tones(backgroundImage).flatMap(lay);
    if (/url\(|image-set\(/.test(backgroundImage) || element.localName === "img") under = [...under, null];
    if (under.includes(null)) return [null];
  }
  return under;
}

function tones(gradient) {
  return gradient.match(/(?:rgba?|color|oklch|oklab|lab|lch|hsla?)\([^()]*\)/g)?.map(colour) ?? [];
}

/** The contrast that a text must have: 7 where it is read at length (1.4.6), 4.5 elsewhere (1.4.3). */
function wanted(element) {
  return element.closest(HEADINGS) ? 4.5 : 7;
}

function pair(ink, ground, element, least, found) {
  const value = contrast(over(ink, ground), ground);
  if (value >= least) return;
  const rule = value < 1.2 ? "hidden-text" : value < 4.5 ? "contrast" : "contrast-body";
  const message = `text of ${hex(over(ink, ground))} on ${hex(ground)} has a contrast of ${ratio(value)}, not ${least}`;
  found.push({ rule, element, message, colours: true });
}

/** Objections to the colours of a text that is drawn above some layers. */
function legible(text, layers, base, found) {
  const { element } = text;
  const { webkitTextFillColor, color } = style(element);
  const [red, green, blue, alpha] = colour(webkitTextFillColor || color);
  const ink = [red, green, blue, alpha * opacity(element)];
  for (const ground of grounds(layers, base)) {
    if (ground) pair(ink, ground, element, wanted(element), found);
    else
      found.push({
        rule: "contrast-unknown",
        element,
        message: "text lies on a picture, so its contrast cannot be measured",
      });
  }
}

/** Why a text cannot be seen wherever it stands, "" if nothing speaks against it. */
function unseen({ element, rects }) {
  const { visibility, fontSize, webkitTextSecurity } = style(element);
  if (visibility !== "visible") return `visibility: ${visibility}`;
  if (opacity(element) < 0.1) return `opacity: ${opacity(element)}`;
  if (parseFloat(fontSize) < 5) return `a type size of ${fontSize}`;
  if (webkitTextSecurity && webkitTextSecurity !== "none") return "-webkit-text-security";
  if (!rects.length) return "no box at all (display: none, or no size)";
  const right = Math.max(document.documentElement.scrollWidth, innerWidth);
  const beyond = (rect) => rect.right < 1 || rect.bottom < 1 || rect.left > right;
  if (rects.every(beyond) && !scroller(element)) return "a place beyond the page";
  return "";
}

/** What may be away until it is asked for: the skip link, the hidden lists of an EPUB, on paper the links within the page. */
function excused(element, printed) {
  if (
    document.contentType === "application/xhtml+xml" &&
    element.closest("nav[hidden]") &&
    document.querySelector("nav:not([hidden])")
  )
    return true;
  const link = element.closest("a[href^='#']");
  return Boolean(link) && (link === skipLink() || (printed && !link.getClientRects().length));
}

/** The points of a text that must be seen: both ends of each line, or, at a glance, the middle of the first. */
function points(rects, glance) {
  const middle = ({ y, height }) => y + height / 2;
  if (glance) return rects.slice(0, 1).map((rect) => ({ x: rect.x + rect.width / 2, y: middle(rect) }));
  return rects.flatMap((rect) => {
    const edge = Math.min(2, rect.width / 4);
    return [
      { x: rect.x + edge, y: middle(rect) },
      { x: rect.right - edge, y: middle(rect) },
    ];
  });
}

/** Whether an element, or what the style sheet writes before or after it, hides what lies under it. */
function covers(element) {
  if (/^(img|canvas|video|iframe|object|embed)$/.test(element.localName)) return true;
  return [null, "::before", "::after"].some((part) => {
    const { content, backgroundColor, backgroundImage } = part ? getComputedStyle(element, part) : style(element);
    if (part && content === "none") return false;
    return colour(backgroundColor)[3] * opacity(element) > 0.3 || backgroundImage !== "none";
  });
}

/** Whether the words of an element are seen at a point: { below } the layers under it, or { fault }. */
function seenAt(text, { x, y }) {
  const layers = stack(x, y);
  let box = text.element;
  while (style(box).display === "contents") box = box.parentElement;
  const own = layers.indexOf(box);
  if (own < 0) return { fault: "cut" };
  const lid = layers.slice(0, own).find((element) => !box.contains(element) && covers(element));
  return lid ? { fault: `covered by ${place(lid)}` } : { below: layers.slice(own) };
}

function judgeText(text, base, { kind, printed, glance }, found) {
  const { element } = text;
  const why = unseen(text);
  const shown = words(text.range.toString());
  if (why) {
    if (!excused(element, printed))
      found.push({ rule: "hidden-text", element, message: `${shown} is not to be seen: ${why}` });
    return;
  }
  const rects = broughtIn(text);
  const seen = points(rects, glance).map((point) => seenAt(text, point));
  const faults = [...new Set(seen.filter(({ fault }) => fault).map(({ fault }) => fault))];
  const good = seen.filter(({ below }) => below);
  if (!good.length && excused(element, printed)) return;
  if (faults.includes("cut") && kind === "book" && isWideOfNeed(element)) return;
  if (!good.length && faults[0] === "cut")
    found.push({ rule: "hidden-text", element, message: `${shown} is cut away` });
  else if (faults.includes("cut")) found.push({ rule: "clipped-text", element, message: `${shown} is cut off` });
  for (const fault of faults.filter((each) => each !== "cut"))
    found.push({ rule: "covered-text", element, message: `${shown} is ${fault}` });
  const layers = new Map(good.map(({ below }) => [below, below]));
  for (const below of [...layers.keys()].slice(0, 2)) legible(text, below, base, found);
  if (printed && good.length) legible(text, [], base, found); // Browsers print without backgrounds.
}

/** The boxes of a text once its scroll box, if it has one, shows its beginning. */
function broughtIn(text) {
  const box = scroller(text.element);
  if (!box) return text.rects;
  const frame = box.getBoundingClientRect();
  box.scrollLeft += drawn(text.range)[0].x - scrollX - frame.x - frame.width / 4;
  const inside = (rect) => rect.x - scrollX >= frame.x && rect.right - scrollX <= frame.right;
  const rects = drawn(text.range);
  return rects.filter(inside).length
    ? rects.filter(inside)
    : rects.slice(0, 1).map(({ x, y, height }) => new DOMRect(x, y, 8, height));
}

/** Objections to what can be seen of the words. Effects that change colours on the way cannot be measured. */
function sight(all, how) {
  const found = [];
  const base = how.printed ? [255, 255, 255, 1] : canvas();
  for (const text of all) judgeText(text, base, how, found);
  for (const box of new Set(all.map(({ element }) => scroller(element)))) if (box) box.scrollLeft = 0;
  for (const element of document.querySelectorAll("img:not([alt=''])")) {
    const [box] = element.getClientRects();
    const seen = box && box.width > 1 && box.height > 1 && style(element).visibility === "visible";
    if (!seen || opacity(element) < 0.1)
      found.push({ rule: "hidden-picture", element, message: `the picture ${words(element.alt)} is not to be seen` });
  }
  for (const element of ancestors(all)) {
    for (const effect of EFFECTS) {
      const value = style(element)[effect];
      if (value && value !== "none" && value !== "normal") {
        found.push({
          rule: "contrast-unknown",
          element,
          message: `${effect}: ${value} changes how text looks, so its contrast cannot be measured`,
        });
      }
    }
  }
  return found;
}

/** Every element that holds words, once. */
function ancestors(all) {
  const found = new Set();
  for (const { element } of all) for (let at = element; at && !found.has(at); at = at.parentElement) found.add(at);
  return found;
}

/** Objections to what only the style sheet writes or unmakes: text, numbers, marks. No reader's ear has it. */
function generated(all, { printed }) {
  const found = [];
  const base = printed ? [255, 255, 255, 1] : canvas();
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.getClientRects().length) continue;
    for (const part of ["::before", "::after"]) written(element, getComputedStyle(element, part), base, found);
    if (style(element).display === "list-item")
      inked(element, getComputedStyle(element, "::marker").color, base, found);
    const lost = unmade(element);
    if (lost) found.push({ rule: "lost-mark", element, message: lost });
  }
  return found;
}

function written(element, { content, color, display, position, backgroundColor, zIndex }, base, found) {
  if (content === "none" || content === "normal" || display === "none") return;
  const object = (rule, message) => found.push({ rule, element, message });
  const quoted = content.match(/^"((?:[^"\\]|\\.)*)"/);
  const text = quoted ? quoted[1] : content;
  if (/absolute|fixed/.test(position) && colour(backgroundColor)[3] > 0.3 && !(Number(zIndex) < 0))
    object("covered-text", "a coloured box of the style sheet lies on the text");
  if (!text.trim()) return;
  // A paragraph's number is its id, which is how the paragraph is cited.
  if (text === element.id) inked(element, color, base, found);
  else object("generated-text", `the style sheet writes ${words(text)}, which is not in the text`);
}

function inked(element, color, base, found) {
  for (const ground of grounds(lineage(element), base)) if (ground) pair(colour(color), ground, element, 4.5, found);
}

/** What an element says by its look alone and has lost, "" if it has it. */
function unmade(element) {
  const { textDecorationLine, verticalAlign, listStyleType, listStyleImage, display, position } = style(element);
  const shown = words(element.textContent);
  if (element.matches("del, s") && !textDecorationLine.includes("line-through"))
    return `${shown} is struck out, and no line shows it`;
  if (element.matches("sup, sub") && verticalAlign === "baseline" && position === "static")
    return `${shown} is raised or lowered, and stands on the line`;
  if (
    element.matches("ol:not(nav *) > li") &&
    (display !== "list-item" || (listStyleType === "none" && listStyleImage === "none"))
  )
    return `${shown} is a numbered point, and no number shows`;
  return "";
}

function lineage(element) {
  const found = [];
  for (let at = element; at; at = at.parentElement) found.push(at);
  return found;
}
