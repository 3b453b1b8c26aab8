// Runs axe-core over HTML files in one Chromium, two at a time: node axe.mjs CHROMIUM FILE...
// Prints a line of JSON for each file as soon as it is judged: { file, verdicts: [{ condition, passes, problems }] },
// or { file, error } where there is no verdict.
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import { pathToFileURL } from "node:url";
import { minimize } from "./browser/window.mjs";

const CONDITIONS = {
  light: { scheme: "light", media: "screen", width: 1280 },
  dark: { scheme: "dark", media: "screen", width: 1280 },
  print: { scheme: "light", media: "print", width: 794 },
  narrow: { scheme: "light", media: "screen", width: 320 },
};
const rules = (media) => ({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: media === "screen" } }, // WCAG 2.2, switched off by default; nobody taps on paper
  resultTypes: ["violations", "incomplete"],
});
// What axe-core leaves open and browser.mjs decides: it measures the contrast of every text on what lies behind it.
const DECIDED_ELSEWHERE = new Set(["color-contrast"]);
const PATIENCE = 60_000; // milliseconds for one call to the browser
const AT_A_TIME = 2;

function problems(results, decided) {
  return results.flatMap((result) =>
    result.nodes.map((node) => ({
      rule: result.id,
      target: node.target.flat().join(" "),
      decided,
      message: result.help,
    })),
  );
}

// WCAG 2.1, 1.4.10: at 320 px nobody has to scroll sideways. axe-core does not measure it.
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const message = `${scrollWidth} px wide in a window of ${clientWidth} px`;
    return scrollWidth <= clientWidth ? [] : [{ rule: "reflow", target: "html", decided: true, message }];
  });
}

// Puppeteer's own two calls undo each other: Chromium takes both settings at once or forgets the first.
function emulate(session, media, scheme) {
  return session.send("Emulation.setEmulatedMedia", {
    media,
    features: [{ name: "prefers-color-scheme", value: scheme }],
  });
}

// Colours that fade from one condition to the next are at their end when axe looks.
function settle(page) {
  return page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      try {
        animation.finish();
      } catch {
        animation.cancel(); // one that has no end
      }
    }
  });
}

async function judge({ page, session }, file) {
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  await page.evaluate(axe.source);
  const verdicts = [];
  for (const [condition, { scheme, media, width }] of Object.entries(CONDITIONS)) {
    await page.setViewport({ width, height: 900 });
    await emulate(session, media, scheme);
    await settle(page);
    const said = await page.evaluate((wanted) => window.axe.run(document, wanted), rules(media));
    const open = said.incomplete.filter(({ id }) => !DECIDED_ELSEWHERE.has(id));
    const sideways = condition === "narrow" ? await overflow(page) : [];
    verdicts.push({
      condition,
      passes: said.passes.length,
      problems: [...problems(said.violations, true), ...problems(open, false), ...sideways],
    });
  }
  return verdicts;
}

// A window for each worker, since Chromium slows down the clocks of a tab that another one hides.
async function newWindow(browser) {
  const page = await browser.newPage({ type: "window" });
  page.setDefaultTimeout(PATIENCE);
  await page.setBypassCSP(true);
  const session = await page.createCDPSession();
  await minimize(session);
  return { page, session };
}

// Judges files through one window until none is left; after a failure the next one gets a new window.
async function work(browser, files) {
  let window = await newWindow(browser);
  for (const file of files) {
    try {
      console.log(JSON.stringify({ file, verdicts: await judge(window, file) }));
    } catch (error) {
      console.log(JSON.stringify({ file, error: String(error).replace(/\s+/g, " ") }));
      await window.page.close().catch(() => {}); // one that hangs goes down with the browser
      window = await newWindow(browser);
    }
  }
}

const [executablePath, ...files] = process.argv.slice(2);
try {
  const browser = await puppeteer.launch({
    executablePath,
    // Chromium's sandbox needs rights that containers and plain users often lack; the pages get no connection.
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-dev-shm-usage"],
    pipe: true, // Chromium ends when this program does, however that ends
    protocolTimeout: PATIENCE,
  });
  try {
    const left = files.values();
    await Promise.all(Array.from({ length: AT_A_TIME }, () => work(browser, left)));
  } finally {
    await browser.close();
  }
} catch (error) {
  console.error(String(error).replace(/\s+/g, " ")); // one line
  process.exitCode = 1;
}
