/**
 * The one policy that vouches for a script address (Trusted Types): it lets the worker's own file through, and nothing
 * else. No text ever becomes markup or script.
 */
import workerUrl from '../worker/worker?worker&url';

interface Policy {
  createScriptURL(address: string): string;
}

declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy;
    };
  }
}

const policy = window.trustedTypes?.createPolicy('candor', {
  createScriptURL(address) {
    if (address !== workerUrl) {
      throw new TypeError('not a script of the console');
    }
    return address;
  },
});

/** Starts a worker of its own for each time the console is unlocked: ending it drops every key. */
export function startWorker(): Worker {
  return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'candor' });
}
