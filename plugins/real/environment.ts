import { definePlugin, type Environment, HaloError } from "halo-agent";
import { pageOptions } from "halo-agent/browser";
import { hostedErrors } from "./hosted/codes.ts";
import { hostedEnvironment } from "./hosted/hosted.ts";

/** The hosted sites of the REAL benchmark, by their protocol; for tasks `real` with the option `hosted`. */
export default definePlugin({
  kind: "environment",
  name: "real",
  summary: "The hosted sites of REAL, judged by their own /finish report; submits nothing (docs/real-hosted.md).",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      mode: {
        type: "string",
        enum: ["strict", "training"],
        default: "strict",
        description:
          "strict: waits and limits of the benchmark's own harness; training: no pauses, patient with reports.",
      },
      stop: { ...pageOptions.stop, default: "declared" },
      forking: {
        type: "string",
        enum: ["replay", "none"],
        default: "none",
        description:
          "replay: repeat the actions after a fresh /config; pages that come out otherwise are a fork divergence. none: never go back.",
      },
      pages: { type: "integer", minimum: 1, maximum: 16, default: 2, description: "Episodes open at once." },
      asset_hosts: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9.-]+$" },
        default: [],
        description: "Hosts that pages may load pictures and scripts from; the agent is brought back from them.",
      },
      timezone: {
        type: "string",
        default: "America/Los_Angeles",
        description: "Time zone of the pages; the sites' data and scripts are in that of the Pacific coast.",
      },
      clock: { type: "string", description: "ISO time that the pages' clock shows, standing still; runs when absent." },
      stand_in: {
        type: "object",
        additionalProperties: false,
        required: ["address", "spki"],
        properties: {
          address: { type: "string", pattern: "^[0-9.]+:[0-9]+$" },
          spki: { type: "string", minLength: 1 },
        },
        description:
          "A TLS server (ip:port, and base64 of the SHA-256 of its public key) that answers under every hosted name: offline trials.",
      },
      viewport: pageOptions.viewport,
      chromium: pageOptions.chromium,
    },
  },
  offers: ["forks"],
  errors: hostedErrors,
  create({ mode, stop, asset_hosts, stand_in, viewport, chromium, clock, ...o }): Environment {
    if (mode === "strict" && stop === "solved") {
      throw new HaloError(
        "HALO_REAL_TASK",
        "mode strict asks for the verdict once, at the end; stop: solved at every step",
        {
          option: "stop",
          hint: "stop: declared, or mode: training",
        },
      );
    }
    return hostedEnvironment({
      ...o,
      mode,
      stop,
      assetHosts: asset_hosts.map((name) => `${name}:443`),
      ...(clock !== undefined && { clock }),
      ...(viewport && { viewport }),
      ...(chromium !== undefined && { chromium }),
      ...(stand_in && { standIn: stand_in }),
    });
  },
});
