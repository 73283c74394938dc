/**
 * Questions that would show who a reporter is. Meant to make somebody pause before sending, not to forbid: it knows a
 * few common ways of asking, in English, and nothing of what is meant.
 */
const ASKING: readonly RegExp[] = [
  /\b(?:what(?:'|’)?s|what is|tell us|give us|share|confirm|state|provide|need|know) (?:me )?(?:your|the reporter(?:'|’)s) (?:full |real |own |first |last )?(?:name|identity|department|team|position|job|role|title|phone|number|e-?mail|address|location|office|badge|personnel number|employee (?:id|number))\b/iu,
  /\bwho (?:are|exactly are) you\b/iu,
  /\bwhere do you (?:work|sit|live)\b/iu,
  /\bwhich (?:department|team|office|site|shift) (?:are|do) you\b/iu,
  /\b(?:identify|introduce) yourself\b/iu,
  /\b(?:call|phone|meet|visit|see|e-?mail|write to) (?:me|us)\b/iu,
  /\bcome (?:to|by|see) (?:my|our|the) office\b/iu,
  /\bhow (?:can|may) (?:we|i) (?:reach|contact|call) you\b/iu,
  /\byour (?:name|phone number|personnel number|badge number|employee (?:id|number)|line manager|supervisor)\b/iu,
];

/** Whether a reply seems to ask for what would show who the reporter is. */
export function asksForIdentity(text: string): boolean {
  return ASKING.some((pattern) => pattern.test(text));
}
