import { type Environment, type Episode, isHaloError, type Mark, type Task } from "halo-agent";
import { SeveralSites } from "../../../plugins/replica/several-sites.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("replica/several-sites");

/** An environment that only tells its name, as the episode. */
function naming(name: string, closed: string[]): Environment {
  const episode = () => Promise.resolve(name as unknown as Episode);
  return {
    forking: "native",
    sideEffects: "none",
    deterministic: true,
    capacity: 8,
    open: episode,
    fork: episode,
    close: () => Promise.resolve(void closed.push(name)),
  };
}

const taskOn = (site: string) => ({ id: `${site}/1`, site }) as Task;
const call = { signal: new AbortController().signal, seed: 0 };

test("several sites play each task on the site it names, and are closed together", async () => {
  const closed: string[] = [];
  const names = ["mail", "shop"];
  const sites = new SeveralSites(new Map(names.map((name) => [name, naming(name, closed)])), {
    forking: "native",
    capacity: 8,
  });
  assert.is(await sites.open(taskOn("shop"), call), "shop" as unknown as Episode);
  assert.is(await sites.fork({ task: taskOn("mail") } as Mark, call), "mail" as unknown as Episode);
  const thrown = await thrownBy(() => sites.open(taskOn("homes"), call));
  assert.ok(isHaloError(thrown, "HALO_REPLICA_SITE"));
  assert.is(thrown.message, 'homes/1 is a task for "homes", and served are mail, shop');
  await sites.close();
  assert.equal(closed.sort(), names);
});
