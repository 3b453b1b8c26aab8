// Runs Ace by DAISY over EPUBs in one Chromium, two at a time: node ace.cjs FOLDER EPUB...
// Ace's own program starts a browser for each book; what it does with a book is done here, in the same order.
// Prints a line of JSON for each book as soon as it is judged: { file, outcome, violations: [{ rule, impact, place,
// message }] }, or { file, error } where there is no verdict. FOLDER takes what Ace writes while it works.
const path = require("node:path");
const puppeteer = require("puppeteer");
const ace = require("@daisy/ace-core");
const logger = require("@daisy/ace-logger");
const { Report } = require("@daisy/ace-report");
const runner = require("@daisy/ace-axe-runner-puppeteer");

const PATIENCE = 60_000; // milliseconds for one call to the browser
const AT_A_TIME = 2;

const [folder, ...files] = process.argv.slice(2);
const shared = { ...runner, launch: async () => {}, close: async () => {} };

// Nobody reads the pages that Ace would write of its report.
for (const writing of ["copyData", "saveJson", "saveHtml"]) Report.prototype[writing] = async () => {};

console.log = console.error; // Ace remarks on its own errors there
const print = (verdict) => process.stdout.write(`${JSON.stringify(verdict)}\n`);

// Chromium ends when this program does, however that ends, if the two are joined by a pipe.
const launch = puppeteer.launch.bind(puppeteer);
puppeteer.launch = (options) => launch({ ...options, pipe: true });

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
