/** What leaves the browser: sealed, without cookies, to the address of the form. */
import { readWork, type WorkToDo } from './work';

/** What came back: a page, sealed bytes, or why nothing was taken. */
export type Sent =
  | { readonly answer: 'page'; readonly html: string }
  | { readonly answer: 'sealed'; readonly bytes: Uint8Array }
  | {
      readonly answer: 'refused';
      readonly status: number;
      readonly code: string;
      readonly title: string;
      readonly text: string;
      /** What may be done to have a turn all the same. */
      readonly work: WorkToDo | null;
    }
  | { readonly answer: 'unreachable' };

const PRIVATE: RequestInit = {
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  // An answer from elsewhere is none of ours.
  redirect: 'error',
  mode: 'same-origin',
};

/** Posts JSON. */
export async function send(address: string, json: string): Promise<Sent> {
  try {
    const headers = { 'content-type': 'application/json' };
    return await read(await fetch(address, { ...PRIVATE, method: 'POST', headers, body: json }));
  } catch {
    return { answer: 'unreachable' };
  }
}

/** Reads a page; `null` if it does not come. */
export async function readPage(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, PRIVATE);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

async function read(answer: Response): Promise<Sent> {
  const type = answer.headers.get('content-type') ?? '';
  if (answer.ok && type.startsWith('text/html')) {
    return { answer: 'page', html: await answer.text() };
  }
  if (answer.ok && type.startsWith('application/octet-stream')) {
    return { answer: 'sealed', bytes: new Uint8Array(await answer.arrayBuffer()) };
  }
  if (type.startsWith('application/json')) {
    const { code, title, text, work } = (await answer.json()) as Readonly<Record<string, unknown>>;
    if (typeof code === 'string' && typeof title === 'string' && typeof text === 'string') {
      return { answer: 'refused', status: answer.status, code, title, text, work: readWork(work) };
    }
  }
  // Something between here and the service answered in its place.
  return { answer: 'unreachable' };
}
