import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { pickers } from '../forms/pickers';

/** Where the record of a picker's kind is read. */
const places: Readonly<Record<string, string>> = {
  institution: 'institutions',
  organisation: 'organisations',
  operator: 'organisations',
  mine: 'mines',
  expert: 'experts',
};

/** Whether records of this kind can be told by name. */
export const isNamed = (of: string): boolean => of in pickers;

/** A record that another one names by its id, as people call it, with the way there. */
export function Named(props: {
  of: string;
  id: string | null | undefined;
  /** Without the code beside the name. */
  short?: boolean;
  /** Without the way there, inside of another link. */
  plain?: boolean;
}) {
  const { of, id, short, plain } = props;
  const named = useQuery({
    queryKey: ['picked', of, id],
    queryFn: () => pickers[of]!.name(id!),
    enabled: Boolean(id),
    staleTime: Infinity,
    retry: false,
  });
  if (!id) return <span className="quiet">—</span>;
  // Who may not read it sees at least which one it is.
  const full = named.data ?? (named.isError ? id : '…');
  const text = short ? full.split(' · ')[0]! : full;
  const place = plain ? undefined : places[of];
  return place ? <Link to={`/${place}/${id}`}>{text}</Link> : <span>{text}</span>;
}
