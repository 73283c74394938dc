/** The reporter's pages where scripts run. Where anything that is needed is missing, the pages stay as they are. */
import { enhanceCheckForm } from './check-form';
import { enhanceReportForm } from './report-form';
import { readScriptData, textOf } from './script-data';

const data = readScriptData(document);
const form = document.querySelector<HTMLFormElement>('main form[method="post"]');
if (data !== null && form !== null) {
  if (data.report === undefined) {
    enhanceCheckForm(form, data);
    say('way', textOf(data, 'way_check'));
  } else {
    enhanceReportForm(form, data);
    say('way', textOf(data, 'way'));
    say('send-sealed', textOf(data, 'send'));
  }
  document.documentElement.classList.add('sealing');
}

/** Says which way this page seals, in place of what holds without scripts. */
function say(id: string, words: string): void {
  const place = document.getElementById(id);
  if (place !== null) {
    place.textContent = words;
  }
}
