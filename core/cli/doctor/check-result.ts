/** What one check of `halo doctor` found; `remedy` says what to do when it is not ok. */
export interface CheckResult {
  readonly status: "ok" | "warn" | "fail";
  readonly text: string;
  readonly remedy?: string;
}
