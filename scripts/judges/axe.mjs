// Runs axe-core over HTML files in one Chromium: node axe.mjs CHROMIUM FILE...
// Prints a JSON array with one verdict per file and condition: { file, condition, passes, problems }.
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import { pathToFileURL } from "node:url";

const CONDITIONS = {
  light: { scheme: "light", media: "screen", width: 1280 },
  dark: { scheme: "dark", media: "screen", width: 1280 },
  print: { scheme: "light", media: "print", width: 794 },
  narrow: { scheme: "light", media: "screen", width: 320 },
};
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } }, // WCAG 2.2, switched off by default
  resultTypes: ["violations", "incomplete"],
};

function problems(results, decided) {
  return results.flatMap((result) =>
    result.nodes.map((node) => ({
      rule: result.id,
      target: node.target.flat().join(" "),
      message: decided ? result.help : `undecided: ${result.help}`,
    })),
  );
}

// WCAG 2.1, 1.4.10: at 320 px nobody has to scroll sideways. axe-core does not measure it.
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth
      ? []
      : [{ rule: "reflow", target: "html", message: `${scrollWidth} px wide in a window of ${clientWidth} px` }];
  });
}

// Puppeteer's own two calls undo each other: Chromium takes both settings at once or forgets the first.
async function emulate(page, media, scheme) {
  const session = await page.createCDPSession();
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await session.send("Emulation.setEmulatedMedia", { media, features });
}

async function judge(browser, file, condition) {
  const { scheme, media, width } = CONDITIONS[condition];
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setViewport({ width, height: 900 });
  await emulate(page, media, scheme);
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  await page.evaluate(axe.source);
  const said = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  const sideways = condition === "narrow" ? await overflow(page) : [];
  await page.close();
  return {
    file,
    condition,
    passes: said.passes.length,
    problems: [...problems(said.violations, true), ...problems(said.incomplete, false), ...sideways],
  };
}

async function judgeAll(browser, files) {
  const verdicts = [];
  for (const file of files) {
    for (const condition of Object.keys(CONDITIONS)) {
      verdicts.push(await judge(browser, file, condition));
    }
  }
  return verdicts;
}

const [executablePath, ...files] = process.argv.slice(2);
try {
  const browser = await puppeteer.launch({
    executablePath,
    // Chromium's sandbox needs rights that containers and plain users often lack; the pages judged are our own.
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-dev-shm-usage"],
  });
  try {
    console.log(JSON.stringify(await judgeAll(browser, files)));
  } finally {
    await browser.close();
  }
} catch (error) {
  console.error(String(error).replace(/\s+/g, " ")); // one line
  process.exitCode = 1;
}
