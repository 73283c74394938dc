/** Sending a sealed content, with progress. `fetch` does not tell how much has been sent. */

export type Uploaded =
  | { readonly answer: 'taken'; readonly upload: string }
  | { readonly answer: 'refused'; readonly title: string; readonly text: string }
  | { readonly answer: 'unreachable' }
  | { readonly answer: 'cancelled' };

/** Sends a sealed content. `tell` hears how many bytes have gone. */
export function upload(sealed: Blob, tell: (sent: number) => void, signal: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ answer: 'cancelled' });
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', '/upload');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => {
      tell(event.loaded);
    });
    request.addEventListener('load', () => {
      resolve(read(request));
    });
    request.addEventListener('error', () => {
      resolve({ answer: 'unreachable' });
    });
    request.addEventListener('abort', () => {
      resolve({ answer: 'cancelled' });
    });
    signal.addEventListener('abort', () => {
      request.abort();
    });
    request.send(sealed);
  });
}

function read(request: XMLHttpRequest): Uploaded {
  try {
    const answer = JSON.parse(request.responseText) as Readonly<Record<string, unknown>>;
    const { upload: name, title, text } = answer;
    if (request.status === 200 && typeof name === 'string') {
      return { answer: 'taken', upload: name };
    }
    if (typeof title === 'string' && typeof text === 'string') {
      return { answer: 'refused', title, text };
    }
  } catch {
    // Something between here and the service answered in its place.
  }
  return { answer: 'unreachable' };
}
