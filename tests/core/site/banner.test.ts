import type { Task } from "../../../core/domain/task.ts";
import { siteOf } from "../../../core/site.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { initialState } from "../../../plugins/sites/gomail/state/initial.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("core/site banner");
const files = () => Promise.resolve(new Map());
const real = (key: string): Task => ({
  id: `${key}/s25`,
  key,
  goal: { id: `${key}/s25`, text: "", startUrl: "http://gomail.halo.test/", maxSteps: 25 },
  site: "gomail",
  template: key,
  split: "eval",
  optimum: 25,
  params: { real: "v2.gomail-8" },
});

test("banner: open begins in the state of the official page, closed without the banner", () => {
  const [plain, official] = [initialState({ mails: [] }), { ...initialState({ mails: [] }), banner: true }];
  const startOf = (banner?: "open" | "closed") =>
    siteOf(gomail, files, banner && { banner }).start(real("v2.gomail-8"));
  assert.equal([startOf(), startOf("closed"), startOf("open")], [plain, plain, official]);
});

test("banner: random opens it for about half of the tasks, always for the same ones", () => {
  const open = () => {
    const site = siteOf(gomail, files, { banner: "random" });
    const keys = Array.from({ length: 200 }, (_, i) => `gomail/star/train/${i}@1`);
    return keys.filter((key) => (site.start(real(key)) as { banner: boolean }).banner);
  };
  assert.equal(open(), open());
  assert.ok(open().length > 75 && open().length < 125, `${open().length} of 200`);
});

test("banner: the report says whether it was taken away", () => {
  const site = siteOf(gomail, files, { banner: "open" });
  const task = real("v2.gomail-8");
  const start = site.start(task) as { readonly banner: boolean };
  const told = (now: object) =>
    (site.report!(task, start, now as never) as { config: { gomail: { removePopup: boolean } } }).config.gomail
      .removePopup;
  assert.equal([told(start), told({ ...start, banner: false })], [false, true]);
});
