import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Form, Input, Select, Space, Tag } from 'antd';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { poolModes } from '../../../modules/policy/core/profile';
import { policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import { ask } from '../../api/client';
import { useAct, useAsk } from '../../api/hooks';
import { tab } from '../../app/browser';
import { FaultNote, NotFound, Waiting } from '../../app/faults';
import { useStanding } from '../../app/session';
import { useGuard } from '../../forms/act-form';
import { Page, Sheet } from '../../records/page';
import { Rows, type RowColumn } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { Effect, type Profile, type Setting } from './rules-table';
import { RuleForm, type RuleKind } from './rule-form';
import { RuleValue } from './value';

interface Typed {
  title: string;
  poolMode: Profile['poolMode'];
  basis: { number: string; title: string; effectiveFrom: string; validThrough?: string };
}

function useRuleColumns(props: {
  base: readonly Setting[];
  edit: (setting: Setting) => void;
  drop: (setting: Setting) => void;
}): RowColumn<Setting>[] {
  const { base, edit, drop } = props;
  const { t } = useWords();
  const words = useRuleWords();
  const was = new Map(base.map((s) => [s.rule, JSON.stringify(s)]));
  const mark = (s: Setting) => {
    const before = was.get(s.rule);
    if (before === undefined) return <Tag color="green">{t('policy.added')}</Tag>;
    return before === JSON.stringify(s) ? null : <Tag color="gold">{t('policy.changed')}</Tag>;
  };
  return [
    {
      key: 'title',
      title: t('policy.rule'),
      render: (s) => (
        <>
          {words.title(s)} {mark(s)}
        </>
      ),
    },
    { key: 'value', title: t('policy.value'), render: (s) => <RuleValue rule={s.rule} value={s.value} /> },
    { key: 'effect', title: t('policy.effect'), render: (s) => <Effect effect={s.effect} /> },
    { key: 'citation', title: t('policy.citation'), render: (s) => words.citation(s.citation) },
    {
      key: 'act',
      title: t('policy.act'),
      render: (s) => (
        <Space wrap size={4}>
          <Button size="small" onClick={() => edit(s)}>
            {t('policy.rule.edit')}
          </Button>
          <Button size="small" danger onClick={() => drop(s)}>
            {t('policy.rule.drop')}
          </Button>
        </Space>
      ),
    },
  ];
}

/** The rules of the draft with what can be done to each. */
function RulesEditor(props: {
  base: readonly Setting[];
  rules: readonly Setting[];
  change: (rules: readonly Setting[]) => void;
}) {
  const { base, rules, change } = props;
  const { t } = useWords();
  const words = useRuleWords();
  const [open, setOpen] = useState<Setting | 'new'>();
  const kinds = useAsk(policyRoutes.kinds);
  const all = (kinds.data?.items ?? []) as unknown as RuleKind[];
  const rest = all.filter((k) => !rules.some((s) => s.rule === k.id));
  const drop = (setting: Setting): void => change(rules.filter((one) => one.rule !== setting.rule));
  const columns = useRuleColumns({ base, edit: setOpen, drop });
  const put = (setting: Setting): void => {
    change([...rules.filter((s) => s.rule !== setting.rule), setting].sort((a, b) => a.rule.localeCompare(b.rule)));
    setOpen(undefined);
  };
  return (
    <Sheet title={t('policy.rules')} extra={<Button onClick={() => setOpen('new')}>{t('policy.rule.add')}</Button>}>
      <Rows<Setting> rows={rules} rowKey={(s) => s.rule} empty={t('policy.noRules')} columns={columns} />
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open === 'new' ? t('policy.rule.add') : open && words.title(open)}
        size={560}
        destroyOnHidden
      >
        {open === undefined ? null : (
          <RuleForm
            kinds={open === 'new' ? rest : all}
            setting={open === 'new' ? undefined : open}
            fresh={{}}
            done={put}
            cancel={() => setOpen(undefined)}
          />
        )}
      </Drawer>
    </Sheet>
  );
}

function BasisFields() {
  const { t } = useWords();
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <Sheet title={t('policy.basis')}>
      <div className="narrow">
        <Form.Item name="title" label={t('policy.title')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['basis', 'number']} label={t('policy.basis.number')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['basis', 'title']} label={t('policy.basis.title')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['basis', 'effectiveFrom']} label={t('policy.basis.from')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name={['basis', 'validThrough']}
          label={t('policy.basis.through')}
          extra={t('policy.rule.through.help')}
        >
          <Input type="date" />
        </Form.Item>
        <Form.Item name="poolMode" label={t('policy.poolMode')} rules={needed}>
          <Select options={poolModes.map((m) => ({ value: m, label: t(`poolMode.${m}`) }))} />
        </Form.Item>
      </div>
    </Sheet>
  );
}

/** What is typed and not sent yet. */
interface Unsent {
  /** The version that it was written over: what changed since must not be overwritten unseen. */
  base: string;
  typed: Partial<Typed>;
  rules: readonly Setting[];
}

/** Kept in this tab from the first change until it is sent, as forms are: for one person, at one post, over one version. */
function useUnsent(base: Profile, draftId: string | undefined) {
  const { session, post } = useStanding();
  const key = `draft:${session.account.id}:${post?.id ?? ''}:policy:${draftId ?? 'new'}:${base.id}`;
  const [kept] = useState(() => {
    const text = tab.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as Unsent);
  });
  const [isDirty, setDirty] = useState(kept !== undefined);
  const over = JSON.stringify(base);
  return {
    kept,
    isDirty,
    isOutdated: kept !== undefined && kept.base !== over,
    keep(typed: Partial<Typed>, rules: readonly Setting[]): void {
      setDirty(true);
      tab.set(key, JSON.stringify({ base: over, typed, rules } satisfies Unsent));
    },
    forget(): void {
      setDirty(false);
      tab.set(key, undefined);
    },
  };
}

const typedOf = (base: Profile, draftId: string | undefined) => ({
  title: draftId === undefined ? '' : base.title,
  poolMode: base.poolMode,
  basis: draftId === undefined ? {} : { ...base.basis, validThrough: base.basis.validThrough ?? undefined },
});

/** Sends the draft; a new one is made, one that stands is amended. */
function useSending(draftId: string | undefined, sent: () => void) {
  const { t } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const draft = useAct(policyRoutes.draft);
  const amend = useAct(policyRoutes.amend);
  const submit = ({ title, poolMode, basis }: Typed, rules: readonly Setting[]): void => {
    const body = {
      title: title.trim(),
      poolMode,
      basis: { ...basis, validThrough: basis.validThrough || null },
      basedOn: null,
      rules: rules.map(({ title: _title, titleEn: _titleEn, ...setting }) => setting),
    };
    const done = (reply: Profile): void => {
      sent();
      message.success(t('done'));
      void navigate(`/policy/drafts/${reply.id}`);
    };
    if (draftId === undefined) draft.mutate({ body }, { onSuccess: done });
    else amend.mutate({ params: { id: draftId }, body }, { onSuccess: done });
  };
  return { submit, fault: draft.error ?? amend.error, isPending: draft.isPending || amend.isPending };
}

/** A draft is sent whole, so that what stands on the screen is what it says. */
function Editor({ base, draftId, anew }: { base: Profile; draftId: string | undefined; anew: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Typed>();
  const unsent = useUnsent(base, draftId);
  const [rules, setRules] = useState<readonly Setting[]>(unsent.kept?.rules ?? base.rules);
  const { submit, fault, isPending } = useSending(draftId, unsent.forget);
  const guard = useGuard(unsent.isDirty && !isPending);
  const drop = (
    <Button
      size="small"
      onClick={() => {
        unsent.forget();
        anew();
      }}
    >
      {t('form.draft.drop')}
    </Button>
  );
  return (
    <>
      {guard}
      {unsent.kept ? (
        <Alert
          type={unsent.isOutdated ? 'warning' : 'info'}
          showIcon
          title={t(unsent.isOutdated ? 'policy.draft.outdated' : 'form.draft')}
          action={drop}
        />
      ) : null}
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={unsent.kept?.typed ?? typedOf(base, draftId)}
        onValuesChange={(_changed, all) => unsent.keep(all, rules)}
        onFinish={(typed) => submit(typed, rules)}
      >
        <BasisFields />
        <RulesEditor
          base={base.rules}
          rules={rules}
          change={(next) => {
            setRules(next);
            unsent.keep(form.getFieldsValue(), next);
          }}
        />
        {fault ? <FaultNote error={fault} /> : null}
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t('policy.draft.keep')}
        </Button>
      </Form>
    </>
  );
}

/** Drafts a version from the one that is named, else from the one in force; or amends a draft. */
export function DraftEditor() {
  const { t } = useWords();
  const words = useRuleWords();
  const { id } = useParams();
  const [search] = useSearchParams();
  const { session } = useStanding();
  // Dropping what was kept begins the editor anew.
  const [round, setRound] = useState(0);
  const from = search.get('from') ?? undefined;
  const base = useQuery<Profile | undefined>({
    queryKey: ['policy', 'base', id, from],
    // What is being edited must not change under the hands.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      if (id !== undefined) return (await ask(policyRoutes.drafts)).items.find((p) => p.id === id);
      if (from !== undefined) return ask(policyRoutes.read, { params: { id: from } });
      const code = session.authority?.code;
      return (await ask(policyRoutes.list, { query: code ? { authority: code } : {} })).items[0];
    },
  });
  if (base.error) return <FaultNote error={base.error} retry={() => void base.refetch()} />;
  if (base.isPending) return <Waiting />;
  if (!base.data) return <NotFound />;
  const title = id === undefined ? t('policy.draftOn', { title: words.profile(base.data.title) }) : t('policy.amend');
  return (
    <Page title={title}>
      <p className="quiet">{t('policy.draft.detail')}</p>
      <Editor key={round} base={base.data} draftId={id} anew={() => setRound(round + 1)} />
    </Page>
  );
}
