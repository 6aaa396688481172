// The same small tour on every runtime: public entries, plugins, exact numbers, one step on a page.
import { act, PagePool, serveAssets } from "halo-agent/browser";
import { definePlugin, refs } from "halo-agent";
import { exp, keyedRng, log, sha256 } from "halo-agent/kit";
import { isPlugin } from "../../core/plugin/define.ts";
import { pluginKinds } from "../../core/plugin/kinds.ts";
import { loadPlugin } from "../../core/plugin/load.ts";
import { builtinNames } from "../../core/plugin/registry.ts";
import { assert, suite } from "../harness.ts";

const test = suite("runtime/smoke");
const from = import.meta.dirname as string;

test("the public entries load", async () => {
  for (const entry of ["halo-agent", "halo-agent/kit", "halo-agent/browser", "halo-agent/testing"]) {
    assert.type(await import(entry), "object", entry);
  }
  assert.type(definePlugin, "function");
  assert.is(refs.log.id, "core.log");
});

test("every built-in plugin loads under its kind and name", async () => {
  const wanted = pluginKinds.flatMap((kind) => builtinNames(kind).map((name) => `${kind}/${name}`));
  const plugins = await Promise.all(wanted.map((id) => {
    const [kind, use] = id.split("/") as [(typeof pluginKinds)[number], string];
    return loadPlugin({ kind, use, from });
  }));
  assert.equal(plugins.map(({ kind, name }) => `${kind}/${name}`), wanted);
});

test("a plugin file of a user loads with the same core", async () => {
  const plugin = await loadPlugin({ kind: "reward", use: "../fixtures/runtime/reward.ts", from });
  assert.ok(isPlugin(plugin));
  assert.is(plugin.needs["log"], refs.log);
});

test("random numbers, exp and log are bit for bit the same", () => {
  const rng = keyedRng("smoke", 1);
  const values = Float64Array.from({ length: 3_000 }, (_, i) => {
    const x = rng.next();
    return i % 3 === 0 ? x : i % 3 === 1 ? exp(40 * x - 20) : log(x);
  });
  // Taken from this program itself: it has to be equal everywhere, not to be any number in particular.
  assert.is(sha256(new Uint8Array(values.buffer)), "80b3ae5597cb007be82b70602f9cb2703dd1d932f05eade159ee0fb0ae4bb8b3");
});

test("Chromium takes a step on a page and shows what came of it", async (t) => {
  const html = `<!doctype html><title>Counter</title>
    <button onclick="document.title = this.textContent = 'Pressed'">Press</button>`;
  const server = t.use(
    await serveAssets(new Map([["/", { type: "text/html", body: new TextEncoder().encode(html) }]])),
  );
  const host = "smoke.halo.test";
  const pool = t.use(new PagePool({ hosts: { [host]: server.address }, url: `http://${host}/`, isOwn: false }));
  const page = await pool.take(t);
  const before = await page.observe({ screenshot: true }, t);
  const seen = before.elements.map(({ role, name }) => ({ role, name }));
  assert.equal([before.title, seen], ["Counter", [{ role: "button", name: "Press" }]]);
  assert.equal([before.screenshot?.widthPx, before.screenshot?.heightPx], [1280, 720]);
  const acted = await act(page, { action: "click", el: before.elements[0]?.id ?? "" }, { ...t, observation: before });
  assert.is(acted.error, undefined);
  assert.ok(await page.settle(t));
  const after = await page.observe({}, t);
  assert.equal([after.title, after.elements[0]?.name], ["Pressed", "Pressed"]);
});
