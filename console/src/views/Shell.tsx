import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ErrorCode } from '../session/errors';
import type { Session } from '../session/session';
import type { Me } from '../session/types';
import type { Drafts } from '../state/drafts';
import { watchIdleness } from '../state/idle';
import { Inbox } from '../state/inbox';
import { readRoute, writeRoute, type Route } from '../state/route';
import { caseView, inbox as inboxTexts, shell as texts } from '../texts/console';
import { errorText } from '../texts/errors';
import type { LockReason } from './App';
import { CaseView } from './case/CaseView';
import { InboxView, newPlace } from './inbox/InboxView';
import { OverviewView } from './overview/OverviewView';
import { useInbox } from './use-inbox';
import { Inline } from './Hostile';

/** How often the index is looked at again, in milliseconds. */
const REFRESH_EVERY = 120_000;

interface Props {
  readonly session: Session;
  readonly drafts: Drafts;
  readonly notRemembered?: ErrorCode;
  readonly onLock: (reason: LockReason) => void;
}

/** The open console: its frame, and where one is in it. */
export function Shell({ session, drafts, notRemembered, onLock }: Props) {
  const [route, setRoute] = useState<Route>(() => readRoute(location.hash));
  const [me, setMe] = useState<Me>(session.me);
  const [near, setNear] = useState(false);
  const [told, setTold] = useState(notRemembered === undefined);
  const inbox = useMemo(() => new Inbox(session.desk), [session]);
  const place = useRef(newPlace());

  useEffect(() => {
    void inbox.load();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        void inbox.load();
        void session.desk.refreshMe().then(setMe, () => undefined);
      }
    }, REFRESH_EVERY);
    return () => {
      clearInterval(timer);
      inbox.stop();
    };
  }, [inbox, session]);
  useEffect(() => {
    const follow = (): void => setRoute(readRoute(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => watchIdleness({ busy: () => session.busy, warn: setNear, lock: () => onLock('idle') }), []);
  useEffect(() => {
    const [first, second] =
      route.at === 'case'
        ? [caseView.id, route.id.slice(0, 8)]
        : [route.at === 'overview' ? texts.overview : inboxTexts.title, me.organisation];
    document.title = `${first} ${second} · ${texts.name}`;
    if (route.at !== 'inbox') {
      window.scrollTo({ top: 0 });
    }
  }, [route, me]);

  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        {texts.skip}
      </a>
      <header class="top">
        <p class="name">
          <strong>
            <Inline text={me.organisation} />
          </strong>
          <span>{texts.signedInAs(me.recipient.title)}</span>
        </p>
        <nav aria-label={texts.menu}>
          <a href={writeRoute({ at: 'inbox' })} aria-current={route.at === 'inbox' ? 'page' : undefined}>
            {texts.inbox}
          </a>
          <a href={writeRoute({ at: 'overview' })} aria-current={route.at === 'overview' ? 'page' : undefined}>
            {texts.overview}
          </a>
        </nav>
        <button type="button" class="lock" onClick={() => onLock('locked')}>
          {texts.lock}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {near && (
          <div class="notice wrong" role="alert">
            <p>{texts.idleNear}</p>
            <button type="button" class="quiet" onClick={() => setNear(false)}>
              {texts.stay}
            </button>
          </div>
        )}
        {notRemembered !== undefined && !told && (
          <div class="notice" role="status">
            <p>
              <strong>{texts.notRemembered}</strong> {errorText(notRemembered).title} {errorText(notRemembered).advice}
            </p>
            <button type="button" class="quiet" onClick={() => setTold(true)}>
              {texts.dismiss}
            </button>
          </div>
        )}
        {route.at === 'inbox' && (
          <InboxView inbox={inbox} me={me} place={place.current} onLock={() => onLock('ended')} />
        )}
        {route.at === 'overview' && <Overview inbox={inbox} today={me.today} />}
        {route.at === 'case' && (
          <CaseView
            key={route.id}
            id={route.id}
            session={session}
            inbox={inbox}
            drafts={drafts}
            onLock={() => onLock('ended')}
          />
        )}
      </main>
      {me.mail !== 'smtp' && (
        <footer class="bottom">
          <p class="hint">{me.mail === 'folder' ? texts.mailFolder : texts.mailMemory}</p>
        </footer>
      )}
    </>
  );
}

/** The part behind `#` is the place in the console, so this link may not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Overview({ inbox, today }: { readonly inbox: Inbox; readonly today: string }) {
  const { cases, progress } = useInbox(inbox);
  return <OverviewView cases={cases} today={today} progress={progress} />;
}
