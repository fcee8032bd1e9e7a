/** Light, dark, or as the system has it: the one setting besides the language that the page keeps. */
export type Colours = 'auto' | 'light' | 'dark';

const key = 'tumen.colours';

/** The colours that were chosen in this browser. */
export function colours(): Colours {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** Keeps a choice and shows it. */
export function chooseColours(next: Colours): void {
  if (next === 'auto') localStorage.removeItem(key);
  else localStorage.setItem(key, next);
  applyColours();
}

/** Shows the colours that were chosen. */
export function applyColours(): void {
  const chosen = colours();
  if (chosen === 'auto') delete document.documentElement.dataset.colours;
  else document.documentElement.dataset.colours = chosen;
}
