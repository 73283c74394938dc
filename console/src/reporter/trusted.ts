/**
 * The one policy that vouches for markup and script addresses (Trusted Types). Markup are pages of this server, which is
 * where this one came from, and hold nothing that anybody typed. The one script is the worker that looks into files.
 */
import cleanerUrl from './clean-worker?worker&url';

interface Policy {
  createHTML(text: string): string;
  createScriptURL(address: string): string;
}

const RULES: Policy = {
  createHTML: (text) => text,
  createScriptURL(address) {
    if (address !== cleanerUrl) {
      throw new TypeError('not a script of these pages');
    }
    return address;
  },
};

const policy: Policy =
  (
    window as unknown as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
  ).trustedTypes?.createPolicy('candor', RULES) ?? RULES;

/** Reads a page of this server without showing it: nothing in it runs or loads. */
export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}

/**
 * Starts a worker that looks into files.
 * @throws whatever the browser throws that cannot start one.
 */
export function startCleaner(): Worker {
  return new Worker(policy.createScriptURL(cleanerUrl), { type: 'module', name: 'files' });
}
