/** Fifteen digits in folders of a thousand: the greatest name is the largest size, and is found without a list of all. */
export const sizePath = (size: number): string => String(size).padStart(15, '0').match(/.../g)!.join('/');

/** Where the files of the log lie that was begun as the n-th (`log_head.generation`). */
export const logFolder = (generation: number): string => `log/${generation}`;
