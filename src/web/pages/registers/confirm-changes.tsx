import { useState } from 'react';
import { Input } from 'antd';
import { changeRoutes } from '../../../modules/institutions/changes/changes.contract';
import { ask } from '../../api/client';
import { BatchButton } from '../../tables/batch';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import type { Change } from './change-list';

/** Confirms the chosen reports one by one, all on the same paper; those that do not wait to be confirmed are left out. */
export function ConfirmChanges({ chosen, done }: { chosen: readonly Change[]; done: () => void }) {
  const { t } = useWords();
  const say = useSay();
  const [paper, setPaper] = useState('');
  const waiting = chosen.filter((c) => c.state === 'reported');
  return (
    <>
      <Input
        className="find"
        aria-label={t('field.paper')}
        placeholder={t('field.paper')}
        value={paper}
        onChange={(e) => setPaper(e.target.value)}
      />
      <BatchButton
        label={`${t('changes.selected')}（${waiting.length}）`}
        items={
          paper.trim() === '' ? [] : waiting.map((c) => ({ id: c.id, label: `${say('kind', c.kind)} ${c.happenedOn}` }))
        }
        act={({ id }) => {
          const version = waiting.find((c) => c.id === id)?.version;
          return ask(changeRoutes.confirmChange, { params: { id }, version, body: { paper: paper.trim() } });
        }}
        done={done}
      />
    </>
  );
}
