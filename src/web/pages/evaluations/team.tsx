import { evaluationRoutes, type EvaluationView } from '../../../modules/evaluations/evaluations.contract';
import { employmentRoutes } from '../../../modules/experts/employments.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { PickAmong } from '../../forms/pick-many';
import { ActButton } from '../../records/act-button';
import { Name } from '../../records/name';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { Rows } from '../../tables/rows';

type Staff = ReplyOf<typeof employmentRoutes.staff>['items'][number];

const useStaff = (institutionId: string, enabled: boolean): readonly Staff[] =>
  useAsk(employmentRoutes.staff, { params: { id: institutionId } }, { enabled }).data?.items ?? [];

/** Title, specialties and kind of employment, as an officer chooses by them. */
function useDescription(): (member: Staff | undefined) => { title: string; specialties: string; kind: string } {
  const { language } = useWords();
  const say = useSay();
  return (member) => ({
    title: member?.titleLevel ? say('titleLevel', member.titleLevel) : '—',
    specialties:
      (member?.specialties ?? []).map((s) => say('specialty', s)).join(language === 'en' ? ', ' : '、') || '—',
    kind: member ? say('employmentKind', member.kind) : '—',
  });
}

/** Names or changes the team out of the institution's staff. */
export function TeamButton({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const may = useMay();
  const staff = useStaff(e.institutionId, may('evaluation.team'));
  const describe = useDescription();
  if (!may('evaluation.team')) return null;
  const options = staff.map((m) => {
    const { title, specialties, kind } = describe(m);
    return { value: m.expertId, label: [m.name ?? m.platformNumber, title, specialties, kind].join(' · ') };
  });
  const isFirst = e.team.length === 0;
  return (
    <ActButton
      primary={e.state === 'assigned'}
      label={t(isFirst ? 'evaluations.team.name' : 'evaluations.team.change')}
      route={evaluationRoutes.nameTeam}
      params={{ id: e.id }}
      initial={{
        leaderId: e.team.find((m) => m.role === 'leader')?.expertId,
        memberIds: e.team.filter((m) => m.role === 'member').map((m) => m.expertId),
      }}
      overrides={{
        leaderId: { control: () => <PickAmong options={options} /> },
        memberIds: { help: t('evaluations.team.help'), control: () => <PickAmong many options={options} /> },
      }}
    />
  );
}

/** Who does the work: leader and members with titles and specialties. */
export function TeamSheet({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const staff = useStaff(e.institutionId, may('register.read'));
  const describe = useDescription();
  const members = [...e.team].sort((a, b) => (a.role === b.role ? 0 : a.role === 'leader' ? -1 : 1));
  const of = (id: string): Staff | undefined => staff.find((s) => s.expertId === id);
  return (
    <Sheet title={t('evaluations.team')}>
      <Rows
        rowKey={(row) => row.expertId}
        rows={members}
        empty={t('evaluations.team.none')}
        columns={[
          { key: 'person', title: t('evaluations.person'), render: (m) => <Name of="expert" id={m.expertId} /> },
          { key: 'teamRole', title: t('evaluations.teamRole'), render: (m) => say('team-role', m.role) },
          { key: 'titleLevel', title: t('evaluations.titleLevel'), render: (m) => describe(of(m.expertId)).title },
          {
            key: 'specialties',
            title: t('evaluations.specialties'),
            render: (m) => describe(of(m.expertId)).specialties,
          },
          { key: 'employment', title: t('evaluations.employment'), render: (m) => describe(of(m.expertId)).kind },
        ]}
      />
    </Sheet>
  );
}
