/* Takes the pictures that tools/gallery-desk asks for, as JSON on stdin: pages of the desk in
   Chromium, first names shown. A yearly report is printed as well, as its PDF. */
"use strict";
const { chromium } = require("playwright-core");
const setup = JSON.parse(require("fs").readFileSync(0, "utf8"));

async function take(browser, shot) {
  const context = await browser.newContext({ colorScheme: shot.scheme, reducedMotion: "reduce",
    viewport: { width: shot.size[0], height: shot.size[1] } });
  const [name, value] = (setup.cookies[shot.who] || "none=0").split("=");
  await context.addCookies([{ name, value, url: setup.base }]);
  await context.addInitScript(() => localStorage.setItem("names", "on"));
  const page = await context.newPage();
  await page.goto(setup.base + shot.path);
  await page.waitForTimeout(400); /* first names come after the page */
  await page.screenshot({ path: `${setup.out}/${shot.name}.png`, fullPage: true });
  if (shot.name === "report")
    await page.pdf({ path: `${setup.out}/report.pdf`, preferCSSPageSize: true });
  await context.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: setup.chromium, args: ["--no-sandbox"] });
  for (const shot of setup.shots) await take(browser, shot);
  await browser.close();
})();
