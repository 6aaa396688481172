import { sayingOf } from "../../../core/action/saying.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/saying");

test("sayingOf is equal for one action however it is written, and tells unreadable outputs apart", () => {
  const said = (text: string, at?: readonly [number, number]) =>
    sayingOf({ text, parsed: { ok: true, repairs: 0, action: { action: "click", el: "e1", ...(at && { at }) } } });
  assert.is(said("click e1", [3, 4]), said('{"action":"click"}'));
  const unread = (text: string, code = "PARSE") => sayingOf({ text, parsed: { ok: false, code, message: "" } });
  assert.equal([unread("a") === unread("a"), unread("a") === unread("b"), unread("a") === unread("a", "CUT_OFF")], [
    true,
    false,
    false,
  ]);
});
