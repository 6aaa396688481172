// runtime: node
import type { Page } from "playwright-core";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { assert, suite } from "../../../harness.ts";
import { openPage, stateOf } from "./app-page.ts";
import { finishReport } from "./kit.ts";

const test = suite("gomail app routes");
const host = "http://gomail.halo.test";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The JSON a route shows in its one `pre`. */
async function shown(page: Page, path: string): Promise<{ readonly [key: string]: unknown }> {
  await page.goto(`${host}${path}`);
  return JSON.parse(await page.locator("pre").innerText());
}

test("app keeps the mailbox of a configured browser for /finish, also with a doubled slash", async (t) => {
  const page = await openPage(t);
  const background = await page.context().newPage();
  const config = { run_id: "7", task_id: "v2.gomail-24", latency: 0, removePopup: false };
  assert.equal(await shown(background, "//config?run_id=7&task_id=v2.gomail-24&latency=0"), {
    config: { gomail: config },
  });
  const untouched = await shown(background, "//finish");
  assert.equal([untouched["differences"], untouched["actionhistory"]], [
    { emails: { added: [], updated: [], deleted: [] } },
    [],
  ]);
  await page.goto(`${host}/`);
  await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
  assert.is(await page.getByRole("alert").count(), 0);
  await page.getByRole("checkbox", { name: "Select email from John Doe, Recap of the Monday meeting" }).click();
  await button(page, "Delete").click();
  const final = await stateOf(page);
  const report = await shown(background, "/finish");
  const history = report["actionhistory"] as { readonly type: string; readonly timestamp: string }[];
  assert.equal(history.map(({ type }) => type), ["close-banner", "select", "move"]);
  assert.is(history[0]?.timestamp, "2024-07-18T16:01:00.000Z");
  const initial = { ...initialState({ mails: [] }), banner: true };
  assert.equal(report, finishReport({ initial, final, history: history.map((act) => ({ ...act })), config }));
  await page.reload();
  assert.equal(await stateOf(page), final);
  assert.equal(await shown(background, "//submit?retrieved_answer=All%20done"), {
    run_id: "7",
    task_id: "v2.gomail-24",
    retrieved_answer: "All done",
  });
  await shown(background, "/config?removePopup=true");
  await page.reload();
  assert.equal(await stateOf(page), initialState({ mails: [] }));
});

test("app keeps nothing where nobody configured it", async (t) => {
  const page = await openPage(t);
  await button(page, "Compose").click();
  await page.reload();
  assert.equal(await stateOf(page), initialState({ mails: [] }));
  assert.is(await page.evaluate(() => localStorage.length), 0);
});
