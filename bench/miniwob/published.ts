import type { suites } from "../../plugins/miniwob/suites.ts";

type Suites = typeof suites;
type Rate = readonly [successes: number, n: number];

/**
 * Success of the published small policy on the original pages, full credit, by suite and task: [successes, episodes]. PPO from
 * scratch on a native simulator, one policy a suite (click-checkboxes-soft: with a frozen embedding), click and forms 100 seeds
 * each, panels and menus 20.
 */
export const published: Readonly<Record<string, Readonly<Record<string, Rate>>>> = {
  click: {
    "click-test": [100, 100],
    "click-test-2": [100, 100],
    "click-test-transfer": [100, 100],
    "click-dialog": [100, 100],
    "click-dialog-2": [100, 100],
    "focus-text-2": [100, 100],
    "click-checkboxes-transfer": [100, 100],
    "click-checkboxes-large": [99, 100],
    "click-widget": [94, 100],
    "click-checkboxes-soft": [63, 100],
  },
  forms: {
    "enter-text-dynamic": [100, 100],
    "enter-text-2": [100, 100],
    "enter-password": [100, 100],
    "text-transform": [100, 100],
    "copy-paste": [100, 100],
    "copy-paste-2": [100, 100],
    "read-table-2": [100, 100],
    "login-user-popup": [100, 100],
  },
  panels: {
    "click-tab": [20, 20],
    "click-tab-2": [19, 20],
    "click-tab-2-easy": [20, 20],
    "click-tab-2-medium": [20, 20],
    "click-tab-2-hard": [13, 20],
    "click-collapsible": [20, 20],
    "click-collapsible-2": [19, 20],
    "click-collapsible-nodelay": [20, 20],
    "click-collapsible-2-nodelay": [20, 20],
  },
  menus: { "click-menu": [17, 20], "click-menu-2": [20, 20] },
} satisfies { readonly [S in keyof Suites]: Readonly<Record<Suites[S][number], Rate>> };
