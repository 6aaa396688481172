/** Options of an environment over pages, as a plugin's schema names them: when an episode ends, the window, the browser. */
export const pageOptions = {
  stop: {
    type: "string",
    enum: ["solved", "declared"],
    default: "solved",
    description: "solved: an episode ends when the task is achieved; declared: only when the agent says so.",
  },
  viewport: {
    type: "object",
    additionalProperties: false,
    required: ["width", "height"],
    properties: {
      width: { type: "integer", minimum: 16, maximum: 4096 },
      height: { type: "integer", minimum: 16, maximum: 4096 },
    },
    description: "Size of the page and its screenshots, CSS pixels; 1280×720 when absent.",
  },
  chromium: { type: "string", "x-path": true, description: "Path of a Chromium; found when absent." },
} as const;
