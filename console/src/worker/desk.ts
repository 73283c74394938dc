/** What is done for the signed-in recipient: reading, writing, taking copies. */
import { Api } from '../api/client';
import type { CaseJson, SealedCaseJson } from '../api/shapes';
import { sealedZip } from '../export/sealed-zip';
import type { Opener } from '../protocol/age-file';
import { toBase64 } from '../protocol/base64';
import { isFromSpeaker } from '../protocol/signature';
import { sealNote, sealReply } from '../protocol/seal';
import { ConsoleError } from '../session/errors';
import { takesTwo } from '../session/ending';
import type { Assessment, DecryptedCase, FileRef, Identity, Me, NewConclusion, Readers } from '../session/types';
import { readersOf, release } from './access';
import { decode, openCaseKey } from './case-key';
import { openWhole } from './case-view';
import { open } from './entries';
import { contentsOf } from './export-contents';
import { openFile, sendFiles, type SentFile, type Tell } from './files';
import { gistOf } from './gist';
import type { Keyring } from './keyring';
import type { IndexPage, Opened } from './messages';
import { signIn, translated, withSession } from './sign-in';
import { readMe, readSummary } from './summary';

/** The longest text that a recipient writes, in characters: as long as a report may be. */
const LONGEST_TEXT = 100_000;

/** How often a number that another recipient took first is replaced by the next. */
const TRIES = 5;

export class Desk {
  private readonly mailboxes = new Map<string, string>();
  private shown: { readonly json: CaseJson; readonly opener: Opener } | undefined;

  private constructor(
    private readonly api: Api,
    private readonly keyring: Keyring,
    private me: Me,
  ) {}

  /** Signs in. */
  static async open(keyring: Keyring): Promise<Desk> {
    const api = new Api();
    return translated(async () => {
      await signIn(api, keyring);
      return new Desk(api, keyring, readMe(await api.me()));
    });
  }

  get signedIn(): Me {
    return this.me;
  }

  async refreshMe(): Promise<Me> {
    this.me = readMe(await this.ask(() => this.api.me()));
    return this.me;
  }

  async index(progress: 'open' | 'closed', limit: number, after?: string): Promise<IndexPage> {
    const page = await this.ask(() => this.api.index(progress, limit, after));
    return { cases: page.cases.map(readSummary), ...(page.next === null ? {} : { next: page.next }) };
  }

  /** Opens the reports of these cases for the inbox. One that does not open takes nothing from the others. */
  async openReports(ids: readonly string[]): Promise<readonly Opened[]> {
    const { cases } = await this.ask(() => this.api.sealed(ids));
    return Promise.all(cases.map((json) => this.openReport(json)));
  }

  /** Opens a case. The service does not know what it is about: where two have to agree to its end, it is told here. */
  async openCase(id: string): Promise<DecryptedCase> {
    this.shown = await this.load(id);
    const whole = await this.openPinned(this.shown.json, this.shown.opener);
    if (whole.takesTwo || !takesTwo(whole.report?.category ?? '')) {
      return whole;
    }
    await this.takeTwo(id);
    this.shown = await this.load(id);
    return this.openPinned(this.shown.json, this.shown.opener);
  }

  /** Opens the content of a file. */
  async openFile(id: string, ref: FileRef, tell: Tell, signal: AbortSignal): Promise<Blob> {
    const whole = this.shown?.json.case.id === id ? this.shown : await this.load(id);
    return this.ask(() => openFile(this.api, whole, ref, tell, signal));
  }

  /** Who a confidential reporter is. */
  async openIdentity(id: string): Promise<Identity> {
    const { json, opener } = await this.load(id);
    const filed = json.entries.find((entry) => entry.kind === 'identity');
    const report = json.entries.find((entry) => entry.kind === 'report');
    const opened = filed && (await open(filed, opener, id));
    if (opened === undefined || 'reason' in opened || opened.entry.kind !== 'identity') {
      throw new ConsoleError('not-readable');
    }
    const speaker = report && (await open(report, opener, id));
    const key = speaker && 'entry' in speaker && speaker.entry.kind === 'report' ? speaker.entry.speaker : null;
    return {
      ...opened.entry.body,
      fromReporter: key !== null && isFromSpeaker(opened.entry, key),
    };
  }

  /** Seals an answer with its files to the case and to the mailbox that the report itself names, never to another one. */
  async reply(id: string, text: string, files: readonly File[], tell: Tell, signal: AbortSignal): Promise<void> {
    // Files are sent once, also where the reply has to be sealed again for another number.
    let sent: readonly SentFile[] | undefined;
    await this.write(id, 'reply', text, async (json, opener, number) => {
      const keys = await this.keysOfReply(json, opener);
      sent ??= await sendFiles(this.api, files, keys, tell, signal);
      const { id: recipient, title } = this.me.recipient;
      const envelope = { case: id, number, day: this.me.today };
      const body = { recipient, title, text, attachments: sent.map((each) => each.body) };
      const sealed = await sealReply(envelope, body, ...keys);
      signal.throwIfAborted();
      const contents = sent.map((each) => each.upload);
      await this.api.addReply(id, number, toBase64(sealed), contents);
    });
  }

  private async keysOfReply(json: CaseJson, opener: Opener): Promise<readonly [string, string]> {
    const whole = await this.openPinned(json, opener);
    if (whole.report === undefined) {
      throw new ConsoleError('not-readable');
    }
    if (!whole.mailboxHolds) {
      throw new ConsoleError('mailbox-swapped');
    }
    return [json.case.public_key, json.case.mailbox_public_key];
  }

  async note(id: string, text: string, assessment?: Assessment): Promise<void> {
    await this.write(id, 'note', text, async (json, _, number) => {
      const { id: recipient, title } = this.me.recipient;
      const envelope = { case: id, number, day: this.me.today };
      const body = { recipient, title, text, assessment: assessment ?? '' };
      await this.api.addNote(id, number, toBase64(await sealNote(envelope, body, json.case.public_key)));
    });
  }

  async changeStatus(id: string, from: string, to: string): Promise<void> {
    await this.ask(() => this.api.changeStatus(id, from, to));
  }

  /** Ends a case, or proposes to where two have to agree. */
  async end(id: string, from: string, to: string, disposition: string, conclusion: NewConclusion): Promise<void> {
    await this.write(id, 'note', conclusion.text, async (json, _, number) => {
      if (json.case.status !== from) {
        throw new ConsoleError('overtaken');
      }
      const { id: recipient, title } = this.me.recipient;
      const envelope = { case: id, number, day: this.me.today };
      const { measures, text } = conclusion;
      const body = { recipient, title, text, assessment: '', conclusion: { status: to, disposition, measures } };
      const sealed = toBase64(await sealNote(envelope, body, json.case.public_key));
      await this.api.changeStatus(id, from, to, disposition, { number, sealed });
    });
  }

  /** Agrees to an end that somebody else proposed, or declines it. `note` has the conclusion that was read. */
  async answerEnd(id: string, agree: boolean, note: number): Promise<void> {
    await this.ask(() => this.api.answerEnd(id, agree, note));
  }

  /** Marks that two have to agree to how a case ends. Nobody takes that off. */
  async takeTwo(id: string): Promise<void> {
    await this.ask(() => this.api.takeTwo(id));
  }

  async readers(id: string): Promise<Readers> {
    const { json, opener } = this.shown?.json.case.id === id ? this.shown : await this.load(id);
    return this.ask(() => readersOf(this.api, json, opener));
  }

  /** Lets somebody else read the whole case. */
  async release(id: string, recipient: string): Promise<void> {
    const { json, opener } = await this.load(id);
    await this.ask(() => release(this.api, this.keyring, json, opener, recipient));
  }

  /** Takes somebody off a case, for good; the reason becomes a note. */
  async takeOff(id: string, recipient: string, why: string): Promise<void> {
    await this.write(id, 'note', why, async (json, _, number) => {
      const { id: by, title } = this.me.recipient;
      const whom = this.me.recipients.find((each) => each.id === recipient)?.title ?? recipient;
      const envelope = { case: id, number, day: this.me.today };
      const body = { recipient: by, title, text: `${whom} taken off the case: ${why}`, assessment: '' };
      const sealed = toBase64(await sealNote(envelope, body, json.case.public_key));
      await this.api.takeOff(id, recipient, { number, sealed });
    });
  }

  /** Leaves a case, for good. */
  async stepAside(id: string): Promise<void> {
    await this.ask(() => this.api.stepAside(id));
  }

  /** The sealed files of a case with their grant, as a zip file: the same folder that `candor case export` writes. */
  async exportSealed(id: string, keyFileName: string): Promise<Uint8Array> {
    const json = await this.ask(() => this.api.case(id));
    const grant = decode(json.case.grant);
    if (grant === null) {
      throw new ConsoleError('not-readable');
    }
    const { grant: _grant, report: _report, ...known } = json.case;
    const contents = await this.ask(() => contentsOf(this.api, json));
    return sealedZip({
      caseId: id,
      grant,
      entries: json.entries.map((entry) => {
        const sealed = decode(entry.sealed);
        if (sealed === null) {
          throw new ConsoleError('not-readable');
        }
        return { kind: entry.kind, number: entry.number, sealed };
      }),
      contents,
      caseJson: known,
      eventsJson: json.events,
      keyFileName,
    });
  }

  /**
   * Opens a case, and holds the service to the mailbox of the report that was shown first: another report with a mailbox
   * of its own could be put in its place for the moment of a reply.
   */
  private async openPinned(json: CaseJson, opener: Opener): Promise<DecryptedCase> {
    const whole = await openWhole(json, opener, this.me.recipients);
    const named = json.case.mailbox_public_key;
    const first = this.mailboxes.get(json.case.id) ?? named;
    if (whole.mailboxHolds) {
      this.mailboxes.set(json.case.id, first);
    }
    return { ...whole, mailboxHolds: whole.mailboxHolds && first === named };
  }

  private async openReport(json: SealedCaseJson): Promise<Opened> {
    const { id } = json;
    const key = await openCaseKey(json, this.keyring);
    if ('reason' in key) {
      return { id, reason: key.reason };
    }
    if (json.report === null) {
      return { id, reason: 'missing' };
    }
    const report = await open({ kind: 'report', number: 0, sealed: json.report }, key.opener, id);
    if ('reason' in report) {
      return { id, reason: report.reason };
    }
    return report.entry.kind === 'report' ? { id, gist: gistOf(report.entry.body) } : { id, reason: 'misfiled' };
  }

  private ask<T>(request: () => Promise<T>): Promise<T> {
    return withSession(this.api, this.keyring, request);
  }

  private async load(id: string): Promise<{ json: CaseJson; opener: Opener }> {
    const json = await this.ask(() => this.api.case(id));
    return { json, opener: await caseOpener(json, this.keyring) };
  }

  /** Seals and sends until the number is still free: another recipient may write at the same time. */
  private async write(
    id: string,
    kind: 'reply' | 'note',
    text: string,
    sealAndSend: (json: CaseJson, opener: Opener, number: number) => Promise<void>,
  ): Promise<void> {
    if (Array.from(text).length > LONGEST_TEXT) {
      throw new ConsoleError('too-long');
    }
    await this.refreshMe();
    for (let attempt = 1; ; attempt++) {
      const { json, opener } = await this.load(id);
      const numbers = json.entries.filter((entry) => entry.kind === kind).map((entry) => entry.number);
      try {
        return await this.ask(() => sealAndSend(json, opener, Math.max(0, ...numbers) + 1));
      } catch (error) {
        if (!(error instanceof ConsoleError && error.code === 'changed' && attempt < TRIES)) {
          throw error;
        }
      }
    }
  }
}

async function caseOpener(json: CaseJson, keyring: Keyring): Promise<Opener> {
  const key = await openCaseKey(json.case, keyring);
  if ('reason' in key) {
    throw new ConsoleError('not-readable');
  }
  return key.opener;
}
