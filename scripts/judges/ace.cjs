// Runs Ace by DAISY over EPUBs in one Chromium, two at a time: node ace.cjs FOLDER EPUB...
// Ace's own program starts a browser for each book and a process for each page; what it does with them is done here, in
// the same order, in windows that are used again.
// Prints a line of JSON for each book as soon as it is judged: { file, outcome, violations: [{ rule, impact, place,
// message }] }, or { file, error } where there is no verdict. FOLDER takes what Ace writes while it works.
const { readFileSync } = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer");
const ace = require("@daisy/ace-core");
const logger = require("@daisy/ace-logger");
const { Report } = require("@daisy/ace-report");
const runner = require("@daisy/ace-axe-runner-puppeteer");

const PATIENCE = 60_000; // milliseconds for one call to the browser
const AT_A_TIME = 2;

const [folder, ...files] = process.argv.slice(2);
const shared = { concurrency: 2, run, launch: async () => {}, close: async () => {} };

// Nobody reads the pages that Ace would write of its report.
for (const writing of ["copyData", "saveJson", "saveHtml"]) Report.prototype[writing] = async () => {};

console.log = console.error; // Ace remarks on its own errors there
const print = (verdict) => process.stdout.write(`${JSON.stringify(verdict)}\n`);

// Chromium ends when this program does, however that ends, if the two are joined by a pipe.
const launch = puppeteer.launch.bind(puppeteer);
let browser;
puppeteer.launch = async ({ args, ...options }) => {
  const offline = [...args, "--host-resolver-rules=MAP * ~NOTFOUND"];
  browser = await launch({ ...options, args: offline, pipe: true });
  return browser;
};

const free = [];
const sources = new Map();

function source(script) {
  if (!sources.has(script)) sources.set(script, readFileSync(script, "utf8"));
  return sources.get(script);
}

// What Ace finds on one page of a book. A window in which something failed is not used again.
async function run(url, scripts, contents, folder) {
  if (!url.endsWith(".xhtml")) return runner.run(url, scripts, contents, folder); // Ace gives these another type
  const page = free.pop() ?? (await browser.newPage());
  try {
    await page.goto(url);
    for (const script of [...contents, ...scripts.map(source)]) await page.evaluate(script);
    const found = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          window.daisy.ace.run((error, results) => (error ? reject(error) : resolve(results)));
        }),
    );
    free.push(page);
    return found;
  } catch (error) {
    page.close().catch(() => {});
    throw error;
  }
}

function violations(report) {
  return report.assertions.flatMap((part) =>
    part.assertions.map((assertion) => ({
      rule: assertion["earl:test"]["dct:title"],
      impact: assertion["earl:test"]["earl:impact"],
      place: part["earl:testSubject"].url,
      message: assertion["earl:result"]["dct:description"],
    })),
  );
}

async function judge(file, number) {
  try {
    const options = { cwd: "/", outdir: path.join(folder, String(number)), silent: true, jobId: "" };
    const [, report] = await ace(file, options, shared);
    return { file, outcome: report["earl:result"]["earl:outcome"], violations: violations(report) };
  } catch (error) {
    return { file, error: String(error?.message ?? error).replace(/\s+/g, " ") };
  }
}

async function judgeAll() {
  logger.initLogger({ verbose: false, silent: true, fileName: "ace.log" });
  runner.setTimeout(String(PATIENCE));
  await runner.launch();
  const left = files.entries();
  const work = async () => {
    for (const [number, file] of left) print(await judge(file, number));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  await runner.close();
}

judgeAll().then(
  () => process.exit(0),
  (error) => {
    console.error(String(error).replace(/\s+/g, " ")); // one line
    process.exit(1);
  },
);
