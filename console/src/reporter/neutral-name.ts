/** A name that says nothing but what kind of file it is: `file 2.pdf`. Twin of `neutral` in `server/src/domain/file_name.rs`. */
export function neutralName(name: string, number: number): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1];
  return ending === undefined ? `file ${String(number)}` : `file ${String(number)}.${ending.toLowerCase()}`;
}
