// Opens a page once and judges it under each condition.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { CONDITIONS } from "./conditions.mjs";
import { walk } from "./keyboard.mjs";
import { minimize } from "./window.mjs";

const PARTS = [
  ...["colour", "scene", "contrast", "states", "order", "sizes", "focus", "clicks", "markup", "structure", "judge"],
];
const EYES = (
  await Promise.all(PARTS.map((part) => readFile(new URL(`page/${part}.js`, import.meta.url), "utf8")))
).join("\n");
const CALM = {
  "prefers-color-scheme": "light",
  "prefers-contrast": "no-preference",
  "forced-colors": "none",
  "prefers-reduced-motion": "reduce",
};

/** A window to look through: a page of Chromium that believes that it has the focus, and the line to it. */
export async function open(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const session = await page.createCDPSession();
  await page.setBypassCSP(true);
  page.on("dialog", (dialog) => dialog.dismiss().catch(() => {})); // else the page waits for an answer
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  await minimize(session);
  return { context, page, session };
}

/** Sets window, medium and wishes of the reader. Puppeteer's own calls for these undo each other. */
function set(session, { window, media = "screen", features }) {
  const list = Object.entries({ ...CALM, ...features }).map(([name, value]) => ({ name, value }));
  return Promise.all([
    session.send("Emulation.setEmulatedMedia", { media, features: list }),
    session.send("Emulation.setDeviceMetricsOverride", { ...window, deviceScaleFactor: 1, mobile: false }),
  ]);
}

/** One objection for all the places and conditions that it is made of. */
function gathered(problems) {
  const found = new Map();
  for (const { rule, message, place, condition } of problems) {
    const key = `${rule} ${message}`;
    const known = found.get(key) ?? { rule, message, place, places: new Set(), conditions: new Set() };
    known.places.add(place);
    known.conditions.add(condition);
    found.set(key, known);
  }
  return [...found.values()].map(({ places, conditions, ...rest }) => ({
    ...rest,
    more: places.size - 1,
    conditions: [...conditions],
  }));
}

/** What is to be said of a page: { measured, problems }. */
export async function look({ page, session }, file, kind) {
  const [first] = CONDITIONS[kind];
  await set(session, first);
  const said = await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  if (said && !said.ok() && said.status() !== 0) throw new Error(`the page did not load: ${said.status()}`);
  if (await page.evaluate(() => !document.body || Boolean(document.querySelector("parsererror"))))
    throw new Error("the page is not well-formed, so it is not shown");
  await page.evaluate(`${EYES}; 0`);
  const problems = (await walk({ page, session }, kind)).map((problem) => ({ ...problem, condition: "keyboard" }));
  const counts = [];
  for (const condition of CONDITIONS[kind]) {
    await set(session, condition);
    const { measured, problems: more } = await page.evaluate((under, as) => judge(under, as), condition, kind);
    counts.push(measured);
    problems.push(...more.map((problem) => ({ ...problem, condition: condition.name })));
  }
  return { measured: Math.min(...counts), problems: gathered(problems) };
}
