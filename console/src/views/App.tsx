import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { forget, isRemembered, passkeysPossible } from '../session/device';
import type { ErrorCode } from '../session/errors';
import { Session } from '../session/session';
import { Drafts } from '../state/drafts';
import { unlock } from '../texts/locked';
import { CreateKeyView } from './locked/CreateKeyView';
import type { KeyPorts } from './locked/ports';
import { UnlockView } from './locked/UnlockView';
import { Shell } from './Shell';
import { dropSavedFiles } from './save-file';
import { useLeaveWarning } from './use-leave-warning';

/** Why the console is locked. */
export type LockReason = 'idle' | 'locked' | 'ended' | 'closed';

type Phase =
  | { readonly at: 'unlock'; readonly notice?: LockReason }
  | { readonly at: 'create' }
  | { readonly at: 'open'; readonly session: Session; readonly drafts: Drafts; readonly notRemembered?: ErrorCode };

/** What was typed when the console locked, sealed to the key that had opened it. */
interface KeptDrafts {
  readonly publicKey: string;
  readonly sealed: Uint8Array;
}

/** The console: locked, or open. */
export function App() {
  const [phase, setPhase] = useState<Phase>({ at: 'unlock' });
  const kept = useRef<KeptDrafts | null>(null);
  const current = useRef<Phase>(phase);
  current.current = phase;

  const enter = async (session: Session, notRemembered?: ErrorCode): Promise<void> => {
    let drafts = Drafts.none();
    if (kept.current?.publicKey === session.publicKey) {
      // Drafts that cannot be read back must not keep anybody out.
      drafts = await session.desk.openDrafts(kept.current.sealed).then(Drafts.read, Drafts.none);
      kept.current = null;
    }
    setPhase({ at: 'open', session, drafts, ...(notRemembered === undefined ? {} : { notRemembered }) });
  };

  const lock = async (notice: LockReason): Promise<void> => {
    const open = current.current;
    if (open.at !== 'open') {
      return;
    }
    current.current = { at: 'unlock' };
    try {
      if (!open.drafts.empty) {
        kept.current = {
          publicKey: open.session.publicKey,
          sealed: await open.session.desk.sealDrafts(open.drafts.text()),
        };
      }
    } catch {
      // Locking matters more than a draft.
    } finally {
      open.session.lock();
      dropSavedFiles();
      setPhase({ at: 'unlock', notice });
    }
  };

  useLeaveWarning(() => current.current.at === 'open' && !current.current.drafts.empty);
  useEffect(() => {
    if (phase.at !== 'open') {
      // Which case was open is nobody's business after locking.
      document.title = unlock.title;
    }
  }, [phase]);

  // A tab that is closed or left locks at once; a page that comes back from the browser's memory is locked, too.
  useEffect(() => {
    const leave = (): void => {
      const open = current.current;
      if (open.at === 'open') {
        open.session.lock();
        dropSavedFiles();
        setPhase({ at: 'unlock', notice: 'closed' });
      }
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);

  const ports = useMemo<KeyPorts>(
    () => ({
      createKey: (passphrase) => Session.createKey(passphrase, localDay()),
      tryKey: (file, passphrase) => Session.tryKey(file, passphrase),
      async unlock(file, passphrase, remember) {
        const { session, notRemembered } = await Session.unlock(file, passphrase, remember);
        await enter(session, notRemembered);
      },
      async unlockWithPasskey() {
        await enter(await Session.unlockWithPasskey());
      },
      forgetDevice: () => Promise.resolve(forget()),
      get remembered() {
        return isRemembered();
      },
      passkeysPossible: passkeysPossible(),
    }),
    [],
  );

  switch (phase.at) {
    case 'unlock':
      return (
        <UnlockView
          ports={ports}
          {...(phase.notice === undefined ? {} : { notice: phase.notice })}
          onCreateKey={() => setPhase({ at: 'create' })}
        />
      );
    case 'create':
      return <CreateKeyView ports={ports} today={localDay()} onDone={() => setPhase({ at: 'unlock' })} />;
    case 'open':
      return <Shell {...phase} onLock={(reason) => void lock(reason)} />;
  }
}

/** Today, where the person sits: only for the comment in a key file. */
function localDay(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
