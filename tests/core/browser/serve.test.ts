import type { Asset } from "../../../core/domain/site.ts";
import { serveAssets } from "../../../core/browser/serve.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("browser/serve");
const asset = (text: string, type = "text/html; charset=utf-8"): Asset => ({
  type,
  body: new TextEncoder().encode(text),
});
const page = { "/": asset("home"), "/app.js": asset("code", "text/javascript; charset=utf-8") };

test('"/*" is what is at every path without a dot that is no other', async (t) => {
  const server = t.use(await serveAssets(new Map(Object.entries({ ...page, "/*": asset("any") }))));
  const get = async (path: string, method = "GET"): Promise<string> => {
    const response = await fetch(`http://${server.address}${path}`, { method, signal: t.signal });
    return `${response.status} ${response.headers.get("content-type")} ${await response.text()}`;
  };
  const html = "text/html; charset=utf-8";
  assert.equal(await Promise.all(["/", "//", "/?q=1"].map((path) => get(path))), Array(3).fill(`200 ${html} home`));
  const others = ["/lists", "/lists/7?sort=a.b", "//lists/7", "/lists/7/"];
  assert.equal(await Promise.all(others.map((path) => get(path))), Array(4).fill(`200 ${html} any`));
  assert.is(await get("/app.js"), "200 text/javascript; charset=utf-8 code");
  assert.is(await get("/lists", "HEAD"), `200 ${html} `);
  // A missing file must not look like a page.
  for (const path of ["/app.css", "/lists/logo.png", "/v1.2/lists"]) {
    assert.is(await get(path), "404 text/plain not found");
  }
  assert.is(await get("/lists", "POST"), "404 text/plain not found");
});

test('without "/*" a path that is none of the assets is not found', async (t) => {
  const server = t.use(await serveAssets(new Map(Object.entries(page))));
  const status = async (path: string) => (await fetch(`http://${server.address}${path}`, t)).status;
  assert.equal([await status("/"), await status("/lists")], [200, 404]);
});
