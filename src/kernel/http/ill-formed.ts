// With the u flag a surrogate class matches only halves that stand alone.
const loneSurrogate = /[\ud800-\udfff]/u;

const escapePointer = (part: string): string => part.replace(/~/g, '~0').replace(/\//g, '~1');

/**
 * JSON pointer of the first text (or field name) in a parsed body that is not well-formed Unicode; undefined when all
 * is. Walks without recursion: a body may be nested as deep as its bytes allow.
 */
export function illFormedAt(body: unknown): string | undefined {
  const waiting: { value: unknown; pointer: string }[] = [{ value: body, pointer: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer } = next;
    if (typeof value === 'string' && loneSurrogate.test(value)) return pointer;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (loneSurrogate.test(key)) return pointer;
      // Deeper than any schema asks: what lies there is refused as an unknown field, so its place need not be named.
      waiting.push({ value: inner, pointer: pointer.length > 500 ? pointer : `${pointer}/${escapePointer(key)}` });
    }
  }
  return undefined;
}
