// Looks at pages as people do, in light and in the dark, in a small window, with large letters, with a keyboard only:
// node browser.mjs CHROMIUM SECONDS KIND:FILE..., KIND being web or book, SECONDS how long a page may take. Prints one
// JSON line for each page as soon as it is known, { page, measured, problems: [{ rule, message, place, conditions,
// more }] } or { page, failed: "why" }.
import puppeteer from "puppeteer-core";
import { look, open } from "./browser/look.mjs";

const SIDE_BY_SIDE = 2;
const [executablePath, seconds, ...named] = process.argv.slice(2);

const line = (error) =>
  String(error?.message ?? error)
    .replace(/\s+/g, " ")
    .trim();

/** A promise that fails after a time, and how to call that off. */
function deadline() {
  let clock;
  const late = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), seconds * 1000);
  });
  return [late, () => clearTimeout(clock)];
}

async function judged(window, { page, kind }) {
  const [late, inTime] = deadline();
  try {
    return { page, ...(await Promise.race([look(window, page, kind), late])) };
  } catch (error) {
    return { page, failed: line(error) };
  } finally {
    inTime();
  }
}

/** Judges pages through one window until none is left; where one has failed, the next gets a new window. */
async function judgeAll(browser, queue) {
  let window = await open(browser);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const verdict = await judged(window, next);
    console.log(JSON.stringify(verdict));
    if (!verdict.failed) continue;
    window.context.close().catch(() => {}); // A page that hangs goes down with the browser.
    window = await open(browser);
  }
}

try {
  const queue = named.map((name) => ({
    kind: name.slice(0, name.indexOf(":")),
    page: name.slice(name.indexOf(":") + 1),
  }));
  const browser = await puppeteer.launch({
    executablePath,
    // Chromium's sandbox needs rights that containers and plain users often lack. So that nothing gets out, there is no
    // network. An EPUB's style sheets may be read, or the rules for hovering and visited links would be out of reach.
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--allow-file-access-from-files",
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--proxy-server=http://127.0.0.1:9",
      "--proxy-bypass-list=<-loopback>",
      "--hide-scrollbars",
    ],
  });
  try {
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => judgeAll(browser, queue)));
  } finally {
    await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    browser.process()?.kill("SIGKILL");
  }
} catch (error) {
  console.error(line(error));
  process.exitCode = 1;
}
