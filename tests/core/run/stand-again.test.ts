import type { Episode } from "../../../core/domain/environment.ts";
import type { SeenPoint } from "../../../core/record/seen.ts";
import { standAgain } from "../../../core/run/stand-again.ts";
import type { ErrorCode } from "../../../core/util/codes.ts";
import { HaloError, isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("run/stand-again");
const signal = new AbortController().signal;
const goal = { id: "t", text: "", startUrl: "/", maxSteps: 5 };
const task = { id: "t", key: "mail/t", goal, site: "mail", template: "t", split: "eval", optimum: 1, params: {} };
const page = { url: "http://mail.test/", title: "Mail", stateKey: "a", elements: [] };
const point: SeenPoint = { id: "p1", depth: 1, page, mark: { seed: 1, actions: [], fingerprint: {}, state: "{}" } };
const failing = (code: ErrorCode, message: string) => ({
  fork: (): Promise<Episode> =>
    Promise.reject(new HaloError(code, message, { hint: "use an environment without forking" })),
});

test("standAgain says of a page that comes out different that its site has changed, not that it cannot fork", async () => {
  for (const code of ["HALO_FORK_DIVERGENCE", "HALO_PAGE_SCRIPT"] as const) {
    const e = await thrownBy(() => standAgain(failing(code, "in: state, text"), { task, point }, { signal }));
    assert.ok(isHaloError(e, "HALO_VIEW_POINT"), String(e));
    assert.is(
      e.message,
      'the page at "p1" of mail/t cannot be shown as it was, its site has changed since the run: in: state, text',
    );
    assert.is(e.hint, "halo view draws the page by its controls as they were; a run made now can be shown and opened");
  }
  const lost = await thrownBy(() => standAgain(failing("HALO_BROWSER_LOST", "gone"), { task, point }, { signal }));
  assert.ok(isHaloError(lost, "HALO_BROWSER_LOST"), "an infrastructure fault stays one");
});

test("standAgain stands at the mark of the point, with its task, and refuses a point without one", async () => {
  let asked: unknown;
  const episode = {} as Episode;
  const fork = (mark: unknown) => {
    asked = mark;
    return Promise.resolve(episode);
  };
  assert.is(await standAgain({ fork }, { task, point }, { signal }), episode);
  assert.equal(asked, { ...point.mark, task });
  const { mark: _, ...unmarked } = point;
  const e = await thrownBy(() => standAgain({ fork }, { task, point: unmarked }, { signal }));
  assert.ok(isHaloError(e, "HALO_VIEW_POINT"));
});
