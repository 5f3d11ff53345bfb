import type { ReactNode } from 'react';
import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';

export interface RecordTab {
  key: string;
  label: string;
  content: ReactNode;
}

/** The sheets of a record, one at a time; which one stands in the address, so that it can be sent to somebody. */
export function RecordTabs({ tabs }: { tabs: readonly (RecordTab | null)[] }) {
  const [search, setSearch] = useSearchParams();
  const shown = tabs.filter((tab) => tab !== null);
  const active = shown.find((tab) => tab.key === search.get('tab'))?.key ?? shown[0]?.key;
  return (
    <Tabs
      className="record-tabs"
      activeKey={active}
      destroyOnHidden
      onChange={(key) => {
        // Filters of one sheet's list are none of the next; the moment holds for all of them.
        const kept = [...search.entries()].filter(([name]) => name === 'asOf' || name === 'knownAt');
        setSearch({ ...Object.fromEntries(kept), tab: key }, { replace: true });
      }}
      items={shown.map(({ key, label, content }) => ({ key, label, children: content }))}
    />
  );
}
