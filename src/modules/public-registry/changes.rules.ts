import { instant, type Instant } from '../../kernel/pure/time';

/** A place in the row of changes, the latest first: by time, and by key where times are alike. */
export interface ChangePlace {
  at: Instant;
  key: string;
}

export const placeOf = ({ at, key }: ChangePlace): ChangePlace => ({ at, key });

export const isBehind = (change: ChangePlace, place: ChangePlace | undefined): boolean =>
  place === undefined || change.at < place.at || (change.at === place.at && change.key > place.key);

/** As it stands in an address. */
export const placeText = ({ at, key }: ChangePlace): string => `${at}.${key}`;

/** Undefined for what we never wrote. */
export function readPlace(text: string): ChangePlace | undefined {
  // Thirteen digits end in the year 2286.
  const found = /^(\d{1,13})\.((?:bar|pool)\/[\w/-]{1,100})$/.exec(text);
  return found ? { at: instant(Number(found[1])), key: found[2]! } : undefined;
}
