import { useState } from 'react';
import { Button, Modal } from 'antd';
import { commissionRoutes } from '../../../modules/commissions/commissions.contract';
import { ask, type ReplyOf } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { BatchButton, type BatchItem } from '../../tables/batch';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';

type Entry = ReplyOf<typeof commissionRoutes.showPoolEntry>;

const proposalOf = (entry: Entry) => entry.decisions.find((d) => d.state === 'proposed');

/**
 * Decides what was proposed of many entries. The list does not say what that is, so it is read and shown first, and
 * each decision goes out under the version that was shown: what is proposed anew meanwhile is refused, not decided.
 */
export function DecideMany({ items, done }: { items: readonly BatchItem[]; done: () => void }) {
  const { t, language } = useWords();
  const say = useSay();
  const [entries, setEntries] = useState<readonly Entry[]>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const show = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      setEntries(await Promise.all(items.map(({ id }) => ask(commissionRoutes.showPoolEntry, { params: { id } }))));
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const waiting = (entries ?? []).filter((e) => proposalOf(e) !== undefined);
  const nameOf = (id: string): string => items.find((item) => item.id === id)?.label ?? id;
  const said = (entry: Entry): string => {
    const { outcome, decisionNumber, decidedOn } = proposalOf(entry)!;
    return [nameOf(entry.id), say('outcome', outcome), decisionNumber, writeDay(decidedOn, language)].join(' · ');
  };
  return (
    <>
      <Button disabled={items.length === 0} loading={busy} onClick={() => void show()}>
        {t('pool.decideMany')}
      </Button>
      {fault ? <FaultNote error={fault} /> : null}
      <Modal
        open={entries !== undefined}
        title={t('pool.decideMany')}
        footer={null}
        onCancel={() => setEntries(undefined)}
      >
        <p>{t('pool.decideMany.check')}</p>
        <ul className="values">
          {(entries ?? []).map((e) => (
            <li key={e.id}>{proposalOf(e) ? said(e) : `${nameOf(e.id)} · ${t('pool.decideMany.nothing')}`}</li>
          ))}
        </ul>
        <BatchButton
          label={t('pool.decideMany.send', { count: waiting.length })}
          items={waiting.map((e) => ({ id: e.id, label: said(e) }))}
          act={({ id }) =>
            ask(commissionRoutes.decidePool, {
              params: { id },
              body: {},
              version: waiting.find((e) => e.id === id)!.version,
            })
          }
          done={() => {
            setEntries(undefined);
            done();
          }}
        />
      </Modal>
    </>
  );
}
