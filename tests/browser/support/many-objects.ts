import { writeFile } from 'node:fs/promises';

/** A PDF with so many objects, all of them in use, and an author: small, and a lot of work for whoever reads it. */
export async function writePdfOfManyObjects(path: string, objects: number): Promise<void> {
  const pieces: string[] = ['%PDF-1.7\n'];
  const starts: number[] = [];
  let length = pieces[0]?.length ?? 0;
  const add = (body: string): void => {
    const piece = `${starts.length + 1} 0 obj\n${body}\nendobj\n`;
    starts.push(length);
    length += piece.length;
    pieces.push(piece);
  };
  const list = Array.from({ length: objects }, (_, at) => `${at + 5} 0 R`).join(' ');
  add('<</Type/Catalog/Pages 2 0 R>>');
  add('<</Type/Pages/Kids[3 0 R]/Count 1>>');
  add(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Resources<</Properties<</Many[${list}]>>>>>>`);
  add('<</Author(A writer)>>');
  for (let at = 0; at < objects; at += 1) add(`<</Number ${at}>>`);
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  pieces.push(`xref\n0 ${starts.length + 1}\n0000000000 65535 f \n${table}`);
  pieces.push(`trailer\n<</Size ${starts.length + 1}/Root 1 0 R/Info 4 0 R>>\nstartxref\n${length}\n%%EOF\n`);
  await writeFile(path, pieces.join(''), 'latin1');
}
