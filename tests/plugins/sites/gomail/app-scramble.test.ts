import type { Page } from "playwright-core";
import { aliasOf, styleWithAliases, withAliases } from "../../../../core/site/app/names.ts";
import { assert, suite } from "../../../harness.ts";
import { openPage, snapshot } from "./app-page.ts";

const test = suite("gomail app scramble");

test("names are renamed in selectors alone, each seed in its own way", () => {
  assert.is(aliasOf("row", ""), "row");
  assert.is.not(aliasOf("row", "1"), aliasOf("row", "2"));
  const [row, id] = [aliasOf("row", "1"), aliasOf("search", "1")];
  assert.is(withAliases(".row:first-child > #search", "1"), `.${row}:first-child > #${id}`);
  assert.is(
    styleWithAliases("/* .row */ .row { color: #fadfad; margin: .5px; content: url(a.svg) }", "1"),
    ` .${row} { color: #fadfad; margin: .5px; content: url(a.svg) }`,
  );
});

test("a scrambled page has other ids and classes, and the same look and behaviour", async (t) => {
  const pages = [await openPage(t), await openPage(t, { mails: [] }, { scramble: 7 })];
  for (const use of [choose, write, configure]) {
    for (const page of pages) await use(page);
    assert.is(await snapshot(pages[1]!), await snapshot(pages[0]!), use.name);
    const [plain, scrambled] = await Promise.all(pages.map((page) => page.screenshot()));
    assert.ok(plain?.equals(scrambled!), `pixels after ${use.name}`);
    const [names, others] = await Promise.all(pages.map(namesOn));
    assert.ok(names!.size > 10 && names!.size === others!.size, `${names!.size} and ${others!.size} names`);
    assert.equal([...others!].filter((name) => names!.has(name)), []);
  }
});

/** Opens and closes menus, scrolls, comes back. */
async function choose(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Email list" }).evaluate((list) => list.scrollTop = 420);
  await page.getByRole("link", { name: "Open email from Amazon, Shipped" }).click();
  await page.keyboard.press("u");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Labels", exact: true }).click();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.getByRole("searchbox", { name: "Search mail" }).click();
}

/** Writes to somebody the composer suggests. */
async function write(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Compose", exact: true }).click();
  await page.keyboard.type("ang");
  await page.keyboard.press("ArrowDown");
}

/** Closes the composer and looks at the settings. */
async function configure(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Appearance" }).click();
}

async function namesOn(page: Page): Promise<ReadonlySet<string>> {
  const names = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((
      el,
    ) => [...el.classList, el.id, ...el.getAttributeNames().filter((n) => n.startsWith("data-"))])
  );
  return new Set(names.filter((name) => name !== ""));
}
