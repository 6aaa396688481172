import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import process from "node:process";
import { freePort, isPortFree } from "../../../core/serve/port.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("serve/port");

test("a port for a program that starts later is one that the system gives to nobody", async () => {
  const [first, last] = process.platform === "linux"
    ? readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8").trim().split(/\s+/).map(Number)
    : [49_152, 65_535];
  for (let i = 0; i < 50; i++) {
    const port = await freePort();
    assert.ok(port > 1023 && (port < first! || port > last!), String(port));
    assert.ok(await isPortFree("127.0.0.1", port));
  }
});

test("a port that somebody listens at is not free", async (t) => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  t.defer(() => server.close());
  assert.not(await isPortFree("127.0.0.1", port));
});
