import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Drafts } from '../../state/drafts';
import type { Inbox } from '../../state/inbox';
import { writeRoute } from '../../state/route';
import type { ErrorCode } from '../../session/errors';
import type { Session } from '../../session/session';
import type { DecryptedCase } from '../../session/types';
import { caseView as texts, unreadable } from '../../texts/console';
import { files } from '../../texts/files';
import { formatDay } from '../../texts/days';
import { categoryName, kindName } from '../../texts/terms';
import { subjectOf } from '../../session/subject';
import { Inline } from '../Hostile';
import { Problem, codeOf } from '../Problem';
import { DeadlineList } from './DeadlineList';
import { FileList } from './FileList';
import { NoteBox } from './NoteBox';
import { ReadersBox } from './ReadersBox';
import { ReplyBox } from './ReplyBox';
import { ReportSection } from './ReportSection';
import { StatusBox } from './StatusBox';
import { TakeAlong } from './TakeAlong';
import { Timeline } from './Timeline';
import { WhoReported } from './WhoReported';

/** What every part of a case works with. */
export interface CaseDesk {
  readonly session: Session;
  readonly drafts: Drafts;
  readonly whole: DecryptedCase;
  /** Loads the case again after something was changed. */
  readonly reload: () => Promise<void>;
  readonly onLock: () => void;
}

interface Props {
  readonly id: string;
  readonly session: Session;
  readonly inbox: Inbox;
  readonly drafts: Drafts;
  readonly onLock: () => void;
}

/** One case: the report, what happened since, and what can be done. */
export function CaseView({ id, session, inbox, drafts, onLock }: Props) {
  const [whole, setWhole] = useState<DecryptedCase | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const reload = useCallback(async (): Promise<void> => {
    try {
      const opened = await session.desk.openCase(id);
      setWhole(opened);
      setProblem(null);
      inbox.update(opened.summary);
    } catch (error) {
      setProblem(codeOf(error));
    }
  }, [id, session, inbox]);

  useEffect(() => {
    setWhole(null);
    setProblem(null);
    void reload();
  }, [reload]);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [whole === null]);
  // A button that goes away must not take the focus with it.
  const again = (): void => {
    heading.current?.focus({ preventScroll: true });
    void reload();
  };

  const back = (
    <p class="back">
      <a href={writeRoute({ at: 'inbox' })}>← {texts.back}</a>
    </p>
  );
  if (whole === null) {
    return (
      <>
        {back}
        {problem === null ? (
          <p role="status">{texts.loading}</p>
        ) : (
          <>
            <h1>{texts.cannotOpen}</h1>
            <Problem
              code={problem}
              onLock={onLock}
              {...(problem === 'not-found' ? {} : { onRetry: () => void reload() })}
            >
              {texts.restWorks}
            </Problem>
          </>
        )}
      </>
    );
  }

  const desk: CaseDesk = { session, drafts, whole, reload, onLock };
  const { summary, report } = whole;
  return (
    <article class="case">
      {back}
      <header>
        <h1 tabIndex={-1} ref={heading}>
          {report === undefined ? texts.cannotOpen : <Inline text={subjectOf(report.narrative)} />}
        </h1>
        <p class="facts">
          <span>{report === undefined ? kindName(summary.kind) : <Inline text={categoryName(report.category)} />}</span>
          <span>{formatDay(summary.received)}</span>
          <span>
            {texts.id} <span class="code">{summary.id.slice(0, 8)}</span>
          </span>
        </p>
      </header>
      {problem !== null && <Problem code={problem} onRetry={again} onLock={onLock} />}
      <Warnings whole={whole} />
      <div class="columns">
        <div class="reading">
          {report !== undefined && (
            <ReportSection report={report} me={session.me} kind={summary.kind}>
              <FileList desk={desk} position={0} heading="h3" />
            </ReportSection>
          )}
          <Timeline desk={desk} />
          {whole.mailboxHolds && <ReplyBox desk={desk} />}
          <NoteBox desk={desk} />
        </div>
        <aside class="handling">
          <StatusBox key={summary.revision} desk={desk} />
          <DeadlineList summary={summary} category={report?.category ?? ''} today={session.me.today} />
          {report !== undefined && <WhoReported desk={desk} report={report} />}
          <ReadersBox key={`readers ${summary.revision}`} desk={desk} inbox={inbox} />
          <TakeAlong desk={desk} />
        </aside>
      </div>
    </article>
  );
}

function Warnings({ whole }: { readonly whole: DecryptedCase }) {
  return (
    <>
      {whole.reportProblem !== undefined && (
        <div class="notice wrong" role="alert">
          <p>{unreadable[whole.reportProblem]}</p>
          <p>{texts.restWorks}</p>
        </div>
      )}
      {whole.report !== undefined && !whole.mailboxHolds && (
        <div class="notice wrong" role="alert">
          <p>{texts.mailboxSwapped}</p>
        </div>
      )}
      {whole.missingMessages.length > 0 && (
        <div class="notice wrong" role="alert">
          <p>{texts.missingMessages(whole.missingMessages)}</p>
        </div>
      )}
      {whole.missingFiles.length > 0 && (
        <div class="notice wrong" role="alert">
          <p>{files.missing(whole.missingFiles)}</p>
        </div>
      )}
    </>
  );
}
