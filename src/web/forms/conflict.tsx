import { Alert, Button, Modal, Space } from 'antd';
import { Rows } from '../tables/rows';
import { useWords } from '../words/language';
import { labelOf, type Field } from './schema';
import { Value } from '../records/value';
import type { Values } from './values';

export interface ConflictProps {
  fields: readonly Field[];
  clash: { theirs: Values; mine: Values };
  takeTheirs: () => void;
  keepMine: () => void;
  /** Back to the form as it was filled in: closing a window decides nothing. */
  leave: () => void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Two people edited the same record: what differs, side by side. */
export function Conflict({ fields, clash, takeTheirs, keepMine, leave }: ConflictProps) {
  const { t, language } = useWords();
  const differing = fields.filter((f) => f.name in clash.mine && !same(clash.mine[f.name], clash.theirs[f.name]));
  return (
    <Modal open width={760} title={t('form.conflict')} footer={null} onCancel={leave}>
      <Alert type="info" showIcon title={t('form.conflict.detail')} />
      <Rows
        rows={differing}
        rowKey={(f) => f.name}
        empty={t('diff.none')}
        columns={[
          { key: 'field', title: t('form.conflict.field'), render: (f) => labelOf(f, t, language) },
          {
            key: 'theirs',
            title: t('form.conflict.theirs'),
            render: (f) => <Value name={f.name} value={clash.theirs[f.name]} field={f} />,
          },
          {
            key: 'mine',
            title: t('form.conflict.mine'),
            render: (f) => <Value name={f.name} value={clash.mine[f.name]} field={f} />,
          },
        ]}
      />
      <Space wrap className="second">
        <Button type="primary" onClick={takeTheirs}>
          {t('form.conflict.takeTheirs')}
        </Button>
        <Button onClick={keepMine}>{t('form.conflict.keepMine')}</Button>
      </Space>
    </Modal>
  );
}
