import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { provinces } from '../../../modules/mines/core/provinces';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import { useStanding } from '../../app/session';
import { Pick } from '../../forms/pick';
import { Page, Sheet } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { useWords, type Words } from '../../words/language';

type Filters = Readonly<Record<string, string>>;
type Change = (name: string, value: string | undefined) => void;

function useChosen(): [Filters, Change] {
  const [chosen, setChosen] = useState<Filters>({});
  return [
    chosen,
    (name, value) =>
      setChosen((known) =>
        Object.fromEntries(Object.entries({ ...known, [name]: value ?? '' }).filter(([, text]) => text !== '')),
      ),
  ];
}

function Line({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

function Text({ of, name, filters, change }: { of: string; name: string; filters: Filters; change: Change }) {
  const { t } = useWords();
  const id = `${of}-${name}`;
  return (
    <Line id={id} label={t(`exports.${name}`)}>
      <Input id={id} value={filters[name] ?? ''} onChange={(e) => change(name, e.target.value)} />
    </Line>
  );
}

function Day({ of, filters, change }: { of: string; filters: Filters; change: Change }) {
  const { t } = useWords();
  const id = `${of}-asOf`;
  return (
    <Line id={id} label={t('exports.asOf')}>
      <Input id={id} type="date" value={filters['asOf'] ?? ''} onChange={(e) => change('asOf', e.target.value)} />
    </Line>
  );
}

function Named({ of, takes }: { of: 'organisations' | 'institutions' | 'experts'; takes: 'q' | 'number' }) {
  const { t } = useWords();
  const [filters, change] = useChosen();
  return (
    <Sheet title={t(`exports.of.${of}`)}>
      <Text of={of} name={takes} filters={filters} change={change} />
      <ExportButton route={exportRoutes[of]} filters={filters} takes={[takes]} />
    </Sheet>
  );
}

function Mines() {
  const { t } = useWords();
  const [filters, change] = useChosen();
  return (
    <Sheet title={t('exports.of.mines')}>
      <Text of="mines" name="q" filters={filters} change={change} />
      <Line id="mines-province" label={t('exports.province')}>
        <Select
          id="mines-province"
          className="whole"
          allowClear
          value={filters['province']}
          onChange={(value: string | undefined) => change('province', value)}
          options={Object.entries(provinces).map(([value, label]) => ({ value, label }))}
        />
      </Line>
      <ExportButton route={exportRoutes.mines} filters={filters} takes={['q', 'province']} />
    </Sheet>
  );
}

function Staff() {
  const { t } = useWords();
  const { post } = useStanding();
  const [filters, change] = useChosen();
  const [chosen, setChosen] = useState<string | undefined>(post?.institutionId ?? undefined);
  return (
    <Sheet title={t('exports.of.staff')}>
      {post?.institutionId ? null : (
        <Line id="staff-institution" label={t('exports.institution')}>
          <Pick of="institution" id="staff-institution" value={chosen} onChange={setChosen} />
        </Line>
      )}
      <Day of="staff" filters={filters} change={change} />
      {chosen ? (
        <ExportButton route={exportRoutes.staff} params={{ id: chosen }} filters={filters} takes={['asOf']} />
      ) : (
        <p className="quiet">{t('exports.institution.first')}</p>
      )}
    </Sheet>
  );
}

function Blacklist() {
  const { t } = useWords();
  const [filters, change] = useChosen();
  return (
    <Sheet title={t('exports.of.blacklist')}>
      <Line id="blacklist-state" label={t('exports.state')}>
        <Select
          id="blacklist-state"
          className="whole"
          value={filters['state'] ?? 'current'}
          onChange={(value: string) => change('state', value)}
          options={['current', 'past', 'all'].map((value) => ({ value, label: t(`exports.state.${value}`) }))}
        />
      </Line>
      <Day of="blacklist" filters={filters} change={change} />
      <ExportButton route={exportRoutes.blacklist} filters={filters} takes={['state', 'asOf']} />
    </Sheet>
  );
}

/** Every list that can be had as a file, each with the filters of its screen. */
export function Screen() {
  const { t } = useWords();
  return (
    <Page title={t('exports')}>
      <p className="quiet">{t('exports.help')}</p>
      <div className="cards wide">
        <Named of="organisations" takes="q" />
        <Named of="institutions" takes="q" />
        <Staff />
        <Named of="experts" takes="number" />
        <Mines />
        <Blacklist />
      </div>
    </Page>
  );
}

export const words: Words = {
  exports: ['台账导出', 'Exports'],
  'exports.help': [
    '导出符合条件的全部记录，XLSX 已按 A4 横向排好版，可直接打印。证件号码不在任何台账中。',
    'All records that match, laid out for A4. Identity numbers are in none of them.',
  ],
  'exports.of.organisations': ['组织名录', 'Bodies'],
  'exports.of.institutions': ['评估机构名录', 'Institutions'],
  'exports.of.staff': ['机构人员', 'Staff of an institution'],
  'exports.of.experts': ['评估人员名录', 'Experts'],
  'exports.of.mines': ['矿山名录', 'Mines'],
  'exports.of.blacklist': ['黑名单（不再采信名单）', 'Blacklist'],
  'exports.q': ['名称（含曾用名）或代码', 'Name or code'],
  'exports.number': ['公开编号或其开头', 'Public number or its beginning'],
  'exports.province': ['省份', 'Province'],
  'exports.institution': ['评估机构', 'Institution'],
  'exports.institution.first': ['请先选择评估机构', 'Choose the institution first'],
  'exports.asOf': ['有效时点（不填为今日）', 'As of; today if empty'],
  'exports.state': ['期间', 'Which'],
  'exports.state.current': ['期间内（含停止执行）', 'Current, stayed ones too'],
  'exports.state.past': ['已届满或撤销', 'Ended or annulled'],
  'exports.state.all': ['全部', 'All'],
};
