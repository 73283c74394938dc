/** The worker that looks into files, so that the page goes on answering meanwhile. It sends nothing anywhere. */
import type { CleanerCall, CleanerWord } from './cleaner';
import { lookInto } from './look-into';

const page = self as unknown as {
  postMessage(word: CleanerWord): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CleanerCall>) => void): void;
};

page.addEventListener('message', ({ data: { file } }) => {
  void lookInto(file).then((looked) => {
    page.postMessage({ looked });
  });
});
page.postMessage({ looked: null });
