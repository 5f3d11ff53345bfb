import { Link, useNavigate } from 'react-router';
import { organisationRoutes } from '../../../modules/organisations/organisations.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { changeWords } from './change-words';
import { OrganisationRecord } from './organisation-record';
import { paperWords } from './papers';
import { registerWords } from './words';

type Item = ReplyOf<typeof organisationRoutes.list>['items'][number];

function List() {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Page
      title={t('organisations')}
      actions={
        <>
          {may('organisation.register') ? (
            <ActButton
              primary
              label={t('organisations.register')}
              route={organisationRoutes.register}
              done={(reply) => void navigate(`/organisations/${reply.id}`)}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ListTable
        name="organisations"
        route={organisationRoutes.list}
        rowKey={(o) => o.id}
        empty={t('organisations.none')}
        filters={[{ name: 'q', label: t('organisations.find') }]}
        tools={(filters) => <ExportButton route={exportRoutes.organisations} filters={filters} takes={['q']} />}
        columns={[
          {
            key: 'name',
            title: t('field.name'),
            render: (o: Item) => <Link to={`/organisations/${o.id}`}>{o.name ?? '—'}</Link>,
          },
          { key: 'uscc', title: t('field.uscc'), render: (o: Item) => <span className="code">{o.uscc}</span> },
          {
            key: 'legalForm',
            title: t('field.legalForm'),
            render: (o: Item) => (o.legalForm ? say('legalForm', o.legalForm) : '—'),
          },
        ]}
      />
    </Page>
  );
}

export const Screen = listAndRecord(List, OrganisationRecord);

export const words: Words = {
  ...registerWords,
  ...paperWords,
  ...changeWords,
  organisations: ['组织', 'Organisations'],
  'organisations.none': [
    '尚未登记组织。可逐个登记，或导入表格。',
    'No body is registered. Register one, or import a sheet.',
  ],
  'organisations.find': ['名称（含曾用名）或信用代码', 'Name, former name or credit code'],
  'organisations.register': ['登记组织', 'Register an organisation'],
  'organisations.amend': ['登记变更', 'Record a change'],
  'organisations.amend.help': [
    '以下为今日的登记内容；改动后自所填之日起生效，原内容保留在沿革中。机构自己报告的变更请填报告日。',
    'This is what is on record today; changes hold from the day you give, the former entry stays in the history.',
  ],
  'organisations.changeCode': ['换发信用代码', 'New credit code'],
  'organisations.changeCode.help': [
    '原代码转为曾用代码，仍可据以查到本组织。',
    'The present code becomes a former one and still finds this body.',
  ],
  'organisations.newCode': ['新的统一社会信用代码', 'New credit code'],
  'organisations.record': ['登记内容', 'On record'],
  'organisations.nothingThen': ['该时点尚无登记内容', 'Nothing was on record at that moment'],
  'organisations.province': ['登记地', 'Place of registration'],
  'organisations.byCode': ['按信用代码', 'by code'],
  'organisations.byAddress': ['按住所', 'by address'],
  'organisations.provincesDiffer': ['两者不同', 'They differ'],
  'organisations.formerNames': ['曾用名', 'Former names'],
  'organisations.formerNames.none': ['没有曾用名', 'No former names'],
  'organisations.owners': ['股东、举办单位、主管单位', 'Owners and sponsors'],
  'organisations.owners.none': ['尚未登记股东、举办单位或主管单位', 'No owner is on record'],
  'organisations.owner.name': ['自然人姓名或境外组织名称', 'Name of a person or foreign body'],
  'organisations.share.help': [
    '百分数，最多两位小数；不详的不填',
    'Percent, two decimals at most; leave empty if unknown',
  ],
  'organisations.codes': ['曾用代码与承继', 'Codes and successors'],
  'organisations.code': ['代码', 'Code'],
  'organisations.code.kind': ['代码种类', 'Kind of code'],
  'organisations.formerCodes': ['曾用代码', 'Former codes'],
  'organisations.formerCodes.none': ['没有曾用代码', 'No former codes'],
  'organisations.formerCodes.note': [
    '以下是完整清单，整份提交代替原清单。换发信用代码请用“换发信用代码”，原代码会自动列入。',
    'The whole list, sent anew. For a new credit code use “New credit code”: the old one is listed by itself.',
  ],
  'organisations.successor': ['承继组织', 'Successor'],
  'organisations.successors': ['承继组织', 'Successors'],
  'organisations.successors.none': ['没有登记承继组织', 'No successor is on record'],
  'organisations.succession.kind': ['承继方式', 'How'],
  'organisations.hasSuccessors': ['该组织已由下列组织承继', 'Carried on by'],
  'organisations.hasPredecessors': ['该组织承继自', 'Carries on'],
  'organisations.isInstitution': ['已登记为评估机构', 'Registered as an institution'],
};
