/** Everyday words that lie close to words sites know; never taken for a misspelling. */
const everyday: ReadonlySet<string> = new Set(
  (`again alert alone along another because before below brain break bring brown cable chart clean clear close cloud could
  count draft early earth event every faster fifth first found fresh front given glass going great green group hello horse
  hotel house invite large last late later latest latter least leave legal letter level light little local lunch macro
  march match maybe means might minute money month more most mother moved needs never night north offer often order
  other paper party phone photo place plain plane plant please point price print quick quite rather reach ready real
  relay replay report rest right round school sense serve seven shall share sharp sheet short should since sister sleep
  small smart smell sound south space spare speak spend stage stand stare start state stated stay steam still stone stop
  store storm story street strong stuff style sugar sunday table taken tasks taste teach thank their there these thing
  think third those three times today together tonight total touch track train treat tried trip truck trust truth twice
  though thought through under until upper usual visit voice water weeks where which while white whole whose woman women words world would
  write wrong years young reading treat really nearly ready shop ship chat sand sane lend mind bind pin tin sin ban
  bean beans mails mark park dark bark stack stick remote promote devote contract contracts massage`).split(/\s+/),
);

/**
 * The known word that a word is a misspelling of, else the word: one letter too many, too few, changed or two swapped.
 * Short words are mended only where letters are swapped or doubled.
 */
export function mend(word: string, known: ReadonlySet<string>): string {
  if (word.length < 4 || !/^\p{L}+$/u.test(word) || everyday.has(word)) return word;
  // A plural or another form of a known word is no misspelling.
  const stem = word.replace(/(?:s|es|ed|ing|er|ers|ly)$/, "");
  if ([stem, `${stem}e`, stem.slice(0, -1), stem.replace(/i$/, "y")].some((one) => one !== word && known.has(one))) {
    return word;
  }
  let best = word;
  let least = 1.5;
  for (const one of known) {
    if (one.startsWith(word) && /^(?:s|es|d|ed|ing|er|ly)$/.test(one.slice(word.length))) continue;
    if (one.length < 4 || Math.abs(one.length - word.length) > 1 || !isLikely(word, one)) continue;
    const far = distance(word, one);
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

/** Short words and first letters are seldom mistaken. */
function isLikely(word: string, one: string): boolean {
  if (word[0] !== one[0] && word[0] !== one[1]) return false;
  const isSwap = word.length === one.length && [...word].sort().join("") === [...one].sort().join("");
  if (word[0] !== one[0] && !isSwap) return false;
  if (isSwap) return true;
  const short = Math.min(word.length, one.length);
  if (word.length !== one.length) return short >= 4 && (word.length > 4 || isDoubled(one, word));
  return short >= 6;
}

const isDoubled = (one: string, word: string): boolean =>
  one.length > word.length && one.replace(/(.)\1/g, "$1") === word;

/** Letters to add, drop, change or swap with the next. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i]![j] = Math.min(change, rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
      }
    }
  }
  return rows[a.length]![b.length]!;
}
