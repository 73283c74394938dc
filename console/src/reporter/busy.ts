/** A form while something is under way: its button says so and does nothing more. */

/** Marks the form as busy and runs `work`; a second press meanwhile does nothing. */
export async function whileBusy(form: HTMLFormElement, words: string, work: () => Promise<void>): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (button === null || button.getAttribute('aria-disabled') === 'true') {
    return;
  }
  const before = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = words;
  form.setAttribute('aria-busy', 'true');
  // What is changed now would not go along.
  const rest = [...form.children].filter(
    (part): part is HTMLElement => part instanceof HTMLElement && !part.contains(button) && !part.inert,
  );
  for (const part of rest) {
    part.inert = true;
  }
  // Let the browser paint the words before the work begins.
  await new Promise((go) => setTimeout(go, 0));
  try {
    await work();
  } finally {
    for (const part of rest) {
      part.inert = false;
    }
    button.removeAttribute('aria-disabled');
    button.textContent = before;
    form.removeAttribute('aria-busy');
  }
}
