import type { Task } from "../../../core/domain/task.ts";
import { configured, defaultConfig, siteOf, switchesOff } from "../../../core/site.ts";
import { faults as calendarFaults } from "../../../plugins/sites/gocalendar/state/faults.ts";
import { initialState as calendar } from "../../../plugins/sites/gocalendar/state/initial.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { faults as mailFaults, refusal } from "../../../plugins/sites/gomail/state/faults.ts";
import { initialState as mailbox } from "../../../plugins/sites/gomail/state/initial.ts";
import { update } from "../../../plugins/sites/gomail/state/update.ts";
import { faults as homesFaults } from "../../../plugins/sites/zilloft/state/faults.ts";
import { initialState as homes } from "../../../plugins/sites/zilloft/state/initial.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/faults");

test("configured turns on the switches and opens the banner as /config asks, and changes nothing else", () => {
  const config = { ...defaultConfig("v2.zilloft-3"), removePopup: false, error_contacting_agent: true };
  const start = homes({});
  assert.equal(configured(start, { config, faults: homesFaults }), {
    ...start,
    banner: true,
    faults: { tour: false, contact: true, results: false },
  });
  assert.equal(configured(calendar({}), { config: undefined, faults: calendarFaults }), calendar({}));
  assert.equal(switchesOff(homesFaults), {
    error_requesting_tour: false,
    error_contacting_agent: false,
    error_loading_homes: false,
  });
});

test("a site with errors starts with them on and reports them; without errors its states have no trace of them", () => {
  const files = () => Promise.resolve(new Map());
  const task = { key: "v2.gomail-8", id: "v2.gomail-8", params: { real: "v2.gomail-8" } } as unknown as Task;
  const [plain, failing] = [
    siteOf(gomail, files),
    siteOf(gomail, files, { errors: ["error_sending_mail"], latency: 300 }),
  ];
  assert.ok(!("refusesMail" in (plain.start(task) as object)));
  const start = failing.start(task);
  assert.equal(start, { ...(plain.start(task) as object), refusesMail: true } as unknown);
  const { config } = failing.report!(task, start, start) as unknown as { config: { gomail: object } };
  assert.equal(config.gomail, {
    ...defaultConfig("v2.gomail-8"),
    latency: 300,
    removePopup: true,
    error_sending_mail: true,
  });
});

test("a mailbox that refuses mails keeps what was written, and says why", () => {
  const start = mailFaults.turned(mailbox({ mails: [] }), () => true);
  const written = [
    { type: "compose" },
    { type: "compose-input", field: "toInput", text: "ann@example.com" },
  ].reduce((state, event) => update(state, event as never), start);
  const refused = update(written, { type: "send" } as never);
  assert.equal(refused.emails, start.emails);
  assert.equal([refused.compose!.toInput, refused.compose!.alert], ["ann@example.com", refusal]);
});
