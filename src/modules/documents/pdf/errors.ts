/** Why a paper could not be made; the service turns it into a problem. */
export type DocumentErrorCode = 'character-without-glyph' | 'field-name-not-usable' | 'notice-too-long';

export interface DocumentErrorDetail {
  /** The character as given; unsafe to draw, safe in JSON. */
  character?: string;
  /** Written U+XXXX. */
  codePoint?: string;
  /** JSON pointer into the document's specification. */
  pointer?: string;
}

export class DocumentError extends Error {
  constructor(
    readonly code: DocumentErrorCode,
    message: string,
    readonly detail: DocumentErrorDetail = {},
  ) {
    super(message);
    this.name = 'DocumentError';
  }
}
