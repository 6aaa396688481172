// runtime: node
import type { Locator, Page } from "playwright-core";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { assert, suite } from "../../../harness.ts";
import { openPage, restore, snapshot, stateOf } from "./app-page.ts";

const test = suite("gomail app");
const jane = "email from Jane Smith, Project update: deadline extended";

const button = (at: Page | Locator, name: string): Locator => at.getByRole("button", { name, exact: true });
const link = (at: Page, name: string): Locator => at.getByRole("link", { name, exact: true });
const status = (at: Page): Promise<string | null> => at.getByRole("status").textContent();

test("app stars, archives and labels in 1, 2 and 3 steps by the names of the controls", async (t) => {
  const page = await openPage(t, { mails: [], labels: ["Travel"] });
  await button(page, `Remove star from ${jane}`).click();
  await page.getByRole("checkbox", { name: `Select ${jane}`, exact: true }).click();
  await button(page, "Labels").click();
  await page.getByRole("menu", { name: "Labels" }).getByRole("menuitemcheckbox", { name: "Travel" }).click();
  assert.is(await status(page), 'Label "Travel" added');
  await link(page, `Open ${jane}`).click();
  await button(page, "Archive").click();
  assert.is(await status(page), "Conversation archived");
  const mail = (await stateOf(page)).emails.find((e) => e.id === "2");
  assert.equal([mail?.isStarred, mail?.labels, mail?.folder], [false, ["Work", "Travel"], "archive"]);
  await button(page, "Undo").click();
  assert.is(await page.getByRole("listitem", { name: "Email from Jane Smith" }).count(), 1);
});

test("app searches and deletes in 3 steps", async (t) => {
  const page = await openPage(t);
  await page.getByRole("search").getByRole("searchbox", { name: "Search mail", exact: true }).fill("canoe");
  await page.keyboard.press("Enter");
  await link(page, "Open email from Laura Ortiz, Photos from the lake").click();
  await page.getByRole("toolbar", { name: "Message actions" }).getByRole("button", { name: "Delete" }).click();
  assert.is(await status(page), "Conversation moved to Trash");
  assert.is((await stateOf(page)).emails.find((e) => e.id === "49")?.folder, "trash");
  assert.is(page.url(), "http://gomail.halo.test/");
});

test("app answers in 4 steps", async (t) => {
  const page = await openPage(t);
  await link(page, `Open ${jane}`).click();
  await button(page, "Reply").click();
  const reply = page.getByRole("region", { name: "Reply", exact: true });
  await reply.getByRole("textbox", { name: "Reply message" }).fill("Both dates work.");
  await button(reply, "Send").click();
  assert.is(await status(page), "Message sent");
  assert.match((await page.getByRole("main").textContent()) ?? "", "Both dates work.");
});

test("app composes in 5 steps, however the text arrives", async (t) => {
  const page = await openPage(t);
  const write = async (put: (field: Locator, text: string) => Promise<void>): Promise<string> => {
    await restore(page, JSON.stringify(initialState({ mails: [] })));
    await button(page, "Compose").click();
    const dialog = page.getByRole("dialog", { name: "New message" });
    await put(dialog.getByRole("combobox", { name: "To" }), "jane.smith@example.com");
    await put(dialog.getByRole("textbox", { name: "Subject" }), "Lunch");
    await put(dialog.getByRole("textbox", { name: "Message", exact: true }), "At noon?");
    await button(dialog, "Send").click();
    assert.is(await status(page), "Message sent");
    return snapshot(page);
  };
  const atOnce = await write((field, text) => field.fill(text));
  const byKey = await write(async (field, text) => {
    await field.click();
    await field.pressSequentially(text);
  });
  assert.is(byKey, atOnce);
  const [mail] = (JSON.parse(atOnce) as GoMailState).emails;
  assert.equal([mail?.to, mail?.subject, mail?.content], [["jane.smith@example.com"], "Lunch", "At noon?"]);
});

test("app offers contacts, and a click on one keeps the field in focus", async (t) => {
  const page = await openPage(t);
  await button(page, "Compose").click();
  await page.keyboard.type("ang");
  await page.getByRole("option", { name: "Angela White angela.white@example.com", exact: true }).click();
  await page.keyboard.type("x@y.org,");
  assert.equal((await stateOf(page)).compose?.to, ["angela.white@example.com", "x@y.org"]);
  await button(page, "Remove x@y.org").click();
  await button(page, "Close").click();
  assert.is(await status(page), "Draft saved");
  await link(page, "Drafts").click();
  await link(page, "Open email from Fede Lopez, ").first().click();
  assert.is(await button(page, "Remove angela.white@example.com").count(), 1);
});

test("app closes a menu on a click elsewhere and keeps the rest out of reach behind a dialog", async (t) => {
  const page = await openPage(t);
  await link(page, `Open ${jane}`).click();
  await button(page, "Labels").click();
  await page.getByRole("heading", { level: 1 }).click();
  assert.is(await page.getByRole("menu").count(), 0);
  await button(page, "Labels").click();
  await page.getByRole("menuitem", { name: "Create new label" }).click();
  assert.is(await button(page, "Compose").count(), 0);
  await page.keyboard.type("Trips");
  await page.keyboard.press("Enter");
  assert.is(await link(page, "Label Trips").count(), 1);
  assert.is(await page.getByRole("dialog").count(), 0);
});

test("app shows a restored state pixel for pixel as it was reached", async (t) => {
  const [page, other] = [await openPage(t, { mails: [], labels: ["Travel"] }), await openPage(t)];
  const next = random(7);
  await link(page, `Open ${jane}`).click();
  await button(page, "Reply").click();
  const met = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await act(page, next);
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      for (const pane of document.querySelectorAll(".pane")) pane.scrollTop = 0;
    });
    const state = await snapshot(page);
    await page.mouse.move(0, 0);
    await restore(other, state);
    assert.is(await snapshot(other), state, `state after step ${step}`);
    const [reached, restored] = await Promise.all([looks(page), looks(other)]);
    assert.is(restored.html, reached.html, `markup after step ${step}`);
    assert.ok(restored.png.equals(reached.png), `pixels after step ${step}`);
    const { view, compose, reply, menu, dialog, snackbar } = JSON.parse(state) as GoMailState;
    met.add(view.name === "list" ? view.folder : "message");
    for (const [name, part] of Object.entries({ compose, reply, menu, dialog, snackbar })) {
      if (part !== null) met.add(name);
    }
  }
  for (const part of ["inbox", "message", "compose", "reply", "menu", "dialog", "snackbar"]) {
    assert.ok(met.has(part), `the walk met only ${[...met].join(", ")}`);
  }
}, { timeoutMs: 90_000 });

/** Clicks or fills a reachable control: first a part of the page is drawn, then one of its controls. */
async function act(page: Page, next: () => number): Promise<void> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const parts = await page.evaluate((controls) => {
    const parts: Record<string, { readonly x: number; readonly y: number; readonly isText: boolean }[]> = {};
    for (const el of document.querySelectorAll(controls)) {
      const { left, top, width, height } = el.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (!el.contains(document.elementFromPoint(x, y))) continue;
      const part = el.closest("header, nav, .menu, .toolbar, .strip, ul, article, .composer, .dialog, .snackbar");
      const isText = el.matches("textarea, input:not([type=checkbox])");
      (parts[part?.matches("header, nav") ? "nav" : part?.className ?? ""] ??= []).push({ x, y, isText });
    }
    return Object.values(parts);
  }, "button:enabled, a, input:enabled, textarea, [role=option]");
  const { x, y, isText } = pick(pick(parts));
  await page.mouse.click(x, y);
  if (!isText) return;
  await page.keyboard.insertText(pick(["canoe", "Trips", "x@y.org", "jane"]));
  if (next() < 0.5) await page.keyboard.press("Enter");
}

async function looks(page: Page): Promise<{ readonly html: string; readonly png: Buffer }> {
  const png = await page.screenshot();
  return { png, html: await page.evaluate(() => document.body.outerHTML) };
}

/** Numbers in [0, 1), the same for equal seeds. */
function random(seed: number): () => number {
  let at = seed;
  return () => (at = (at * 1103515245 + 12345) % 2147483648) / 2147483648;
}
