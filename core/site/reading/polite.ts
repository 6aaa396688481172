/** A word that leads what is said. */
export const lead =
  /^(?:[,:–—-]|and|then|but|so|or|also|plus|please|kindly|just|only|now|ok|okay|hey|hi|hello|well|yes|next|first|second|finally|afterwards|afterward|after|that|instead|simply|maybe|quickly|oh|oops|thanks|ta|cheers|too)$/;
/** What asks for what follows it, without saying what. */
export const polite =
  /^(?:(?:could|can|would|will) you(?: (?:please|kindly|just|maybe|also|perhaps|still))*(?: mind(?: to)?)?|would (?:it be possible to|you be so kind as to)|is it possible to|may i ask you to|be so (?:kind|good) (?:as to|and)|(?:i|we) (?:would|'d) (?:really )?(?:like|love|want|prefer) (?:you )?to|(?:i|we) (?:want|need|wish|expect) you to|(?:i|we) (?:want|need|wish|have|ought|am going|intend|plan) to|go ahead and|go and|come on and|make sure(?: to| you| that you| that)?|be sure to|see to it that(?: you)?|take care that|try to|remember to|help me(?: to)?|let us|it is time to|time to|you (?:can|could|should|may|must)(?! not\b)|feel free to|do me a favou?r(?: and| ,)?|i (?:ask|beg|urge|am asking|asking) you to|(?:can|could|may) (?:i|we)(?= (?:see|get|have|view|visit|tour|book|order|buy|look|come|go|do|hold|move|change|shift|please)\b)|(?:i|we) (?:have |'ve )?(?:decided|agreed) to|i (?:was|am) (?:wondering|hoping)(?: if| whether| that)?(?: you (?:could|can|would|might))?(?: please)?|(?:verify|ensure|confirm|validate|make certain|test|check) that(?: (?:users?|i|you|we|one|people) can)?|(?:i|we) (?:need|want|would like) (?:you )?to be able to|(?:your|the) (?:task|job) is to|(?:can|could) (?:somebody|someone)|(?:(?:it|that) )?would be (?!(?:wrong|bad|silly|stupid|foolish|unwise|rude|premature|terrible|a (?:mistake|shame|pity))\b)(?:(?:so|very|really|quite) )?\p{L}+ (?:if you (?:could|would)|of you to|to)|do not forget to|i would be (?:glad|happy|grateful|pleased)(?: if(?: you (?:could|would))?)?)(?= )/u;
/** What thanks, or asks once more, behind all that is said. */
export const thanks =
  /(?:(?: [.,!;])* (?:many|a lot|so much|very much|in advance|thanks|thank you|thank u|thx|cheers|ta|please|pls|kindly|ok|okay|right|will you|would you|can you|could you|for me|for that|if you (?:please|would)|if possible))+(?: [.!?)])*$/;

/** Leads that say which, or instead of what. */
const limit = /^(?:only|just|or|after|that|instead)$/;
/** "… now.", "…, do it" */
const again = /(?: (?:right )?now| ,? ?(?:so |please )?do it)?(?: [.!?])*$/;
/** "It is late, but …", "I have no time, so …" */
const excuse =
  /^(?:(?:it|there) (?:is|'s)|(?:i|we) (?:am|'m|are|'re|have|'ve))(?: (?!§)[^ ,.;:!?]+){1,4} ,? ?(?:but|so) (?=\S+ \S)/;
/** Fewer words than these are left as they are: "hi, thanks" has no others. */
const fewest = 3;

/** A goal's words without what is only polite before and behind them. Pure. */
export function unwrapped(words: readonly string[]): readonly string[] {
  const plain = words.join(" ").replace(thanks, "").replace(again, "").replace(excuse, "");
  let rest = plain.split(" ");
  while (rest.length > fewest) {
    const isLed = lead.test(rest[0]!) && !limit.test(rest[0]!);
    const next = isLed ? rest.slice(1) : rest.join(" ").replace(polite, "").trimStart().split(" ");
    if (next.length === rest.length) break;
    rest = next;
  }
  return rest;
}
