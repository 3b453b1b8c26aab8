// The frame of a page: title, main part, one first heading, no positive tabindex, nothing that moves.

function structure(all, { kind }) {
  const found = [];
  const object = (rule, element, message) => found.push({ rule, element, message });
  const root = document.documentElement;
  if (!document.title.trim()) object("page-title", root, "the page has no title");
  const mains = document.querySelectorAll("main, [role=main]").length;
  const firsts = [...document.querySelectorAll("h1, [role=heading][aria-level='1']")].filter((heading) =>
    heading.textContent.trim(),
  );
  if (kind === "web" ? mains !== 1 : mains > 1)
    object("landmark-main", root, `the page has ${mains} main parts, not one`);
  if (kind === "web" ? firsts.length !== 1 : firsts.length > 1 || (mains && !firsts.length))
    object("one-h1", root, `the page has ${firsts.length} headings of the first level, not one`);
  if (kind === "web" && (!skipLink() || stops()[0] !== skipLink()))
    object("skip-link", stops()[0] ?? root, "the first stop of the keyboard is no link past the head of the page");
  for (const element of document.querySelectorAll("[tabindex]"))
    if (element.tabIndex > 0)
      object("positive-tabindex", element, `tabindex="${element.tabIndex}" changes the order of the keyboard`);
  for (const element of document.querySelectorAll("a[href], [onclick], [role=link], [role=button]")) {
    const box = element.getClientRects().length > 0;
    if (box && element.tabIndex < 0)
      object("keyboard-unreachable", element, `the keyboard does not reach ${words(element.textContent)}`);
  }
  return [...found, ...markup({ kind }), ...motion(), ...links()];
}

/** Objections to what moves although the reader has asked for rest (2.2.2, 2.3.3). */
function motion() {
  const found = [];
  for (const element of [document.documentElement, ...document.querySelectorAll("body, body *")]) {
    const { animationName, transitionDuration, scrollBehavior } = style(element);
    if (animationName !== "none")
      found.push({
        rule: "motion",
        element,
        message: `the animation ${animationName} runs although the reader asks for rest`,
      });
    if (transitionDuration.split(",").some((time) => parseFloat(time) > 0))
      found.push({ rule: "motion", element, message: "a transition runs although the reader asks for rest" });
    if (scrollBehavior === "smooth")
      found.push({
        rule: "motion",
        element,
        message: "scroll-behavior: smooth moves the page although the reader asks for rest",
      });
    if (element.matches("marquee, blink, [autoplay]"))
      found.push({ rule: "motion", element, message: `${element.localName} moves by itself` });
  }
  return found;
}

/** Objections to links in running text that only their colour shows (1.4.1). */
function links() {
  const found = [];
  for (const element of document.querySelectorAll("a[href]")) {
    if (!inLine(element) || !element.textContent.trim() || !element.getClientRects().length || excused(element, false))
      continue;
    const lines = [element, ...element.querySelectorAll("*")].map(style);
    const marked = lines.some(
      ({ textDecorationLine, borderBottomStyle, borderBottomWidth }) =>
        textDecorationLine.includes("underline") || (borderBottomStyle !== "none" && parseFloat(borderBottomWidth) > 0),
    );
    if (!marked)
      found.push({
        rule: "link-unmarked",
        element,
        message: `only its colour shows that ${words(element.textContent)} is a link`,
      });
  }
  return found;
}

/** Objections to underlines of links and bars of quotations that are too faint to be seen (1.4.11). */
function strokes() {
  const found = [];
  const base = canvas();
  const weigh = (element, value, what) => {
    const ground = grounds(lineage(element), base)[0];
    if (!ground) return;
    const strength = contrast(
      over([...colour(value).slice(0, 3), colour(value)[3] * opacity(element)], ground),
      ground,
    );
    if (strength < 3)
      found.push({
        rule: "non-text-contrast",
        element,
        message: `${what} of ${hex(colour(value))} on ${hex(ground)} has a contrast of ${ratio(strength)}, not 3`,
        colours: true,
      });
  };
  for (const element of document.querySelectorAll("a[href], u, del, s, ins"))
    if (style(element).textDecorationLine !== "none") weigh(element, style(element).textDecorationColor, "a line");
  for (const element of document.querySelectorAll("blockquote"))
    if (parseFloat(style(element).borderInlineStartWidth) > 0)
      weigh(element, style(element).borderInlineStartColor, "the bar of a quotation");
  return found;
}
