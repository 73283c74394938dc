const held = new Set<string>();

/** Hands a file to the person. It goes from the tab's memory to their disk, past no server. */
export function saveFile(name: string, type: string, content: Uint8Array | string | Blob): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  held.add(address);
  // The browser has begun to read it by then; a revoked address opens nothing that was left behind.
  setTimeout(() => revoke(address), 60_000);
}

/** Drops what was saved and is still within the tab's reach: for locking. */
export function dropSavedFiles(): void {
  held.forEach(revoke);
}

function revoke(address: string): void {
  URL.revokeObjectURL(address);
  held.delete(address);
}
