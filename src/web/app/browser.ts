// The only place of the console that asks the browser for time, chance and storage.

/** Milliseconds UTC. */
export const now = (): number => Date.now();

const touch = { at: Date.now() };

/** Notes when somebody last touched the page. */
export function noteTouches(): void {
  const note = (): void => void (touch.at = now());
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
    window.addEventListener(kind, note, { capture: true, passive: true });
}

/** Whether somebody looks at the page and touched it within so many milliseconds. */
export const isTended = (within: number): boolean => !document.hidden && now() - touch.at < within;

/** A key for one act, the same for its repeats. Works on plain http too, where crypto.randomUUID is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Storage of this tab; a browser that forbids it costs drafts, not work. */
function guarded(storage: () => Storage) {
  return {
    get(key: string): string | undefined {
      try {
        return storage().getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set(key: string, value: string | undefined): void {
      try {
        if (value === undefined) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // Full or forbidden: nothing to be done about it here.
      }
    },
    keys(): string[] {
      try {
        return Object.keys(storage());
      } catch {
        return [];
      }
    },
  };
}

/** Kept until the tab closes: drafts, the post one acts for. */
export const tab = guarded(() => window.sessionStorage);

/** Kept in this browser: language, theme, columns. Never anything of a person. */
export const kept = guarded(() => window.localStorage);

/** The policy allows styles that bear this; see kernel/http/console.ts. */
export const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;

/** Parts of the component library measure by styles of their own and forget the mark, which the policy asks of each. */
export function markStyles(): void {
  const nonce = styleNonce();
  const make = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const made = make(name, options);
    if (nonce !== undefined && made instanceof HTMLStyleElement) made.nonce = nonce;
    return made;
  };
}

/** The service says so in the page when no session's cookie came with it; see kernel/http/console.ts. */
export const cameWithoutSession = (): boolean => document.documentElement.dataset['session'] === 'none';

/** Signing needs crypto.subtle, which browsers give on https and localhost only. */
export const maySignHere = (): boolean => window.isSecureContext;

export const isWeChat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);

/** Hands a file to the user. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
