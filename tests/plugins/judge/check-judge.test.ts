import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTracks, writeTracks } from "../../../core/run/rescore/recorded-tracks.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { capture } from "../../core/cli/capture.ts";
import { runsFolder } from "../../core/run/board-run.ts";
import { assert, suite } from "../../harness.ts";
import { completion, failure, type Script, startServer } from "../openai/test-server.ts";
import { scriptedJudge } from "./judge-server.ts";

const test = suite("judge/check-judge");
const tracks = readTracks(
  readFileSync(join(packageRoot(), "configs/recorded/mailbox.json"), "utf8"),
  "mailbox.json",
);

async function check(t: Parameters<Parameters<typeof test>[1]>[0], answer: Script, more: readonly string[] = []) {
  const server = t.use(await startServer(answer, { key: "sk-test" }));
  const env = { OPENAI_API_KEY: "sk-test", HALO_JUDGE_URL: server.url, HALO_JUDGE_MODEL: "m" };
  const free = ["--set", "limits.usd=0", "--set", "rewards.0.options.policy.options.retries=0"];
  const argv = ["rewards", "check-judge", "pipelines/grpo-gomail.yaml", "--mode", "judge", ...free, ...more];
  return { ...await capture(argv, { env }), server };
}

test("a judge of accuracy 0.9 gives at least 85 % of the advantages the right sign", async (t) => {
  const judged = await check(t, scriptedJudge(tracks, { accuracy: 0.9, seed: 1 }), ["--json"]);
  assert.is(judged.exit, 0, judged.err);
  const found = JSON.parse(judged.out.split("\n")[0]!);
  assert.ok(found.transitions >= 100);
  assert.is(judged.server.chats.length, found.transitions, "every step was asked about once");
  assert.ok(found.rate >= 0.85 && found.rate < 1, `rate ${found.rate}`);
  assert.ok(found.ci95[0] < found.rate && found.rate < found.ci95[1]);
});

test("a judge that is always right agrees everywhere, one that guesses ends with 5", async (t) => {
  const folder = t.use(runsFolder());
  const file = join(folder.path, "two.json");
  writeFileSync(file, writeTracks("two episodes", tracks.slice(0, 2)));
  const right = await check(t, scriptedJudge(tracks, { accuracy: 1, seed: 1 }), ["--recorded", file]);
  assert.is(right.exit, 0, right.err);
  assert.match(right.out, /^judge: (\d+) steps at 7 points of 2 episodes\n/);
  assert.match(right.out, /on the right side of their siblings {2}(\d+)\/\1 {2}100 % \[/);
  const guessing = await check(t, scriptedJudge(tracks, { accuracy: 0.5, seed: 1 }), ["--recorded", file]);
  assert.is(guessing.exit, 5);
  assert.match(guessing.err, /below 85 %/);
});

test("what keeps the judge from an answer ends the check by its code, never as an agreement", async (t) => {
  const refused = await check(t, () => completion([{ message: { role: "assistant", content: null, refusal: "no" } }]));
  assert.is(refused.exit, 7);
  assert.match(refused.err, /HALO_JUDGE_REPLY/);
  const busy = await check(t, () => failure(429, { message: "slow down" }, { "retry-after-ms": "1" }));
  assert.is(busy.exit, 7);
  assert.match(busy.err, /HALO_MODEL_BUSY/);
  const few = ["--set", "rewards.0.options.max_calls=3"];
  const spent = await check(t, scriptedJudge(tracks, { accuracy: 1, seed: 1 }), few);
  assert.equal([spent.exit, spent.server.chats.length], [6, 3]);
  assert.match(spent.err, /HALO_LIMIT_JUDGE/);
});

test("a pipeline whose rewards ask nobody is refused, and one of them can be named", async () => {
  const none = await capture(["rewards", "check-judge", "pipelines/grpo-gomail.yaml"], {});
  assert.is(none.exit, 2);
  assert.match(none.err, /no reward of this pipeline asks a model/);
  const named = ["rewards", "check-judge", "pipelines/grpo-gomail.yaml", "--reward", "gomail", "--min", "0.5"];
  const milestones = await capture(named, {});
  assert.is(milestones.exit, 0, milestones.err);
});
