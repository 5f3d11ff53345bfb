import { Alert, Button, Modal, Space, Table } from 'antd';
import { useWords } from '../words/language';
import { labelOf, type Field } from './schema';
import { Value } from '../records/value';
import type { Values } from './values';

export interface ConflictProps {
  fields: readonly Field[];
  clash: { theirs: Values; mine: Values };
  takeTheirs: () => void;
  keepMine: () => void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Two people edited the same record: what differs, side by side. */
export function Conflict({ fields, clash, takeTheirs, keepMine }: ConflictProps) {
  const { t, language } = useWords();
  const differing = fields.filter((f) => f.name in clash.mine && !same(clash.mine[f.name], clash.theirs[f.name]));
  return (
    <Modal open width={760} title={t('form.conflict')} footer={null} onCancel={takeTheirs}>
      <Alert type="info" showIcon title={t('form.conflict.detail')} />
      <Table
        size="small"
        pagination={false}
        rowKey="name"
        dataSource={differing}
        columns={[
          { title: t('form.conflict.field'), render: (_: unknown, f: Field) => labelOf(f, t, language) },
          {
            title: t('form.conflict.theirs'),
            render: (_: unknown, f: Field) => <Value name={f.name} value={clash.theirs[f.name]} field={f} />,
          },
          {
            title: t('form.conflict.mine'),
            render: (_: unknown, f: Field) => <Value name={f.name} value={clash.mine[f.name]} field={f} />,
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
