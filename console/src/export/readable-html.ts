import type {
  ConclusionBody,
  Day,
  DecryptedCase,
  Identity,
  RecipientView,
  ReportBody,
  TimelineItem,
} from '../session/types';
import { sizeText } from '../files/file-name';
import { showControls } from '../state/visible-text';
import { unreadable } from '../texts/console';
import { formatDay } from '../texts/days';
import { files as fileTexts } from '../texts/files';
import { READABLE } from '../texts/readable';
import { assessmentName, categoryName, dutyName, kindName, measureName, outcomeName, statusName } from '../texts/terms';
import { READABLE_STYLE } from './readable-style';

/** What a readable file says besides the case itself. */
export interface ReadableContext {
  readonly organisation: string;
  readonly recipients: readonly RecipientView[];
  readonly today: Day;
  /** Title of the recipient who saves it. */
  readonly madeBy: string;
}

/**
 * A case as one HTML file that needs nothing else: no script, no picture, no address that is called. Everything in it is
 * hostile and escaped. Who the reporter is stays out unless it is passed.
 */
export function caseAsHtml(decrypted: DecryptedCase, context: ReadableContext, identity?: Identity): string {
  const title = READABLE.title(decrypted.summary.id.slice(0, 8));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${READABLE_STYLE}</style>
</head>
<body>
<main>
<h1>${inline(title)}</h1>
<div class="banner">
<h2>${escaped(READABLE.banner.title)}</h2>
<p>${escaped(READABLE.banner.text)}</p>
</div>
${warnings(decrypted)}
${facts(decrypted, context, identity !== undefined)}
${report(decrypted, context)}
${identity === undefined ? '' : whoItIs(identity)}
${timeline(decrypted, context)}
<p class="soft">${escaped(READABLE.characters)}</p>
</main>
</body>
</html>
`;
}

function warnings(decrypted: DecryptedCase): string {
  const unproven = decrypted.timeline.flatMap((item) =>
    item.type === 'message' && !item.fromReporter ? [item.number] : [],
  );
  const all = [
    ...(decrypted.mailboxHolds ? [] : [READABLE.mailboxSwapped]),
    ...(unproven.length > 0 ? [READABLE.unprovenMessages(unproven.join(', '))] : []),
    ...(decrypted.missingMessages.length > 0 ? [READABLE.missingMessages(decrypted.missingMessages.join(', '))] : []),
    ...(decrypted.missingFiles.length > 0 ? [READABLE.missingFiles(decrypted.missingFiles.join(', '))] : []),
    ...(decrypted.files.every((file) => file.proven) ? [] : [READABLE.unprovenFiles]),
    ...(decrypted.timeline.some((item) => item.type === 'unreadable') ? [READABLE.entriesUnreadable] : []),
  ];
  if (all.length === 0) {
    return '';
  }
  const items = all.map((warning) => `<li>${escaped(warning)}</li>`);
  return `<div class="warnings">\n<h2>${escaped(READABLE.warnings)}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n</div>`;
}

function facts(decrypted: DecryptedCase, context: ReadableContext, named: boolean): string {
  const { summary, report: body } = decrypted;
  const rows: [string, string][] = [
    [READABLE.organisation, inline(context.organisation)],
    [READABLE.id, inline(summary.id)],
    [READABLE.kind, inline(kindName(summary.kind))],
    ...(body === undefined
      ? []
      : [[READABLE.category, inline(categoryName(body.category))] satisfies [string, string]]),
    [READABLE.status, inline(statusName(summary.status))],
    ...(summary.outcome === undefined
      ? []
      : [[READABLE.outcome, inline(outcomeName(summary.outcome))] satisfies [string, string]]),
    [READABLE.received, day(summary.received)],
    [
      READABLE.acknowledged,
      summary.acknowledged === undefined
        ? inline(READABLE.notAcknowledged(formatDay(summary.acknowledgeBy)))
        : day(summary.acknowledged),
    ],
    [READABLE.feedbackBy, day(summary.feedbackBy)],
    ...(summary.updateBy === undefined ? [] : [[READABLE.updateBy, day(summary.updateBy)] satisfies [string, string]]),
    ...(body === undefined
      ? []
      : [[READABLE.reporter, reporter(body, decrypted.assessed || named)] satisfies [string, string]]),
    [READABLE.saved, `${escaped(READABLE.savedBy(formatDay(context.today)))} ${inline(context.madeBy)}`],
  ];
  const lines = rows.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${value}</dd>`);
  return `<section>\n<h2>${escaped(READABLE.facts)}</h2>\n<dl class="facts">\n${lines.join('\n')}\n</dl>\n</section>`;
}

// The console hides it until somebody has assessed the case: anonymous reports would be taken less seriously.
function reporter(body: ReportBody, told: boolean): string {
  if (!told) {
    return escaped(READABLE.hiddenUntilAssessed);
  }
  return escaped(body.confidential ? READABLE.confidential : READABLE.anonymous);
}

function report(decrypted: DecryptedCase, context: ReadableContext): string {
  const { summary, report: body, reportProblem } = decrypted;
  const kind = summary.kind === 'question' ? 'question' : 'concern';
  const heading = `<h2>${escaped(READABLE.report[kind])}</h2>`;
  if (body === undefined) {
    const why = reportProblem === undefined ? '' : ` ${reason(reportProblem)}`;
    return `<section>\n${heading}\n<p class="wrong">${escaped(READABLE.reportUnreadable)}${why}</p>\n</section>`;
  }
  const answers: [string, string][] = [
    [READABLE.narrative[kind], body.narrative],
    [READABLE.when, body.when],
    [READABLE.where, body.where],
    [READABLE.who_else_knows, body.who_else_knows],
    [READABLE.how_you_know, body.how_you_know],
    [READABLE.how_many_know, body.how_many_know],
    [READABLE.concerns, body.concerns.map((id) => titleOf(id, context)).join('\n')],
    [READABLE.chosen, body.chosen === '' ? READABLE.chosenNobody : titleOf(body.chosen, context)],
  ];
  const parts = answers
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `<div class="answer">\n<h3>${escaped(label)}</h3>\n${block(text)}\n</div>`);
  return `<section>\n${heading}\n${parts.join('\n')}${filesAt(decrypted, 0)}\n</section>`;
}

function whoItIs(identity: Identity): string {
  const row = (label: string, text: string): string =>
    `<div class="answer">\n<h3>${escaped(label)}</h3>\n${block(text === '' ? READABLE.notGiven : text)}\n</div>`;
  const unproven = identity.fromReporter ? '' : `<p class="wrong">${escaped(READABLE.identityUnproven)}</p>\n`;
  return `<section>
<h2>${escaped(READABLE.identity)}</h2>
<p class="wrong">${escaped(READABLE.identityWarning)}</p>
${unproven}${row(READABLE.name, identity.name)}
${row(READABLE.contact, identity.contact)}
</section>`;
}

function timeline(decrypted: DecryptedCase, context: ReadableContext): string {
  const items = decrypted.timeline.map(
    (item) =>
      `<li${item.type === 'note' ? ' class="note"' : ''}>\n${happened(item, context)}${besides(decrypted, item)}\n</li>`,
  );
  return `<section>
<h2>${escaped(READABLE.timeline)}</h2>
<ol class="timeline">
${items.join('\n')}
</ol>
</section>`;
}

/** The files that came with an item. They are not in the file: what they are is listed, so that each can be told. */
function besides(decrypted: DecryptedCase, item: TimelineItem): string {
  return item.type === 'message' || item.type === 'reply' || item.type === 'files'
    ? filesAt(decrypted, item.position)
    : '';
}

function filesAt({ files }: DecryptedCase, position: number): string {
  const items = files
    .filter((file) => file.position === position)
    .map((file) => {
      const cleaned = file.cleaned.length === 0 ? '' : `<br>${escaped(fileTexts.cleaned(file.cleaned))}`;
      const unproven = file.proven ? '' : `<br><span class="wrong">${escaped(fileTexts.unproven)}</span>`;
      const size = `${escaped(sizeText(file.size))}, SHA-256 <code>${escaped(file.sha256)}</code>`;
      return `<li>${inline(file.name)}, ${size}${cleaned}${unproven}</li>`;
    });
  return items.length === 0
    ? ''
    : `\n<div class="answer">\n<h3>${escaped(READABLE.files)}</h3>\n<ul class="files">\n${items.join('\n')}\n</ul>\n</div>`;
}

function happened(item: TimelineItem, context: ReadableContext): string {
  const { entry } = READABLE;
  const head = (text: string): string => `<h3>${day(item.day)} ${text}</h3>`;
  const event = (text: string): string => `<p class="event">${day(item.day)} ${text}</p>`;
  const by = (id: string): string => inline(titleOf(id, context));
  switch (item.type) {
    case 'message': {
      const unproven = item.fromReporter ? '' : `\n<p class="wrong">${escaped(READABLE.unproven)}</p>`;
      return `${head(escaped(entry.message(item.number)))}${unproven}\n${block(item.text)}`;
    }
    case 'reply':
      return `${head(`${escaped(entry.reply(item.number))} ${inline(item.title)}`)}\n${block(item.text)}`;
    case 'note': {
      const mark = `<p class="internal">${escaped(READABLE.internal)}</p>`;
      const assessment =
        item.assessment === undefined ? '' : `\n<p>${inline(entry.assessment(assessmentName(item.assessment)))}</p>`;
      const conclusion = item.conclusion === undefined ? '' : `\n${concluded(item.conclusion)}`;
      return `${head(`${escaped(entry.note(item.number))} ${inline(item.title)}`)}\n${mark}${assessment}${conclusion}\n${block(item.text)}`;
    }
    case 'unreadable':
      return `${head(`${inline(item.kind)} ${escaped(entry.unreadable(item.number))}`)}\n<p class="wrong">${reason(item.reason)}</p>`;
    case 'files':
      return `${head(escaped(entry.astray))}`;
    case 'received':
      return event(escaped(entry.received));
    case 'told':
      return event(`${escaped(entry.told)} ${by(item.recipient)}`);
    case 'opened':
      return event(`${escaped(entry.opened)} ${by(item.recipient)}`);
    case 'reminded':
      return event(escaped(entry.reminded(dutyName(item.duty), formatDay(item.due), item.late)));
    case 'missed':
      return event(escaped(entry.missed(dutyName(item.duty), formatDay(item.due))));
    case 'status':
    case 'end_proposed': {
      const outcome = item.outcome === undefined ? '' : `. ${inline(entry.outcome(outcomeName(item.outcome)))}`;
      const said = item.type === 'status' ? entry.status : entry.endProposed;
      return event(`${inline(said(statusName(item.status)))} ${by(item.recipient)}${outcome}`);
    }
    case 'granted':
    case 'taken_off':
    case 'stepped_aside':
    case 'revoked':
      return event(`${escaped(entry[item.type](titleOf(item.whom, context)))} ${by(item.recipient)}`);
    case 'takes_two':
    case 'end_declined':
    case 'ended_alone':
      return event(`${escaped(entry[item.type])} ${by(item.recipient)}`);
  }
}

function concluded({ status, disposition, measures }: ConclusionBody): string {
  const done = measures.map((code) => measureName(code)).join('; ');
  const end = `${statusName(status)}, ${outcomeName(disposition)}`;
  return `<p>${inline(READABLE.entry.conclusion(end, done))}</p>`;
}

/** The title of a recipient; the id of one who is no recipient any more. */
function titleOf(id: string, { recipients }: ReadableContext): string {
  return recipients.find((recipient) => recipient.id === id)?.title ?? id;
}

function reason(code: string): string {
  return escaped(Object.hasOwn(unreadable, code) ? (unreadable[code] ?? code) : code);
}

function day(text: Day): string {
  return `<time>${escaped(formatDay(text))}</time>`;
}

/** Text on a line, isolated from the text around it. */
function inline(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

/** Text with its line ends, isolated. */
function block(text: string): string {
  return `<div class="written" dir="auto">${escaped(text)}</div>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return showControls(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
