import { Select } from 'antd';
import { administrators, roles, type Role } from '../../../modules/identity/permissions';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

export const officers = ['bureau', 'bureau-lead', 'inspector', 'intake', 'partner'] as const satisfies readonly Role[];
export const parties = ['institution', 'seal-keeper', 'expert', 'mine'] as const satisfies readonly Role[];

/** The party that a post of the role acts for: the field that has to be filled. */
export const partyFieldOf = (role: Role): 'institutionId' | 'organisationId' | 'expertId' | undefined => {
  if (role === 'institution' || role === 'seal-keeper') return 'institutionId';
  if (role === 'mine') return 'organisationId';
  return role === 'expert' ? 'expertId' : undefined;
};

export const asRole = (text: string | null): Role | undefined => roles.find((r) => r === text);

/** Chooses a role, with what it is there for said beneath. */
export function RoleChoice(props: { value: Role | undefined; onChange: (role: Role) => void; id?: string }) {
  const { value, onChange, id } = props;
  const { t } = useWords();
  const say = useSay();
  const group = (label: string, of: readonly Role[]) => ({
    label,
    options: of.map((role) => ({ value: role, label: say('role', role) })),
  });
  return (
    <div className="field">
      <label htmlFor={id}>{t('posts.role')}</label>
      <Select<Role>
        id={id}
        value={value}
        onChange={onChange}
        placeholder={t('posts.role.choose')}
        aria-label={t('posts.role')}
        className="whole"
        listHeight={420}
        options={[
          group(t('posts.officers'), officers),
          group(t('posts.parties'), parties),
          group(t('posts.administrators'), administrators),
        ]}
      />
      {value ? <p className="quiet">{t(`posts.role.${value}`)}</p> : null}
    </div>
  );
}

export const roleWords: Words = {
  'posts.role': ['岗位角色', 'Role'],
  'posts.role.choose': ['请选择', 'Choose'],
  'posts.officers': ['主管机关和相关部门', 'Authorities'],
  'posts.parties': ['评估机构、评估人员、矿山企业', 'Institutions, experts, operators'],
  'posts.administrators': ['三员（不得兼任其他岗位）', 'The three administrators (hold nothing else)'],
  'posts.role.bureau': [
    '登记、组织抽取和委托、采信评估报告、送达文书。',
    'Keeps the registers, runs draws and commissions, accepts reports, serves papers.',
  ],
  'posts.role.bureau-lead': [
    '复核、作出决定，分派处室的待办，施行规则集。',
    'Confirms and decides, assigns the office’s work, adopts rules.',
  ],
  'posts.role.inspector': ['核查线索，办理案件的调查取证。', 'Looks into leads and investigates cases.'],
  'posts.role.intake': ['接收和登记举报。', 'Takes in tips.'],
  'posts.role.partner': [
    '生态环境、林草等相关部门，查阅登记和不再采信名单。',
    'Partner authorities: read the registers and the bars.',
  ],
  'posts.role.institution': [
    '代表评估机构报告变更、答复委托、组建评估组、提交报告。',
    'Acts for an institution: reports changes, answers commissions, names teams, reports.',
  ],
  'posts.role.seal-keeper': [
    '为评估机构用印，只见待用印的文书。',
    'Applies the institution’s seal; sees only what is to be sealed.',
  ],
  'posts.role.expert': [
    '查看涉及本人的登记，确认聘用和签署。',
    'Sees what names the person, confirms employments, signs.',
  ],
  'posts.role.mine': ['查看本企业的矿山，提出更正。', 'Sees the own mines and proposes corrections.'],
  'posts.role.security-admin': [
    '管理账号、岗位、主管机关和登录规定。',
    'Keeps accounts, posts, authorities and the rules of signing in.',
  ],
  'posts.role.system-admin': ['照看运行：未送出的通知、后台作业。', 'Looks after running: notices that failed, jobs.'],
  'posts.role.auditor': [
    '查阅日志、登记和账号，不办理业务。',
    'Reads the log, the registers and the accounts; changes nothing.',
  ],
};
