import type { Locator, Page } from "playwright-core";
import { initialState } from "../../../plugins/gomail/state/state.ts";
import { assert, suite } from "../../harness.ts";
import { openPage, restore, snapshot, stateOf } from "./page.ts";

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
  const [mail] = (JSON.parse(atOnce) as Awaited<ReturnType<typeof stateOf>>).emails;
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
    if (!restored.png.equals(reached.png)) {
      (await import("node:fs")).writeFileSync("/tmp/diff-a.png", reached.png);
      (await import("node:fs")).writeFileSync("/tmp/diff-b.png", restored.png);
    }
    assert.ok(restored.png.equals(reached.png), `pixels after step ${step}`);
    const { view, compose, reply, menu, dialog } = JSON.parse(state);
    met.add([view.name, compose && "compose", reply && "reply", menu, dialog && "dialog"].join());
  }
  assert.ok(met.size >= 8, `the walk met only ${[...met].join(" ")}`);
}, { timeoutMs: 90_000 });

/** Clicks or fills one of the reachable controls. */
async function act(page: Page, next: () => number): Promise<void> {
  const controls = page.locator(
    "button:enabled:visible, a:visible, input:enabled:visible, textarea:visible, [role=option]:visible",
  );
  const reachable = await controls.evaluateAll((all) =>
    all.flatMap((el, i) => {
      const { left, top, width, height } = el.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = document.elementFromPoint(x, y);
      const isText = el.matches("textarea, input:not([type=checkbox])");
      const isRow = el.closest(".row") !== null;
      return hit !== null && el.contains(hit) && (!isRow || i % 9 === 0) ? [{ x, y, isText }] : [];
    })
  );
  const chosen = reachable[Math.floor(next() * reachable.length)];
  if (chosen === undefined) return page.keyboard.press("Escape");
  await page.mouse.click(chosen.x, chosen.y);
  if (!chosen.isText) return;
  await page.keyboard.insertText(["canoe", "Trips", "x@y.org", "jane"][Math.floor(next() * 4)] ?? "");
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
