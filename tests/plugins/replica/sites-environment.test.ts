// runtime: node
import { createPlugin } from "halo-agent/testing";
import { isHaloError, type Task } from "halo-agent";
import replicas from "../../../plugins/replica/sites-environment.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import mails from "../../../plugins/sites/gomail/tasks.ts";
import omnizon from "../../../plugins/sites/omnizon/site.ts";
import orders from "../../../plugins/sites/omnizon/tasks.ts";
import { optionsCheck } from "../../../core/plugin/options.ts";
import type { Plugin } from "../../../core/plugin/define.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("replica/replicas");

test("replicas refuses a task of a site that it does not serve, before any browser starts", async (t) => {
  const site = await createPlugin(gomail);
  const filled = { sites: ["gomail"] };
  assert.equal(optionsCheck(replicas as unknown as Plugin)(filled), []);
  const environment = t.use(await replicas.create({ ...filled, sites: [site] } as never, {}));
  assert.equal([environment.forking, environment.sideEffects, environment.capacity], ["native", "none", 8]);
  const task = { site: "omnizon" } as Task;
  const e = await thrownBy(() => environment.open(task, { signal: t.signal, seed: 0 }));
  assert.ok(isHaloError(e, "HALO_REPLICA_SITE"), String(e));
  assert.is(e.message, 'no site "omnizon" is served; those that are: gomail');
});

test("replicas plays each task on its own site, and forks where it stands", async (t) => {
  const [mail, shop] = [await createPlugin(gomail), await createPlugin(omnizon)];
  const environment = t.use(
    await replicas.create({ sites: [mail, shop], stop: "solved", forking: "native", pages: 2 }, {}),
  );
  const call = { signal: t.signal, seed: 0 };
  for (
    const [source, title] of [[await createPlugin(mails), /mail/i], [await createPlugin(orders), /omnizon/i]] as const
  ) {
    const task = source.draw({ split: "eval", index: 0, seed: 0 });
    const episode = t.use(await environment.open(task, call));
    const seen = await episode.observe({ ...call, need: {} });
    assert.match(seen.title, title);
    const fork = t.use(await environment.fork(await episode.mark(call), call));
    assert.is((await fork.observe({ ...call, need: {} })).stateKey, seen.stateKey);
  }
}, { timeoutMs: 120_000 });
