export type SigningErrorCode =
  /** Bytes that are not the DER of what was expected. */
  | 'malformed-der'
  | 'malformed-certificate'
  | 'malformed-request'
  | 'malformed-cms'
  | 'malformed-pdf'
  /** An algorithm, key kind or key size outside the profile. */
  | 'unsupported-algorithm'
  | 'proof-of-possession-failed'
  | 'value-out-of-range'
  | 'field-unknown'
  | 'field-already-signed'
  | 'certificate-already-signed'
  | 'reserve-too-small';

/** A fault in what was handed in; never a fault of the service. Carries no secret. */
export class SigningError extends Error {
  constructor(
    readonly code: SigningErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SigningError';
  }
}
