import { useState } from 'react';
import { Button, Drawer, Space, Tag } from 'antd';
import { workKinds, workRoutes } from '../../../modules/identity/work/work.contract';
import { ask } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { ActForm } from '../../forms/act-form';
import { Page, Sheet } from '../../records/page';
import { BatchButton } from '../../tables/batch';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { Due } from '../home/due';
import { workWords, WorkTitle, type Work } from '../home/work-rows';
import { ColleaguePick, colleagueWords } from '../system/party-pick';
import { useHolders, type Colleague } from './holders';

/** Gives one item to a post of its role. */
function Assign({ item }: { item: Work }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (item.check) return null;
  const label = item.postId === null ? t('oversight.assign') : t('oversight.reassign');
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={label} size={480} destroyOnHidden>
        <ActForm
          route={workRoutes.assignWork}
          params={{ id: item.id }}
          submitLabel={label}
          overrides={{
            postId: {
              label: t('oversight.to'),
              help: '',
              control: () => <ColleaguePick keep="postId" role={item.role} without={[item.postId]} />,
            },
          }}
          done={() => setOpen(false)}
          cancel={() => setOpen(false)}
        />
      </Drawer>
    </>
  );
}

/** Several items of one role to one person at once. */
function AssignMany({ items, done }: { items: readonly Work[]; done: () => void }) {
  const { t } = useWords();
  const [postId, setPost] = useState<string>();
  const roles = new Set(items.map((w) => w.role));
  if (items.length === 0) return null;
  if (roles.size > 1) return <p className="quiet">{t('oversight.oneRole')}</p>;
  return (
    <Space wrap>
      <div className="pick">
        <ColleaguePick keep="postId" role={items[0]!.role} value={postId} onChange={setPost} />
      </div>
      <BatchButton
        label={t('oversight.assignMany', { count: items.length })}
        items={postId === undefined ? [] : items.map((w) => ({ id: w.id, label: `${w.title} ${w.ref.slice(-8)}` }))}
        act={(item) => ask(workRoutes.assignWork, { params: { id: item.id }, body: { postId: postId! } })}
        done={done}
      />
    </Space>
  );
}

/** How much lies with whom, of what is on this page. */
function Loads({ items, holders }: { items: readonly Work[]; holders: ReadonlyMap<string, Colleague> }) {
  const { t } = useWords();
  const loads = new Map<string, number>();
  for (const w of items) {
    const name = w.postId === null ? t(w.check ? 'work.check' : 'work.waiting') : (holders.get(w.postId)?.name ?? '—');
    loads.set(name, (loads.get(name) ?? 0) + 1);
  }
  const sorted = [...loads].sort((a, b) => b[1] - a[1]);
  return (
    <Sheet title={t('oversight.loads')}>
      <div className="tiles">
        {sorted.map(([name, count]) => (
          <div key={name} className="tile still">
            <strong>{count}</strong>
            <span>{name}</span>
          </div>
        ))}
      </div>
    </Sheet>
  );
}

function useColumns(holders: ReadonlyMap<string, Colleague>): Column<Work>[] {
  const { t, language } = useWords();
  const say = useSay();
  const held = (w: Work) => {
    if (w.check) return t('work.check');
    if (w.postId === null) return <Tag color="gold">{t('work.waiting')}</Tag>;
    const holder = holders.get(w.postId);
    return holder ? [holder.name, holder.office].filter(Boolean).join(' · ') : '—';
  };
  return [
    { key: 'title', title: t('work.title'), render: (w) => <WorkTitle item={w} /> },
    { key: 'dueOn', title: t('work.dueOn'), render: (w) => <Due day={w.dueOn} /> },
    {
      key: 'held',
      title: t('work.held'),
      render: (w) => (
        <>
          {held(w)} {w.orphaned ? <Tag color="volcano">{t('work.orphaned')}</Tag> : null}
        </>
      ),
    },
    { key: 'role', title: t('oversight.role'), render: (w) => say('role', w.role) },
    { key: 'openedAt', title: t('work.openedAt'), render: (w) => writeInstant(w.openedAt, language) },
    { key: 'act', title: t('work.act'), render: (w) => <Assign item={w} /> },
  ];
}

/** For leads: who holds what, what is late, what nobody holds; and giving it to somebody. */
export function Screen() {
  const { t } = useWords();
  const holders = useHolders();
  const columns = useColumns(holders);
  const all = useAsk(workRoutes.overseeWork, { query: { limit: 200 } });
  const [chosen, setChosen] = useState<readonly Work[]>([]);
  const people = [...holders.values()].filter((c) => c.role !== 'security-admin' && c.role !== 'system-admin');
  return (
    <Page title={t('oversight')}>
      <Loads items={all.data?.items ?? []} holders={holders} />
      <ListTable
        name="oversight"
        route={workRoutes.overseeWork}
        columns={columns}
        rowKey={(w) => w.id}
        empty={t('oversight.none')}
        selection={{ chosen: chosen.map((w) => w.id), choose: (_ids, items) => setChosen([...items]) }}
        tools={() => <AssignMany items={chosen.filter((w) => !w.check)} done={() => setChosen([])} />}
        filters={[
          {
            name: 'kind',
            label: t('oversight.kind'),
            options: Object.keys(workKinds).map((value) => ({ value, label: t(`work.${value}`) })),
          },
          {
            name: 'postId',
            label: t('work.held'),
            options: people.map((c) => ({ value: c.postId, label: [c.name, c.office].filter(Boolean).join(' · ') })),
          },
          { name: 'orphaned', label: t('work.orphaned'), options: [{ value: 'true', label: t('oversight.orphaned') }] },
        ]}
      />
    </Page>
  );
}

export const words: Words = {
  ...workWords,
  ...colleagueWords,
  oversight: ['本机关在办事项', 'Work of the authority'],
  'oversight.none': ['没有在办事项', 'Nothing is open'],
  'oversight.kind': ['事项类别', 'Kind'],
  'oversight.role': ['岗位角色', 'Role'],
  'oversight.loads': ['每人在办件数', 'How much lies with whom'],
  'oversight.orphaned': ['只看待交接的（在办人已离岗）', 'Only those whose holder is gone'],
  'oversight.assign': ['分派', 'Assign'],
  'oversight.reassign': ['改派', 'Assign to another'],
  'oversight.to': ['分派给', 'To'],
  'oversight.assignMany': ['分派所选 {count} 项', 'Assign the {count} chosen'],
  'oversight.oneRole': ['所选事项由不同角色办理，请分别分派', 'These belong to different roles; assign them apart'],
};
