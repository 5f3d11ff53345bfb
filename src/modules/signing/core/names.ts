import {
  childrenOf,
  isUniversal,
  oid,
  parseDer,
  partsOf,
  printable,
  readOid,
  sequence,
  setOf,
  Tag,
  toDer,
  utf8,
  type Asn1,
} from './asn1';
import { fromBinaryString } from './bytes';
import { SigningError } from './errors';
import { Oid } from './oids';

export type NameAttributeType =
  | 'countryName'
  | 'organizationName'
  | 'organizationalUnitName'
  | 'organizationIdentifier'
  | 'title'
  | 'serialNumber'
  | 'commonName';

export interface NameAttribute {
  type: NameAttributeType;
  value: string;
}

const OIDS: Record<NameAttributeType, string> = {
  countryName: Oid.countryName,
  organizationName: Oid.organizationName,
  organizationalUnitName: Oid.organizationalUnitName,
  organizationIdentifier: Oid.organizationIdentifier,
  title: Oid.title,
  serialNumber: Oid.serialNumberAttribute,
  commonName: Oid.commonName,
};

// Upper bounds of RFC 5280 appendix A; organizationIdentifier by X.520 2012.
const LONGEST: Record<NameAttributeType, number> = {
  countryName: 2,
  organizationName: 64,
  organizationalUnitName: 64,
  organizationIdentifier: 256,
  title: 64,
  serialNumber: 64,
  commonName: 64,
};

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]+$/;

/** A distinguished name, one attribute a step, in the order given. Throws SigningError `value-out-of-range`. */
export function buildName(attributes: readonly NameAttribute[]): Asn1 {
  return sequence(
    ...attributes.map(({ type, value }) => {
      const length = Array.from(value).length;
      if (length === 0 || length > LONGEST[type]) {
        throw new SigningError('value-out-of-range', `${type} takes 1 to ${LONGEST[type]} characters`);
      }
      return setOf(sequence(oid(OIDS[type]), attributeValue(type, value)));
    }),
  );
}

function attributeValue(type: NameAttributeType, value: string): Asn1 {
  if (type !== 'countryName' && type !== 'serialNumber') return utf8(value);
  if (!PRINTABLE.test(value)) throw new SigningError('value-out-of-range', `${type} takes printable ASCII only`);
  return printable(value);
}

/** The attributes this program knows, in order; others are left out. For display: compare names by their DER. */
export function readName(der: Uint8Array): NameAttribute[] {
  const attributes: NameAttribute[] = [];
  for (const step of partsOf(parseDer(der), Tag.sequence)) {
    for (const pair of partsOf(step, Tag.set)) {
      const [typeNode, valueNode] = partsOf(pair, Tag.sequence);
      const typeOid = readOid(typeNode);
      const type = (Object.keys(OIDS) as NameAttributeType[]).find((known) => OIDS[known] === typeOid);
      if (type && valueNode) attributes.push({ type, value: readText(valueNode) });
    }
  }
  return attributes;
}

function readText(node: Asn1): string {
  // The engine gives BMPString as UTF-16 already, the 8-bit kinds as bytes.
  const { value } = node;
  if (typeof value !== 'string') throw new SigningError('malformed-der', 'expected a text');
  if (!isUniversal(node, Tag.utf8String)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBinaryString(value));
  } catch {
    throw new SigningError('malformed-der', 'not UTF-8');
  }
}

/** The last common name, or the empty string. */
export const commonNameOf = (attributes: readonly NameAttribute[]): string =>
  attributes.filter(({ type }) => type === 'commonName').at(-1)?.value ?? '';

/** DER of a name. */
export const nameDer = (attributes: readonly NameAttribute[]): Uint8Array => toDer(buildName(attributes));

/** True for a name without any attribute, which no certificate of ours may carry as its subject. */
export const isEmptyName = (der: Uint8Array): boolean => childrenOf(parseDer(der)).length === 0;
