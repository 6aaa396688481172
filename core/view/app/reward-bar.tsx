import type { RewardTerm } from "../../domain/reward.ts";
import { signed } from "./words.ts";

/** The terms of a reward as a bar around zero, `most` filling half of it. */
export function RewardBar({ terms, most }: { readonly terms: readonly RewardTerm[]; readonly most: number }) {
  const bars = (shown: readonly RewardTerm[]) =>
    shown.map((t, i) => (
      <i
        key={i}
        class={`term term-${colourOf(t.name)}`}
        style={{ width: `${Math.abs(t.value) / most * 100}%` }}
        title={titleOf(t)}
      />
    ));
  return (
    <span class="rewardbar">
      <span class="rewardbar-side down">{bars(terms.filter(({ value }) => value < 0))}</span>
      <span class="rewardbar-side up">{bars(terms.filter(({ value }) => value > 0))}</span>
    </span>
  );
}

/** The terms with what was seen that earned them. */
export function Terms({ terms }: { readonly terms: readonly RewardTerm[] }) {
  return (
    <ul class="terms">
      {terms.map((t, i) => (
        <li key={i}>
          <i class={`term term-${colourOf(t.name)}`} />
          <b class={t.value < 0 ? "bad" : "good"}>{signed(t.value)}</b> {t.name}
          <span class="dim">{t.evidence}</span>
        </li>
      ))}
    </ul>
  );
}

/** Sum of the larger side of a reward's terms: what a bar has to have room for. */
export function reachOf(terms: readonly RewardTerm[]): number {
  const sum = (sign: 1 | -1) => terms.reduce((total, { value }) => total + Math.max(0, value * sign), 0);
  return Math.max(sum(1), sum(-1));
}

/** Terms of one name have one colour everywhere. */
function colourOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + char.codePointAt(0)!) % 9973;
  return hash % 6;
}

const titleOf = ({ name, value, evidence }: RewardTerm): string => `${signed(value)} ${name}: ${evidence}`;
