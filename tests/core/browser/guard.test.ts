import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { act } from "../../../core/browser/act.ts";
import { PagePool } from "../../../core/browser/pool.ts";
import { assert, suite, type TestContext } from "../../harness.ts";

const test = suite("browser/guard");
const fixture = new URL("../../fixtures/sites/hostile/page.html", import.meta.url);

async function listen(server: Server, host: string, t: TestContext): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  t.defer(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A page that attacks ports on every loopback address, and what reached them. */
async function hostile(t: TestContext) {
  const hits: string[] = [];
  const trap = (name: string) =>
    createTcpServer((socket) => {
      socket.on("error", () => {}).once("data", (data) => hits.push(`${name}: ${String(data).split("\r\n")[0]}`));
      hits.push(`${name}: connection`);
    });
  const [v4, all, v6] = [
    await listen(trap("127.0.0.1"), "127.0.0.1", t),
    await listen(trap("0.0.0.0"), "0.0.0.0", t),
    await listen(trap("::1"), "::1", t).catch(() => 1),
  ];
  const datagrams = createSocket("udp4", (data) => hits.push(`udp: ${data.length} bytes`));
  await new Promise<void>((resolve) => datagrams.bind(0, "127.0.0.1", resolve));
  t.defer(() => datagrams.close());
  const targets = [
    `127.0.0.1:${v4}`,
    `localhost:${v4}`,
    `127.1:${v4}`,
    `2130706433:${v4}`,
    `0.0.0.0:${all}`,
    `127.0.0.2:${all}`,
    `a.localhost:${all}`,
    `[::1]:${v6}`,
    `[::ffff:127.0.0.1]:${v4}`,
    `elsewhere.test:${all}`,
  ];
  const html = (await readFile(fixture, "utf8"))
    .replace("%TARGETS%", targets.join(" "))
    .replace("%FILE%", `file://${fileURLToPath(fixture)}`)
    .replace("%UDP%", `127.0.0.1:${datagrams.address().port}`);
  const own: string[] = [];
  const site = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://hostile.test");
    own.push(`${url.pathname}${url.search}`);
    const to = url.searchParams.get("to");
    if (to) response.writeHead(302, { location: to }).end();
    else response.writeHead(200, { "content-type": "text/html" }).end(url.pathname === "/" ? html : "");
  });
  t.defer(() => site.closeAllConnections());
  const port = await listen(site, "127.0.0.2", t);
  const pool = t.use(
    new PagePool({ hosts: { "hostile.test": `127.0.0.2:${port}` }, url: "http://hostile.test/", isOwn: false }),
  );
  return { page: await pool.take(t), hits, own, v4, all };
}

test("a hostile page reaches no other port, host or file, by any of the ways it knows", async (t) => {
  const { page, hits, own } = await hostile(t);
  const isThrough = () => own.some((path) => path.startsWith("/tried"));
  // One of its own attempts may cut the page off before it has made them all: then it gets another go.
  for (let go = 0; go < 5 && !isThrough(); go++) {
    if (go > 0) await page.goto("http://hostile.test/", t);
    const observation = await page.observe({}, t);
    await act(page, { action: "click", el: observation.elements[0]!.id }, { ...t, observation });
    await page.settle(t);
    await act(page, { action: "wait", ms: 2_000 }, t);
  }
  assert.equal(own.filter((path) => path.startsWith("/tried")), ["/tried?37"]);
  assert.ok(own.some((path) => path.startsWith("/redirect")), "the redirects were followed to the door");
  assert.ok(!own.includes("/loaded"), "a local file was shown in a frame");
  assert.equal(hits, []);
});

test("a mapped host leads to its own server whatever the port", async (t) => {
  const { page, hits, own, v4 } = await hostile(t);
  await page.main(`fetch("http://hostile.test:${v4}/other-port", { mode: "no-cors" }).catch(() => {})`, t);
  assert.ok(own.includes("/other-port"));
  assert.equal(hits, []);
});

test("a page that navigates itself out of its hosts ends on an error page and is recognised as strayed", async (t) => {
  const { page, hits, all, v4 } = await hostile(t);
  for (
    const url of [
      `http://127.0.0.1:${v4}/`,
      `http://0.0.0.0:${all}/`,
      `http://hostile.test/redirect?to=http://localhost:${v4}/`,
    ]
  ) {
    await page.main(`void (location.href = ${JSON.stringify(url)})`, t);
    await page.settle(t);
    assert.match(page.strayed ?? "", /^http:\/\/(127\.0\.0\.1|0\.0\.0\.0|localhost):/, url);
    await page.retreat(t);
    assert.is(page.strayed, undefined);
  }
  assert.equal(hits, []);
});
