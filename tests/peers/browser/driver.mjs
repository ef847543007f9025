// Chromium on one page, led by what comes in, a JSON line for each act, and telling in a line what
// came of it. Ends, and the browser with it, when nothing more can come.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const { CHROMIUM, FOLDER } = process.env;

const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  pipe: true,
  args: ["--no-sandbox", "--ignore-certificate-errors", "--disable-dev-shm-usage", "--lang=vi"],
});
const [page] = await browser.pages();
page.setDefaultTimeout(15_000);
const protocol = await page.createCDPSession();

const complaints = [];
const complain = (text) => complaints.push({ page: page.url(), text });
page.on("console", (message) => {
  if (["error", "warn"].includes(message.type())) complain(message.text());
});
page.on("pageerror", (error) => complain(String(error)));
const requests = [];
page.on("request", (request) => {
  requests.push({ url: request.url(), token: request.headers().authorization ?? null });
});

const saved = new Map();
const whole = await browser.target().createCDPSession();
const download = { behavior: "allow", downloadPath: FOLDER, eventsEnabled: true };
await whole.send("Browser.setDownloadBehavior", download);
whole.on("Browser.downloadWillBegin", ({ guid, suggestedFilename }) => {
  saved.set(guid, { name: suggestedFilename, isWhole: false });
});
whole.on("Browser.downloadProgress", ({ guid, state }) => {
  if (state === "completed") saved.get(guid).isWhole = true;
});

// What passes by on the page is kept for whoever looks later.
await page.evaluateOnNewDocument(() => {
  window.passed = [];
  addEventListener("DOMContentLoaded", () => {
    const state = document.getElementById("state");
    const progress = document.getElementById("progress");
    if (!state || !progress) return;
    const look = () =>
      window.passed.push([state.textContent, progress.hidden ? null : progress.value]);
    for (const each of [state, progress]) {
      new MutationObserver(look).observe(each, { attributes: true, childList: true });
    }
  });
});

const acts = {
  open: (address) => page.goto(address, { waitUntil: "networkidle0" }).then(() => null),
  click: (selector) => page.locator(selector).click(),
  fill: (selector, text) => page.locator(selector).fill(text),
  // Return the text of what is shown, once the words are in it.
  read: async (selector, words) => {
    const shown = (at, wanted) => {
      const found = document.querySelector(at);
      const text = found?.checkVisibility() ? found.innerText.trim() : "";
      return text.includes(wanted) && text;
    };
    const found = await page.waitForFunction(shown, {}, selector, words);
    return found.jsonValue();
  },
  shown: (selector) => page.$eval(selector, (found) => found.checkVisibility()),
  at: async (address) => {
    await page.waitForFunction((wanted) => location.href.startsWith(wanted), {}, address);
    return page.url();
  },
  evaluate: (expression) => page.evaluate(expression),
  choose: async (selector, path) => (await page.$(selector)).uploadFile(path),
  // A drag as it comes from the desktop: with a file, from the edge of the place to its middle.
  drop: async (selector, path) => {
    await page.$eval(selector, (found) => found.scrollIntoView({ block: "center" }));
    const { x, y, width, height } = await (await page.$(selector)).boundingBox();
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    const middle = { x: x + width / 2, y: y + height / 2, data };
    await protocol.send("Input.dispatchDragEvent", { ...middle, y: y + 1, type: "dragEnter" });
    await protocol.send("Input.dispatchDragEvent", { ...middle, type: "dragOver" });
    await protocol.send("Input.dispatchDragEvent", { ...middle, type: "drop" });
  },
  cut: () => page.setOfflineMode(true),
  // Return the name of the file that a click saves.
  save: async (selector) => {
    const before = saved.size;
    await page.locator(selector).click();
    for (let tries = 0; tries < 150; tries += 1) {
      const last = [...saved.values()].at(-1);
      if (saved.size > before && last.isWhole) return last.name;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`nothing was saved by ${selector}`);
  },
  complaints: () => complaints,
  requests: () => requests,
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const [act, ...words] = JSON.parse(line);
    let told;
    try {
      told = { value: (await acts[act](...words)) ?? null };
    } catch (error) {
      const seen = await page.evaluate(() => document.body.innerText).catch(() => "");
      told = { error: `${act} ${words}: ${error.message}\n${page.url()}\n${seen}` };
    }
    console.log(JSON.stringify(told));
  }
} finally {
  await browser.close();
}
