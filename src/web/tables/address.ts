import { useSearchParams } from 'react-router';

/** Filters stand in the address, so that a list can be sent to somebody and found again with the back button. */
export function useFilters(): {
  filters: Readonly<Record<string, string>>;
  set(changes: Readonly<Record<string, string | undefined>>): void;
  /** Takes these filters away; what else stands in the address, such as a record's sheet, stays. */
  clear(names: readonly string[]): void;
} {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries([...search.entries()].filter(([, value]) => value !== ''));
  return {
    filters,
    set(changes) {
      const next = { ...filters, ...changes };
      // Another question begins at its first page.
      if (!('cursor' in changes)) delete next['cursor'];
      setSearch(Object.fromEntries(Object.entries(next).filter((pair): pair is [string, string] => Boolean(pair[1]))), {
        replace: !('cursor' in changes),
      });
    },
    clear: (names) =>
      setSearch(Object.fromEntries(Object.entries(filters).filter(([name]) => ![...names, 'cursor'].includes(name))), {
        replace: true,
      }),
  };
}
