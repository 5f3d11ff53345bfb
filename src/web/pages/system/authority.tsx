import { Descriptions, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import type { Values } from '../../forms/values';
import { ActButton } from '../../records/act-button';
import { MomentBar, useMoment } from '../../records/moment';
import { Page, PrintButton, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { useAuthorityNames } from './authority-names';

type Authority = ReplyOf<typeof authorityRoutes.showAuthority>;

const contentOf = (a: Authority): Values => ({
  name: a.name,
  parentId: a.parentId,
  parentBasis: a.parentBasis,
  from: inBeijing(now()).day,
});

function Acts({ authority }: { authority: Authority }) {
  const { t } = useWords();
  const { id, may } = authority;
  return (
    <>
      {may.includes('amend') ? (
        <ActButton
          primary
          label={t('authorities.amend')}
          route={authorityRoutes.amendAuthority}
          params={{ id }}
          version={authority.version}
          initial={contentOf(authority)}
          overrides={{
            name: { label: t('authorities.name') },
            parentId: { label: t('authorities.parent'), help: t('authorities.parent.help') },
            parentBasis: { label: t('authorities.basis'), help: t('authorities.basis.help') },
            from: { label: t('authorities.amend.from'), help: t('authorities.amend.from.help') },
          }}
          reread={async () => {
            const fresh = await ask(authorityRoutes.showAuthority, { params: { id } });
            return { version: fresh.version, initial: contentOf(fresh) };
          }}
        />
      ) : null}
      {may.includes('end') ? (
        <ActButton
          danger
          label={t('authorities.end')}
          route={authorityRoutes.endAuthority}
          params={{ id }}
          overrides={{ lastDay: { label: t('authorities.lastDay') } }}
        />
      ) : null}
    </>
  );
}

function Entries({ authority }: { authority: Authority }) {
  const { t, language } = useWords();
  const nameOf = useAuthorityNames();
  const until = (day: string | null): string => (day === null ? t('forever') : writeDay(day, language));
  return (
    <Rows
      rowKey={(e) => `${e.recordedAt}:${e.from}`}
      rows={authority.entries}
      columns={[
        {
          key: 'days',
          title: t('authorities.days'),
          render: (e) => `${writeDay(e.from, language)} ${t('to')} ${until(e.lastDay)}`,
        },
        { key: 'name', title: t('authorities.name'), render: (e) => e.name },
        { key: 'parent', title: t('authorities.parent'), render: (e) => nameOf(e.parentId) ?? t('none') },
        { key: 'basis', title: t('authorities.basis'), render: (e) => e.parentBasis ?? '—' },
        { key: 'paper', title: t('field.paper'), render: (e) => e.paper ?? '—' },
        { key: 'recordedAt', title: t('field.recordedAt'), render: (e) => writeInstant(e.recordedAt, language) },
      ]}
    />
  );
}

/** One authority: what it is, whom it stands under, and how that came to be. */
export function AuthorityPage() {
  const { t, language } = useWords();
  const say = useSay();
  const { id = '' } = useParams();
  const moment = useMoment();
  const nameOf = useAuthorityNames();
  const query = useAsk(authorityRoutes.showAuthority, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const a = query.data;
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={a.name}
      tags={
        <>
          <span className="code">{a.code}</span>
          {a.isOwner ? <Tag color="green">{t('authorities.owner')}</Tag> : null}
        </>
      }
      actions={
        <>
          {isNow ? <Acts authority={a} /> : null}
          <PrintButton />
        </>
      }
    >
      <MomentBar />
      <Sheet>
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, sm: 1, md: 2 }}
          items={[
            { key: 'kind', label: t('authorities.kind'), children: say('authorityKind', a.kind) },
            {
              key: 'parent',
              label: t('authorities.parent'),
              children: a.parentId ? (
                <Link to={`/authorities/${a.parentId}`}>{nameOf(a.parentId) ?? t('view')}</Link>
              ) : (
                t('none')
              ),
            },
            { key: 'basis', label: t('authorities.basis'), children: a.parentBasis ?? '—' },
            {
              key: 'days',
              label: t('authorities.days'),
              children: `${writeDay(a.from, language)} ${t('to')} ${a.to ? writeDay(a.to, language) : t('forever')}`,
            },
          ]}
        />
      </Sheet>
      <Sheet title={t('authorities.history')}>
        <Entries authority={a} />
      </Sheet>
    </Page>
  );
}
