// What a page looks like under the pointer, with the keyboard, after a visit, where text is marked: the rules for that,
// let loose on all.

// Each stands for a selector of the same weight that matches without the state.
const STATES = {
  hover: [/:hover\b/g, ":nth-child(n)"],
  focus: [/:focus(?:-visible|-within)?\b/g, ":nth-child(n)"],
  active: [/:active\b/g, ":nth-child(n)"],
  visited: [/:visited\b/g, ":any-link"],
  first: [/::?first-(?:line|letter)\b/g, ":nth-child(n)"],
  selection: [/::selection\b/g, ":nth-child(n)"],
  target: [/:target\b/g, "[id]"],
};

const SEEN = /^(color|background|opacity|filter|visibility|display|-webkit-text-fill-color|font-size)/;

function* groups(rules) {
  yield rules;
  for (const rule of rules.cssRules) {
    if (rule.styleSheet) yield* groups(rule.styleSheet);
    else if (rule.cssRules && rule.insertRule) yield* groups(rule);
  }
}

/** Puts a copy of each rule of a state behind it that holds always; returns how to undo it, null if there is none. */
function enter(state) {
  const [pattern, always] = STATES[state];
  const added = [];
  for (const sheet of document.styleSheets) {
    for (const group of groups(sheet)) {
      for (let at = group.cssRules.length - 1; at >= 0; at -= 1) {
        const { selectorText, cssText, style: declared } = group.cssRules[at];
        if (!declared || ![...declared].some((name) => SEEN.test(name))) continue;
        const stated = selectorText
          ?.split(",")
          .filter((each) => each.search(pattern) >= 0)
          .join(",");
        if (!stated) continue;
        const body = cssText.slice(cssText.indexOf("{"));
        group.insertRule(`${stated.replace(pattern, always)} ${body}`, at + 1);
        added.push([group, group.cssRules[at + 1]]);
      }
    }
  }
  return added.length
    ? () => added.forEach(([group, rule]) => group.deleteRule([...group.cssRules].indexOf(rule)))
    : null;
}

/** Objections to colours that only a state shows. */
function inStates(all, { printed }) {
  const found = [];
  for (const state of Object.keys(STATES)) {
    const leave = enter(state);
    if (!leave) continue;
    look();
    const base = printed ? [255, 255, 255, 1] : canvas();
    for (const text of all) if (text.rects.length) legible(text, lineage(text.element), base, found);
    leave();
  }
  look();
  return found;
}
