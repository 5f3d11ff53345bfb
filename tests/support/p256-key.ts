import { generateKeyPairSync } from 'node:crypto';
import type { OwnKey } from '../../src/cli/sign/sign-client';
import { nodeSigner, publicKeyDerOf } from '../../src/modules/signing';

/** A signer's key that stays with the test. */
export function aP256Key(): OwnKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { signer: nodeSigner(privateKey), publicKeyDer: publicKeyDerOf(privateKey) };
}
