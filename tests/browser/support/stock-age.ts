import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Runs a shell command on a terminal of its own and types a line into it: `age` reads passphrases from terminals only. */
export async function onTerminal(command: string, typed: string, folder: string): Promise<number> {
  const script = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(script, 'exit');
  // age empties the terminal's input when it asks, so the answer must not come too early.
  await wait(1500);
  script.stdin.write(`${typed}\n`);
  const [code] = (await ended) as [number];
  return code;
}
