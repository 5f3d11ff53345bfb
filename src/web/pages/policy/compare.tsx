import { useState } from 'react';
import { Checkbox, Tag } from 'antd';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useRuleWords } from '../../words/rules';
import { writeDay } from '../../words/write';
import { Certainty, Effect, type Profile, type Setting } from './rules-table';
import { RuleValue } from './value';

interface Pair {
  rule: string;
  title: string;
  titleEn: string;
  left: Setting | undefined;
  right: Setting | undefined;
  differs: boolean;
}

const told = ({ title: _title, titleEn: _titleEn, ...setting }: Setting): string => JSON.stringify(setting);

const pairsOf = (left: Profile, right: Profile): Pair[] => {
  const [a, b] = [left, right].map((p) => new Map(p.rules.map((s) => [s.rule, s])));
  const rules = [...new Set([...a!.keys(), ...b!.keys()])].sort();
  return rules.map((rule) => {
    const [x, y] = [a!.get(rule), b!.get(rule)];
    const { title, titleEn } = (x ?? y)!;
    return { rule, title, titleEn, left: x, right: y, differs: !x || !y || told(x) !== told(y) };
  });
};

function Side({ setting }: { setting: Setting | undefined }) {
  const { t, language } = useWords();
  const words = useRuleWords();
  if (!setting) return <Tag>{t('policy.absent')}</Tag>;
  return (
    <>
      <strong>
        <RuleValue rule={setting.rule} value={setting.value} />
      </strong>{' '}
      <Effect effect={setting.effect} />
      <div className="quiet">
        <Certainty setting={setting} /> · {words.citation(setting.citation)} ·{' '}
        {writeDay(setting.effectiveFrom, language)} {t('to')}{' '}
        {setting.validThrough ? writeDay(setting.validThrough, language) : t('forever')}
      </div>
    </>
  );
}

/** Two versions side by side, rule by rule; what differs first and marked in a word. */
export function Compare({ left, right, names }: { left: Profile; right: Profile; names: [string, string] }) {
  const { t } = useWords();
  const words = useRuleWords();
  const [onlyDiffering, setOnly] = useState(true);
  const pairs = pairsOf(left, right);
  const count = pairs.filter((p) => p.differs).length;
  return (
    <Sheet
      title={t('policy.compare')}
      extra={
        <Checkbox checked={onlyDiffering} onChange={(e) => setOnly(e.target.checked)}>
          {t('policy.onlyDiffering', { count })}
        </Checkbox>
      }
    >
      <Rows
        rows={pairs.filter((p) => !onlyDiffering || p.differs)}
        rowKey={(p) => p.rule}
        empty={t('policy.same')}
        columns={[
          {
            key: 'title',
            title: t('policy.rule'),
            render: (p) => (
              <>
                {words.title(p)} {p.differs ? <Tag color="gold">{t('policy.differs')}</Tag> : null}
              </>
            ),
          },
          { key: 'left', title: names[0], render: (p) => <Side setting={p.left} /> },
          { key: 'right', title: names[1], render: (p) => <Side setting={p.right} /> },
        ]}
      />
    </Sheet>
  );
}
