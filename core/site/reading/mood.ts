import { type Told, toldOf } from "./told.ts";

/** What a unit of a goal does beside asking: tells of what was done or others will do, of what was only thought of, or keeps things as they are. */
export type Mood = "done" | "unreal" | "keeps" | "plain";

const past =
  "(?!need\\b|feed\\b|speed\\b|decided\\b)\\p{L}+ed|put|set|took|made|got|gave|sent|wrote|did|went|bought|sold|told|said|found|left|kept|let|met|saw|came|brought|threw|read|lost|held|had|was|were|paid|cut|hid|forgot|began|chose|spoke|built|ran|rang|taken|done|gone|written|given|been|gotten|thrown|hidden|begun";
const adverbs =
  "(?: (?:already|just|also|finally|even|myself|ourselves|now|actually|both|all|recently|only|first|once|originally|initially|earlier|yesterday|really|almost|nearly|always|never|not))*";
/** "I have already moved it", "we did that": the speaker's own deed. */
const done = new RegExp(
  `^(?:(?:my|our) \\p{L}+ and )?(?:i|we)${adverbs}(?: (?:have|had|'ve|did)(?! got\\b(?! rid\\b)))*${adverbs} (?!got an?\\b|had better\\b)(?:${past})\\b(?! (?:if|whether) you\\b)`,
  "u",
);
/** "I was going to", "she almost", "we thought about". */
const unreal = new RegExp(
  `\\b(?:i|we|he|she|they) (?:(?:was|were|had been|have been|'ve been)${adverbs} (?:going to|about to|planning|intending|thinking|considering|supposed to|tempted|toying|this close)|(?:had |have |'ve )?${adverbs.trimStart()} ?(?:wanted to|wished to|meant to|planned to|intended to|hoped to|thought (?:of|about)|considered|used to|almost|nearly|(?:would|could|might|should) have|might))\\b`,
  "u",
);
const others =
  /^(?:he|she|they|§person|(?:my|our|the|his|her) (?:\p{L}+ )?(?:husband|wife|partner|boss|sister|brother|mother|mum|mom|dad|father|parents|son|daughter|kids|children|friends?|colleagues?|assistant|secretary|manager|team|neighbou?rs?|doctor|client|teacher|agent|landlord)) (?:will|would|is going to|are going to|is about to|wants? to|might|may|is|are) (?:also |probably |then |surely )*(?:doing|make|delete|cancel|remove|move|rename|hide|create|add|invite|buy|book|order|pay|call|bring|take|do|handle|arrange|see|sort|tick|send|write|sign|renew|return|replace|put|change|look|pick|check|mark|tick|set|complete|find|search)\b(?!.*\b(?:me|you) to\b)/u;
/** "Thanks for hiding it", "good that it is hidden now". */
const thanked =
  /(?:^|[.;!?] )(?:(?:many |so )?thank(?:s| you)(?: so much| very much| a lot)? (?:for|that)|cheers for|well done(?: for)?|kind of you to|(?:good|nice|glad|happy) that|(?:i am|we are|i 'm|we 're) (?:glad|happy|grateful|thankful) (?:that|for)) /;
/** "Petra will cancel it". */
const named =
  /^(?!it\b|that\b|this\b|you\b|i\b|we\b)\p{L}+(?: \p{L}+)? (?:will|might|is going to|wants to) (?:delete|cancel|mark|find|set|complete|remove|move|rename|hide|create|add|invite|buy|book|order|save|unsave|star|send|change|put|take|open|show|write) (?:an?|the|my|our|it|that|this|them|me|two|to|order|§\p{L}+)(?= |$)/u;
const idle = /\b(?:i|we) (?:wonder (?:if|whether)(?! you\b)|had to\b|(?:would|'d) never\b)/;
/** "It is already done", "that has been done already". */
const already = new RegExp(
  `\\b(?:already(?: been)? (?:${past})|(?:is|are|been|was|were) (?:${past}) already|already exists?|exists? already)\\b`,
  "u",
);
const usedTo = /(?<!\b(?:is|am|are|get|gets|got|be) )\bused to \p{L}/u;
const keeps =
  /^(?:keep|leave|let)\b.*(?: (?:as (?:it is|they are|is|planned|usual|before)|where (?:it|they) (?:is|are|belongs?)|the way (?:it|they) (?:is|are)|alone|untouched|unchanged|intact|in place|open|be|stay|remain|stand|visible)$| (?:stay|remain|stand)\b)|^(?:leave|let) (?:it|that|them|this|everything|all|things)(?: (?:be|so|like that|at that|in|on|out|there|here|please|for now))*$|\bas (?:always|usual|ever|planned|agreed|expected|scheduled|it (?:was|always (?:was|is)))$|\b(?:stays|remains|must stay|should stay|has to stay|shall stay|can stay|may stay)\b|\b(?:is|are) (?:fine|okay|ok|good|right|correct|perfect) (?:as|the way|where|like) (?:it|they|that|is)\b/;
/** Says that what came before is asked for no more. */
const takesBack =
  /\b(?:never ?mind|nevermind|changed? (?:my|our|his|her) minds?|decided (?:against|not to)|thought better of|on second thoughts?|just kidding|dream on|in (?:my|our) dreams|only (?:joking|kidding|thinking aloud|dreaming)|no (?:action|change|changes|reply) (?:is |are )?(?:needed|required|necessary)|nothing (?:else |more )?(?:is )?(?:needed|required|(?:left )?to (?:be done|do))|(?:need not|do not (?:need|have) to|not need to) do (?:anything|a thing|that|it)|do nothing|do not bother|no need to bother|disregard (?:it|that|this|what)|ignore (?:that|this|what)|forget (?:what i (?:said|wrote)|i (?:said|asked)))\b/;
/** Takes back what was only thought of; of a thing that is there it says to throw it away. */
const dropsIt = /\b(?:forget|scratch|drop|skip|leave) (?:it|that|about (?:it|that)|the idea|the thought)\b/;

/** A goal that takes itself back in its last words: "save it. Or better not." */
export const endsTakenBack =
  /(?:(?:[,.;!?–—-]|\bbut|\bor) (?:(?:no|oh|well|wait|actually|please|or) (?:, )?)*(?:do not|no|nope|nah|forget (?:it|that)|never ?mind|rather not|better not|leave it)|(?:[.;!?–—-]|\bbut|\bor|\b(?:no|nope|nah) ,?) (?:really )?not (?:now|today|really))(?: [.!])*$/;

const turns = new RegExp(
  [
    "^(?:please )?(?:undo|reverse|revert|take back|take (?:it|this|that) back|wait with|hold off|pretend|anything but|do nothing|do everything (?:but|except)|instead of (?:this|that))\\b[^:;.!?]{0,40}[:.]",
    "(?:^|[.,;:!?] |\\b(?:and|but|then) )(?:(?:and|but|then|later|afterwards) )*(?:undo|revert|reverse) (?:it|that|this)(?: (?:again|afterwards|later|then))*(?= [.,;!]|$)",
    "\\bdo n['’o]?t do (?:it|that|this|so|anything)\\b|\\bonly on paper\\b|\\bwithout (?:saving|sending|submitting|confirming)\\b|^(?:please )?pretend\\b",
  ].join("|"),
);
/** What a whole goal says that turns it round, or leaves it for another time: "not yet", "then undo it". Pure. */
export const turnedRound = (told: Told): string | undefined => turns.exec(writtenOf(told))?.[0].trim();

/** The words as they are written, for what tells time: canonical words have lost their tense. */
export function writtenOf({ tokens }: Told): string {
  return tokens.map(({ low, raw }, i) =>
    low.startsWith("§") || raw === "" || tokens[i + 1]?.raw === "" || /^(?:n?['’]|$)/.test(raw)
      ? low
      : raw.toLowerCase()
  ).join(" ");
}

/** What a unit does by its tense and its verb; `led` is the unit with what leads it. Pure. */
export function moodOf(told: Told, led = told): Mood {
  const written = writtenOf(told);
  if (thanked.test(writtenOf(led))) return "done";
  if (unreal.test(written) || idle.test(written) || idle.test(told.plain) || usedTo.test(written)) return "unreal";
  if (done.test(written) || already.test(written) || others.test(written) || named.test(written)) return "done";
  return keeps.test(told.plain) || keeps.test(written) ? "keeps" : "plain";
}

/** True where a unit takes back what was said before it. */
export const isTakenBack = (told: Told, before: readonly Mood[]): boolean =>
  takesBack.test(writtenOf(told)) || (before.includes("unreal") && dropsIt.test(writtenOf(told)));

/** Asks to be told something: "let me know when", "ask me before". */
export const asksToKnow =
  /^(?:(?:ask|tell|inform|warn) (?:me|us) (?:before|how|when|whether|if|what|why)|let (?:me|us) know (?:before|when|if|whether|how)|explain (?:to me )?(?:how|what|why)|check (?:whether|if) (?:i|we) can)\b/;

const preamble =
  /^(?:as an? (?:\p{L}+ ){1,3},|(?:user story|test case|test|your (?:task|job)|goal|request|hi|hello|hey|dear)(?: \p{L}+)? :|(?:dear|hey|hi|hello|ok|okay) (?:calendar|assistant|agent|shop|halo|there|team|you)(?: ,)?) /u;

/** The goal without what says who speaks to whom: "As a user, …", "hey calendar …". */
export function addressed(told: Told): Told {
  const found = preamble.exec(writtenOf(told));
  return found === null ? told : toldOf(told.goal, told.tokens.slice(found[0].trim().split(" ").length));
}

/** Words that turn round or put off what they stand beside, or only ask or speak of it. */
const turning = new RegExp(
  [
    "\\b(?:undo|un-do|reversing|reverse|revert|reset|unsend|reinstate|forget|stop|close|exit|quit|abandon|reject|dismiss|disable|switch off|turn off|ignore|avoid|refrain|skip|copy|block|mute|abort|postpone|delay|share|wait with|instead of|take back)\\b",
    "\\b(?:no need|under no|without|never|unless|only if|nobody|(?:must|should|rather) not|not (?:necessary|needed)|be wrong|asked (?:\\p{L}+|§person) to|do not (?:you|have to)|had to|wants to .* (?:him|her|them)self|should no longer|no longer (?:takes?|needs?)|needs no|have no|any ?more$)\\b",
    "^(?:please )?do not (?!.*(?:[,.;]|\\b(?:but|just|only)\\b))|^(?:i|we) do not want to (?!.*[,.;])",
    "^(?:please )?\\p{L}+ (?:nothing|nobody)\\b(?! (?:more|else|but)\\b)",
    "^(?:did|do|does|who|why|how|what is|is it|are|should|shall|may|must) (?!not\\b)|^(?:where|when) (?:is|'s|are|was|were|do|does|did)\\b|^keep\\b|^(?:my|our) \\p{L}+ will\\b",
  ].join("|"),
  "u",
);

/** True where nothing turns round what a goal names: then what it names is enough to tell what it asks for. Pure. */
export function isPlain(told: Told): boolean {
  if (turning.test(told.plain) || turnedRound(told) !== undefined) return false;
  const written = writtenOf(told);
  return ![unreal, idle, usedTo, named, thanked].some((one) => one.test(written) || one.test(told.plain));
}
