/** Addresses without hashes: the path names the page, the parameters its state. `lang` goes along everywhere. */

const current = $state({ path: window.location.pathname, search: window.location.search });

/** The path of the page that is shown. */
export function path(): string {
  return current.path;
}

/** The parameters of the address. */
export function params(): URLSearchParams {
  return new URLSearchParams(current.search);
}

/** An address of this site with the language of the current one; parameters that are undefined or empty are left out. */
export function address(to: string, given: Record<string, string | undefined> = {}): string {
  const next = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) {
    if (value) next.set(key, value);
  }
  const language = new URLSearchParams(current.search).get('lang');
  if (language && !next.has('lang')) next.set('lang', language);
  const text = next.toString();
  return text ? `${to}?${text}` : to;
}

/** Goes to an address of this site without loading the page anew. */
export function go(to: string, how: { replace?: boolean; keepScroll?: boolean } = {}): void {
  if (how.replace) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  read();
  if (!how.replace && !how.keepScroll) window.scrollTo(0, 0);
}

function read(): void {
  current.path = window.location.pathname;
  current.search = window.location.search;
}

/** Follows links within this site and the browser's own back and forward. */
export function listen(): void {
  window.addEventListener('popstate', read);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) return;
    if (link.pathname === window.location.pathname && link.search === window.location.search && link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
