import { evaluationRoutes } from '../../../modules/evaluations/evaluations.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { useNames } from '../../records/name';
import { BatchForm } from '../../tables/batch-form';
import { useWords } from '../../words/language';

type Item = ReplyOf<typeof evaluationRoutes.list>['items'][number];

const judging = [
  { label: 'evaluations.accept', route: evaluationRoutes.accept },
  { label: 'evaluations.return', route: evaluationRoutes.returnReport },
  { label: 'evaluations.reject', route: evaluationRoutes.reject },
] as const;

/** What the authority decides on many reports at once; each answers for itself, with its own checks. */
export function JudgeMany({ items, done }: { items: readonly Item[]; done: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const names = useNames(
    'mine',
    items.map((e) => e.mineId),
  );
  if (!may('evaluation.accept')) return null;
  const chosen = items.map((e) => ({ id: e.id, label: names.get(e.mineId) ?? e.id }));
  return judging.map(({ label, route }) => (
    <BatchForm
      key={label}
      label={t('evaluations.many', { act: t(label) })}
      items={chosen}
      route={route}
      act={({ id }, body) => ask(route, { params: { id }, body: route.body ? (body as never) : undefined })}
      done={done}
    >
      {label === 'evaluations.accept' ? <p>{t('evaluations.accept.confirm')}</p> : null}
    </BatchForm>
  ));
}
