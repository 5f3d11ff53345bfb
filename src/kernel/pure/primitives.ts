// Cryptography as pure code sees it: functions handed in by the server, the console or a test.

/** SHA-256 of the bytes, 32 bytes. Must not keep the bytes it is given: callers write over them. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** RFC 8032 Ed25519: whether the 64-byte signature over the message is that of the raw 32-byte public key. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** RFC 8032 Ed25519 with a key that the function holds: 64 bytes. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array;
