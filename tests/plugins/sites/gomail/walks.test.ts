// runtime: node
import type { Action, Environment, Observation, Rng } from "halo-agent";
import { keyedRng, pick } from "halo-agent/kit";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { gomailTasks } from "./kit.ts";

const test = suite("gomail/walks");
const walks = 200;
const need = { screenshot: true };

async function openEnvironment(t: TestContext): Promise<Environment> {
  const site = await gomail.create({}, {});
  return t.use(await replica.create({ site, stop: "solved", forking: "native", pages: 2 }, {}));
}

/** Any control, any field with a few words, a scroll or a key. */
function randomAction({ elements }: Observation, rng: Rng): Action {
  const kind = rng.int(10);
  if (kind === 0) return { action: "scroll", dy: pick(rng, [200, 600, -300]) };
  if (kind === 1) return { action: "key", keys: [pick(rng, ["Tab", "Escape", "Enter", "ArrowDown"])] };
  const element = pick(rng, elements);
  if (!element.states.includes("editable")) return { action: "click", el: element.id };
  return {
    action: "type",
    el: element.id,
    text: pick(rng, ["budget", "ana", "See you at noon, Ana"]),
    clear: rng.int(2) === 0,
    submit: rng.int(3) === 0,
  };
}

const shown = ({ screenshot, ...seen }: Observation) => ({ ...seen, pixels: screenshot?.sha256 });

test(
  `a restored page shows what the live one showed, screenshot included, after each of ${walks} random walks`,
  async (t) => {
    const environment = await openEnvironment(t);
    const tasks = gomailTasks({ templates: [], max_optimum: 8, cap: 0 });
    const reached = new Set<string>();
    for (let walk = 0; walk < walks; walk++) {
      const rng = keyedRng("walk", walk);
      const episode = await environment.open(tasks.draw({ split: "train", index: walk, seed: 5 }), {
        seed: 0,
        signal: t.signal,
      });
      let seen = await episode.observe({ need: {}, signal: t.signal });
      for (let step = rng.int(7); step >= 0; step--) {
        ({ observation: seen } = await episode.step(randomAction(seen, rng), { need: {}, signal: t.signal }));
      }
      const mark = await episode.mark({ signal: t.signal });
      const live = await episode.observe({ need, signal: t.signal });
      // Another page that was elsewhere before is put where this one stands.
      const fork = await environment.fork(mark, { signal: t.signal });
      assert.equal(shown(await fork.observe({ need, signal: t.signal })), shown(live), `walk ${walk}`);
      reached.add(live.stateKey);
      await fork.close();
      await episode.close();
    }
    assert.ok(reached.size >= walks / 2, `${reached.size} different pages`);
  },
  { timeoutMs: 280_000 },
);
