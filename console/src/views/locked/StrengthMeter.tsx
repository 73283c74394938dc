import type { Strength } from '../../state/passphrase';
import { create as texts } from '../../texts/locked';

/** How strong a passphrase is: in a word, and as a bar. */
export function StrengthMeter({ strength }: { readonly strength: Strength }) {
  return (
    <div class="strength">
      <label for="strength">
        {texts.strength}: <strong aria-live="polite">{texts.strengths[strength.score]}</strong>
      </label>
      <meter id="strength" min={0} max={4} low={2.5} high={3.5} optimum={4} value={Math.max(strength.score, 0.2)} />
    </div>
  );
}
