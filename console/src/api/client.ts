import { ApiProblem, ServerAway } from './problem';
import type { CaseJson, ChallengeJson, IndexJson, MeJson, ProblemJson, SealedCasesJson } from './shapes';

const ROOT = '/api/v1';

/** How long the service may take to answer, in milliseconds. Long reports on a slow line need their time. */
const PATIENCE = 60_000;

/** The service's interface for recipients. The session is a cookie that no script can read. */
export class Api {
  challenge(publicKey: string): Promise<ChallengeJson> {
    return this.send<ChallengeJson>('POST', '/challenges', { public_key: publicKey });
  }

  async beginSession(challenge: string, answer: string): Promise<void> {
    await this.send('POST', '/sessions', { challenge, answer });
  }

  me(): Promise<MeJson> {
    return this.send<MeJson>('GET', '/me');
  }

  index(progress: 'open' | 'closed', limit: number, after?: string): Promise<IndexJson> {
    const query = new URLSearchParams({ progress, limit: String(limit) });
    if (after !== undefined) {
      query.set('after', after);
    }
    return this.send<IndexJson>('GET', `/cases/index?${query.toString()}`);
  }

  sealed(cases: readonly string[]): Promise<SealedCasesJson> {
    return this.send<SealedCasesJson>('POST', '/cases/sealed', { cases });
  }

  case(id: string): Promise<CaseJson> {
    return this.send<CaseJson>('GET', `/cases/${encodeURIComponent(id)}`);
  }

  async addReply(id: string, number: number, sealed: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/replies`, { number, sealed });
  }

  async addNote(id: string, number: number, sealed: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/notes`, { number, sealed });
  }

  async changeStatus(id: string, from: string, to: string, outcome?: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/status`, { from, to, outcome: outcome ?? null });
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(ROOT + path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      throw new ServerAway();
    }
    if (response.ok) {
      return (text === '' ? undefined : parse(text)) as T;
    }
    const problem = parse(text) as Partial<ProblemJson> | null;
    if (typeof problem?.code !== 'string') {
      throw new ServerAway();
    }
    throw new ApiProblem(problem.code, response.status);
  }
}

/** Ends the session; works while the tab is being closed. */
export function endSession(): void {
  void fetch(`${ROOT}/sessions/current`, { method: 'DELETE', credentials: 'same-origin', keepalive: true }).catch(
    () => undefined,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something between here and the service answered in its place.
    throw new ServerAway();
  }
}
