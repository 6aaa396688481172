import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/site");

/** Serves until `visit` has looked at the page. */
async function served(argv: readonly string[], visit: (line: string) => Promise<void>) {
  const controller = new AbortController();
  let visiting: Promise<void> | undefined;
  const result = await capture(["site", ...argv, "--json"], {
    signal: controller.signal,
    onOut(line) {
      visiting ??= visit(line).finally(() => controller.abort(new HaloError("HALO_INTERRUPTED", "stop")));
    },
  });
  await visiting;
  return result;
}

test("halo site serves the page on 127.0.0.1 until it is stopped", async () => {
  let url = "";
  const { exit, err } = await served(["gomail"], async (line) => {
    ({ url } = JSON.parse(line));
    const page = await fetch(url);
    assert.equal([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
    assert.match(await page.text(), "<title>GoMail</title>");
  });
  assert.equal([exit, err], [0, ""]);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.ok(await fetch(url).then(() => false, () => true), "the port is closed again");
});

test("halo site --task starts as the task does, and prints its goal", async () => {
  await served(["gomail", "--task", "*/star/*", "--seed", "3"], async (line) => {
    const { url, task, goal } = JSON.parse(line);
    assert.match(task, /^gomail\/star\/eval\/\d+@3$/);
    const html = await (await fetch(url)).text();
    const state = JSON.parse(JSON.parse(/__halo\.restore\((".*")\)\)<\/script>$/.exec(html)![1]!));
    const [, sender] = /from (.+)\.$/.exec(goal) ?? [];
    const meant = state.emails.filter((mail: { from: string; subject: string }) =>
      mail.from === sender || goal.includes(`"${mail.subject}"`)
    );
    assert.is(meant.length, 1, goal);
  });
});

test("halo site --scramble renames what the page's style is written for", async () => {
  const pages: string[] = [];
  for (const argv of [["gomail"], ["gomail", "--scramble", "5"]]) {
    await served(argv, async (line) => void pages.push(await (await fetch(JSON.parse(line).url)).text()));
  }
  assert.match(pages[0]!, ".composer");
  assert.not.match(pages[1]!, ".composer");
});

test("halo site says when its port is taken", async () => {
  await served(["gomail"], async (line) => {
    const { port } = new URL(JSON.parse(line).url);
    const { exit, err } = await capture(["site", "gomail", "--port", port]);
    assert.is(exit, 3);
    assert.match(err, `error HALO_SITE_PORT\n  cannot listen on 127.0.0.1:${port}: `);
  });
});
