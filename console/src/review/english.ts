/** What to look for in English: a table a kind. Patterns are bounded; see `patterns.ts`. */
import { any, exactly, words } from './patterns';
import type { Tables } from './phrase';

const JOB = any(
  'accountant|administrator|advis[eo]r|analyst|apprentice|architect|assistant|attorney|auditor|bookkeeper|buyer|carer',
  'cashier|chemist|cleaner|clerk|consultant|contractor|controller|coordinator|co-ordinator|counsel|designer|developer',
  'director|doctor|driver|electrician|engineer|foreman|head of [a-z]{1,20}|inspector|intern|lawyer|lead|leader',
  'librarian|manager|mechanic|member|nurse|officer|operator|owner|paralegal|partner|pharmacist|pilot|planner|porter',
  'programmer|purchaser|receptionist|representative|researcher|salesman|saleswoman|scientist|secretary|specialist',
  'student|supervisor|surveyor|teacher|technician|temp|tester|trainee|treasurer|warden|worker',
);
const MONTH = any(
  'january|february|march|april|may|june|july|august|september|october|november|december',
  'jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec',
);
const DAY = any('monday|tuesday|wednesday|thursday|friday|saturday|sunday');
const NUMBER = any('one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve');
const HALF = String.raw`(?:a\.m\.?|p\.m\.?|am|pm)`;
const I_AM = `i(?:'m| am| was)`;
const ADJECTIVES = String.raw`(?:[a-z][a-z\-]{1,20} ){0,3}`;

const OWN_JOB = [
  // "As the payroll clerk, I …", "I saw it as a driver." Not: "as the finance manager asked", "such as a driver".
  words(
    `(?<!(?:such|same|known|(?:[a-z]{1,14}ed)|acts?|works?|serves?|(?:[a-z]{1,14}ing)) )as (?:an?|the|your|our) ${ADJECTIVES}${JOB}(?= i |,| i'|[.;]|$)`,
  ),
  words(
    `i(?:'ve|'m)? (?:am |was |have |had |been |currently |also |still |now |used to |only |mostly |usually ){0,3}(?:work|worked|working|employed)(?: here| full-time| part-time| nights)?(?: (?:in|at|as|for|with|within|on|under)(?: (?:an?|the|our|this|their))?(?: [a-z&\\-]{2,20}){1,2})`,
  ),
  words(`${I_AM} (?:an?|the|one of the|your) ${ADJECTIVES}${JOB}`),
  words(`${I_AM} the only(?! one)(?: [a-z]{1,20}){1,2}`),
  words(
    `(?:in )?my (?:own |current |former |old |previous |new |direct |line |own ){0,2}${any(
      'team|teams|manager|boss|bosses|supervisor|line manager|team leader|team lead|foreman|superior|superiors|department',
      'desk|office|shift|shifts|role|job|job title|position|post|colleague|colleagues|co-?workers?|employer|branch',
      'division|section|workplace|workstation|predecessor|successor|assistant|secretary|intern|apprentice|trainee',
      'direct reports?|probation|promotion|appraisal|performance review|resignation|notice period|maternity leave',
      'parental leave|sick leave|contract of employment|customers|clients|patients|pupils',
    )}`,
  ),
  words(`our (?:small |little |own )?${any('team|department|office|shift|branch|section|ward|crew')}`),
  words(
    `(?:when|since|before|after|until) i (?:first )?(?:joined|started|began|left|retired|resigned|transferred|moved to|was (?:hired|promoted|transferred|dismissed|fired|made redundant))(?: (?:here|work|working|the company|the firm|the team))?(?: in (?:${MONTH} )?\\d{4}| in ${MONTH})?`,
  ),
  words(`i(?:'ve| have) been (?:here|with (?:the|this) (?:company|firm|team)|in this (?:job|role|position|post))`),
  words(`i (?:manage|supervise|lead|head|run) (?:the|a|an|our|my) [a-z]{2,20}`),
  words(`i (?:report|reported) directly to|reports? (?:directly )?to me`),
];

const ONLY_I_KNOW = [
  words(`only i (?:know|knew|have|had|saw|see|could|can|was|am|handled|handle|hold|held|heard|noticed)`),
  words(`only me|me alone|me only|just me(?: and)?|besides me|apart from me|except me|other than me`),
  words(
    `(?:nobody|no one|no-one) (?:else|but me|except me)(?: (?:but me|here))? (?:knows|knew|has seen|had seen|has access|had access|saw|heard|noticed|could know|can know|would know|(?:was|is) (?:there|present|told|aware|informed|in the room))`,
  ),
  words(`(?:just|only) (?:the )?two of us|between (?:him|her|them|us) and me|${I_AM} alone with`),
  words(`i(?:'m| am| was|'ve been| have been) (?:the only (?:one|other)|one of (?:only )?(?:two|three|the few|few))`),
  words(`told (?:only me|me (?:alone|only|privately|personally|in private|in confidence))`),
  words(`(?:he|she|they) (?:told|showed|confided in|asked) me (?:and )?(?:nobody|no one) else`),
];

// Names are up to four words with capitals; those with which people sign who give no name are none.
const NO_NAME = String.raw`(?!(?:A|An|The|Concerned|Worried|Anonymous|Employee|Colleague|Whistleblower|Someone|Nobody|Reporter|Friend|Thank|Thanks|Please|I|We|It|This|If)(?![\p{L}]))`;
const NAME = String.raw`${NO_NAME}\p{Lu}[\p{L}.'\-]{0,30}(?:[ \t]\p{Lu}[\p{L}.'\-]{0,30}){0,3}`;
const SIGN_OFF = any(
  '(?:[Ww]ith )?(?:[Kk]ind |[Bb]est |[Ww]arm )?[Rr]egards|[Ss]incerely(?: yours)?|[Yy]ours(?: sincerely| faithfully| truly)?',
  '[Bb]est wishes|[Ww]ith thanks|[Mm]any thanks|[Tt]hanks|[Tt]hank you|[Cc]heers|[Rr]espectfully|[Ff]aithfully|[Ss]igned',
);
const SECTION = any(
  'accounting|accounts|finance|HR|human resources|payroll|sales|marketing|IT|legal|purchasing|procurement|logistics',
  'production|engineering|operations|audit|compliance|support|treasury|reception|the [a-z]{2,20}',
);

const SIGNATURE = [
  exactly(String.raw`${SIGN_OFF}[,.:!]?\s{1,4}${NAME}(?=[ \t]{0,3}(?:\n|\r|$))`),
  exactly(`(?:[Mm]y name(?:'s| is)|I(?:'m| am) called|[Cc]all me) ${NAME}`),
  exactly(
    String.raw`(?:[Tt]his is|[Ii]t's|I(?:'m| am)) ${NO_NAME}\p{Lu}\p{Ll}{1,20}(?:[ \t]\p{Lu}[\p{L}'\-]{1,30})? (?:from|in|at|of) ${SECTION}`,
  ),
  exactly(String.raw`I(?:'m| am) ${NO_NAME}\p{Lu}\p{Ll}{1,20}[ \t]\p{Lu}\p{Ll}{1,30}`),
];

const PHONE = [
  words(String.raw`(?:ext|extn)\.?[:]? ?\d{2,6}|extension (?:number|no\.?)[:]? ?\d{2,6}`),
  words(String.raw`(?:on|at|my|phone|telephone|call|dial|ring) extension \d{2,6}`),
  words(
    String.raw`(?:phone|telephone|tel|mobile|cell|whatsapp|(?:call|ring|text|reach) me (?:on|at))\.?(?: number| no\.?)?(?: is)?[:]?\s{0,2}\d[\d ().\/\-]{4,16}\d`,
  ),
];

const CLOCK = String.raw`(?:[01]?\d|2[0-3])`;
const EXACT_TIME = [
  // 14:35 and 9:05 pm; a single digit needs a word before it, or it may be a proportion.
  words(
    String.raw`(?:(?:at|around|about|from|until|till|by|before|after) )?(?<![\d:.,])(?:[01]\d|2[0-3]):[0-5]\d(?![:\d])(?: ?${HALF})?`,
  ),
  words(String.raw`(?:at|around|until|till) ${CLOCK}:[0-5]\d(?![:\d])`),
  // 2.30 pm, 7pm, 14.35 hrs: with a dot alone it may be a price.
  words(String.raw`(?:(?:at|around|about) )?(?<![\d:.,])${CLOCK}(?:[:.][0-5]\d)?\s{0,2}(?:${HALF}|o'clock|hrs)`),
  words(
    `(?:(?:at|around|about) )?${NUMBER} (?:${HALF}|o'clock)|(?:half past|quarter (?:past|to)|(?:five|ten|twenty) (?:past|to)) (?:${NUMBER}|noon|midnight|\\d{1,2})`,
  ),
  words(
    `(?:(?:yesterday|today|last night|(?:last |on |this )?${DAY}) )?(?:at|around|about|shortly (?:before|after)) (?:noon|midnight|midday|lunchtime)`,
  ),
  words(
    `(?:yesterday|today|this morning|last night|(?:last |on |this )?${DAY}(?: morning| afternoon| evening)?) (?:at|around) (?:\\d{1,2}|${NUMBER})`,
  ),
  // "On 3 March at …". A day alone is what a report needs.
  words(
    `(?:on )?(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?)(?:,? \\d{4})?,? (?:at|around) (?:about |around )?(?:\\d{1,2}|${NUMBER}|noon|midnight|midday|lunchtime)`,
  ),
];

const EMPLOYEE_NUMBER = [
  words(
    String.raw`(?:employee|staff|personnel|payroll|badge|clock|worker|user|login|pass|locker)(?: card)? ?(?:numbers?|num\.?|no\.?|nr\.?|id|#)(?: is| was)?[:.]?\s{0,2}#?[a-z]{0,4}-?\d{2,10}`,
  ),
  words(String.raw`badge ?#?\d{2,10}`),
  words(
    String.raw`(?<!(?:invoice|order|transaction|case|document|project|contract|supplier|vendor|customer|client|account|payment|ticket|item|asset|vat|tax|file|report|company|register) )(?:my )?id[:#]\s{0,2}[a-z]{0,4}-?\d{3,10}`,
  ),
  words(String.raw`my (?:user ?name|login)(?: is|:) [\w.\-]{2,40}`),
];

const FAMILY = [
  words(
    `my (?:own |late |older |younger |elder |ex-|step)?${any(
      'wife|husband|partner|spouse|fianc[ée]e?|girlfriend|boyfriend|brother|brothers|sister|sisters|mother|father|mum',
      'mom|dad|parents|son|sons|daughter|daughters|child|children|kid|kids|baby|cousin|uncle|aunt|niece|nephew|family',
      'grandmother|grandfather|grandparents|grandson|granddaughter|in-laws|flatmate|housemate|roommate|neighbou?rs?',
    )}(?:-in-law)?`,
  ),
];

const ADDRESS = [
  exactly(
    String.raw`\d{1,4}[A-Za-z]?,? (?:\p{Lu}[\p{L}'\-]{1,30} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Square|Way|Place|Terrace|Gardens|Crescent|Boulevard|Blvd)`,
  ),
  exactly(String.raw`P\.?O\.? Box \d{1,6}`),
  // A British postcode, with its space.
  exactly(String.raw`[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}`),
];

export const ENGLISH: Tables = {
  own_job: OWN_JOB,
  only_i_know: ONLY_I_KNOW,
  signature: SIGNATURE,
  phone: PHONE,
  exact_time: EXACT_TIME,
  employee_number: EMPLOYEE_NUMBER,
  family: FAMILY,
  address: ADDRESS,
};
