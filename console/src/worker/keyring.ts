/** The recipient's private key, for as long as the console is unlocked. */
import { Opener, sealTo } from '../protocol/age-file';
import { importCryptoKey, publicKeyOf } from '../protocol/keys';
import { ConsoleError } from '../session/errors';

/**
 * Holds the key twice at first: as text, which can be sealed to a passkey, and as a key that the browser uses but does
 * not give back. `settle` drops the text.
 */
export class Keyring {
  private constructor(
    private text: string | null,
    /** Opens what is sealed to the recipient. */
    readonly opener: Opener,
    /** `age1…` */
    readonly publicKey: string,
  ) {}

  static async hold(text: string): Promise<Keyring> {
    return new Keyring(text, new Opener(await importCryptoKey(text)), publicKeyOf(text));
  }

  /** The private key's text, before `settle`. */
  expose(): string {
    if (this.text === null) {
      throw new ConsoleError('unexpected');
    }
    return this.text;
  }

  settle(): void {
    this.text = null;
  }

  /** Seals text to the recipient's own key. */
  sealToSelf(text: string): Promise<Uint8Array> {
    return sealTo(new TextEncoder().encode(text), [this.publicKey]);
  }

  /** Opens what `sealToSelf` sealed. */
  async openOwn(sealed: Uint8Array): Promise<string> {
    const opened = await this.opener.open(sealed, sealed.length);
    if (opened.answer !== 'opened') {
      throw new ConsoleError('not-readable');
    }
    return new TextDecoder().decode(opened.plaintext);
  }
}
