// Walks through a page with the Tab key, there and back, and follows the skip link.

/** In the page: notes each element that gets the focus, as its number in the document's tab order. */
function listen() {
  window.visited = [];
  document.addEventListener(
    "focusin",
    ({ target }) => window.visited.push(stops().indexOf(target) < 0 ? place(target) : stops().indexOf(target)),
    true,
  );
  return stops().length;
}

function taken() {
  const { activeElement } = document;
  return {
    visited: window.visited.splice(0),
    at: stops().indexOf(activeElement),
    focused: activeElement !== document.body && activeElement !== null,
  };
}

/** In the page: what the numbers stand for. */
function named(numbers) {
  return numbers.map((number) =>
    stops()[number]
      ? { place: place(stops()[number]), words: words(stops()[number].textContent || stops()[number].localName) }
      : { place: "html", words: "nothing" },
  );
}

const KEYS = {
  Tab: { code: "Tab", windowsVirtualKeyCode: 9 },
  Enter: { code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
};
const SHIFT = 8;

/** Presses a key so many times, without waiting for each: they arrive one after the other. */
async function press({ page, session }, key, times, modifiers = 0) {
  const stroke = { key, modifiers, ...KEYS[key] };
  const both = () => ["keyDown", "keyUp"].map((type) => session.send("Input.dispatchKeyEvent", { type, ...stroke }));
  await Promise.all(Array.from({ length: times }, both).flat());
  return page.evaluate(taken);
}

/** Objections to a walk that is not the expected one, at its first wrong step. */
async function compared(page, expected, walked, back) {
  // A box that scrolls may be a stop of its own accord; such stops are no fault.
  const steps = walked.filter((step) => typeof step === "number");
  const wrong = expected.findIndex((number, at) => steps[at] !== number);
  if (wrong < 0) return [];
  const [wanted, got] = await page.evaluate(named, [expected[wrong], steps[wrong] ?? -1]);
  const rule = steps.includes(expected[wrong]) ? "focus-order" : "keyboard-unreachable";
  const way = back ? "backwards, " : "";
  return [
    { rule, place: wanted.place, message: `${way}the Tab key comes to ${got.words} where ${wanted.words} is next` },
  ];
}

/** Objections of somebody who has only a keyboard. */
export async function walk(seat, kind) {
  const { page } = seat;
  const count = await page.evaluate(listen);
  if (!count) return [];
  const numbers = Array.from({ length: count }, (_, number) => number);
  const there = await press(seat, "Tab", count);
  const problems = await compared(page, numbers, there.visited, false);
  if (problems.length) return problems;
  const beyond = await press(seat, "Tab", 1);
  if (beyond.at === count - 1 && count > 1) return [await trap(page, count - 1)];
  await page.evaluate((last) => {
    stops()[last].focus();
    window.visited.length = 0;
  }, count - 1);
  const back = await press(seat, "Tab", count - 1, SHIFT);
  problems.push(...(await compared(page, numbers.toReversed().slice(1), back.visited, true)));
  return kind === "web" && !problems.length ? skipped(seat) : problems;
}

async function trap(page, number) {
  const [at] = await page.evaluate(named, [number]);
  return { rule: "keyboard-trap", place: at.place, message: `the Tab key does not get away from ${at.words}` };
}

/** Objections to a first link that does not lead where it says. */
async function skipped(seat) {
  const { page } = seat;
  const goal = await page.evaluate(() => {
    const [link] = stops();
    if (!link.matches("a[href^='#']")) return null;
    link.focus();
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const isAfter = (stop) => target && !(target.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING);
    return {
      next: stops().findIndex((stop) => stop !== target && isAfter(stop)),
      there: Boolean(target),
      place: place(link),
    };
  });
  if (!goal) return [];
  if (!goal.there)
    return [{ rule: "skip-link", place: goal.place, message: "the link past the head of the page leads nowhere" }];
  await press(seat, "Enter", 1);
  const { at } = await press(seat, "Tab", 1);
  if (goal.next < 0) return []; // Behind the last stop the Tab key leaves the page, or begins again at its head.
  const [got, wanted] = await page.evaluate(named, [at, goal.next]);
  const message = `after the link past the head of the page the Tab key comes to ${got.words}, not to ${wanted.words}`;
  return at === goal.next ? [] : [{ rule: "skip-link", place: goal.place, message }];
}
