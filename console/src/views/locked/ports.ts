/** What the locked console can do. Every failure is a `ConsoleError`. */
export interface KeyPorts {
  createKey(passphrase: string): Promise<{ readonly publicKey: string; readonly keyFile: string }>;
  /** The public key of a key file, if the passphrase opens it. */
  tryKey(file: Uint8Array, passphrase: string): Promise<string>;
  unlock(file: Uint8Array, passphrase: string, remember: boolean): Promise<void>;
  unlockWithPasskey(): Promise<void>;
  forgetDevice(): Promise<void>;
  /** Whether a key is kept on this device behind a passkey. */
  readonly remembered: boolean;
  /** Whether this browser knows passkeys. */
  readonly passkeysPossible: boolean;
}
