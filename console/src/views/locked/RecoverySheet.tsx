import { formatDay } from '../../texts/days';
import { sheet as texts } from '../../texts/locked';
import type { MadeKey } from './CreateKeyView';
import { grouped } from './KeepStep';

/** A sheet of paper for the safe. On the screen it is not shown. */
export function RecoverySheet({ made, fileName }: { readonly made: MadeKey; readonly fileName: string }) {
  return (
    <section class="sheet">
      <h1>{texts.title}</h1>
      <dl>
        <dt>{texts.madeOn}</dt>
        <dd>{formatDay(made.day)}</dd>
        <dt>{texts.publicKey}</dt>
        <dd class="key">{grouped(made.publicKey).join(' ')}</dd>
        <dt>{texts.holder}</dt>
        <dd class="blank" />
        <dt>{texts.copies}</dt>
        <dd class="blank">{texts.first}</dd>
        <dd class="blank">{texts.second}</dd>
        <dt>{texts.passphrase}</dt>
        <dd class="blank" />
      </dl>
      <h2>{texts.lostTitle}</h2>
      <ul>
        {texts.lost.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h2>{texts.ageTitle}</h2>
      <p>{texts.age}</p>
      <pre>
        age -d -i {fileName} grant.age &gt; case.key{'\n'}age -d -i case.key report.age
      </pre>
    </section>
  );
}
