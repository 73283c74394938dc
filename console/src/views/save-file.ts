/** Hands a file to the person. It goes from the tab's memory to their disk, past no server. */
export function saveFile(name: string, type: string, content: Uint8Array | string | Blob): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to read it by then; a revoked address opens nothing that was left behind.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
