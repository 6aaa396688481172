/** Every error code with the exit status it leads to and its cause in one line. docs/errors.md mirrors this table. */
export const errorCodes = {
  // Pipeline files: exit 2, nothing was started.
  HALO_CONFIG_NOT_FOUND: { exit: 2, cause: "a pipeline, overlay or base file does not exist" },
  HALO_YAML_SYNTAX: { exit: 2, cause: "the file is not valid YAML" },
  // Plugins.
  HALO_PLUGIN_UNKNOWN: { exit: 2, cause: "`use:` names no plugin of this kind" },
  // Browser.
  HALO_BROWSER_NOT_FOUND: { exit: 3, cause: "no Chromium was found" },
  HALO_FORK_DIVERGENCE: { exit: 4, cause: "a restored page differs from the page it was taken from" },
  // Command line.
  HALO_CLI_USAGE: { exit: 2, cause: "a command, flag or argument is wrong" },
  HALO_BUG: { exit: 1, cause: "a defect in halo itself" },
} as const satisfies Record<string, { readonly exit: number; readonly cause: string }>;

export type ErrorCode = keyof typeof errorCodes;
