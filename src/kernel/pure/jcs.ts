export type JcsFault =
  'not-finite' | 'lone-surrogate' | 'unsupported-type' | 'not-plain' | 'cycle' | 'too-deep' | 'unsafe-number';

/** A value that has no canonical form. `path` is a JSON Pointer to it. */
export class JcsError extends Error {
  override readonly name = 'JcsError';
  constructor(
    readonly code: JcsFault,
    readonly path: string,
    detail: string,
  ) {
    super(`${detail} at ${path === '' ? 'the root' : path}`);
  }
}

// Our documents are a handful of levels deep; the bound turns a stack overflow by hostile input into a plain refusal.
const MAX_DEPTH = 500;

type Trail = { readonly open: Set<object>; readonly keys: (string | number)[] };

const newTrail = (): Trail => ({ open: new Set(), keys: [] });

function pointer(trail: Trail): string {
  return trail.keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function fault(trail: Trail, code: JcsFault, detail: string): JcsError {
  return new JcsError(code, pointer(trail), detail);
}

/** Entries of an array or plain object, after the checks that both walks below need. */
function enter(value: object, trail: Trail): readonly (readonly [string | number, unknown])[] {
  if (trail.open.has(value)) throw fault(trail, 'cycle', 'a value contains itself');
  if (trail.open.size >= MAX_DEPTH) throw fault(trail, 'too-deep', `more than ${MAX_DEPTH} levels`);
  trail.open.add(value);
  // Array.from also visits holes, so that a sparse array is refused like any other undefined.
  if (Array.isArray(value)) return Array.from(value as unknown[], (item, index) => [index, item] as const);
  const proto: unknown = Object.getPrototypeOf(value);
  // The root prototype is told by having none itself, because objects may come from another realm.
  if (proto !== null && Object.getPrototypeOf(proto) !== null) {
    throw fault(trail, 'not-plain', 'neither an array nor a plain object');
  }
  if (Object.getOwnPropertySymbols(value).length > 0) throw fault(trail, 'unsupported-type', 'a symbol as key');
  return Object.entries(value);
}

function writeString(text: string, trail: Trail): string {
  if (/\p{Surrogate}/u.test(text)) throw fault(trail, 'lone-surrogate', 'a lone surrogate');
  return JSON.stringify(text);
}

function writeObject(value: object, trail: Trail): string {
  const parts: string[] = [];
  const entries = enter(value, trail);
  // Default comparison of strings is by UTF-16 code units, which is the order of RFC 8785 3.2.3.
  const ordered = Array.isArray(value) ? entries : [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, item] of ordered) {
    trail.keys.push(key);
    const written = writeValue(item, trail);
    parts.push(typeof key === 'number' ? written : `${writeString(key, trail)}:${written}`);
    trail.keys.pop();
  }
  trail.open.delete(value);
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

function writeValue(value: unknown, trail: Trail): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw fault(trail, 'not-finite', 'NaN or Infinity');
      // ECMAScript's own form of a number is the one RFC 8785 3.2.2.3 asks for; −0 becomes 0.
      return String(value);
    case 'string':
      return writeString(value, trail);
    case 'object':
      return writeObject(value, trail);
    default:
      throw fault(trail, 'unsupported-type', `a value of type ${typeof value}`);
  }
}

/**
 * Canonical JSON of RFC 8785. Takes null, booleans, finite numbers, well-formed strings, arrays and plain objects.
 * Throws JcsError for anything else (undefined included, so that no field vanishes unseen) and for cycles.
 */
export function canonicalize(value: unknown): string {
  return writeValue(value, newTrail());
}

/** UTF-8 bytes of the canonical form: what is hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalize(value));
}

function checkNumbers(value: unknown, trail: Trail): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw fault(trail, 'unsafe-number', 'a number that is not an integer within ±(2^53−1)');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of enter(value, trail)) {
    trail.keys.push(key);
    checkNumbers(item, trail);
    trail.keys.pop();
  }
  trail.open.delete(value);
}

/**
 * The project's own rule on top of RFC 8785: numbers in our documents are integers within ±(2^53−1), everything else
 * travels as a string. Throws JcsError `unsafe-number` with the place of the first offender.
 */
export function assertSafeIntegers(value: unknown): void {
  checkNumbers(value, newTrail());
}
