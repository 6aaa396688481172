// runtime: node
// Twenty scripted steps on a page that renders late, as component frameworks do: each next observation shows the final state.
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import type { Hand } from "./desk.ts";
import { openPage, openPages } from "./page-server.ts";

const test = suite("browser/foreign-steps");

/** A list of notes: state changes are batched and drawn by a message, a timer, a frame, an idle callback or an answer. */
const html = `<!doctype html><meta charset=utf-8><title>0</title><link rel=icon href=data:,>
<style>.in{transition:opacity .4s}.in.new{opacity:0}</style><div id=root></div><script>
let state = { notes: [], text: "", busy: false }, queued = false, turn = 0;
const port = new MessageChannel();
port.port1.onmessage = () => { queued = false; draw(); };
const ways = [
  (run) => run(), (run) => Promise.resolve().then(run), (run) => setTimeout(run, 0), (run) => setTimeout(run, 120),
  (run) => requestAnimationFrame(() => requestAnimationFrame(run)), (run) => fetch("/data").then((r) => r.text()).then(run),
  (run) => requestIdleCallback(run), (run) => setTimeout(() => setTimeout(run, 60), 60),
];
const set = (change) => {
  state = { ...state, ...change };
  if (!queued) { queued = true; port.port2.postMessage(0); }
};
const late = (change) => {
  set({ busy: true });
  ways[turn++ % ways.length](() => set({ ...change(), busy: false }));
};
const root = document.getElementById("root");
root.addEventListener("click", (e) => {
  const key = e.target.closest("[data-key]")?.dataset.key;
  if (key === "add") late(() => ({ notes: [...state.notes, state.text], text: "" }));
  else if (key) late(() => ({ notes: state.notes.filter((n) => n !== key) }));
});
root.addEventListener("input", (e) => set({ text: e.target.value }));
function draw() {
  const had = root.querySelector("input") === document.activeElement;
  root.innerHTML = "<input aria-label=Note><button data-key=add" + (state.busy ? " disabled" : "") + ">Add</button><ul>" +
    state.notes.map((n) => "<li>" + n + " <button data-key='" + n + "'>Drop " + n + "</button></li>").join("") + "</ul>";
  const field = root.querySelector("input");
  field.value = state.text;
  if (had) { field.focus(); field.setSelectionRange(99, 99); }
  document.title = String(state.notes.length);
}
draw();
</script>`;

test(
  "each of twenty steps on a page that renders late is seen done in the next observation, run after run",
  async (t) => {
    const { environment } = t.use(await openPages({ notes: { html, others: { "/data": "ok" } } }));
    const problems = await mapLimited(Array.from({ length: 6 }, (_, i) => i), 3, async (i) => {
      const hand = await openPage(environment, "notes", t);
      const problem = await played(hand, t).catch((e) => String(e));
      await hand.episode.close();
      return problem === "" ? [] : [`run ${i}: ${problem}`];
    });
    assert.is(problems.flat().join("\n"), "");
  },
  { timeoutMs: 180_000 },
);

/** Writes and adds seven notes, and drops six of them again. */
async function played(hand: Hand, t: TestContext): Promise<string> {
  let notes: string[] = [];
  const check = (what: string): string => {
    const shown = hand.seen.elements.filter((e) => e.name.startsWith("Drop ")).map((e) => e.name.slice(5));
    const isReady = !hand.find("Add").states.includes("disabled");
    const isSame = JSON.stringify(shown) === JSON.stringify(notes) && hand.seen.title === String(notes.length);
    return isSame && isReady && !hand.seen.unsettled ? "" : `after ${what}: shows ${shown}, title ${hand.seen.title}`;
  };
  for (let i = 0; i < 7; i++) {
    t.signal.throwIfAborted();
    const note = `note-${i}`;
    const { error } = await hand.do({ action: "type", ...hand.el("Note"), text: note });
    if (error || hand.find("Note").value !== note) {
      return `typing ${note}: ${error?.message ?? hand.find("Note").value}`;
    }
    await hand.do({ action: "click", ...hand.el("Add") });
    notes = [...notes, note];
    const problem = check(`adding ${note}`);
    if (problem) return problem;
  }
  for (const note of notes.slice(1)) {
    await hand.do({ action: "click", ...hand.el(`Drop ${note}`) });
    notes = notes.filter((n) => n !== note);
    const problem = check(`dropping ${note}`);
    if (problem) return problem;
  }
  return "";
}
