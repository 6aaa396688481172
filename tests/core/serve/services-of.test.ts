import { loadPipeline } from "../../../core/config/load.ts";
import { servicesOf } from "../../../core/serve/services-of.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("serve/services-of");
const file = "tests/fixtures/services/pipeline.yaml";
const env = { HALO_FAKE_TOKEN: "secret", FAKE_URL: "http://127.0.0.1:8123" };

const found = async (...sets: string[]) =>
  servicesOf(await loadPipeline(file, { cwd: packageRoot(), env, sets }), { packageRoot: packageRoot() });
const inner = (options: string) =>
  `policy.options.inner={ use: ./${file.replace("pipeline.yaml", "policy.ts")}, options: ${options} }`;

test("servicesOf finds the services of a plugin with the variables that set its options", async () => {
  const planned = await found();
  assert.equal(planned.map((p) => [p.path, p.service.name, p.service.port]), [["policy", "fake", 8123]]);
  assert.equal(planned[0]!.settings.map((s) => [s.variable, s.path, String(s.value)]), [
    ["FAKE_URL", "policy.options.url", "http://127.0.0.1:8123"],
    ["HALO_FAKE_TOKEN", "policy.options.token", "[secret HALO_FAKE_TOKEN]"],
  ]);
});

test("servicesOf finds the services of nested plugins, and one service that two plugins share once", async () => {
  const same = await found(inner("{ url: 'http://127.0.0.1:8123' }"));
  assert.equal(same.map((p) => p.path), ["policy"]);
  const other = await found(inner("{ url: 'http://127.0.0.1:8124', name: judge }"));
  assert.equal(other.map((p) => [p.path, p.service.name]), [["policy", "fake"], ["policy.options.inner", "judge"]]);
});

test("servicesOf refuses two services on one port", async () => {
  const e = await thrownBy(() => found(inner("{ url: 'http://127.0.0.1:8123', name: judge }")));
  assert.is(
    (e as Error).message,
    "fake (policy) and judge (policy.options.inner) both want port 8123 of 127.0.0.1",
  );
});
