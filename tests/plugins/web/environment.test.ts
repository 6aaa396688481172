import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { Hand } from "../../core/browser/desk.ts";
import { openWeb, page, serveShop, taskAt } from "./shop.ts";

const test = suite("web/environment");
const clock = "2026-07-18T09:00:00Z";
const tea = [{ element: "#cart", text: "Tea" }];

/** Code and message of what was thrown. */
async function refusal(run: () => Promise<unknown>): Promise<string> {
  const e = await thrownBy(run);
  assert.ok(isHaloError(e), String(e));
  return `${e.code} ${e.message}`;
}

test("a site on localhost is opened, acted on, judged, and forked by repeating its actions", async (t) => {
  const { url } = await serveShop(t);
  const environment = await openWeb(t, { url, success: tea, forking: "replay", clock });
  assert.equal([environment.forking, environment.sideEffects, environment.deterministic], ["replay", "none", false]);
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  assert.equal(await hand.episode.verdict(t), {
    success: false,
    by: "web",
    reason: `not yet: element #cart with text "Tea" (at ${url})`,
  });
  assert.is((await hand.do({ action: "click", ...hand.el("Add Milk") })).solved, false);
  const fork = await Hand.on(await environment.fork(await hand.episode.mark(t), t), t);
  assert.equal(fork.seen, hand.seen);
  assert.is((await fork.do({ action: "click", ...fork.el("Add Tea") })).solved, true);
  assert.equal(await fork.episode.verdict(t), {
    success: true,
    by: "web",
    reason: 'holds: element #cart with text "Tea"',
  });
  assert.is((await hand.episode.verdict(t)).success, false);
});

test("without forking a site may keep things on its server, and says so", async (t) => {
  const { url } = await serveShop(t);
  const environment = await openWeb(t, { url, success: tea });
  assert.equal([environment.forking, environment.sideEffects], ["none", "server"]);
});

test("start actions, storage state, time zone and clock make the first page", async (t) => {
  const { url } = await serveShop(t);
  const folder = mkdtempSync(join(tmpdir(), "halo-web-"));
  t.defer(() => rmSync(folder, { recursive: true }));
  const storage = join(folder, "state.json");
  const origins = [{ origin: new URL(url).origin, localStorage: [{ name: "user", value: "Ada" }] }];
  writeFileSync(storage, JSON.stringify({ cookies: [], origins }));
  const environment = await openWeb(t, {
    url,
    success: tea,
    storage_state: storage,
    timezone: "Europe/Berlin",
    clock,
    start: [
      { click: "Accept all", role: "button" },
      { click: "Accept all", optional: true },
      { type: "hello", into: "Note" },
    ],
  });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  const shown = await environment.open(
    taskAt("", { success: [{ text: "Ada" }, { text: "11:00:00 GMT+0200", absent: true }] }),
    {
      signal: t.signal,
      seed: 0,
    },
  );
  t.defer(() => shown.close());
  assert.match((await shown.verdict(t)).reason, /^not yet: no text "11:00:00 GMT\+0200"/);
  assert.is(hand.find("Note").value, "hello");
  assert.not.ok(hand.seen.elements.some((e) => e.name === "Accept all"));
});

test("conditions read address, texts, fields and boxes, and all must hold", async (t) => {
  const { url } = await serveShop(t);
  const environment = await openWeb(t, { url });
  const judged = async (success: readonly object[], act: (hand: Hand) => Promise<unknown>): Promise<string> => {
    const hand = await Hand.on(
      await environment.open(taskAt("", { success } as never), { signal: t.signal, seed: 0 }),
      t,
    );
    await act(hand);
    const { success: isSolved, reason } = await hand.episode.verdict(t);
    await hand.episode.close();
    return isSolved ? "solved" : reason.replace(url, "URL/");
  };
  const note = async (hand: Hand) => {
    await hand.do({ action: "type", ...hand.el("Note"), text: "x" });
    await hand.do({ action: "click", ...hand.el("Gift") });
  };
  const list = (hand: Hand) => hand.do({ action: "click", ...hand.el("List") });
  assert.is(await judged([{ element: "#note", value: "x" }, { element: "#gift", checked: true }], note), "solved");
  assert.is(await judged([{ element: "#note", value: "y" }], note), 'not yet: element #note with value "y" (at URL/)');
  assert.is(
    await judged([{ url: "/list" }, { text: "All  goods" }, { element: "#cart", absent: true }], list),
    "solved",
  );
  assert.is(
    await judged([{ url: "*/l*t" }, { text: "goods", absent: true }], list),
    'not yet: no text "goods" (at URL/list)',
  );
});

test("what the page's scripts replace does not change the verdict", async (t) => {
  const forged = `<!doctype html><title>F</title><button>Go</button><p id=cart>nothing</p><script>
    document.querySelectorAll = Document.prototype.querySelectorAll = () => [{ innerText: "Tea", checkVisibility: () => true }];
    Object.defineProperty(HTMLElement.prototype, "innerText", { get: () => "Tea" });</script>`;
  const { url } = await serveShop(t, { "/": (_, response) => response.writeHead(200, page).end(forged) });
  const environment = await openWeb(t, { url, success: tea });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  assert.is((await hand.episode.verdict(t)).success, false);
});

test("the task source's own rule decides, on what the page shows, with the conditions beside it", async (t) => {
  const { url } = await serveShop(t);
  const environment = await openWeb(t, { url, success: tea, forking: "replay", clock });
  const grade = ({ report, strict }: { report: unknown; strict: { reason: string } }) => {
    const { title, text, elements } = report as { title: string; text: string; elements: readonly { name: string }[] };
    const success = text.includes("In the cart: Milk") && title === "Shop" &&
      elements.some((e) => e.name === "Add Tea");
    return Promise.resolve({ success, by: "mine", reason: "own rule", strict } as never);
  };
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0, grade }), t);
  assert.is((await hand.do({ action: "click", ...hand.el("Add Milk") })).solved, true);
  const { success, by, strict } = await hand.episode.verdict(t);
  assert.equal([success, by, strict?.success], [true, "mine", false]);
  const fork = await environment.fork(await hand.episode.mark(t), { signal: t.signal, grade });
  t.defer(() => fork.close());
  assert.is((await fork.verdict(t)).by, "mine");
});

test("a page that asks before anything is done opens with its question", async (t) => {
  const html =
    "<!doctype html><title>Q</title><p id=out></p><script>onload = () => out.textContent = confirm('Cookies?')</script>";
  const { url } = await serveShop(t, { "/": (_, response) => response.writeHead(200, page).end(html) });
  const environment = await openWeb(t, { url, success: [{ element: "#out", text: "true" }] });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  assert.is(hand.seen.dialog?.message, "Cookies?");
  assert.is((await hand.do({ action: "click", ...hand.el("OK") })).solved, true);
});

test("a native dialog that waits is no fault when the episode is judged", async (t) => {
  const { url } = await serveShop(t);
  const environment = await openWeb(t, { url, success: [{ element: "title", absent: true }, { url: "/none" }] });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  const { solved, observation } = await hand.do({ action: "click", ...hand.el("Order") });
  assert.equal([solved, observation.dialog?.message], [false, "Order now?"]);
  assert.is((await hand.episode.verdict(t)).reason, 'the page waits for an answer to "Order now?"');
});

test("only the hosts and ports named are reached; asset hosts give parts and are never stayed at", async (t) => {
  const hits: string[] = [];
  const spy = (name: string) => ({
    "/": (
      _: unknown,
      response: { end(text: string): void },
    ) => (hits.push(name), response.end("document.title = 'Loaded'")),
  });
  const [assets, other] = [await serveShop(t, spy("assets") as never), await serveShop(t, spy("other") as never)];
  const html = `<!doctype html><title>S</title><script src="${assets.url}"></script><script src="${other.url}"></script>
    <a href="${assets.url}">To assets</a> <a href="${other.url}">To other</a>`;
  const { url } = await serveShop(t, { "/": (_, response) => response.writeHead(200, page).end(html) });
  const environment = await openWeb(t, { url, success: tea, asset_hosts: [new URL(assets.url).host] });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  assert.equal([hand.seen.title, hits], ["Loaded", ["assets"]]);
  for (const name of ["To assets", "To other"]) {
    const { error } = await hand.do({ action: "click", ...hand.el(name) });
    assert.equal([error?.code, hand.seen.url], ["BLOCKED_URL", url], name);
  }
  assert.not.ok(hits.includes("other"));
});

test("a server that fails is a fault, never a page to play on", async (t) => {
  let status = 200;
  const { url } = await serveShop(t, {
    "/broken": (_, response) => response.writeHead(500, page).end("<h1>Sorry</h1>"),
    "/list": (_, response) => response.writeHead(status, page).end("<h1>Busy</h1>"),
  });
  const environment = await openWeb(t, { url, success: tea });
  const open = (at: string) => environment.open(taskAt(at), { signal: t.signal, seed: 0 });
  assert.is(await refusal(() => open("broken")), `HALO_PAGE_STATUS ${url}broken came with HTTP status 500`);
  assert.is(await refusal(() => open("none")), `HALO_PAGE_STATUS ${url}none came with HTTP status 404`);
  const hand = await Hand.on(await open(""), t);
  status = 503;
  const click = { action: "click", ...hand.el("List") } as const;
  assert.is(await refusal(() => hand.do(click)), `HALO_PAGE_STATUS ${url}list came with HTTP status 503`);
  const other = await Hand.on(await open(""), t);
  await other.do({ action: "click", ...other.el("Gone") }); // 404 is what a dead link is
  assert.is(other.seen.url, `${url}gone`);
});

test("each mistake in the description has its own message", async (t) => {
  const { url, port } = await serveShop(t);
  const refused = async (options: object, at = ""): Promise<string> =>
    await refusal(async () => {
      const environment = await openWeb(t, { url, success: tea, ...options });
      await environment.open(taskAt(at), { signal: t.signal, seed: 0 });
    });
  assert.is(
    await refused({ url: "ftp://a.example/" }),
    'HALO_WEB_OPTION "ftp://a.example/" is no http or https address',
  );
  assert.is(
    await refused({ allowed_hosts: ["*.example"] }),
    'HALO_WEB_OPTION "*.example" is no host such as shop.example or localhost:3000',
  );
  assert.is(
    await refused({ timezone: "Mars/Base" }),
    'HALO_WEB_OPTION "Mars/Base" is no time zone such as Europe/Berlin',
  );
  assert.is(await refused({ clock: "noon" }), 'HALO_WEB_OPTION "noon" is no time such as 2026-07-18T09:00:00Z');
  assert.is(
    await refused({ success: [{ absent: true }] }),
    "HALO_WEB_OPTION a condition names an address, a text or an element",
  );
  assert.is(
    await refused({ success: [{ element: "#[" }] }),
    'HALO_WEB_OPTION "#[" is no CSS selector: nothing closes its [',
  );
  assert.is(await refused({ success: [{ element: "li::" }] }), 'HALO_WEB_OPTION "li::" is no CSS selector');
  assert.is(
    await refused({ success: [{ url: "https://pay.example/done*" }] }),
    'HALO_WEB_OPTION "https://pay.example/done*" is never met: the agent may not be at https://pay.example',
  );
  assert.is(
    await refused({ success: [{ url: `localhost:${port}/done` }] }),
    `HALO_WEB_OPTION no address fits "localhost:${port}/done"`,
  );
  assert.is(
    await refused({ success: [{ value: "a", url: "/" }] }),
    "HALO_WEB_OPTION a condition on value names the element that it means",
  );
  assert.is(
    await refused({ start: [{ click: "A", key: "B" }] }),
    "HALO_WEB_OPTION a start action has one of goto, click, type, key, wait_ms, got click and key",
  );
  assert.match(
    await refused({ start: [{ click: "Pay" }] }),
    /^HALO_WEB_START start action 1: the page has no control "Pay"; it shows button "Accept all", textbox "Note"/,
  );
  assert.is(
    await refused({ storage_state: "none.json" }),
    'HALO_WEB_STORAGE there is no file "none.json", or it cannot be read',
  );
  assert.is(
    await refused({}, `http://127.0.0.1:${port}/`),
    `HALO_WEB_OPTION t starts at http://127.0.0.1:${port}/, which the agent may not be at`,
  );
  assert.is(await refused({ success: undefined }), "HALO_WEB_RULE nothing says when t is achieved");
  assert.is(
    await refused({ success: [{ text: "In the cart" }] }),
    "HALO_WEB_RULE t is achieved before anything is done",
  );
});

test("a condition on an address is refused only where no address can fit it", async (t) => {
  const { url, port } = await serveShop(t);
  for (
    const glob of [
      "/done",
      "*done",
      `${url}done`,
      "https://pay.example/*",
      `http*://localhost:${port}/x`,
      "about:blank",
    ]
  ) {
    await openWeb(t, { url, allowed_hosts: ["pay.example"], success: [{ url: glob }] });
  }
  await openWeb(t, { url, success: [{ url: "https://other.example/*", absent: true }] });
});

test("a selector that fitted nothing is told of once, with a task that asks for it; one that fitted something is not", async (t) => {
  const { url } = await serveShop(t);
  const success = [{ element: "#crat", text: "Tea" }, { element: "#cart", text: "Tea" }, {
    element: "#no",
    absent: true,
  }];
  const environment = await openWeb(t, { url, success });
  const hand = await Hand.on(await environment.open(taskAt(""), { signal: t.signal, seed: 0 }), t);
  await hand.do({ action: "click", ...hand.el("Add Tea") });
  assert.equal(environment.doubts!(["other"]), []);
  assert.equal(environment.doubts!(["t"]).map((doubt) => doubt.split(":")[0]), [
    "no page had an element #crat, by which t is achieved",
  ]);
  assert.equal(environment.doubts!(["t"]), []);
});
