// Where the keyboard is, and whether that shows.

const SIDES = [
  "borderTopColor",
  "borderTopWidth",
  "borderBottomColor",
  "borderBottomWidth",
  "backgroundColor",
  "boxShadow",
  "color",
];

function picture(element) {
  const now = getComputedStyle(element);
  return Object.fromEntries(
    [...SIDES, "outlineStyle", "outlineWidth", "outlineColor"].map((name) => [name, now[name]]),
  );
}

/** Objections to elements that the keyboard reaches without a trace (2.4.7, 2.4.13) or out of sight (2.4.11). */
function focuses() {
  const base = canvas();
  const found = [];
  for (const element of stops()) {
    document.activeElement?.blur();
    const calm = picture(element);
    element.focus();
    if (document.activeElement !== element) {
      found.push({ rule: "focus-visible", element, message: `${words(element.textContent)} does not keep the focus` });
      continue;
    }
    const under = grounds(lineage(element.parentElement), base)[0] ?? base;
    const fault = indicated(calm, picture(element), under);
    if (fault) found.push({ ...fault, element });
    const out = obscured(element);
    if (out)
      found.push({
        rule: "focus-obscured",
        element,
        message: `${words(element.textContent || element.localName)} has the focus but is ${out}`,
      });
  }
  document.activeElement?.blur();
  look();
  return found;
}

/** What is wrong with the sign of focus, null if nothing is. */
function indicated(calm, now, under) {
  if (now.outlineStyle === "auto") return null;
  if (now.outlineStyle !== "none" && parseFloat(now.outlineWidth) > 0) {
    const value = contrast(over(colour(now.outlineColor), under), under);
    if (value < 3)
      return {
        rule: "focus-contrast",
        message: `the outline of the focus, ${hex(colour(now.outlineColor))} on ${hex(under)}, has a contrast of ${ratio(value)}, not 3`,
      };
    if (parseFloat(now.outlineWidth) < 2)
      return { rule: "focus-thin", message: `the outline of the focus is ${now.outlineWidth} thick, not 2 px` };
    return null;
  }
  const changed = SIDES.filter((name) => name.endsWith("Color") || name === "color").filter(
    (name) => calm[name] !== now[name],
  );
  const strong = changed.some((name) => contrast(over(colour(calm[name]), under), over(colour(now[name]), under)) >= 3);
  const shadow =
    now.boxShadow !== calm.boxShadow &&
    now.boxShadow.match(/rgba?\([^)]*\)/g)?.some((each) => contrast(over(colour(each), under), under) >= 3);
  return strong || shadow ? null : { rule: "focus-visible", message: "nothing shows that the focus is here" };
}

/** How the focused element is out of sight, "" if at least a part of it is seen. */
function obscured(element) {
  const boxes = [...element.getClientRects()].filter(({ width, height }) => width && height);
  const inside = boxes
    .flatMap(({ x, y, width, height }) => [
      [x + width / 2, y + height / 2],
      [x + 2, y + 2],
      [x + width - 2, y + height - 2],
    ])
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  if (!inside.length) return "outside the window";
  const lids = inside
    .map(([x, y]) => document.elementsFromPoint(x, y))
    .map((layers) =>
      layers.includes(element)
        ? layers.slice(0, layers.indexOf(element)).find((lid) => !element.contains(lid) && covers(lid))
        : layers[0],
    );
  return lids.every(Boolean) ? `covered by ${place(lids[0])}` : "";
}
