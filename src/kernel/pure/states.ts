/** States and allowed moves as data: each state lists where it may go; a final state lists nothing. */
export type Moves<S extends string> = Readonly<Record<S, readonly S[]>>;

/** May a thing in state `from` go to `to`? */
export const mayMove = <S extends string>(moves: Moves<S>, from: S, to: S): boolean => moves[from].includes(to);

/** States that nothing leaves. */
export const finalStates = <S extends string>(moves: Moves<S>): S[] =>
  (Object.keys(moves) as S[]).filter((s) => moves[s].length === 0);
