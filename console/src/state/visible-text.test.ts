import { describe, expect, it } from 'vitest';
import { showControls } from './visible-text';

describe('showControls', () => {
  it('leaves what people write as it is', () => {
    for (const text of [
      '',
      'Plain text.\n\tIndented, with “quotes” – and 100 € £ ¥.',
      'é and e\u0301, ｆｕｌｌ width, non-breaking\u00a0space, narrow\u202fspace',
      'שלום עולם 123 (abc)',
      'مرحبا بالعالم ١٢٣',
      // Persian with its non-joiner, Hindi and Sinhala with their joiner.
      'می\u200cخواهم',
      'क्\u200dष',
      'ශ්\u200dරී',
      // Emoji of several characters.
      '👩🏽\u200d💻 👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 ☎\ufe0e 🇬🇧 👍🏿 🧑🏻\u200d⚕\ufe0f',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      // A Han character with the form that is meant; an Arabic number sign.
      '葛\u{e0100}城市',
      '\u0600١٢',
    ]) {
      expect(showControls(text)).toBe(text);
    }
  });

  it('writes out what cannot be seen', () => {
    for (const [hidden, shown] of [
      ['a\u0000b', 'a\\u{0}b'],
      ['\u001b[31mred', '\\u{1b}[31mred'],
      ['a\u007f\u0085b', 'a\\u{7f}\\u{85}b'],
      ['invoice\u202egpj.exe', 'invoice\\u{202e}gpj.exe'],
      ['\u2066x\u2069 \u200e\u200f\u061c', '\\u{2066}x\\u{2069} \\u{200e}\\u{200f}\\u{61c}'],
      ['zero\u200bwidth\u2060\ufeff', 'zero\\u{200b}width\\u{2060}\\u{feff}'],
      ['soft\u00adhyphen', 'soft\\u{ad}hyphen'],
      ['line\u2028paragraph\u2029', 'line\\u{2028}paragraph\\u{2029}'],
      ['\u3164\u115f\u1160\uffa0\u034f', '\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}\\u{34f}'],
      ['\ufff9a\ufffb', '\\u{fff9}a\\u{fffb}'],
      ['half \ud83d of it', 'half \\u{d83d} of it'],
      ['return\ralone', 'return\\u{d}alone'],
    ] as const) {
      expect(showControls(hidden)).toBe(shown);
    }
  });

  it('writes out joiners, selectors and tags where they spell nothing', () => {
    expect(showControls('pay\u200dpal')).toBe('pay\\u{200d}pal');
    expect(showControls('pay\u200cpal')).toBe('pay\\u{200c}pal');
    expect(showControls('👩\u200d')).toBe('👩\\u{200d}');
    expect(showControls('a\ufe0f')).toBe('a\\u{fe0f}');
    expect(showControls('❤\ufe0f\ufe0f')).toBe('❤\ufe0f\\u{fe0f}');
    expect(showControls('می\u200c\u200cخ')).toBe('می\\u{200c}\\u{200c}خ');
    // Text hidden in tags, after a letter and after a flag that does not end.
    expect(showControls('a\u{e0068}\u{e0069}')).toBe('a\\u{e0068}\\u{e0069}');
    expect(showControls('🏴\u{e0067}x')).toBe('🏴\\u{e0067}x');
    expect(showControls('1\ufe0f')).toBe('1\\u{fe0f}');
  });

  it('reads the line ends of Windows', () => {
    expect(showControls('one\r\ntwo\r\n\r\nthree')).toBe('one\ntwo\n\nthree');
  });

  it('stays quick with long text', () => {
    const start = performance.now();
    expect(showControls('a'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(showControls('👩\u200d'.repeat(50_000))).toContain('👩');
    expect(showControls('\u202e'.repeat(100_000))).toHaveLength(800_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
