import assert from "node:assert/strict";
import type { Stance } from "../browser/stance.ts";
import type { Call } from "../domain/call.ts";
import type { Observation } from "../domain/observation.ts";
import type { SiteTypes } from "../site/family.ts";
import { milestoneReward } from "../site/reward.ts";
import { keyedRng } from "../stats/rng.ts";
import { randomAction } from "./random-action.ts";
import { endState, withPages } from "./site-pages.ts";
import type { Suite } from "./suite.ts";

/** Walks at random; another page put where the walk ended must look the same, screenshot included. */
export async function walked<T extends SiteTypes>(
  { definition, site, tasks, walks = 20 }: Suite<T>,
  o: Call,
): Promise<void> {
  const reward = milestoneReward(definition, { scale: 1, families: definition.families.map(({ name }) => name) });
  const need = { screenshot: true };
  const reached = new Set<string>();
  await withPages(site, async (pages) => {
    for (let walk = 0; walk < walks; walk++) {
      const rng = keyedRng("suite", "walk", walk);
      const task = tasks[walk % tasks.length]!;
      const episode = await pages.open(task, o);
      let seen = await episode.observe({ need: {}, ...o });
      let fold = reward.start(task.goal, seen);
      const paid: string[] = [];
      for (let step = rng.int(7); step >= 0; step--) {
        const action = randomAction(seen, rng);
        const { observation } = await episode.step(action, { need: {}, ...o });
        const turn = fold.next({ from: seen, to: observation, parsed: { ok: true, action, repairs: 0 } });
        paid.push(...turn.terms.map(({ name }) => name));
        [fold, seen] = [turn.fold, observation];
      }
      assert.equal(new Set(paid).size, paid.length, `${task.key}: a milestone was paid twice: ${paid.join(", ")}`);
      const mark = await episode.mark(o);
      const live = await episode.observe({ need, ...o });
      // Another page that was elsewhere before is put where this one stands.
      const fork = await pages.fork(mark, o);
      assert.deepEqual(lookOf(await fork.observe({ need, ...o })), lookOf(live), `walk ${walk}`);
      assert.equal(await endState(fork, o), (mark.state as Stance).state, `state after walk ${walk}`);
      assert.deepEqual((await fork.mark(o)).fingerprint, mark.fingerprint, `fingerprint after walk ${walk}`);
      reached.add(live.stateKey);
      await fork.close();
      await episode.close();
    }
  });
  assert.ok(reached.size >= walks / 2, `${walks} walks ended on ${reached.size} different pages only`);
}

const lookOf = ({ screenshot, ...seen }: Observation) => ({ ...seen, pixels: screenshot?.sha256 });
