import { Table } from 'antd';
import { Link } from 'react-router';
import { dashboardRoutes, type ConditionsReply } from '../../../modules/workbench/dashboard.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { Chart } from './chart';
import { lying } from './options';

type Rule = ConditionsReply['rules'][number];

const ROW = 34;
const HEAD = 60;

/** Rules that admitted institutions do not meet today, and who does not; read apart, for it takes longer. */
export function Conditions() {
  const { t, language } = useWords();
  const { title, citation } = useRuleWords();
  const query = useAsk(dashboardRoutes.conditions);
  const rules = query.data?.rules ?? [];
  const rows = rules.map((r) => ({ name: title(r), value: r.unmet.length }));
  return (
    <Sheet title={t('dashboard.conditions')}>
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Waiting /> : null}
      {query.data ? (
        <>
          <p className="quiet">
            {t('dashboard.conditions.judged', { judged: query.data.judged, admitted: query.data.admitted })}
          </p>
          <div className="figure">
            {rows.length > 0 ? (
              <Chart label={t('dashboard.conditions')} height={HEAD + rows.length * ROW} option={lying(rows)} />
            ) : null}
            <Table<Rule>
              size="small"
              pagination={false}
              rowKey="rule"
              dataSource={rules}
              locale={{ emptyText: t('dashboard.conditions.none') }}
              columns={[
                {
                  title: t('dashboard.rule'),
                  render: (_: unknown, r) => (
                    <>
                      {title(r)}
                      <div className="quiet">{citation(r.citation)}</div>
                    </>
                  ),
                },
                { title: t('dashboard.count'), align: 'right', render: (_: unknown, r) => r.unmet.length },
                {
                  title: t('dashboard.who'),
                  render: (_: unknown, r) =>
                    r.unmet.map((u, n) => (
                      <span key={u.institutionId}>
                        {n > 0 ? (language === 'en' ? ', ' : '、') : ''}
                        <Link to={`/institutions/${u.institutionId}`}>{u.name}</Link>
                      </span>
                    )),
                },
              ]}
            />
          </div>
        </>
      ) : null}
    </Sheet>
  );
}
