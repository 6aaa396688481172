// runtime: node
import type { Page } from "playwright-core";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";
import { openPage, restore, snapshot, stateOf } from "./app-page.ts";

const test = suite("gomail app windows");
const start = initialState({ mails: [] });
const after = (...events: readonly Event[]): GoMailState => events.reduce(update, start);
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const open = (name: "search-options" | "snooze" | "schedule" | "shortcuts"): Event => ({ type: "open-dialog", name });
const one: Event = { type: "select", id: "2" };
const mail: Event = { type: "open-mail", id: "2" };

/** One state of every window, page, menu and strip that the site has. */
const windows: Readonly<Record<string, GoMailState>> = {
  banner: { ...start, banner: true },
  "search options": after(open("search-options"), { type: "toggle-menu", menu: "choice:within" }),
  "search results": after({ type: "search-input", text: "in:anywhere support" }, { type: "search" }),
  shortcuts: after(open("shortcuts")),
  "snooze menu": after(one, { type: "toggle-menu", menu: "snooze" }),
  "snooze dialog": after(one, open("snooze")),
  snoozed: after(one, { type: "snooze", until: "2024-07-25T08:00" }, { type: "open-list", folder: "snoozed" }),
  "more menu": after(mail, { type: "toggle-menu", menu: "more" }),
  forward: after(mail, { type: "forward" }),
  "schedule menu": after({ type: "compose", to: "a@b.co" }, { type: "toggle-menu", menu: "schedule" }),
  "scheduled mail": after({ type: "compose", to: "a@b.co" }, { type: "schedule-send", at: "2024-07-19T08:00" }, {
    type: "open-list",
    folder: "scheduled",
  }, { type: "open-mail", id: "57" }),
  general: after({ type: "open-settings", tab: "general" }),
  labels: after({ type: "open-settings", tab: "labels" }),
  vacation: after({ type: "open-settings", tab: "vacation" }, {
    type: "settings-choose",
    field: "vacation",
    value: "on",
  }, { type: "save-settings" }),
  dark: after(
    { type: "open-settings", tab: "appearance" },
    { type: "settings-choose", field: "theme", value: "dark" },
    {
      type: "settings-choose",
      field: "density",
      value: "compact",
    },
    { type: "save-settings" },
    { type: "step-mail", by: 1 },
  ),
  "rename label": after({ type: "edit-label", label: "Work", to: "rename" }),
  "delete label": after({ type: "edit-label", label: "Work", to: "delete" }),
  contacts: after({ type: "open-contacts" }),
  "edit contact": after({ type: "open-contacts" }, { type: "edit-contact", address: "jane.smith@example.com" }),
  trash: after(one, { type: "move", to: "trash" }, { type: "open-list", folder: "trash" }, {
    type: "empty",
    folder: "trash",
  }),
  "all selected": after({ type: "select-all" }),
};

test("every window of the app restores pixel for pixel, whatever was shown before", async (t) => {
  const [page, other] = [await openPage(t), await openPage(t)];
  const names = Object.keys(windows);
  for (const [i, name] of names.entries()) {
    const state = JSON.stringify(windows[name]);
    await restore(page, state);
    await restore(other, JSON.stringify(windows[names.at(i - 7)!]));
    await restore(other, state);
    assert.equal(JSON.parse(await snapshot(other)), JSON.parse(state), name);
    const [a, b] = [await page.screenshot(), await other.screenshot()];
    assert.ok(a.equals(b), `pixels of ${name}`);
  }
}, { timeoutMs: 60_000 });

test("no control of any window is clipped by the page or covered, and each has a name of its own", async (t) => {
  const page = await openPage(t);
  for (const [name, state] of Object.entries(windows)) {
    await restore(page, JSON.stringify(state));
    const wrong = await page.evaluate(() => {
      const names = new Set<string>();
      return [...document.querySelectorAll<HTMLElement>("button, input, textarea, a")].flatMap((el) => {
        if (el.closest("[inert]") !== null || el.closest("ul") !== null) return [];
        const { left, top, right, bottom, width, height } = el.getBoundingClientRect();
        const label = `${el.closest("[role]")?.getAttribute("aria-label")}: ${el.ariaLabel ?? el.textContent}`;
        if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return [`${label} is outside`];
        const isHit = el.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        const isCovered = !isHit && document.querySelector("[role=menu], [role=listbox], [role=dialog]") === null;
        return isCovered
          ? [`${label} is covered`]
          : names.size === names.add(label).size
          ? [`${label} is there twice`]
          : [];
      });
    });
    assert.equal(wrong, [], name);
  }
});

test("app goes back to where the list was scrolled to, by a name that tells where", async (t) => {
  const page = await openPage(t);
  const rows = page.getByRole("list", { name: "Email list" });
  await rows.evaluate((list) => list.scrollTop = 600);
  await page.getByRole("link", { name: "Open email from GitHub, [orchard/api] A dependency needs an update" }).click();
  const marked = await snapshot(page);
  await button(page, "Back to inbox").click();
  assert.is(await rows.evaluate((list) => list.scrollTop), 600);
  await restore(page, marked);
  await page.keyboard.press("u");
  assert.is(await rows.evaluate((list) => list.scrollTop), 600);
  await page.getByRole("searchbox", { name: "Search mail" }).fill("canoe");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Open email from Laura Ortiz, Photos from the lake" }).click();
  await button(page, "Back to search results").click();
  assert.is(await page.getByRole("listitem", { name: "Email from Laura Ortiz" }).count(), 1);
});

test("app acts on keys unless text is being written", async (t) => {
  const page = await openPage(t);
  await page.keyboard.press("/");
  await page.keyboard.type("cexj#");
  assert.equal([(await stateOf(page)).searchInput, (await stateOf(page)).compose], ["cexj#", null]);
  await page.getByRole("main").click({ position: { x: 300, y: 20 } });
  await page.keyboard.type("jjxe");
  assert.is((await stateOf(page)).emails.find((e) => e.id === "47")?.folder, "archive");
  await page.keyboard.type("zjo");
  assert.is((await stateOf(page)).view.name, "message");
  await page.keyboard.type("?");
  await button(page, "Close").click();
  await page.keyboard.type("r");
  await page.keyboard.type("see you");
  assert.is((await stateOf(page)).reply?.body, "see you");
});

test("app searches with the options, and saves settings, by the names of the controls", async (t) => {
  const page = await openPage(t);
  await button(page, "Advanced search options").click();
  await page.keyboard.type("support");
  await button(page, "Date within: Any time").click();
  await page.getByRole("option", { name: "2 weeks" }).click();
  await page.getByRole("checkbox", { name: "Has attachment" }).click();
  await page.getByRole("checkbox", { name: "Has attachment" }).click();
  await button(page, "Search mail").click();
  assert.is((await stateOf(page)).searchInput, "from:support after:2024-07-03 before:2024-08-02");
  assert.is(await page.getByRole("listitem").count(), 4);
  await button(page, "Settings").click();
  await page.getByRole("radio", { name: "Page size: 10" }).click();
  await button(page, "Save changes").click();
  assert.is(await page.getByRole("listitem").count(), 10);
});
