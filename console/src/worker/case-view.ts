/** A whole case, opened: the report, and everything that happened in order. */
import type { CaseJson, EventJson, ProposedEndJson } from '../api/shapes';
import type { Opener } from '../protocol/age-file';
import type { AttachmentBody, Entry } from '../protocol/payload';
import { isFromSpeaker } from '../protocol/signature';
import { isAssessed } from '../session/assessment';
import { onlyDisposition } from '../session/ending';
import type {
  Assessment,
  CaseFile,
  DecryptedCase,
  ProposedEnd,
  RecipientView,
  TimelineItem,
  Unreadable,
} from '../session/types';
import { open, type OpenedEntry } from './entries';
import { readSummary } from './summary';

/** Where the report stands; what came with it stands there, too. */
const REPORT_POSITION = 0;

/** What files are shown beside. */
const WITH_FILES: readonly string[] = ['report', 'message', 'reply'];

type ReportEntry = Extract<Entry, { kind: 'report' }>;

interface Filed {
  readonly kind: string;
  readonly number: number;
  readonly position: number;
  readonly day: string;
  readonly opened: OpenedEntry;
}

/** Opens every entry but the identity, which is opened only when somebody asks for it. */
export async function openWhole(
  json: CaseJson,
  opener: Opener,
  recipients: readonly RecipientView[],
): Promise<DecryptedCase> {
  const filed: Filed[] = [];
  for (const entry of json.entries) {
    if (entry.kind !== 'identity') {
      filed.push({ ...entry, opened: await open(entry, opener, json.case.id) });
    }
  }
  const report = findReport(filed);
  // Who wrote is what the sign-in says; what is inside the seal is whatever its writer put there.
  const writers = new Map(
    json.events.filter(isWriting).map(({ position, actor }) => [position, recipients.find(({ id }) => id === actor)]),
  );
  const speaker = 'entry' in report ? report.entry.speaker : null;
  const marked = markRepeated(filed);
  // A file is shown beside what it came with.
  const items = marked
    .filter((entry) => entry.kind !== 'report' && !isFile(entry))
    .map((entry) => entryItem(entry, speaker, writers));
  const timeline = [
    ...json.events.flatMap(eventItem),
    ...items,
    ...astray(marked, 'entry' in report ? [...items, { type: 'report', position: REPORT_POSITION }] : items),
  ].sort((one, other) => one.position - other.position);
  return {
    summary: readSummary(json.case),
    ...('entry' in report ? { report: report.entry.body } : { reportProblem: report.reason }),
    hasIdentity: json.entries.some((entry) => entry.kind === 'identity'),
    timeline,
    files: marked.flatMap((entry) => filesOf(entry, speaker)).sort((one, other) => one.position - other.position),
    missingMessages: missingNumbers(filed, 'message', json.case.messages),
    missingFiles: missingNumbers(filed, 'attachment', 0),
    mailboxHolds: 'entry' in report && report.entry.mailbox === json.case.mailbox_public_key,
    assessed: isAssessed(json.case.status, timeline),
    allowed: json.allowed,
    outcomes: json.outcomes,
    ...(json.unanswered_from === null ? {} : { unansweredFrom: json.unanswered_from }),
    takesTwo: json.takes_two,
    ...(json.proposed_end === null ? {} : { proposedEnd: readProposed(json.proposed_end) }),
  };
}

function readProposed(json: ProposedEndJson): ProposedEnd {
  const { by, day, status, outcome, note, may_agree: mayAgree } = json;
  return { by, day, status, ...(outcome === null ? {} : { outcome }), note, mayAgree };
}

/** The one report of a case: none is missing, two are one too many. */
function findReport(filed: readonly Filed[]): { readonly entry: ReportEntry } | { readonly reason: Unreadable } {
  const reports = filed.filter((entry) => entry.kind === 'report');
  const [first] = reports;
  if (first === undefined) {
    return { reason: 'missing' };
  }
  if (reports.length > 1) {
    return { reason: 'twice' };
  }
  if ('reason' in first.opened) {
    return first.opened;
  }
  return first.opened.entry.kind === 'report' ? { entry: first.opened.entry } : { reason: 'misfiled' };
}

/** Two entries with the same kind and number are one too many; the first one stays. */
function markRepeated(filed: readonly Filed[]): readonly Filed[] {
  const seen = new Set<string>();
  return filed.map((entry) => {
    const name = `${entry.kind} ${entry.number}`;
    if (seen.has(name)) {
      return { ...entry, opened: { reason: 'twice' } };
    }
    seen.add(name);
    return entry;
  });
}

type Writers = ReadonlyMap<number, RecipientView | undefined>;

function writerOf(
  body: { readonly recipient: string; readonly title: string },
  filed: Filed,
  writers: Writers,
): { readonly recipient: string; readonly title: string } {
  const writer = writers.get(filed.position);
  return writer === undefined
    ? { recipient: body.recipient, title: body.title }
    : { recipient: writer.id, title: writer.title };
}

function isWriting(event: EventJson): boolean {
  return event.kind === 'reply' || event.kind === 'note';
}

function entryItem(filed: Filed, speaker: Uint8Array | null, writers: Writers): TimelineItem {
  const placed = { position: filed.position, day: filed.day, number: filed.number };
  const entry = 'entry' in filed.opened ? filed.opened.entry : null;
  switch (entry?.kind) {
    case 'message':
      return {
        ...placed,
        type: 'message',
        text: entry.body.text,
        fromReporter: speaker !== null && isFromSpeaker(entry, speaker),
      };
    case 'reply':
      return { ...placed, type: 'reply', text: entry.body.text, ...writerOf(entry.body, filed, writers) };
    case 'note': {
      const { text, assessment, conclusion } = entry.body;
      const { recipient, title } = writerOf(entry.body, filed, writers);
      return {
        ...placed,
        type: 'note',
        recipient,
        title,
        text,
        ...(isAssessment(assessment) ? { assessment } : {}),
        ...(conclusion === undefined ? {} : { conclusion }),
      };
    }
    default: {
      const reason = 'reason' in filed.opened ? filed.opened.reason : 'another_version';
      return { ...placed, type: 'unreadable', kind: filed.kind, reason };
    }
  }
}

function isAssessment(code: string): code is Assessment {
  return code === 'look_into' || code === 'ask_first' || code === 'belongs_elsewhere';
}

/** What happened, without what an entry of its own tells better. */
function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/u.test(text);
}

function eventItem(event: EventJson): readonly TimelineItem[] {
  const placed = { position: event.position, day: event.day };
  switch (event.kind) {
    case 'received':
      return [{ ...placed, type: 'received' }];
    case 'told':
      return [{ ...placed, type: 'told', recipient: event.detail }];
    case 'opened':
      return [{ ...placed, type: 'opened', recipient: event.actor }];
    case 'reminded': {
      const [duty = '', due = '', round] = event.detail.split(':');
      return isDay(due) ? [{ ...placed, type: 'reminded', duty, due, late: round !== undefined }] : [];
    }
    case 'missed': {
      const [duty = '', due = ''] = event.detail.split(':');
      return isDay(due) ? [{ ...placed, type: 'missed', duty, due }] : [];
    }
    case 'status':
    case 'end_proposed': {
      const [status = '', outcome] = event.detail.split(':');
      const recipient = event.actor;
      // Where an end says its disposition already, it is not said twice.
      const said = outcome === undefined || onlyDisposition(status) !== undefined ? {} : { outcome };
      return [{ ...placed, type: event.kind, recipient, status, ...said }];
    }
    case 'granted':
    case 'taken_off':
    case 'stepped_aside':
    case 'revoked':
      return [{ ...placed, type: event.kind, recipient: event.actor, whom: event.detail }];
    case 'takes_two':
    case 'end_declined':
    case 'ended_alone':
      return [{ ...placed, type: event.kind, recipient: event.actor }];
    default:
      return [];
  }
}

function isFile({ opened }: Filed): boolean {
  return 'entry' in opened && opened.entry.kind === 'attachment';
}

/** Items for the files that have nothing to stand beside: they must not vanish with a message that was left out. */
function astray(
  filed: readonly Filed[],
  shown: readonly { readonly type: string; readonly position: number }[],
): readonly TimelineItem[] {
  const beside = new Set(shown.filter(({ type }) => WITH_FILES.includes(type)).map(({ position }) => position));
  const days = new Map<number, string>();
  for (const entry of filed) {
    if (isFile(entry) && !beside.has(entry.position)) {
      days.set(entry.position, entry.day);
    }
  }
  return [...days].map(([position, day]) => ({ type: 'files', position, day }));
}

/** The files that an entry describes. */
function filesOf({ opened, number, position }: Filed, speaker: Uint8Array | null): readonly CaseFile[] {
  const entry = 'entry' in opened ? opened.entry : null;
  const described = (body: AttachmentBody): Omit<CaseFile, 'ref' | 'proven'> => {
    const { name, media_type: mediaType, size, sha256, cleaned } = body;
    return { position, name, mediaType, size, sha256, cleaned };
  };
  switch (entry?.kind) {
    case 'attachment': {
      const proven = speaker !== null && isFromSpeaker(entry, speaker);
      return [{ ...described(entry.body), ref: { of: 'attachment', number }, proven }];
    }
    case 'reply':
      return entry.body.attachments.map((body, at) => ({
        ...described(body),
        ref: { of: 'reply', number, part: at + 1 },
        proven: true,
      }));
    default:
      return [];
  }
}

/** What a reporter adds is counted from 1: a gap is something that the service left out. */
function missingNumbers(filed: readonly Filed[], kind: string, claimed: number): readonly number[] {
  const numbers = new Set(filed.filter((entry) => entry.kind === kind).map((entry) => entry.number));
  const last = Math.max(claimed, 0, ...numbers);
  return Array.from({ length: last }, (_, index) => index + 1).filter((number) => !numbers.has(number));
}
