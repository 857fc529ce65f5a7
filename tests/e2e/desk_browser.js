/* Drives Chromium for test_desk_browser: reads what to do as JSON on stdin, says "ok NAME" or
   "not ok NAME why" for each test. Modules come from the folder in $NODE_PATH. */
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("child_process");
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

/* Looks until it is so; a page that is just being left is looked at again. (Playwright's own
   waiting would have the page evaluate text, which its policy forbids.) */
async function until(page, what, arg) {
  for (let i = 0; i < 600; i++) {
    if (await page.evaluate(what, arg).catch(() => false)) return;
    await page.waitForTimeout(100);
  }
  throw new Error("never so: " + what);
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
    await until(page, () => document.querySelector(".mine [data-key=s]"));
    const version = await page.getAttribute(".mine [data-key=s]", "data-version");
    await keys(page, "r");
    await until(page, (was) => { /* the board shows the recall, so that the next step names it */
      const at = document.querySelector(".mine [data-key=s]");
      return at && at.dataset.version !== was;
    }, version);
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

/* The real kiosk program, on the same database. */
function kiosk(script) {
  return new Promise((resolve, reject) => {
    const p = spawn(setup.kiosk[0], setup.kiosk.slice(1), { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    p.stderr.on("data", (d) => { said += d; });
    p.on("close", (status) => (status === 0 ? resolve() : reject(new Error("kiosk: " + said))));
    p.stdin.end(script);
  });
}

const tickets = (page) => page.locator("[aria-labelledby=waiting] .ticket").allInnerTexts();

async function aDayWithTheKiosk(browser) {
  await run("who_walks_in_at_the_kiosk_is_helped_here_and_comes_back_by_appointment", async () => {
    const page = await open(browser, "sanne");
    await page.goto(setup.base + "/");
    const before = await tickets(page);
    await kiosk(setup.walk_in);
    await until(page, (n) => document.querySelectorAll(
      "[aria-labelledby=waiting] .ticket").length > n, before.length);
    const ticket = (await tickets(page)).find((t) => !before.includes(t));
    check(ticket, "nobody new");
    const row = page.locator("tr", { has: page.locator(`th.ticket:text-is("${ticket}")`) });
    await row.locator('[data-act="call"]').click();
    await page.locator(`.mine .ticket:text-is("${ticket}")`).waitFor();
    await keys(page, "s");
    await page.waitForSelector(".mine [data-key=f]");
    await keys(page, "f");
    await page.waitForSelector("#window[open] #form-finish[open]");
    const times = page.locator("#window #follow_up");
    const value = await times.locator("option").nth(3).getAttribute("value");
    await times.selectOption(value);
    await page.check('#window input[value="follow_up"]');
    await page.locator("#window #form-finish form button").press("Enter");
    await page.waitForSelector(".mine", { state: "detached" });
    await page.goto(setup.base + "/appointments?week=" + value.slice(0, 10));
    await page.locator(".slot", { hasText: value.slice(11, 16) }).first().waitFor();
    check(page.problems.length === 0, page.problems.join(" | "));
    await page.context().close();
  });
}

async function race(browser) {
  await run("of_two_coaches_who_call_the_same_visitor_one_is_told_so", async () => {
    const one = await open(browser, "sanne"), two = await open(browser, "marieke");
    await one.goto(setup.base + "/");
    await two.goto(setup.base + "/");
    const mine = await tickets(one), theirs = await tickets(two);
    const ticket = mine.find((t) => theirs.includes(t));
    const button = (page) => page.locator("tr", { has: page.locator(`th.ticket:text-is("${ticket}")`) })
      .locator('[data-act="call"]');
    await button(one).waitFor();
    await button(two).waitFor();
    await Promise.all([button(one), button(two)].map((b) => b.evaluate((el) => el.click())));
    await Promise.all([one, two].map((p) => p.waitForSelector("#toast > div")));
    const bad = await Promise.all([one, two].map((p) => p.locator("#toast > .bad").count()));
    check(bad[0] + bad[1] === 1, "told so: " + bad);
    const winner = bad[0] ? two : one;
    await winner.locator(`.mine .ticket:text-is("${ticket}")`).waitFor();
    await winner.click("#undo");
    await winner.waitForSelector(".mine", { state: "detached" });
    await one.context().close();
    await two.context().close();
  });
}

async function rosterEdit(browser) {
  await run("a_roster_edit_tells_which_bookings_it_hits_before_it_counts", async () => {
    const page = await open(browser, "carla");
    await page.goto(setup.base + "/roster");
    await page.locator("summary", { has: page.locator("xpath=following-sibling::form") }).first().click();
    await page.fill("#close-from", "2026-03-23");
    await page.fill("#close-to", "2026-03-23");
    await page.fill("#close-reason", "Teamdag");
    await page.click('button[value="close_preview"]');
    await page.locator("#close-report .hits li").first().waitFor();
    await inspect(page, "a roster that is looked at");
    await page.click('button[value="close"]');
    await until(page, () => !document.querySelector("#reason"));
    await page.goto(setup.base + "/appointments");
    await page.waitForSelector("#worklist .do a");
    await page.goto(setup.base + "/roster");
    await page.locator('form:has(input[value="open"]):has(input[value="2026-03-23"]) button').click();
    await page.waitForSelector("#reason", { timeout: 60000 });
    check(page.problems.length === 0, page.problems.join(" | "));
    await page.context().close();
  });
}

async function deadLetters(browser) {
  await run("a_dead_letter_is_put_right_entered_by_hand_or_given_up", async () => {
    const page = await open(browser, "carla");
    await page.goto(setup.base + "/upload");
    const letters = page.locator(".letter");
    check((await letters.count()) === 3, "three were refused");
    await letters.first().locator("a[data-window]").click();
    await page.waitForSelector("#window[open] #given");
    await inspect(page, "putting a record right");
    await page.fill("#given", "Bramm");
    await page.click("#window button.primary");
    await until(page, () => document.querySelectorAll(".letter").length === 2);
    await letters.first().locator('[data-body*="by_hand"]').click();
    await until(page, () => document.querySelectorAll(".letter").length === 1);
    await letters.first().locator("summary").first().click();
    await letters.first().locator("input[name=reason]").fill("dubbel");
    await letters.first().locator("input[name=reason]").press("Enter");
    await page.waitForSelector(".nothing", { timeout: 60000 });
    await page.context().close();
  });
}

/* Every link, button and field can be reached with Tab alone, and shows that it has the focus. */
async function byKeyboardAlone(browser) {
  for (const [who, pages] of Object.entries(setup.pages))
    await run(`tab_reaches_everything_for_${who}`, async () => {
      const page = await open(browser, who);
      for (const path of pages) {
        await page.goto(setup.base + path);
        const all = await page.evaluate(() => {
          const names = new Set();
          const own = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
          own.filter((e) => e.checkVisibility() && !e.disabled && e.type !== "hidden" &&
            (e.type !== "radio" || e.checked)).forEach((e, i) => { e.dataset.tab = i; names.add(String(i)); });
          return [...names];
        });
        const reached = new Set();
        for (let i = 0; i < all.length * 8 + 20 && reached.size < all.length; i++) {
          await keys(page, "Tab");
          const at = await page.evaluate(() => document.activeElement.dataset.tab);
          if (at !== undefined) reached.add(at);
        }
        const missed = all.filter((n) => !reached.has(n));
        const what = await page.evaluate((m) => m.map((n) =>
          document.querySelector(`[data-tab="${n}"]`)?.outerHTML.slice(0, 80)), missed.slice(0, 3));
        check(missed.length === 0, `${path}: not reached: ${what.join(" ")}`);
      }
      await page.context().close();
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
    const atLogin = () => location.pathname === "/login";
    await until(page, atLogin);
    /* the page that comes back leaves at once: either navigation may cut the other short */
    await page.goBack().catch(() => {});
    await until(page, atLogin);
    await page.context().close();
  });
}

(async () => {
  const browser = await chromium.launch({ executablePath: setup.chromium, args: ["--no-sandbox"] });
  await everyPage(browser);
  await byKeyboardAlone(browser);
  await loggingIn(browser);
  await aDayByKeys(browser);
  await twoCoaches(browser);
  await race(browser);
  await aDayWithTheKiosk(browser);
  await atTheDesk(browser);
  await rosterEdit(browser);
  await deadLetters(browser);
  await browser.close();
  process.exit(bad ? 1 : 0);
})();
