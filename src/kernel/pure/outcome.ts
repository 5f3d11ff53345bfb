/** Why a rule said no: a stable code and the facts a message needs. Never carries personal data that may not be shown. */
export type Refusal = { readonly code: string; readonly params: Readonly<Record<string, unknown>> };

/** The answer of a rule. Rules return refusals and do not throw them; a throw means a fault in the program. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** The rule said yes, with this value. */
export function accept<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** The rule said no. `code` is `<module>.<what-is-wrong>` in kebab case. Fits every `Outcome<T>`. */
export function refuse(code: string, params: Readonly<Record<string, unknown>> = {}): Outcome<never> {
  return { ok: false, refusal: { code, params } };
}
