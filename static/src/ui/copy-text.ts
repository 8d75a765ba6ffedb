/** Puts text into the clipboard; false where the browser refuses and the person must do it. */
export async function copyText(text: string): Promise<boolean> {
  // Absent outside a secure context, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
