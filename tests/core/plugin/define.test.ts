import { definePlugin, refs } from "halo-agent";
import { isPlugin } from "../../../core/plugin/define.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("plugin/define");

test("definePlugin types options from the schema and brands the result", () => {
  const plugin = definePlugin({
    kind: "reward",
    name: "constant",
    summary: "Pays a constant.",
    options: {
      type: "object",
      additionalProperties: false,
      properties: { scale: { type: "number", default: 1 }, note: { type: "string" } },
    },
    needs: { log: refs.log },
    create(options, { log }) {
      const scale: number = options.scale;
      const note: string | undefined = options.note;
      log.debug(note ?? "");
      const fold = { next: () => ({ fold, terms: [{ name: "constant", value: scale, evidence: "always" }] }) };
      return { need: {}, start: () => fold };
    },
  });
  assert.ok(isPlugin(plugin));
  assert.is(plugin.name, "constant");
  assert.not.ok(isPlugin(JSON.parse(JSON.stringify(plugin))));
});
