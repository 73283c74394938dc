import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Inbox } from '../../state/inbox';
import { NO_WISHES, choose, type Wishes } from '../../state/listing';
import type { Me } from '../../session/types';
import { inbox as texts } from '../../texts/console';
import { Problem } from '../Problem';
import { useInbox } from '../use-inbox';
import { Addressed } from './Addressed';
import { CaseLine } from './CaseLine';
import { Filters } from './Filters';
import { moveByKeys } from './keys';
import { OpeningProgress } from './OpeningProgress';
import { Pager } from './Pager';

/** Lines on a page. */
const PAGE = 50;

/** What the inbox looked like when it was left: coming back from a case shows the same again. */
export interface InboxPlace {
  wishes: Wishes;
  page: number;
  /** The case that was opened last: it gets the focus. */
  last: string;
}

export function newPlace(): InboxPlace {
  return { wishes: NO_WISHES, page: 0, last: '' };
}

interface Props {
  readonly inbox: Inbox;
  readonly me: Me;
  readonly place: InboxPlace;
  readonly onLock: () => void;
}

/** The recipient's cases. */
export function InboxView({ inbox, me, place, onLock }: Props) {
  const { cases, progress, problem, complete } = useInbox(inbox);
  const [wishes, setWishes] = useState(place.wishes);
  const [page, setPage] = useState(place.page);
  const [refreshing, setRefreshing] = useState<'no' | 'yes' | 'done'>('no');
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const chosen = useMemo(() => choose(cases, wishes, me.today), [cases, wishes, me.today]);
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const at = Math.min(page, pages - 1);
  const shown = chosen.slice(at * PAGE, (at + 1) * PAGE);
  place.wishes = wishes;
  place.page = at;
  inbox.look(shown.map((listed) => listed.id));

  useEffect(() => moveByKeys(list, searchField), []);
  useLayoutEffect(() => {
    list.current?.querySelector<HTMLElement>(`a[href$="${CSS.escape(place.last)}"]`)?.focus();
  }, []);

  const change = (next: Wishes): void => {
    setWishes(next);
    setPage(0);
  };
  const turn = (next: number): void => {
    setPage(next);
    window.scrollTo({ top: 0 });
    list.current?.querySelector('a')?.focus({ preventScroll: true });
  };
  const refresh = async (): Promise<void> => {
    setRefreshing('yes');
    await inbox.load();
    setRefreshing('done');
  };

  // A button that goes away must not take the focus with it.
  const again = (): void => {
    heading.current?.focus();
    void refresh();
  };

  return (
    <>
      <div class="head">
        <h1 tabIndex={-1} ref={heading}>
          {texts.title}
        </h1>
        <span class="count" aria-live="polite">
          {complete || cases.length > 0 ? texts.count(chosen.length) : ''}
        </span>
        <button type="button" class="quiet" disabled={refreshing === 'yes'} onClick={() => void refresh()}>
          {texts.refresh}
        </button>
        <span class="hint" role="status">
          {refreshing === 'done' && problem === null ? texts.refreshed : ''}
        </span>
      </div>
      <Addressed days={me.addressed} />
      {problem !== null && <Problem code={problem} onRetry={again} onLock={onLock} />}
      {cases.length > 0 && <Filters wishes={wishes} onChange={change} searchField={searchField} />}
      <OpeningProgress progress={progress} />
      {shown.length > 0 ? (
        <>
          <ul class="lines" ref={list} onClick={(event) => remember(event, place)}>
            {shown.map((listed) => (
              <CaseLine key={listed.id} listed={listed} today={me.today} />
            ))}
          </ul>
          <Pager page={at} pages={pages} onChange={turn} />
          <p class="hint keys">{texts.keys}</p>
        </>
      ) : (
        complete && <Nothing any={cases.length > 0} wishes={wishes} opening={progress.done < progress.total} />
      )}
    </>
  );
}

function remember(event: MouseEvent, place: InboxPlace): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  place.last = link?.hash.split('/').at(-1) ?? '';
}

function Nothing({
  any,
  wishes,
  opening,
}: {
  readonly any: boolean;
  readonly wishes: Wishes;
  readonly opening: boolean;
}) {
  const narrowed = wishes.status !== '' || wishes.category !== '' || wishes.unread || wishes.search !== '';
  const [title, text] = !any
    ? [texts.empty, texts.emptyText]
    : narrowed
      ? [texts.noneFit, opening ? texts.stillOpening : '']
      : wishes.shown === 'open'
        ? [texts.noneOpen, texts.noneOpenText]
        : [texts.noneFit, ''];
  return (
    <div class="nothing">
      <p class="lead">{title}</p>
      {text !== '' && <p>{text}</p>}
    </div>
  );
}
