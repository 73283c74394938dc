import type { Trace, TraceKind } from './codes';

/** Characters of a value that are shown. */
const LONGEST_VALUE = 200;
/** Traces that are told one by one. More would only fill the page, and memory. */
const MOST_TRACES = 200;

// Control characters, and those that turn the direction of writing around or cannot be seen.
const STEERING = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** What is found on the way through a file. */
export class Traces {
  readonly #told: Trace[] = [];
  readonly #seen = new Set<string>();
  readonly #kindsTold = new Set<TraceKind>();
  readonly #removed = new Set<TraceKind>();
  readonly #left = new Set<TraceKind>();
  #removals = 0;

  /** Something that is being removed. */
  removed(kind: TraceKind, value = ''): void {
    this.#removed.add(kind);
    this.#removals += 1;
    this.#tell(kind, value);
  }

  /** Something that has to stay in the file. */
  left(kind: TraceKind, value = ''): void {
    this.#left.add(kind);
    this.#tell(kind, value);
  }

  /** Takes over what was found in a part, once that part is known to be understood. */
  absorb(part: Traces): void {
    for (const { kind, value } of part.#told) {
      this.#tell(kind, value);
    }
    part.#removed.forEach((kind) => this.#removed.add(kind));
    part.#left.forEach((kind) => this.#left.add(kind));
    this.#removals += part.#removals;
  }

  /** How often something was removed so far: whether a step found anything at all. */
  get removals(): number {
    return this.#removals;
  }

  /** In the order of the file, each value once. */
  get told(): readonly Trace[] {
    return this.#told;
  }

  get kindsRemoved(): readonly TraceKind[] {
    return [...this.#removed].sort();
  }

  get kindsLeft(): readonly TraceKind[] {
    return [...this.#left].sort();
  }

  #tell(kind: TraceKind, value: string): void {
    // The kind is told even where the page is full.
    if (this.#told.length >= MOST_TRACES && this.#kindsTold.has(kind)) {
      return;
    }
    const shown = readable(value);
    const key = `${kind} ${shown}`;
    if (!this.#seen.has(key)) {
      this.#seen.add(key);
      this.#kindsTold.add(kind);
      this.#told.push({ kind, value: shown });
    }
  }
}

function readable(value: string): string {
  // Four units a character at most before it is cut: a value may be as long as the file.
  const start = value.trimStart().slice(0, LONGEST_VALUE * 4);
  return [...start.trimEnd()].slice(0, LONGEST_VALUE).join('').replace(STEERING, '\ufffd').trimEnd();
}
