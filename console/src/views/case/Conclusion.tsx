import type { ConclusionBody } from '../../session/types';
import { status as texts } from '../../texts/console';
import { measureName } from '../../texts/terms';
import { Block, Inline } from '../Hostile';

/** What was done and why, as its writer sealed it. */
export function Conclusion({ conclusion, text }: { readonly conclusion: ConclusionBody; readonly text: string }) {
  return (
    <>
      {conclusion.measures.length > 0 && (
        <>
          <p class="hint">{texts.measures}</p>
          <ul class="measures">
            {conclusion.measures.map((code) => (
              <li key={code}>
                <Inline text={measureName(code)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Block text={text} />
    </>
  );
}
