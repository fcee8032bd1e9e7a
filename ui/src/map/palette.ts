/** The colours of a map, as CSS colours that WebGL's style and SVG both understand. */
const names = [
  'sea',
  'land',
  'coast',
  'river',
  'border',
  'country',
  'line',
  'core',
  'air',
  'other',
  'signal',
  'faint',
  'label',
  'quiet',
  'halo',
] as const;

export type Tone = (typeof names)[number];
export type Palette = Record<Tone, string>;

/** The colours as they are where `element` stands: `--map-sea` and so on, resolved for light or dark. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement('span');
  element.append(probe);
  const palette = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--map-${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  ) as Palette;
  probe.remove();
  return palette;
}

/** Calls `changed` when the colours may have: the system turned light or dark, or the page was set to one. Returns the end of it. */
export function watchColours(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const page = new MutationObserver(changed);
  system.addEventListener('change', changed);
  page.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style', 'data-colours'] });
  return () => {
    system.removeEventListener('change', changed);
    page.disconnect();
  };
}
