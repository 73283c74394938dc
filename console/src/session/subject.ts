/** How long a subject line may be, in characters. */
const LONGEST = 120;

/** The first line that says something, cut between characters and marked where it was cut. */
export function subjectOf(narrative: string): string {
  const line =
    narrative
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim() ?? '';
  const characters = Array.from(line);
  return characters.length <= LONGEST
    ? line
    : `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}
