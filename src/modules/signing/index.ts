export { fromBase64, fromHex, fromPem, toBase64, toHex, toPem } from './core/bytes';
export { digestOfRange, isByteRange, type ByteRange } from './core/byte-range';
export {
  buildSignedData,
  checkSignature,
  checkSignedData,
  parseSignedData,
  type ParsedSignedData,
  type SignatureQuestion,
  type SignedDataParts,
} from './core/cades';
export { parseCertificate, type Certificate } from './core/certificate';
export { acceptRequest, makeRequest, type CertificateRequest } from './core/certificate-request';
export { checkChain, type ChainQuestion } from './core/chain';
export { checkPrepared, type CheckedDocument, type PreparedDocument } from './core/check-prepared';
export type { CryptoPort, SignatureAlgorithm, Signer } from './core/crypto-port';
export { SigningError, type SigningErrorCode } from './core/errors';
export { assemble, contentsReserve, type FieldPlace, type PreparedIncrement } from './core/increment';
export {
  DEMONSTRATION_AUTHORITY,
  issueLeaf,
  makeRoot,
  type LeafRequest,
  type RootRequest,
} from './core/issue-certificate';
export { commonNameOf, type NameAttribute } from './core/names';
export { firstDerValue } from './core/asn1';
export { nodeCrypto, nodeSigner, publicKeyDerOf } from './node/node-crypto';
export { prepareIncrement, type PrepareRequest } from './node/prepare-increment';
export { ensureAuthority, type CertificateAuthority } from './authority';
export { signingEvents, signingProblems, signingRoutes } from './certificates.contract';
export { signingEndpoints } from './certificates.http';
export {
  createSigning,
  type CertifiedParty,
  type Signing,
  type SigningCertificate,
  type SigningDeps,
} from './certificates.service';
export { signingEntities } from './certificates.store';
export { createSignatureWork, signingTaskFile, type SignatureWork } from './signature-work';
