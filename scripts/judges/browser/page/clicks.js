// Whether a link takes the click that is meant for it.

/** Objections to links that let a click through, or have something lying over them, seen or not. */
function clicks() {
  const found = [];
  const sheet = document.getElementById("checked-over");
  const worn = sheet.textContent;
  sheet.textContent = ""; // that style lets everything take clicks
  for (const element of document.querySelectorAll("a[href], area[href], button, summary")) {
    if (!element.getClientRects().length || excused(element, false)) continue;
    const shown = words(element.textContent || element.getAttribute("aria-label") || element.localName);
    if (getComputedStyle(element).pointerEvents === "none")
      found.push({ rule: "click-lost", element, message: `${shown} takes no click (pointer-events: none)` });
    else if (lid(element))
      found.push({ rule: "click-lost", element, message: `a click on ${shown} meets ${place(lid(element))} instead` });
  }
  sheet.textContent = worn;
  return found;
}

/** What a click on the middle of every line of a link meets instead of it, null if the link is met anywhere. */
function lid(element) {
  if (element.localName === "area") return null;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const met = [...element.getClientRects()]
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ x, y, width, height }) => document.elementFromPoint(x + width / 2, y + height / 2));
  return met.length && met.every((top) => top && !element.contains(top)) ? met[0] : null;
}
