import './tabs.css';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';

export interface RecordTab {
  key: string;
  label: string;
  content: ReactNode;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * The sheets of a record, one at a time; which one stands in the address, so that it can be sent to somebody. The
 * library's own tabs put a button among them where they do not fit, which is no tab.
 */
export function RecordTabs({ tabs }: { tabs: readonly (RecordTab | null)[] }) {
  const [search, setSearch] = useSearchParams();
  const list = useRef<HTMLDivElement>(null);
  const shown = tabs.filter((tab) => tab !== null);
  const active = shown.find((tab) => tab.key === search.get('tab')) ?? shown[0];
  const choose = (key: string): void => {
    // Filters of one sheet's list are none of the next; the moment holds for all of them.
    const kept = [...search.entries()].filter(([name]) => name === 'asOf' || name === 'knownAt');
    setSearch({ ...Object.fromEntries(kept), tab: key }, { replace: true });
  };
  const step = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined || !active) return;
    event.preventDefault();
    const at = (shown.indexOf(active) + by + shown.length) % shown.length;
    choose(shown[at]!.key);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  const key = active?.key;
  // On a telephone not all of them fit: the one that is shown is not left outside the window.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [key]);
  if (!active) return null;
  return (
    <div className="record-tabs">
      <div role="tablist" ref={list} onKeyDown={step}>
        {shown.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`tab-${key}`}
            aria-selected={key === active.key}
            aria-controls="tab-panel"
            tabIndex={key === active.key ? 0 : -1}
            onClick={() => choose(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${active.key}`} key={active.key}>
        {active.content}
      </div>
    </div>
  );
}
