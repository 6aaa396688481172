import { definePlugin, refs, type Tracker } from "halo-agent";

/** Prints chosen metrics, a line an iteration, besides the lines of the run itself. */
export default definePlugin({
  kind: "tracker",
  name: "console",
  summary: "A line of chosen metrics for every iteration, on the log.",
  needs: { log: refs.log },
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      metrics: {
        type: "array",
        items: { type: "string" },
        default: ["loss/policy", "policy/entropy", "grad_norm"],
        description: "Names of metrics; what an iteration does not have is left out.",
      },
    },
  },
  create({ metrics }, { log }): Tracker {
    return {
      start: () => Promise.resolve(),
      track(event) {
        if (event.type === "metrics" && event.of === "iteration") {
          const shown = metrics.flatMap((name) => {
            const value = event.values[name];
            return value === undefined ? [] : [`${name} ${figure(value)}`];
          });
          if (shown.length > 0) log.info(`iteration ${event.step}  ${shown.join("  ")}`);
        }
        return Promise.resolve();
      },
    };
  },
});

/** Four digits that count. */
function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
