import { appendFile } from "node:fs/promises";
import { definePlugin, type Tracker } from "halo-agent";

/** Appends what it is told to a file, one JSON line a call; or misbehaves in one of the ways there are. */
export default definePlugin({
  kind: "tracker",
  name: "told",
  summary: "Writes down what it is told.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["file"],
    properties: {
      file: { type: "string", "x-path": true },
      way: { type: "string", enum: ["well", "throws", "hangs", "disk", "close"], default: "well" },
    },
  },
  create({ file, way }): Tracker & { close(): Promise<void> } {
    const tell = async (value: object) => {
      if (way === "throws") throw new Error("the server is gone");
      if (way === "disk") throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      if (way === "hangs") await new Promise(() => {});
      await appendFile(file, `${JSON.stringify(value)}\n`);
    };
    return {
      pictures: 2,
      start: (run) => tell({ type: "start", ...run }),
      track: (event) => tell(event),
      close: () => way === "close" ? Promise.reject(new Error("the door is stuck")) : tell({ type: "closed" }),
    };
  },
});
