// runtime: node
// On the pages of the release, where they were fetched: every task begins, and the known ways solve.
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite } from "../../harness.ts";
import { Hand } from "../../core/browser/desk.ts";
import { unserved } from "../../../plugins/miniwob/suites.ts";
import { installed } from "./installed.ts";
import { pagesOn, sourceOn, taskOn } from "./stand-in.ts";

const test = suite("miniwob/wheel");

test("every page of the wheel is a task or is named as unserved", async () => {
  const folder = await installed();
  if (folder === undefined) return;
  const source = await sourceOn(folder);
  const names = new Set((await source.list({ split: "train" })).map(({ template }) => template));
  const others = Object.keys(unserved).filter((name) => !name.startsWith("flight."));
  assert.equal([names.size, others.length, names.size + others.length], [123, 7, 130]);
  assert.not.ok(others.some((name) => names.has(name)));
});

test("every task begins and says what to do", async (t) => {
  const folder = await installed();
  if (folder === undefined) return;
  const environment = await pagesOn(t, folder);
  const tasks = await (await sourceOn(folder)).list({ split: "train" });
  const silent = await mapLimited(tasks, 2, async (task) => {
    const episode = await environment.open(task, { signal: t.signal, seed: 0 });
    const { elements } = await episode.observe({ signal: t.signal, need: {} });
    await episode.close();
    return (episode.asked ?? "").length > 5 && elements.every((e) => e.name !== "START") ? [] : [task.template];
  });
  assert.equal(silent.flat(), []);
}, { timeoutMs: 500_000 });

test("tasks are solved by what they ask for", async (t) => {
  const folder = await installed();
  if (folder === undefined) return;
  const environment = await pagesOn(t, folder);
  const played = async (name: string, act: (hand: Hand, asked: string) => Promise<unknown>): Promise<string> => {
    const episode = await environment.open(await taskOn(folder, name, 3), { signal: t.signal, seed: 0 });
    const hand = await Hand.on(episode, t);
    await act(hand, episode.asked!);
    return `${name}: ${(await episode.verdict(t)).reason}`;
  };
  const quoted = (asked: string) => [...asked.matchAll(/"([^"]+)"/g)].map(([, text]) => text!);
  const click = (hand: Hand, name: string) => hand.do({ action: "click", ...hand.el(name) });
  assert.equal([
    await played("click-test-2", (hand) => click(hand, "ONE")),
    await played("click-test-transfer", (hand) => click(hand, "TWO")),
    await played("click-dialog", (hand) => click(hand, "Close")),
    await played("enter-text", async (hand, asked) => {
      await hand.do({ action: "type", el: "e0", text: quoted(asked)[0]! });
      await click(hand, "Submit");
    }),
    await played("enter-text", (hand) => click(hand, "Submit")),
    await played("login-user", async (hand, asked) => {
      for (const [i, text] of quoted(asked).entries()) await hand.do({ action: "type", el: `e${i}`, text });
      await click(hand, "Login");
    }),
  ], [
    "click-test-2: raw reward 1",
    "click-test-transfer: raw reward 1",
    "click-dialog: raw reward 1",
    "enter-text: raw reward 1",
    "enter-text: raw reward -1",
    "login-user: raw reward 1",
  ]);
}, { timeoutMs: 300_000 });
