// Puts the page under one condition, asks what is to be asked, and answers in plain values.

const QUESTIONS = {
  structure,
  sight,
  generated,
  states: inStates,
  order: (all) => [...sequence(all), ...flow(all)],
  overlaps,
  reflow,
  targets,
  strokes,
  growth,
  focus: focuses,
  clicks,
};

// On the reader's own ground a colour fails only if the book set it without the other half of the pair.
const HALF_SET = {
  "hidden-text": "half-set-colours",
  contrast: "half-set-colours",
  "non-text-contrast": "half-set-colours",
};

/** Lets a style hold until it is taken away; `first` lays it under those of the page. */
function wear(id, css, first = false) {
  document.getElementById(id)?.remove();
  if (!css) return;
  const sheet = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
  Object.assign(sheet, { id, textContent: css });
  if (first) document.head.prepend(sheet);
  else document.head.append(sheet);
}

/** Waits until the page stands as a condition wants it, with the letters that it then shows. */
async function settle({ window: { width, height }, wears, grounded, enlarged }) {
  while (innerWidth !== width || innerHeight !== height) await new Promise((resolve) => setTimeout(resolve, 5));
  // What takes no click would seem not to be there.
  wear("checked-over", `* { pointer-events: auto !important } ${wears ?? ""}`);
  wear("checked-under", grounded, true);
  look();
  document.documentElement.style.removeProperty("font-size");
  if (enlarged) enlarge();
  document.body.getBoundingClientRect(); // lays out, so that fonts not used so far begin to load
  await document.fonts.ready;
}

/** Objections to the page under a condition, and how many texts and pictures were looked at. */
async function judge(condition, kind) {
  await settle(condition);
  const all = texts();
  const how = { kind, printed: condition.media === "print", glance: condition.glance };
  const found = condition.asks.flatMap((question) => QUESTIONS[question](all, how));
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  return {
    measured: all.length + document.querySelectorAll("img, svg, video, canvas").length,
    problems: found.flatMap(({ rule, element, message, colours }) => {
      const name = colours && condition.grounded ? HALF_SET[rule] : rule;
      return name ? [{ rule: name, message, place: place(element) }] : [];
    }),
  };
}
