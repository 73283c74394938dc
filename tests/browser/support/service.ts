import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const program = resolve(process.env['CANDOR_BIN'] ?? '../../target/debug/candor');

/** Settings come from what a test writes, never from the environment that the tests run in. */
const environment = { PATH: process.env['PATH'] ?? '' };

/** How long the program may take to listen, in milliseconds; thousands of cases take their time. */
const START_LIMIT = 120_000;

/** A case as the chair's `candor case list` shows it. */
export interface ListedCase {
  readonly id: string;
}

/** The program, running on a port and a data folder of its own. */
export class Service {
  private constructor(
    /** `http://127.0.0.1:PORT` */
    readonly url: string,
    /** The 12 words of a sample case that has a reply with a file; none outside the demonstration. */
    readonly sampleWords: string,
    /** The folder with everything it keeps. */
    readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /** A demonstration filled with sample cases, repeated until there are so many. */
  static async demo(cases = 0): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'candor-browser-'));
    return Service.start(folder, ['demo', '--listen', '127.0.0.1:0', '--data', folder, '--sample', '--cases', String(cases)]);
  }

  /** A service whose committee has no key: nobody could read a report. Its names are as long as names get. */
  static async closed(): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'candor-browser-'));
    const file = join(folder, 'candor.toml');
    await writeFile(
      file,
      `[organisation]
name = "Vermögensverwaltungsgesellschaftsbeteiligungen International Holdings"
[server]
listen = "127.0.0.1:0"
[mail]
transport = "memory"
[[recipients]]
id = "chair"
kind = "committee"
title = "Audit Committee chair"
email = "chair@example.com"
`,
    );
    return Service.start(folder, ['serve', '--config', file]);
  }

  /** A service whose one recipient is a chair with this public key. */
  static async withChair(publicKey: string): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'candor-browser-'));
    const file = join(folder, 'candor.toml');
    await writeFile(
      file,
      `[organisation]
name = "Example Corporation"
[server]
listen = "127.0.0.1:0"
[storage]
data_dir = "${folder}"
[mail]
transport = "memory"
[[recipients]]
id = "chair"
kind = "committee"
title = "Audit Committee chair"
email = "chair@example.com"
public_key = "${publicKey}"
`,
    );
    return Service.start(folder, ['serve', '--config', file]);
  }

  private static async start(folder: string, args: readonly string[]): Promise<Service> {
    const child = spawn(program, args, { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const listening = new Promise<string>((found, fail) => {
      const timer = setTimeout(() => fail(new Error(`candor does not listen after ${START_LIMIT} ms:\n${said}`)), START_LIMIT);
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const address = /^listening on (http:\/\/\S+)$/m.exec(said)?.[1];
        if (address !== undefined) {
          clearTimeout(timer);
          found(address);
        }
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`candor ended with ${code}:\n${said}`)));
    });
    try {
      const url = await listening;
      return new Service(url, /words of a sample +(.+)$/m.exec(said)?.[1] ?? '', folder, child);
    } catch (error) {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The number of its process. */
  get process(): number {
    return this.child.pid ?? 0;
  }

  /** What a `candor case …` command of a recipient prints. */
  async recipient(id: string, command: string, ...args: readonly string[]): Promise<string> {
    const identity = join(this.folder, 'keys', `${id}.key`);
    const { stdout } = await promisify(execFile)(
      program,
      ['case', command, ...args, '--server', this.url, '--identity', identity],
      { env: environment },
    );
    return stdout;
  }

  /** The cases that a recipient sees. */
  async cases(id: string): Promise<readonly ListedCase[]> {
    return JSON.parse(await this.recipient(id, 'list', '--json')) as ListedCase[];
  }

  /** Ends the program and deletes its folder. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const patience = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(patience);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
