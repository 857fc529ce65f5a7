/* Drives Chromium for test_desk_browser: reads what to do as JSON on stdin, says "ok NAME" or
   "not ok NAME why" for each test. Modules come from the folder in $NODE_PATH. */
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("child_process");
const fs = require("fs");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const setup = JSON.parse(fs.readFileSync(0, "utf8"));
const PATIENCE_MS = 180000; /* of what comes at once: only a fault takes as long */
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

/* Runs in the page: what it does after that many ms comes long after the test. */
function longer(those) {
  const real = window.setTimeout.bind(window);
  window.setTimeout = (f, ms, ...more) => real(f, ms === those ? 1000000 : ms, ...more);
}

const stretch = (page, those) => page.evaluate(longer, those);

async function open(browser, who, size = [1440, 900], scheme = "light") {
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] },
    colorScheme: scheme, reducedMotion: "reduce", bypassCSP: false });
  context.setDefaultTimeout(PATIENCE_MS);
  /* a word at the bottom stays: this machine may need longer than a coach to look at it */
  await context.addInitScript(longer, 10000);
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
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (await page.evaluate(what, arg).catch(() => false)) return;
    await page.waitForTimeout(50);
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
    await keys(page, "r", "s", "f"); /* as fast as they come: each waits for the one before */
    await page.waitForSelector("#window[open] #form-finish[open]");
    check((await page.locator("#toast > .bad").count()) === 0, "a key did not wait");
    await inspect(page, "the window of a visit");
    await page.locator("#window #form-finish form button").press("Enter");
    await page.waitForSelector(".mine", { state: "detached" });
  });
  await run("an_act_is_undone_by_a_key", async () => {
    const first = await text(page, ".next .ticket");
    await keys(page, "Enter");
    await page.waitForSelector(".mine"); /* an #undo may still stand there of the act before */
    await page.waitForSelector("#undo");
    await keys(page, "z");
    await page.waitForSelector(".mine", { state: "detached" });
    check((await text(page, ".next .ticket")) === first, "not back");
  });
  await run("rows_are_chosen_and_opened_by_keys_and_the_focus_comes_back", async () => {
    await keys(page, "ArrowDown", "ArrowDown"); /* they wait for what is left of the act before */
    await until(page, () => Boolean(document.activeElement.dataset.row));
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
  await run("a_visits_own_page_shows_what_became_of_it_and_takes_it_back", async () => {
    const page = await open(browser, "sanne");
    await page.goto(setup.base + "/");
    const [{ visit }] = await rowsToCall(page);
    await page.goto(setup.base + "/visit/" + visit);
    await page.click('[data-act="call"]');
    await page.waitForSelector('[data-act="start"]');
    await page.click("#undo");
    await page.waitForSelector('[data-act="call"]');
    check(page.problems.length === 0, page.problems.join(" | "));
    await page.context().close();
  });
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
    await pressUntil(page, () => row.locator('[data-act="call"]').click(),
      `.mine .ticket:text-is("${ticket}")`);
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

/* A press that came right after a change is told and not done: then it is pressed again. */
async function pressUntil(page, press, sign) {
  for (let i = 0; i < 20; i++) {
    await press();
    await page.waitForSelector(`${sign}, #toast > .bad`);
    if (await page.locator(sign).count()) return;
    await page.evaluate(() => document.getElementById("toast").replaceChildren());
  }
  throw new Error("never: " + sign);
}

/* In one go, so that no change comes between the look and the press. */
const callRow = (page, ticket) => page.evaluate((t) => {
  const own = [...document.querySelectorAll("tr[data-row]")].find((r) =>
    r.querySelector("th.ticket").textContent === t);
  own.querySelector('[data-act="call"]').click();
}, ticket);

const rowsToCall = (page) => page.evaluate(() =>
  [...document.querySelectorAll('tr[data-row] [data-act="call"]')].map((b) => {
    const at = b.getBoundingClientRect();
    return { ticket: b.closest("tr").querySelector("th.ticket").textContent,
             visit: b.dataset.visit, x: at.left + at.width / 2, y: at.top + at.height / 2 };
  }));

const gone = (page, visit) => until(page, (v) =>
  !document.querySelector(`[aria-labelledby=waiting] [data-row="${v}"]`), visit);

async function takeBack(page) {
  await page.click("#undo");
  await page.waitForSelector(".mine", { state: "detached" });
}

async function race(browser) {
  const both = async () => {
    const pages = [await open(browser, "sanne"), await open(browser, "marieke")];
    for (const page of pages) await page.goto(setup.base + "/");
    return pages;
  };
  const close = (pages) => Promise.all(pages.map((p) => p.context().close()));
  const first = async (one, two) => {
    const theirs = await tickets(two);
    const at = (await rowsToCall(one)).findIndex((r) => theirs.includes(r.ticket));
    check(at >= 0, "both see somebody to call");
    return (await rowsToCall(one)).slice(at);
  };

  await run("of_two_coaches_who_call_the_same_visitor_one_is_told_so", async () => {
    const [one, two] = await both();
    const [{ ticket }] = await first(one, two);
    const held = []; /* neither hears of the other's step before both have pressed */
    for (const page of [one, two]) await page.route("**/board", (r) => { held.push(r); });
    await Promise.all([one, two].map((page) => callRow(page, ticket)));
    await Promise.all([one, two].map((p) => p.waitForSelector("#toast > div")));
    const bad = await Promise.all([one, two].map((p) => p.locator("#toast > .bad").count()));
    check(bad[0] + bad[1] === 1, "told so: " + bad);
    for (const page of [one, two]) await page.unroute("**/board");
    for (const r of held) await r.continue().catch(() => {});
    const winner = bad[0] ? two : one;
    await winner.locator(`.mine .ticket:text-is("${ticket}")`).waitFor();
    await takeBack(winner);
    await close([one, two]);
  });

  await run("a_press_into_which_a_change_comes_is_told_that_it_was_too_late", async () => {
    const [one, two] = await both();
    const [row] = await first(one, two);
    await stretch(one, 5000); /* a press may last: both pages and the desk must get their turn */
    await one.mouse.move(row.x, row.y);
    await one.mouse.down();
    const heard = one.waitForResponse("**/board");
    await callRow(two, row.ticket);
    await two.locator(`.mine .ticket:text-is("${row.ticket}")`).waitFor();
    await (await heard).finished();
    check((await tickets(one)).includes(row.ticket), "taken away under the finger");
    await one.mouse.up();
    await one.waitForSelector("#toast > .bad");
    await gone(one, row.visit);
    await takeBack(two);
    await close([one, two]);
  });

  await run("a_press_right_after_a_change_calls_nobody_else", async () => {
    const [one, two] = await both();
    const [row, next] = await first(one, two);
    check(next, "two to call");
    await one.evaluate(() => { performance.now = () => 1000; }); /* "right after" lasts */
    await callRow(two, row.ticket);
    await gone(one, row.visit);
    const under = await one.evaluate(({ x, y }) =>
      document.elementFromPoint(x, y).closest("[data-act]")?.dataset.visit, row);
    check(under && under !== row.visit, "another stands there now");
    await one.mouse.click(row.x, row.y);
    await one.waitForSelector("#toast > .bad");
    check((await one.locator(".mine").count()) === 0, "called another");
    await one.evaluate(() => {
      document.getElementById("toast").replaceChildren();
      performance.now = () => 9000;
    });
    await one.mouse.click(row.x, row.y);
    await one.waitForSelector(".mine");
    await takeBack(one);
    await takeBack(two);
    await close([one, two]);
  });

  await run("enter_on_a_row_that_was_just_taken_calls_nobody_else", async () => {
    const [one, two] = await both();
    const [row] = await first(one, two);
    await one.evaluate(({ visit }) => {
      performance.now = () => 1000;
      document.querySelector(`[data-row="${visit}"]`).focus();
    }, row);
    await callRow(two, row.ticket);
    await gone(one, row.visit);
    await one.waitForSelector("#call-next");
    await keys(one, "Enter");
    await one.waitForSelector("#toast > .bad");
    check((await one.locator(".mine").count()) === 0, "called another");
    await takeBack(two);
    await close([one, two]);
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
    await page.waitForSelector("#reason");
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
    await page.waitForSelector(".nothing");
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
  const parts = [everyPage, byKeyboardAlone, loggingIn, aDayByKeys, twoCoaches, race,
    aDayWithTheKiosk, atTheDesk, rosterEdit, deadLetters];
  for (const part of parts)
    if (!setup.only || setup.only.split(",").includes(part.name)) await part(browser);
  await browser.close();
  process.exit(bad ? 1 : 0);
})();
