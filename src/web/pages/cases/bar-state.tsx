import { State } from '../../words/say';

/**
 * The state of a bar on a day. A decision that was changed is not annulled: its first bar ends and another one stands.
 * Where the reply does not tell which of the two it was, the word says so.
 */
export function BarState({ bar }: { bar: { state: string; replacedBy?: string | null } }) {
  const { state, replacedBy } = bar;
  if (state !== 'annulled' || replacedBy === null) return <State of="bar" value={state} />;
  return <State of="bar" value={replacedBy === undefined ? 'annulled-or-changed' : 'changed'} />;
}
