/** Says once that pages were not kept, why that may be, and what keeps them. */
export function NoPages({ what }: { readonly what: string }) {
  return (
    <p class="notice">
      The pages of {what}{" "}
      were not kept, so neither they nor what a step changed on them can be shown. A run keeps its pages unless{" "}
      <code>record.pages</code> says otherwise or <code>record.max_mb</code>{" "}
      is used up; runs of an earlier halo kept none.
    </p>
  );
}
