/* Drives Chromium for test_desk_browser: reads what to do as JSON on stdin, says "ok NAME" or
   "not ok NAME why" for each test. Modules come from the folder in $NODE_PATH. */
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const setup = JSON.parse(fs.readFileSync(0, "utf8"));
let bad = 0;

function check(fine, what) {
  if (!fine) throw new Error(what);
}

async function run(name, test) {
  try {
    await test();
    console.log("ok " + name);
  } catch (problem) {
    bad++;
    console.log(`not ok ${name}\n    ${problem.message.split("\n").slice(0, 12).join("\n    ")}`);
  }
}

async function open(browser, who, size = [1440, 900], scheme = "light") {
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] },
    colorScheme: scheme, reducedMotion: "reduce", bypassCSP: false });
  const [name, value] = (setup.cookies[who] || "none=0").split("=");
  await context.addCookies([{ name, value, url: setup.base }]);
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (e) => page.problems.push(e.message));
  page.on("console", (m) => { if (m.type() === "error") page.problems.push(m.text()); });
  return page;
}

async function inspect(page, where) {
  /* as an evaluated function, which a strict policy of the page does not stop */
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) =>
    n.target.join(" ") + " " + (n.any[0] ? n.any[0].message : "")).join("; "));
  check(said.length === 0, where + ": " + said.join(" | "));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(wide <= 0, `${where}: ${wide} px wider than the screen`);
}

async function everyPage(browser) {
  for (const scheme of ["light", "dark"])
    for (const size of [[320, 640], [768, 1024], [1440, 900]])
      for (const [who, pages] of Object.entries(setup.pages))
        await run(`axe_finds_nothing_for_${who}_at_${size[0]}_${scheme}`, async () => {
          const page = await open(browser, who, size, scheme);
          for (const path of pages) {
            await page.goto(setup.base + path);
            await page.waitForTimeout(60);
            await inspect(page, path);
            if (setup.shots) {
              const name = path === "/" ? "day" : path.slice(1).replace(/\W+/g, "-");
              await page.screenshot({ fullPage: true,
                path: `${setup.shots}/desk-${name}-${size[0]}-${scheme}.png` });
            }
          }
          check(page.problems.length === 0, page.problems.join(" | "));
          await page.context().close();
        });
}

const keys = async (page, ...all) => { for (const k of all) await page.keyboard.press(k); };
const text = (page, selector) => page.locator(selector).first().innerText();

async function aDayByKeys(browser) {
  const page = await open(browser, "sanne");
  await page.goto(setup.base + "/");
  await run("a_visit_goes_by_keys_alone", async () => {
    const first = await text(page, ".next .ticket");
    await keys(page, "Enter");
    await page.waitForSelector(".mine");
    check((await text(page, ".mine .ticket")) === first, "another was called");
    await keys(page, "r");
    await page.waitForSelector("#undo");
    await keys(page, "s");
    await page.waitForSelector(".mine [data-key=f]");
    await keys(page, "f");
    await page.waitForSelector("#window[open] #form-finish[open]");
    await inspect(page, "the window of a visit");
    await page.locator("#window #form-finish form button").press("Enter");
    await page.waitForSelector(".mine", { state: "detached" });
  });
  await run("an_act_is_undone_by_a_key", async () => {
    const first = await text(page, ".next .ticket");
    await keys(page, "Enter");
    await page.waitForSelector("#undo");
    await keys(page, "z");
    await page.waitForSelector(".mine", { state: "detached" });
    check((await text(page, ".next .ticket")) === first, "not back");
  });
  await run("rows_are_chosen_and_opened_by_keys_and_the_focus_comes_back", async () => {
    await keys(page, "ArrowDown", "ArrowDown");
    const row = await page.evaluate(() => document.activeElement.dataset.row);
    check(row, "no row has the focus");
    await keys(page, "o");
    await page.waitForSelector("#window[open]");
    await keys(page, "Escape");
    await page.waitForSelector("#window[open]", { state: "detached" });
    await keys(page, "ArrowUp", "ArrowDown");
  });
  await run("first_names_come_on_demand", async () => {
    check((await text(page, ".rows .name")) === "", "shown unasked");
    await keys(page, "n");
    await page.locator(".rows .name:not(:empty)").first().waitFor();
    await keys(page, "n");
    await page.locator(".rows .name:not(:empty)").first().waitFor({ state: "detached" });
  });
  await run("nothing_went_wrong_in_the_script", async () => {
    check(page.problems.length === 0, page.problems.join(" | "));
  });
  await page.context().close();
}

async function twoCoaches(browser) {
  await run("what_one_does_the_other_sees_without_touching_anything", async () => {
    const one = await open(browser, "sanne"), two = await open(browser, "marieke");
    await one.goto(setup.base + "/");
    await two.goto(setup.base + "/");
    const ticket = await text(one, ".next .ticket");
    await two.evaluate(() => { window.seen = 0; });
    await one.click("#call-next");
    const row = two.locator("#board .rows .ticket", { hasText: ticket });
    await row.waitFor({ state: "detached" });
    check((await two.evaluate(() => window.seen)) === 0, "the page was loaded anew");
    await one.click("#undo");
    await row.waitFor();
    await one.context().close();
    await two.context().close();
  });
}

async function atTheDesk(browser) {
  await run("somebody_at_the_desk_is_put_into_the_queue", async () => {
    const page = await open(browser, "carla");
    await page.goto(setup.base + "/");
    await keys(page, "w");
    await page.waitForSelector("#window[open] #family");
    await inspect(page, "the window for somebody at the desk");
    await page.fill("#given", "Lina");
    await page.fill("#family", "Smit");
    await page.fill("#birth", "2015-01-01");
    await page.click("#window button.primary");
    await page.locator("#window .fault:not(:empty)").waitFor();
    await page.fill("#birth", "2004-01-01");
    await page.click("#window button.primary");
    await page.waitForSelector("#window[open]", { state: "detached" });
    await page.waitForSelector("#toast > div");
    await page.context().close();
  });
}

async function loggingIn(browser) {
  await run("logging_in_and_out_works_in_the_page", async () => {
    const page = await open(browser, "nobody");
    await page.goto(setup.base + "/");
    check(page.url().endsWith("/login"), page.url());
    await page.fill("#id", "tomasz");
    await page.fill("#pin", "111111");
    await page.fill("#code", "000000");
    await page.click("button.primary");
    await page.locator(".fault:not(:empty)").waitFor();
    await page.fill("#pin", setup.pin);
    await page.fill("#code", setup.code);
    await page.click("button.primary");
    await page.waitForSelector("#board");
    await page.click(".who > summary");
    await page.click('[data-post="/logout"]');
    await page.waitForURL("**/login");
    await page.goBack();
    await page.waitForURL("**/login");
    await page.context().close();
  });
}

(async () => {
  const browser = await chromium.launch({ executablePath: setup.chromium, args: ["--no-sandbox"] });
  await everyPage(browser);
  await loggingIn(browser);
  await aDayByKeys(browser);
  await twoCoaches(browser);
  await atTheDesk(browser);
  await browser.close();
  process.exit(bad ? 1 : 0);
})();
