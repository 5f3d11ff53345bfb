export type SignClientErrorCode =
  /** The service answered with a problem. */
  | 'refused-by-service'
  /** No answer, or none in time. */
  | 'service-unreachable'
  /** An answer that is not what the contract says. */
  | 'reply-not-understood'
  /** The service names an address elsewhere, or would be talked to in the clear. */
  | 'address-not-allowed'
  | 'certificate-not-for-this-key'
  /** The document, the attributes and the certificate do not belong together: nothing was signed. */
  | 'document-check-failed'
  /** The file that came back is not the one that was signed. */
  | 'signed-file-differs'
  | 'not-confirmed'
  | 'key-file-unusable'
  | 'certificate-file-unusable'
  | 'usage';

export class SignClientError extends Error {
  constructor(
    readonly code: SignClientErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SignClientError';
  }
}
