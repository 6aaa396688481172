/** Whether the same call may succeed when it is made again: core retries `retry` and stops the run at `fatal`. */
export type ErrorRule = "fatal" | "retry";

/** What halo knows about an error code. */
export interface ErrorFacts {
  /** Status that the process ends with when this error stops it; docs/errors.md lists what each one means. */
  readonly exit: number;
  /** Of a call to an environment, policy or critic. */
  readonly rule: ErrorRule;
  /** The cause in one line. */
  readonly summary: string;
  /** What to do, shown where the error itself says nothing about that. */
  readonly fix?: string;
}

/** `HALO_<AREA>_<WHAT>`: one of core's own codes, or one that a plugin declares. */
export type ErrorCode = `HALO_${string}`;

/**
 * Core's own codes; docs/errors.md mirrors them and those of the built-in plugins. `rule` is written where no retry can
 * mend the error; every other one is retried where it ends a call.
 */
export const coreErrors = {
  // Pipeline files: exit 2, nothing was started.
  HALO_CONFIG_NOT_FOUND: { exit: 2, rule: "fatal", summary: "a pipeline, overlay or base file does not exist" },
  HALO_CONFIG_INVALID: {
    exit: 2,
    rule: "fatal",
    summary: "a pipeline has findings; each is printed with its own code",
  },
  HALO_CONFIG_SHAPE: {
    exit: 2,
    rule: "fatal",
    summary: "a pipeline, profile, mode or overlay is not a map of known parts",
  },
  HALO_YAML_SYNTAX: { exit: 2, summary: "the file is not valid YAML" },
  HALO_YAML_DUPLICATE_KEY: { exit: 2, summary: "a key stands twice in one map" },
  HALO_EXTENDS_CYCLE: { exit: 2, summary: "files extend each other in a circle" },
  HALO_PROFILE_UNKNOWN: { exit: 2, summary: "`--profile` names no profile of the pipeline" },
  HALO_MODE_UNKNOWN: { exit: 2, summary: "`--mode` names no file in configs/modes" },
  HALO_SET_SYNTAX: { exit: 2, summary: "a `--set` is not PATH=VALUE" },
  HALO_SET_PATH: { exit: 2, summary: "a `--set` path leads into a plain value" },
  HALO_SET_INDEX: { exit: 2, summary: "a `--set` index is outside its list, or removes an item" },
  HALO_REFERENCE_INVALID: { exit: 2, summary: "a `${…}` is neither an env nor a secret reference" },
  HALO_ENV_MISSING: { exit: 2, summary: "a `${env:NAME}` without default is not set" },
  HALO_SECRET_MISSING: { exit: 2, summary: "a `${secret:NAME}` is not set" },
  HALO_SECRET_PLACE: { exit: 2, summary: "a secret stands where the value would be printed or recorded" },
  HALO_SECRET_PLAIN: { exit: 2, summary: "a secret option holds plain text instead of `${secret:NAME}`" },
  HALO_KEY_UNKNOWN: { exit: 2, summary: "the pipeline or one of its parts has no such key" },
  HALO_KEY_MISSING: { exit: 2, summary: "a required key is absent" },
  HALO_OPTION_UNKNOWN: { exit: 2, rule: "fatal", summary: "the plugin has no such option" },
  HALO_OPTION_CONFLICT: { exit: 2, rule: "fatal", summary: "an option means nothing beside another one" },
  HALO_OPTION_MISSING: { exit: 2, rule: "fatal", summary: "the plugin requires an option that is absent" },
  HALO_VALUE_TYPE: { exit: 2, summary: "a value has another type than its schema asks for" },
  HALO_VALUE_ENUM: { exit: 2, summary: "a value is not one of the allowed names" },
  HALO_VALUE_RANGE: { exit: 2, summary: "a number is below or above its limits" },
  HALO_VALUE_LENGTH: { exit: 2, summary: "a list or text is too short or too long" },
  HALO_VALUE_PATTERN: { exit: 2, summary: "a text has not the required form" },
  HALO_STAGE_SHAPE: { exit: 2, summary: "a stage is not a map with one key" },
  HALO_STAGE_UNKNOWN: { exit: 2, summary: "a stage is none of evaluate, collect, train, compare" },
  HALO_STAGE_LABEL: { exit: 2, summary: "two stages have one label, or a compare names none that ran before it" },
  HALO_STAGE_NEEDS: { exit: 2, summary: "a stage needs a part that the pipeline lacks" },
  HALO_MATCH_TRACE: { exit: 2, summary: "the trainer cannot learn from what the policy records" },
  HALO_MATCH_LOSS: { exit: 2, summary: "the trainer does not implement the algorithm's loss" },
  HALO_MATCH_ADAPTER: { exit: 2, summary: "the policy cannot load what the trainer publishes" },
  HALO_MATCH_FORKING: {
    exit: 2,
    summary: "the algorithm branches, the environment cannot go back without side effects",
  },
  HALO_MATCH_CRITIC: { exit: 2, summary: "the algorithm's options need a critic that the pipeline lacks" },
  HALO_MATCH_GENERATIONS: { exit: 2, summary: "a group of fewer than two samples carries no gradient" },
  // Plugins.
  HALO_PLUGIN_UNKNOWN: { exit: 2, summary: "`use:` names no plugin of this kind" },
  HALO_PLUGIN_FILE: { exit: 2, summary: "the plugin file does not exist" },
  HALO_PLUGIN_PACKAGE: { exit: 2, summary: "the npm package of a plugin is not installed" },
  HALO_PLUGIN_IMPORT: { exit: 2, summary: "the plugin module throws while it is imported" },
  HALO_PLUGIN_EXPORT: { exit: 2, summary: "the module exports no plugin under that name" },
  HALO_PLUGIN_KIND: { exit: 2, summary: "the plugin is of another kind than its place asks for" },
  HALO_PLUGIN_SCHEMA: { exit: 2, summary: "the plugin's own option schema is broken" },
  HALO_PLUGIN_ERRORS: { exit: 2, summary: "an error code that the plugin declares is broken or taken" },
  HALO_PLUGIN_CYCLE: { exit: 2, summary: "plugins need each other in a circle" },
  HALO_PLUGIN_NEEDS: { exit: 2, summary: "a plugin needs what nothing in the pipeline provides" },
  HALO_PLUGIN_CREATE: { exit: 2, summary: "a plugin's `create` throws" },
  HALO_PLUGIN_INSTANCE: { exit: 2, summary: "a plugin's `create` returns something that is not of its kind" },
  HALO_PLUGIN_HUNG: {
    exit: 4,
    summary: "a plugin's call ended neither by its limit nor when it was cancelled, and was given up",
  },
  HALO_PLUGIN_STALLED: {
    exit: 1,
    rule: "fatal",
    summary: "a plugin's code runs on and on without waiting for anything, so that nothing else can run",
  },
  HALO_PLUGIN_DEFECT: { exit: 1, rule: "fatal", summary: "a plugin throws where no repetition mends it" },
  HALO_PLUGIN_STRAY: {
    exit: 1,
    rule: "fatal",
    summary: "a plugin throws in a timer or event, or leaves a rejection unheard",
  },
  HALO_PLUGIN_EXIT: { exit: 1, rule: "fatal", summary: "a plugin tries to end halo's process" },
  HALO_PLUGIN_ANSWER: {
    exit: 1,
    rule: "fatal",
    summary: "a plugin answers with something that is not of the expected form",
  },
  HALO_PYTHON_NOT_FOUND: {
    exit: 3,
    rule: "fatal",
    summary: "no Python 3 was found",
    fix: "install Python 3, or name another one with the option `python`",
  },
  HALO_SITE_PAGE: {
    exit: 2,
    rule: "fatal",
    summary: "a site's page cannot be built: its script, its style or its font",
  },
  HALO_CLOSE_FAILED: { exit: 1, summary: "a plugin fails or hangs while it is closed" },
  // Browser.
  HALO_BROWSER_NOT_FOUND: { exit: 3, rule: "fatal", summary: "no Chromium was found" },
  HALO_BROWSER_LAUNCH: { exit: 3, summary: "Chromium was found but did not start" },
  HALO_BROWSER_LOST: { exit: 4, summary: "the browser went away" },
  HALO_PAGE_CRASHED: { exit: 4, summary: "a page's renderer crashed or the page was closed" },
  HALO_PAGE_LOAD: { exit: 4, summary: "a page did not load in time" },
  HALO_PAGE_STATUS: { exit: 4, summary: "a page of the task came with an HTTP error" },
  HALO_PAGE_LOOP: { exit: 4, summary: "a page leads to another document again and again" },
  HALO_PAGE_NOT_IDLE: { exit: 4, summary: "a replica page still had pending work at the settle cap" },
  HALO_PAGE_SCRIPT: { exit: 1, summary: "a script of halo failed inside a page" },
  HALO_EPISODE_CLOSED: { exit: 1, summary: "a closed episode was used" },
  HALO_FORK_DIVERGENCE: { exit: 4, summary: "a restored page differs from the page it was taken from" },
  // Services.
  HALO_SERVICE_NONE: { exit: 2, summary: "`halo serve` on a pipeline whose plugins ask for no program" },
  HALO_SERVICE_CONFLICT: { exit: 2, summary: "two services of a pipeline want one port" },
  HALO_SERVICE_PROGRAM: { exit: 3, summary: "the program of a service is missing or cannot be started" },
  HALO_SERVICE_PORT: { exit: 3, summary: "another process listens on the port of a service" },
  HALO_SERVICE_START: { exit: 3, summary: "a service ended or hung before it was ready" },
  HALO_SERVICE_LOST: { exit: 7, summary: "a service ends again and again" },
  // Models behind a server.
  HALO_MODEL_REPLY: { exit: 7, summary: "a model server's reply is not of the expected form" },
  HALO_CRITIC_UNUSABLE: {
    exit: 2,
    rule: "fatal",
    summary: "a critic lacks what it judges by: a chat, log-probabilities, a scripted solution",
  },
  HALO_CRITIC_REPLY: { exit: 7, summary: "a critic's model gave no usable ranking" },
  // Runs.
  HALO_CALL_TIMEOUT: {
    exit: 4,
    summary: "a plugin did not answer within its limit",
    fix: "raise that limit (limits.step_timeout_s is for pages), or play fewer slots at once: concurrency",
  },
  HALO_CALL_NETWORK: { exit: 7, summary: "a plugin's call failed by the network or by a server that is overloaded" },
  HALO_CALL_FAILED: { exit: 1, summary: "a plugin threw an error without a code, which another attempt may mend" },
  HALO_ENVIRONMENT_FAULT: { exit: 4, summary: "the environment failed and its retries are spent" },
  HALO_POLICY_FAULT: { exit: 7, summary: "the policy failed and its retries are spent" },
  HALO_CRITIC_FAULT: { exit: 7, summary: "the critic failed and its retries are spent" },
  HALO_GROUP_FAULT: { exit: 4, summary: "a branch of a group failed; a group is never shrunk in silence" },
  HALO_TRAINER_FAULT: { exit: 7, summary: "the trainer failed and its retries are spent" },
  HALO_POLICY_VERSION: { exit: 1, summary: "a sample came from another policy version than the one in force" },
  HALO_TRAINER_VERSION: { exit: 1, summary: "a trainer published an adapter under another version than the batch's" },
  HALO_TRAINER_SEQUENCE: { exit: 1, summary: "a trainer received a batch out of order" },
  HALO_ADAPTER_INVALID: { exit: 2, summary: "a folder does not hold an adapter of the expected kind" },
  HALO_ACTION_DIALECT: { exit: 2, summary: "no dialect of actions has this name" },
  HALO_ACTION_UNPRINTABLE: { exit: 1, summary: "a dialect has no words for an action" },
  HALO_REWARD_FAILED: { exit: 1, rule: "fatal", summary: "a reward threw, or paid something that is no number" },
  HALO_CURRICULUM_FAILED: { exit: 1, summary: "a curriculum threw, or drew other tasks than it was asked for" },
  HALO_POINT_UNKNOWN: {
    exit: 1,
    rule: "fatal",
    summary: "an algorithm stepped from a point of another or a closed episode",
  },
  HALO_POINT_ENDED: { exit: 1, rule: "fatal", summary: "an algorithm stepped from a point whose episode is over" },
  HALO_FORK_UNSUPPORTED: {
    exit: 2,
    rule: "fatal",
    summary: "a second step from one point in an environment that cannot fork",
  },
  HALO_TASK_SPLIT_UNKNOWN: { exit: 2, summary: "the task source has no such split" },
  HALO_TASK_TEMPLATE_UNKNOWN: { exit: 2, summary: "the task source has no such template" },
  HALO_TASKS_EMPTY: { exit: 2, summary: "no task matches the stage's choice" },
  HALO_COMPARE_LABEL: { exit: 2, summary: "a run has no evaluation of that label" },
  HALO_EPISODE_NOT_FOUND: { exit: 2, summary: "a run has no episode of that id" },
  HALO_GROUP_NOT_FOUND: { exit: 2, summary: "a run has no group of that id" },
  HALO_COMPARE_UNPAIRED: { exit: 2, summary: "two evaluations have no task in common" },
  HALO_REPLAY_IMPOSSIBLE: {
    exit: 2,
    summary: "a run's episodes cannot be played again: no pages were kept, or acting has effects outside the page",
  },
  HALO_RESCORE_LACKS: { exit: 2, summary: "a reward needs something that a recorded run does not hold" },
  HALO_GATE_FAILED: { exit: 5, summary: "an evaluation or comparison missed a limit of its stage's `gate`" },
  HALO_LIMIT_ENV_STEPS: { exit: 6, rule: "fatal", summary: "`limits.env_steps` is reached; the run can be resumed" },
  HALO_LIMIT_TOKENS: { exit: 6, rule: "fatal", summary: "`limits.tokens` is reached; the run can be resumed" },
  HALO_LIMIT_USD: { exit: 6, rule: "fatal", summary: "`limits.usd` is reached; the run can be resumed" },
  HALO_INTERRUPTED: { exit: 130, summary: "SIGINT; state is saved, the run can be resumed" },
  HALO_TERMINATED: { exit: 143, summary: "SIGTERM; state is saved, the run can be resumed" },
  HALO_RUN_NOT_FOUND: { exit: 2, summary: "no run has this id, prefix or path" },
  HALO_RUN_AMBIGUOUS: { exit: 2, summary: "a prefix names several runs" },
  HALO_RUN_BUSY: { exit: 2, summary: "another process is writing this run" },
  HALO_RUN_CHANGED: {
    exit: 2,
    summary: "a plugin or an adapter that a run uses is not what it was when the run began",
  },
  HALO_RUN_ITERATION: { exit: 2, summary: "`--from-iteration` names no iteration that a run can go on from" },
  HALO_RUN_CORRUPT: { exit: 3, summary: "a file of a run folder is not what halo wrote" },
  HALO_DISK: {
    exit: 3,
    rule: "fatal",
    summary: "the disk is full, read-only or over its quota; the run can be resumed",
  },
  // Command line.
  HALO_CLI_COMMAND: { exit: 2, summary: "halo has no such command" },
  HALO_CLI_FLAG: { exit: 2, summary: "the command has no such flag" },
  HALO_CLI_USAGE: { exit: 2, summary: "a command, flag or argument is wrong" },
  HALO_SITE_PORT: { exit: 3, summary: "`halo site` cannot listen on the port" },
  HALO_EXPORT_EMPTY: { exit: 2, summary: "a run holds nothing of the kind that `halo export` is to write" },
  HALO_EXPORT_FOLDER: { exit: 2, summary: "the folder for `halo export` is not empty" },
  HALO_EXPORT_HARBOR: { exit: 2, summary: "a run's tasks cannot be packed with the site that they are done on" },
  HALO_VIEW_EXPORT: { exit: 2, summary: "the folder for `halo view --export` is not empty" },
  HALO_VIEW_POINT: { exit: 2, summary: "no browser can go back to a recorded page" },
  HALO_VIEW_PORT: { exit: 3, summary: "`halo view` cannot listen on the port" },
  HALO_NEW_EXISTS: { exit: 2, summary: "`halo new` would overwrite files" },
  HALO_BUG: { exit: 1, summary: "a defect in halo itself" },
} as const satisfies Record<ErrorCode, Omit<ErrorFacts, "rule"> & { readonly rule?: "fatal" }>;

export type CoreErrorCode = keyof typeof coreErrors;
