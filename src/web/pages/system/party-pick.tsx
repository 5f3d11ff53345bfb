import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { colleagueRoutes, type PartyKind } from '../../../modules/identity/colleagues/colleagues.contract';
import type { Role } from '../../../modules/identity/permissions';
import { ask } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

interface Picked {
  value?: string;
  onChange?: (id: string | undefined) => void;
  id?: string;
}

/** What is typed, once the typing pauses. */
function useSought(): { text: string; seek: (typed: string) => void } {
  const [text, setText] = useState('');
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const seek = (typed: string): void => {
    clearTimeout(timer);
    setTimer(setTimeout(() => setText(typed.trim()), 250));
  };
  return { text, seek };
}

/** Finds an institution, an operator or an expert for a post. */
export function PartyPick({ kind, value, onChange, id }: Picked & { kind: PartyKind }) {
  const { t } = useWords();
  const { text, seek } = useSought();
  const found = useQuery({
    queryKey: ['parties', kind, text],
    queryFn: () => ask(colleagueRoutes.findParties, { params: { kind }, query: text === '' ? {} : { q: text } }),
  });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: seek }}
      value={value}
      onChange={onChange}
      placeholder={t(kind === 'expert' ? 'posts.find.expert' : 'posts.find')}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('table.empty')}
      options={found.data?.items.map((p) => ({
        value: p.id,
        label: [p.name, p.code].filter(Boolean).join(' · '),
      }))}
    />
  );
}

/** The name of whom a post acts for. */
export function PartyName({ kind, id }: { kind: PartyKind; id: string }) {
  const query = useAsk(colleagueRoutes.readParty, { params: { kind, id } });
  return query.data?.name ?? '…';
}

/** Finds a colleague; keeps the post, or the account behind it. */
export function ColleaguePick(
  props: Picked & {
    keep: 'postId' | 'accountId';
    role?: Role;
    without?: readonly (string | null)[];
    withEnded?: boolean;
  },
) {
  const { keep, role, without = [], withEnded, value, onChange, id } = props;
  const { t } = useWords();
  const say = useSay();
  const { text, seek } = useSought();
  const query = {
    limit: 100,
    ...(text === '' ? {} : { q: text }),
    ...(role ? { role } : {}),
    ...(withEnded ? { ended: 'true' as const } : {}),
  };
  const found = useAsk(colleagueRoutes.listColleagues, { query });
  const shown = (found.data?.items ?? []).filter((c) => !without.includes(c.accountId) && !without.includes(c.postId));
  const options = shown.map((c) => ({
    value: c[keep],
    label: [c.name, say('role', c.role), c.office, c.present ? null : t('colleagues.gone')].filter(Boolean).join(' · '),
  }));
  // One person may hold several posts.
  const once = options.filter((o, n) => options.findIndex((other) => other.value === o.value) === n);
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: seek }}
      value={value}
      onChange={onChange}
      placeholder={t('colleagues.find')}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('colleagues.none')}
      options={once}
    />
  );
}

export const colleagueWords: Words = {
  'colleagues.find': ['按姓名或处室查找', 'By name or office'],
  'colleagues.gone': ['已离岗', 'gone'],
  'colleagues.none': ['没有符合的同事', 'No such colleague'],
};
