import { appendFile } from "node:fs/promises";
import { definePlugin, type Tracker } from "halo-agent";

/** Appends the figures of every iteration to a CSV file. A starting point for a tracker of your own. */
export default definePlugin({
  kind: "tracker",
  name: "my-tracker",
  summary: "Appends the figures of every iteration to a CSV file.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      file: { type: "string", "x-path": true, default: "metrics.csv", description: "The file that is appended to." },
    },
  },
  create: ({ file }): Tracker => ({
    start: ({ id }) => appendFile(file, `# ${id}\nstep,name,value\n`),
    async track(event) {
      if (event.type !== "metrics" || event.of !== "iteration") return;
      const lines = Object.entries(event.values).map(([name, value]) => `${event.step},${name},${value}\n`);
      await appendFile(file, lines.join(""));
    },
  }),
});
